-- dashboards/reporting/history: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION historyimport_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM reporting_historyimport WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

-- Tables

CREATE TRIGGER historyimport_guard BEFORE UPDATE OR DELETE ON reporting_historyimport FOR EACH ROW WHEN (NOT
  retention_erases()) EXECUTE FUNCTION two_people_guard('content');
ALTER TABLE reporting_historyimport ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_historyimport FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON reporting_historyimport FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_by_id IS NULL
    AND dismissed_by_id IS NULL) AND ((agreed_by_id IS NULL OR agreed_by_id = (SELECT scope_user_id())) AND
    (dismissed_by_id IS NULL OR dismissed_by_id = (SELECT scope_user_id()))));
CREATE POLICY update_rows ON reporting_historyimport FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND ((agreed_by_id IS NULL OR agreed_by_id = (SELECT
    scope_user_id())) AND (dismissed_by_id IS NULL OR dismissed_by_id = (SELECT scope_user_id()))));
CREATE POLICY delete_rows ON reporting_historyimport FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('historyimport', 'reporting_historyimport');
SELECT retention_kind_register(
  'historyimport', 'historyimport', 'reporting_historyimport', 'demande de chargement du registre d’une année passée', 'la demande', 'destroy',
  $starts$SELECT h.id AS object_id, '' AS reference, (h.asked_at AT TIME ZONE 'Europe/Paris')::date AS starts_on, ARRAY[h.id] AS together
FROM reporting_historyimport h$starts$,
  'historyimport_forget', 6, 'Six mois pour décider ; ce qui est chargé suit la règle des demandes et des dossiers.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 96
);
