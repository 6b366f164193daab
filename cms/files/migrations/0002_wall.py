"""Row security of attachments: each kind of object says who reads and who adds, through functions that its own app
writes.

`can_see_files_<kind>(uuid)`, or else `can_see_<kind>(uuid)`, says who reads; `can_add_files_<kind>(uuid)` says who, beside
the coordination, adds. A kind without them is closed.
"""

from django.db import migrations

from cms.access.wall import definer, policies

SEEN = (
    """
CREATE OR REPLACE FUNCTION attachment_seen(kind text, object_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_name text;
  v_may boolean;
BEGIN
  FOREACH v_name IN ARRAY ARRAY['can_see_files_' || kind, 'can_see_' || kind] LOOP
    IF to_regprocedure(format('public.%I(uuid)', v_name)) IS NOT NULL THEN
      EXECUTE format('SELECT public.%I($1)', v_name) INTO v_may USING object_id;
      RETURN coalesce(v_may, false);
    END IF;
  END LOOP;
  RETURN false;
END $$;
""",
    "DROP FUNCTION attachment_seen(text, uuid)",
)
ADDED = (
    """
CREATE OR REPLACE FUNCTION attachment_may_add(kind text, object_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_name CONSTANT text := 'can_add_files_' || kind;
  v_may boolean := false;
BEGIN
  IF NOT EXISTS (SELECT FROM journal_kind k WHERE k.kind = $1) THEN
    RETURN false;
  END IF;
  IF scope_manages_cases() THEN
    RETURN attachment_seen(kind, object_id);
  END IF;
  IF to_regprocedure(format('public.%I(uuid)', v_name)) IS NOT NULL THEN
    EXECUTE format('SELECT public.%I($1)', v_name) INTO v_may USING object_id;
  END IF;
  RETURN coalesce(v_may, false);
END $$;
""",
    "DROP FUNCTION attachment_may_add(text, uuid)",
)
KEEPS = definer(
    "scope_keeps_files()",
    "boolean",
    "SELECT coalesce(scope_system() IN ('files', 'retention'), false)",
)

ME = "(SELECT scope_user_id())"
MANAGES = "(SELECT scope_manages_cases())"
KEEPER = "(SELECT scope_keeps_files())"
WALL = policies(
    "files_attachment",
    select=f"(SELECT scope_sees_all_cases()) OR {KEEPER} OR ((removed_at IS NULL OR removed_by_id = {ME}) "
    "AND attachment_seen(object_kind, object_id))",
    insert=f"added_by_id = {ME} AND attachment_may_add(object_kind, object_id)",
    update=f"{KEEPER} OR {MANAGES} OR (added_by_id = {ME} AND attachment_may_add(object_kind, object_id))",
)

# Row security cannot say which columns change. The owner alone seals again (`reseal`): the application never does.
FREEZE = (
    """
CREATE OR REPLACE FUNCTION attachment_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected files_attachment := OLD;
BEGIN
  IF current_user <> 'havre_app' THEN
    RETURN NEW;
  END IF;
  IF OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL AND public.scope_keeps_files() THEN
    expected.destroyed_at := NEW.destroyed_at;
    expected.title := NEW.title;
    expected.body_key := NEW.body_key;
    expected.digest := NEW.digest;
  ELSIF OLD.destroyed_at IS NULL AND (OLD.removed_at IS NULL OR public.scope_manages_cases()) THEN
    expected.removed_at := NEW.removed_at;
    expected.removed_by_id := NEW.removed_by_id;
    expected.removal_reason := NEW.removal_reason;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'attachment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attachment_frozen BEFORE UPDATE ON files_attachment FOR EACH ROW EXECUTE FUNCTION attachment_freeze();
""",
    "DROP FUNCTION attachment_freeze() CASCADE",
)

KIND = (
    "SELECT journal_kind_register('attachment', 'files_attachment')",
    "DELETE FROM journal_kind WHERE kind = 'attachment'",
)


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("access", "0002_scope"), ("journal", "0002_functions")]

    operations = [migrations.RunSQL(*pair) for pair in [SEEN, ADDED, KEEPS, WALL, FREEZE, KIND]]
