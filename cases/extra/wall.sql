-- cases/extra: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION extra_missing(p_target text, p_parent uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(f.label ORDER BY f.position, f.label), '{}') FROM cases_extrafield f
  WHERE f.target = p_target AND f.is_required AND f.retired_on IS NULL AND (SELECT scope_sees_all_cases())
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND CASE p_target
      WHEN 'case' THEN a.case_id = p_parent ELSE a.sollicitation_id = p_parent END)
$body$;

CREATE OR REPLACE FUNCTION extra_missing_ids(p_target text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.id FROM cases_case c JOIN cases_extrafield f
    ON f.target = 'case' AND f.is_required AND f.retired_on IS NULL
  WHERE p_target = 'case' AND (SELECT scope_sees_all_cases()) AND c.closed_on IS NULL AND NOT c.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.case_id = c.id)
  UNION
  SELECT s.id FROM cases_sollicitation s JOIN cases_extrafield f
    ON f.target = 'sollicitation' AND f.is_required AND f.retired_on IS NULL
  WHERE p_target = 'sollicitation' AND (SELECT scope_sees_all_cases()) AND s.state <> 'closed' AND NOT s.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.sollicitation_id = s.id)
$body$;

CREATE OR REPLACE FUNCTION extrafield_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF current_user <> 'havre_app' THEN
    RETURN NEW;
  END IF;
  IF (NOT OLD.is_sealed OR OLD.unseal_asked_by_id IS NOT NULL) AND (NOT NEW.is_sealed OR NEW.unseal_asked_by_id IS NOT NULL)
     AND ((NEW.target, NEW.code, NEW.kind, NEW.label, NEW.help) IS DISTINCT FROM
          (OLD.target, OLD.code, OLD.kind, OLD.label, OLD.help)
       OR EXISTS (SELECT 1 FROM jsonb_array_elements(OLD.choices) o WHERE NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(NEW.choices) n
             WHERE n ->> 'code' = o ->> 'code' AND n ->> 'label' = o ->> 'label')))
  THEN
    RAISE EXCEPTION 'extrafield_agreed_words' USING ERRCODE = 'check_violation', CONSTRAINT = 'extrafield_agreed_words';
  END IF;
  IF (NEW.unseal_asked_by_id IS DISTINCT FROM OLD.unseal_asked_by_id AND NEW.unseal_asked_by_id <> public.scope_user_id())
     OR (NEW.unseal_agreed_by_id IS DISTINCT FROM OLD.unseal_agreed_by_id
         AND NEW.unseal_agreed_by_id <> public.scope_user_id())
  THEN
    RAISE EXCEPTION 'extrafield_own_name' USING ERRCODE = 'check_violation', CONSTRAINT = 'extrafield_own_name';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_extra_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_extraanswer WHERE sollicitation_id = OLD.sollicitation_id AND is_sealed;
  RETURN NULL;
END
$body$;

-- Tables

ALTER TABLE cases_extraanswer ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_extraanswer FOR SELECT
  USING ((sollicitation_id IS NOT NULL AND ((SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT
    sollicitation_asked_ids()))) OR (case_id IS NOT NULL AND NOT is_sealed AND ((SELECT scope_sees_all_cases())
    OR case_id IN (SELECT case_visible_ids()))) OR (case_id IS NOT NULL AND is_sealed AND (case_id IN (SELECT
    reveal_live_ids('case', 'identity')) OR ((SELECT scope_manages_cases()) AND case_id = (SELECT
    sealed_row_of('case'))))));
CREATE POLICY insert_rows ON cases_extraanswer FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR sollicitation_id IN (SELECT sollicitation_written_ids())) AND
    ((sollicitation_id IS NULL OR can_see_sollicitation(sollicitation_id)) AND (case_id IS NULL OR
    can_see_case(case_id))));
CREATE POLICY update_rows ON cases_extraanswer FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND ((sollicitation_id IS NULL OR
    can_see_sollicitation(sollicitation_id)) AND (case_id IS NULL OR can_see_case(case_id))));
CREATE POLICY delete_rows ON cases_extraanswer FOR DELETE USING ((SELECT scope_manages_cases()) AND NOT is_sealed);

CREATE TRIGGER extrafield_guarded BEFORE UPDATE ON cases_extrafield FOR EACH ROW EXECUTE FUNCTION
  extrafield_guard();
ALTER TABLE cases_extrafield ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_extrafield FOR SELECT
  USING ((SELECT scope_is_inside()));
CREATE POLICY insert_rows ON cases_extrafield FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON cases_extrafield FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON cases_extrafield FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('extrafield', 'cases_extrafield');
