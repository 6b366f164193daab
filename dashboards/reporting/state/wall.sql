-- dashboards/reporting/state: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_add_files_committee(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_has_role('state_reader') AND EXISTS (SELECT 1 FROM reporting_committee c WHERE c.id = $1)
$body$;

CREATE OR REPLACE FUNCTION can_add_files_statequestion(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM reporting_statequestion q
    WHERE q.id = $1 AND q.partner_id = ANY ((SELECT scope_partners_as('state_reader'))::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION can_see_files_committee(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR (scope_has_role('state_reader') AND EXISTS (SELECT 1 FROM reporting_committee c WHERE c.id = $1))
$body$;

CREATE OR REPLACE FUNCTION can_see_files_statequestion(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM reporting_statequestion q
    WHERE q.id = $1 AND q.partner_id = ANY ((SELECT scope_partners_as('state_reader'))::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION shared_document_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM files_attachment WHERE id = $1 AND object_kind IN ('statequestion', 'committee') RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION statequestion_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_free text[] := ARRAY['answer', 'answered_by_id', 'answered_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.answered_at IS NOT NULL OR to_jsonb(NEW) - v_free <> to_jsonb(OLD) - v_free THEN
    RAISE EXCEPTION 'statequestion_answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'statequestion_answered';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

ALTER TABLE reporting_committee ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_committee FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_has_role('state_reader')));
CREATE POLICY insert_rows ON reporting_committee FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON reporting_committee FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON reporting_committee FOR DELETE USING (false);

CREATE TRIGGER statequestion_guard BEFORE UPDATE OR DELETE ON reporting_statequestion FOR EACH ROW EXECUTE
  FUNCTION statequestion_guard();
ALTER TABLE reporting_statequestion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_statequestion FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partners_as('state_reader'))::uuid[]));
CREATE POLICY insert_rows ON reporting_statequestion FOR INSERT
  WITH CHECK ((asked_by_id = (SELECT scope_user_id()) AND answered_by_id IS NULL AND (((SELECT
    scope_manages_cases()) AND side = 'network') OR (partner_id = ANY ((SELECT scope_partners_as('state_reader'))::uuid[]) AND
    side = 'state'))) AND ((answered_by_id IS NULL OR answered_by_id = (SELECT scope_user_id())) AND
    can_see_partner(partner_id)));
CREATE POLICY update_rows ON reporting_statequestion FOR UPDATE
  USING (((SELECT scope_manages_cases()) AND side = 'state') OR (partner_id = ANY ((SELECT scope_partners_as('state_reader'))::uuid[]) AND side = 'network'))
  WITH CHECK ((((SELECT scope_manages_cases()) AND side = 'state') OR (partner_id = ANY ((SELECT scope_partners_as('state_reader'))::uuid[]) AND side = 'network')) AND ((answered_by_id IS NULL OR answered_by_id =
    (SELECT scope_user_id())) AND can_see_partner(partner_id)));
CREATE POLICY delete_rows ON reporting_statequestion FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('committee', 'reporting_committee');
SELECT journal_kind_register('statequestion', 'reporting_statequestion');
SELECT retention_kind_register(
  'shared_document', 'attachment', 'files_attachment', 'document partagé avec l’État', 'la réponse à la question, ou le jour du comité', 'destroy',
  $starts$SELECT a.id AS object_id, '' AS reference,
  CASE WHEN a.object_kind = 'statequestion' AND q.answered_at IS NOT NULL
       THEN greatest((q.answered_at AT TIME ZONE 'Europe/Paris')::date, (a.added_at AT TIME ZONE 'Europe/Paris')::date)
       WHEN a.object_kind = 'committee' AND c.held_on < current_date
       THEN greatest(c.held_on, (a.added_at AT TIME ZONE 'Europe/Paris')::date) END AS starts_on,
  ARRAY[a.id, a.object_id] AS together
FROM files_attachment a
LEFT JOIN reporting_statequestion q ON a.object_kind = 'statequestion' AND q.id = a.object_id
LEFT JOIN reporting_committee c ON a.object_kind = 'committee' AND c.id = a.object_id
WHERE a.object_kind IN ('statequestion', 'committee')$starts$,
  'shared_document_forget', 60, 'Cinq ans : le temps de la convention et du contrôle de son emploi.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 97
);
