import django.core.serializers.json
from django.db import migrations, models

# The primary key holds `at` because a partitioned table asks for its partition column in every unique index.
TABLE = """
CREATE TABLE journal_line (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id uuid,
    actor_system text NOT NULL DEFAULT '',
    action text NOT NULL CHECK (action ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)+$'),
    object_kind text NOT NULL DEFAULT '',
    object_id uuid,
    outcome text NOT NULL DEFAULT 'done' CHECK (outcome IN ('done', 'read', 'refused')),
    reason text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    request_id text NOT NULL DEFAULT '',
    seq bigint,
    previous_hash bytea,
    hash bytea,
    PRIMARY KEY (id, at),
    CHECK ((seq IS NULL) = (hash IS NULL) AND (seq IS NULL) = (previous_hash IS NULL)),
    CHECK (actor_id IS NOT NULL OR actor_system <> '' OR starts_with(action, 'auth.'))
) PARTITION BY RANGE (at);

CREATE INDEX journal_line_object ON journal_line (object_id, at);
CREATE INDEX journal_line_actor ON journal_line (actor_id, at);
CREATE INDEX journal_line_at ON journal_line (at, id);
CREATE INDEX journal_line_seq ON journal_line (seq);
CREATE INDEX journal_line_unsealed ON journal_line (at, id) WHERE hash IS NULL;

CREATE TABLE journal_line_default PARTITION OF journal_line DEFAULT;

CREATE TABLE journal_kind (
    kind text PRIMARY KEY,
    table_name text NOT NULL
);
"""

TABLE_REVERSE = """
DROP TABLE journal_kind;
DROP TABLE journal_line;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(TABLE, TABLE_REVERSE),
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="numéro d’écriture"),
                ),
                ("at", models.DateTimeField(verbose_name="date et heure")),
                ("actor_id", models.UUIDField(null=True, verbose_name="personne")),
                ("actor_system", models.TextField(default="", verbose_name="tâche automatique")),
                ("action", models.TextField(verbose_name="action")),
                ("object_kind", models.TextField(default="", verbose_name="nature de l’objet")),
                ("object_id", models.UUIDField(null=True, verbose_name="objet")),
                (
                    "outcome",
                    models.TextField(
                        choices=[("done", "fait"), ("read", "consulté"), ("refused", "refusé")],
                        default="done",
                        verbose_name="issue",
                    ),
                ),
                ("reason", models.TextField(default="", verbose_name="motif")),
                (
                    "details",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="détails",
                    ),
                ),
                ("request_id", models.TextField(default="", verbose_name="numéro de requête")),
                ("seq", models.BigIntegerField(null=True, verbose_name="rang dans la chaîne")),
                ("previous_hash", models.BinaryField(null=True, verbose_name="empreinte précédente")),
                ("hash", models.BinaryField(null=True, verbose_name="empreinte")),
            ],
            options={
                "verbose_name": "ligne du journal",
                "verbose_name_plural": "lignes du journal",
                "db_table": "journal_line",
                "ordering": ["-at", "-id"],
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
    ]
