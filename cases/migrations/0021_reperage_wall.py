"""The grid is read by everybody; a grid joined to a request, by the coordination and the service that asked."""

from django.db import migrations

from cms.access.wall import definer, policies

MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"

OPEN = definer(
    "sollicitation_asked_open_ids()",
    "SETOF uuid",
    """SELECT s.id FROM cases_sollicitation s
         WHERE s.requester_id = ANY (scope_partners_as('requester')) AND s.state <> 'closed'""",
)
VERSION = policies(
    "cases_gridversion",
    select="true",
    insert=f"({MANAGES} AND published_by_id = {ME}) OR ((SELECT scope_is_reference()) AND published_by_id IS NULL)",
    update="false",
)
GRID = policies(
    "cases_filledgrid",
    select="(SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT sollicitation_asked_ids())",
    insert=f"filled_by_id = {ME} AND ({MANAGES} OR sollicitation_id IN (SELECT sollicitation_asked_open_ids()))",
    update="false",
    check="can_see_sollicitation(sollicitation_id)",
)

# A grid already filled in is read with the words and the thresholds of its day.
FREEZE = (
    """
CREATE FUNCTION gridversion_freeze() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'gridversion_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'gridversion_frozen';
END $$;
CREATE TRIGGER gridversion_frozen BEFORE UPDATE OR DELETE ON cases_gridversion
  FOR EACH ROW EXECUTE FUNCTION gridversion_freeze();
""",
    "DROP TRIGGER gridversion_frozen ON cases_gridversion; DROP FUNCTION gridversion_freeze()",
)

# Whatever erases the words of a request, or who it was about, erases its grids: they say as much as words.
FORGET = (
    """
CREATE FUNCTION sollicitation_grids_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM cases_filledgrid WHERE sollicitation_id = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
  RETURN NULL;
END $$;
CREATE TRIGGER sollicitation_grids_forgotten AFTER DELETE ON cases_sollicitationdetail
  FOR EACH ROW EXECUTE FUNCTION sollicitation_grids_forget('sollicitation_id');
CREATE TRIGGER sollicitation_grids_forgotten AFTER UPDATE OF reference ON cases_sollicitation
  FOR EACH ROW WHEN (starts_with(NEW.reference, 'X-')) EXECUTE FUNCTION sollicitation_grids_forget('id');
""",
    """DROP TRIGGER sollicitation_grids_forgotten ON cases_sollicitationdetail;
    DROP TRIGGER sollicitation_grids_forgotten ON cases_sollicitation;
    DROP FUNCTION sollicitation_grids_forget();""",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_reperage")]

    operations = [migrations.RunSQL(*pair) for pair in [OPEN, VERSION, GRID, FREEZE, FORGET]]
