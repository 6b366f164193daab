"""What was missing is the coordination's to write and to read; a request that nobody took in is not closed without it."""

from django.db import migrations

from cms.access.wall import policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"

WALL = policies(
    "cases_unmetneed",
    select=ALL,
    insert=f"{MANAGES} AND noted_by_id = (SELECT scope_user_id())",
    update=MANAGES,
    check="can_see_sollicitation(sollicitation_id)",
)

TOLD = (
    """
CREATE FUNCTION sollicitation_unmet_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM cases_orientation o JOIN cases_proposal p ON p.orientation_id = o.id
      WHERE o.sollicitation_id = NEW.id AND o.decision_id = 'decision:RESEAU' AND o.cancelled_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM cases_orientation o JOIN cases_proposal p ON p.orientation_id = o.id
      WHERE o.sollicitation_id = NEW.id AND o.decision_id = 'decision:RESEAU' AND o.cancelled_at IS NULL
        AND p.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE'))
    AND NOT EXISTS (SELECT 1 FROM cases_unmetneed u WHERE u.sollicitation_id = NEW.id)
  THEN
    RAISE EXCEPTION 'sollicitation_unmet_told' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_unmet_told';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sollicitation_unmet_told AFTER UPDATE OF state ON cases_sollicitation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.state <> 'closed' AND NEW.state = 'closed'
    AND NEW.outcome_id NOT IN ('decision:RESEAU', 'decision:DROIT-COMMUN'))
  EXECUTE FUNCTION sollicitation_unmet_told();
""",
    "DROP FUNCTION sollicitation_unmet_told() CASCADE",
)
KIND = ("SELECT journal_kind_register('unmetneed', 'cases_unmetneed')", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_unmet")]

    operations = [migrations.RunSQL(*pair) for pair in [WALL, TOLD, KIND]]
