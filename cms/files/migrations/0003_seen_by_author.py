"""Who reads an attachment may depend on who added it: a kind says so with `can_see_files_<kind>(uuid, uuid)`, the object
and the author. The other kinds are read as before.
"""

from django.db import migrations

SEEN = (
    """
CREATE OR REPLACE FUNCTION attachment_seen(kind text, object_id uuid, author uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_name CONSTANT text := 'can_see_files_' || kind;
  v_may boolean;
BEGIN
  IF to_regprocedure(format('public.%I(uuid, uuid)', v_name)) IS NULL THEN
    RETURN attachment_seen(kind, object_id);
  END IF;
  EXECUTE format('SELECT public.%I($1, $2)', v_name) INTO v_may USING object_id, author;
  RETURN coalesce(v_may, false);
END $$;
""",
    "DROP FUNCTION attachment_seen(text, uuid, uuid)",
)
RULE = """ALTER POLICY select_rows ON files_attachment USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_keeps_files())
  OR ((removed_at IS NULL OR removed_by_id = (SELECT scope_user_id())) AND attachment_seen({told})))"""
WALL = (RULE.format(told="object_kind, object_id, added_by_id"), RULE.format(told="object_kind, object_id"))


class Migration(migrations.Migration):
    dependencies = [("files", "0002_wall")]

    operations = [migrations.RunSQL(*SEEN), migrations.RunSQL(*WALL)]
