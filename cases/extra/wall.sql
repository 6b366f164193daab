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

-- Open requests or situations without an answer to one field: sealed answers of a situation are hidden from whoever
-- opened no identity, so the database says which files wait, and never what was answered.
CREATE OR REPLACE FUNCTION extra_unanswered_ids(p_field uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.id FROM cases_case c JOIN cases_extrafield f ON f.id = p_field AND f.target = 'case'
  WHERE (SELECT scope_sees_all_cases()) AND c.closed_on IS NULL AND NOT c.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.case_id = c.id)
  UNION ALL
  SELECT s.id FROM cases_sollicitation s JOIN cases_extrafield f ON f.id = p_field AND f.target = 'sollicitation'
  WHERE (SELECT scope_sees_all_cases()) AND s.state <> 'closed' AND NOT s.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.sollicitation_id = s.id)
$body$;

CREATE OR REPLACE FUNCTION extra_missing_ids(p_target text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT DISTINCT u FROM cases_extrafield f CROSS JOIN LATERAL extra_unanswered_ids(f.id) AS u
  WHERE f.target = p_target AND f.is_required AND f.retired_on IS NULL
$body$;

-- Nobody makes a question compulsory alone, nor takes back the agreement of a second person without saying so; what
-- waits for that person, and whom it obliges once agreed, stays as it was asked.
CREATE OR REPLACE FUNCTION extrafield_required_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (CASE WHEN TG_OP = 'INSERT' THEN NEW.is_required ELSE NEW.is_required <> OLD.is_required END)
     AND NEW.is_required <> EXISTS (SELECT FROM cases_extrarequirement r
       WHERE r.field_id = NEW.id AND r.agreed_at IS NOT NULL AND r.undone_at IS NULL) THEN
    RAISE EXCEPTION 'extrafield_required_by_two' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'extrafield_required_by_two';
  END IF;
  IF TG_OP = 'UPDATE' AND (
     (NEW.is_required AND OLD.is_required AND OLD.audience = 'office' AND NEW.audience <> 'office')
     OR ((NEW.label, NEW.help, NEW.choices, NEW.audience) IS DISTINCT FROM
         (OLD.label, OLD.help, OLD.choices, OLD.audience)
       AND EXISTS (SELECT FROM cases_extrarequirement r
         WHERE r.field_id = NEW.id AND r.agreed_at IS NULL AND r.dismissed_at IS NULL))) THEN
    RAISE EXCEPTION 'extrafield_required_as_asked' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'extrafield_required_as_asked';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION extrafield_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF public.acts_as_owner() THEN
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
CREATE TRIGGER extrafield_required BEFORE INSERT OR UPDATE ON cases_extrafield FOR EACH ROW EXECUTE FUNCTION
  extrafield_required_guard();
ALTER TABLE cases_extrafield ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_extrafield FOR SELECT
  USING ((SELECT scope_is_inside()));
CREATE POLICY insert_rows ON cases_extrafield FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON cases_extrafield FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON cases_extrafield FOR DELETE USING (false);

CREATE TRIGGER extrarequirement_guard BEFORE UPDATE ON cases_extrarequirement FOR EACH ROW EXECUTE FUNCTION
  two_people_guard('agreed_count');
ALTER TABLE cases_extrarequirement ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_extrarequirement FOR SELECT
  USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_extrarequirement FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND
    dismissed_at IS NULL AND undone_at IS NULL);
CREATE POLICY update_rows ON cases_extrarequirement FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON cases_extrarequirement FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('extrafield', 'cases_extrafield');
