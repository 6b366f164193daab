import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifiant")),
                ("kind", models.CharField(max_length=60, verbose_name="événement")),
                ("object", models.CharField(max_length=20, verbose_name="nature de l’objet")),
                ("object_id", models.CharField(max_length=40, verbose_name="objet")),
                ("at", models.DateTimeField(verbose_name="le")),
                ("is_public", models.BooleanField(default=False, verbose_name="de ce que tout le monde lit")),
                ("position", models.BigIntegerField(editable=False, null=True, unique=True, verbose_name="rang")),
            ],
            options={
                "verbose_name": "événement",
                "verbose_name_plural": "événements",
                "ordering": ["position"],
                "indexes": [
                    models.Index(fields=["object_id", "object", "id"], name="event_of_object"),
                    models.Index(condition=models.Q(("position", None)), fields=["id"], name="event_to_number"),
                ],
            },
        ),
        # Places outlive the events that had them: what was forgotten gives none back.
        migrations.RunSQL("CREATE SEQUENCE events_position", "DROP SEQUENCE events_position"),
    ]
