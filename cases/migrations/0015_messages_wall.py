"""Messages to the service that asked: read by it and by the coordination, never by who only transmitted."""

from django.db import migrations

from cms.access.wall import policies

MANAGES = "(SELECT scope_manages_cases())"

WALL = policies(
    "cases_sollicitationmessage",
    select="(SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT sollicitation_asked_ids())",
    insert=f"{MANAGES} AND written_by_id = (SELECT scope_user_id())",
    update="false",
    check="can_see_sollicitation(sollicitation_id)",
)

# Whatever erases the words of a request erases what was answered to them.
FORGET = (
    """
CREATE FUNCTION sollicitation_messages_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM cases_sollicitationmessage WHERE sollicitation_id = OLD.sollicitation_id;
  RETURN NULL;
END $$;
CREATE TRIGGER sollicitation_messages_forgotten AFTER DELETE ON cases_sollicitationdetail
  FOR EACH ROW EXECUTE FUNCTION sollicitation_messages_forget();
""",
    """DROP TRIGGER sollicitation_messages_forgotten ON cases_sollicitationdetail;
    DROP FUNCTION sollicitation_messages_forget();""",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_messages")]

    operations = [migrations.RunSQL(*WALL), migrations.RunSQL(*FORGET)]
