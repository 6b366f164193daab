"""Reminders around visits, proofs and derogations are notifications: the table that kept them goes, with its retention."""

from importlib import import_module

from django.db import migrations

walls = import_module("referentiel.migrations.0005_visits_wall")
kept = import_module("referentiel.migrations.0006_reach_retention")

FUNCTIONS = {
    "assessment_forget(uuid)": "  DELETE FROM referentiel_standardsreminder WHERE object_id = ANY (v_proofs);\n",
    "visit_forget(uuid)": "  DELETE FROM referentiel_standardsreminder WHERE object_id = $1;\n",
    "derogation_forget(uuid)": "  DELETE FROM referentiel_standardsreminder WHERE object_id = $1;\n",
}


def rewritten(function: str, before: str, after: str) -> str:
    """Replace a passage of a function where it stands, whatever other migrations have added to it."""
    return f"""DO $do$
DECLARE
  v_before text := pg_get_functiondef('{function}'::regprocedure);
  v_after text := replace(v_before, $old${before}$old$, $new${after}$new$);
BEGIN
  IF v_before = v_after THEN RAISE EXCEPTION '{function} has not the passage to replace'; END IF;
  EXECUTE v_after;
END $do$"""


FORGOTTEN = [
    (rewritten(name, f"BEGIN\n{passage}", "BEGIN\n"), rewritten(name, "BEGIN\n", f"BEGIN\n{passage}"))
    for name, passage in FUNCTIONS.items()
    if name != "assessment_forget(uuid)"
]
PROOFS = FUNCTIONS["assessment_forget(uuid)"]
AFTER = "  DELETE FROM referentiel_evidence WHERE id = ANY (v_proofs);\n"
FORGOTTEN.append(
    (
        rewritten("assessment_forget(uuid)", PROOFS + AFTER, AFTER),
        rewritten("assessment_forget(uuid)", AFTER, PROOFS + AFTER),
    )
)
KIND = (
    """DELETE FROM retention_kind WHERE kind = 'standards_reminder';
       DELETE FROM journal_kind WHERE kind = 'standards_reminder'; DROP FUNCTION standards_reminder_forget(uuid)""",
    f"""
CREATE FUNCTION standards_reminder_forget(row_id uuid) {kept.PLAIN}
BEGIN
  DELETE FROM referentiel_standardsreminder WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
SELECT journal_kind_register('standards_reminder', 'referentiel_standardsreminder');
SELECT retention_kind_register('standards_reminder', 'standards_reminder', 'referentiel_standardsreminder',
  'rappel autour d’une visite, d’une preuve ou d’une dérogation', 'l’envoi du rappel', 'destroy',
  $starts${kept.REMINDER}$starts$, 'standards_reminder_forget', 12, 'Un an suffit pour savoir qui a été prévenu.',
  '{kept.NEEDED}', 95)""",
)
WALL = (walls.REMINDER[1], walls.REMINDER[0])


class Migration(migrations.Migration):
    dependencies = [("referentiel", "0007_owed")]

    operations = [
        *(migrations.RunSQL(*pair) for pair in [*FORGOTTEN, KIND, WALL]),
        migrations.DeleteModel("StandardsReminder"),
    ]
