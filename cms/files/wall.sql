-- cms/files: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION attachment_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected files_attachment := OLD;
BEGIN
  IF public.acts_as_owner() THEN
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
END
$body$;

CREATE OR REPLACE FUNCTION attachment_seen(kind text, object_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
END
$body$;

CREATE OR REPLACE FUNCTION attachment_seen(kind text, object_id uuid, author uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_name CONSTANT text := 'can_see_files_' || kind;
  v_may boolean;
BEGIN
  IF to_regprocedure(format('public.%I(uuid, uuid)', v_name)) IS NULL THEN
    RETURN attachment_seen(kind, object_id);
  END IF;
  EXECUTE format('SELECT public.%I($1, $2)', v_name) INTO v_may USING object_id, author;
  RETURN coalesce(v_may, false);
END
$body$;

CREATE OR REPLACE FUNCTION attachment_may_add(kind text, object_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
END
$body$;

-- A photo to recognise somebody by may be added by more people than any attachment: `can_add_portraits_<kind>`.
CREATE OR REPLACE FUNCTION attachment_may_add(kind text, object_id uuid, is_portrait boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_name CONSTANT text := 'can_add_portraits_' || kind;
  v_may boolean := false;
BEGIN
  IF attachment_may_add(kind, object_id) THEN
    RETURN true;
  END IF;
  IF is_portrait AND EXISTS (SELECT FROM journal_kind k WHERE k.kind = $1)
    AND to_regprocedure(format('public.%I(uuid)', v_name)) IS NOT NULL THEN
    EXECUTE format('SELECT public.%I($1)', v_name) INTO v_may USING object_id;
  END IF;
  RETURN coalesce(v_may, false);
END
$body$;

-- Tables

CREATE TRIGGER attachment_frozen BEFORE UPDATE ON files_attachment FOR EACH ROW EXECUTE FUNCTION
  attachment_freeze();
ALTER TABLE files_attachment ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON files_attachment FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_keeps_files()) OR ((removed_at IS NULL OR removed_by_id
    = (SELECT scope_user_id())) AND attachment_seen(object_kind, object_id, added_by_id)));
CREATE POLICY insert_rows ON files_attachment FOR INSERT
  WITH CHECK (added_by_id = (SELECT scope_user_id()) AND attachment_may_add(object_kind, object_id, is_portrait));
CREATE POLICY update_rows ON files_attachment FOR UPDATE
  USING ((SELECT scope_keeps_files()) OR (SELECT scope_manages_cases()) OR (added_by_id = (SELECT scope_user_id())
    AND attachment_may_add(object_kind, object_id)))
  WITH CHECK ((SELECT scope_keeps_files()) OR (SELECT scope_manages_cases()) OR (added_by_id = (SELECT
    scope_user_id()) AND attachment_may_add(object_kind, object_id)));
CREATE POLICY delete_rows ON files_attachment FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('attachment', 'files_attachment');
