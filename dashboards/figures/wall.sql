-- dashboards/figures: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Whoever counts the same thing at the same time keeps it; the others do not wait.
CREATE OR REPLACE FUNCTION figures_keep(part text, since date, until date, today date, seen text, result jsonb)
  RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF scope_system() IS DISTINCT FROM 'figures' THEN
    RAISE EXCEPTION 'results are kept by the figures alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF pg_try_advisory_xact_lock(hashtext('figures_keep'), hashtext(concat_ws(' ', part, since, until))) THEN
    DELETE FROM dashboards_keptresult k WHERE k.code = part AND k.first = since AND k.last = until;
    INSERT INTO dashboards_keptresult (code, first, last, day, state, content)
      VALUES (part, since, until, today, seen, result);
  END IF;
END
$body$;

CREATE OR REPLACE FUNCTION figures_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  INSERT INTO dashboards_figuremark (source, weight) VALUES (TG_TABLE_NAME, 1);
  RETURN NULL;
END
$body$;

-- In one statement: no reader sees marks without their weight.
CREATE OR REPLACE FUNCTION figures_tidy(today date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF scope_system() IS DISTINCT FROM 'figures' THEN
    RAISE EXCEPTION 'marks are added up by the figures alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  WITH gone AS (DELETE FROM dashboards_figuremark RETURNING source, weight)
    INSERT INTO dashboards_figuremark (source, weight) SELECT source, sum(weight) FROM gone GROUP BY source;
  DELETE FROM dashboards_keptresult WHERE day <> today;
END
$body$;

-- Tables

ALTER TABLE dashboards_figuremark ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON dashboards_figuremark FOR SELECT USING ((SELECT scope_system()) = 'figures');
CREATE POLICY insert_rows ON dashboards_figuremark FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON dashboards_figuremark FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON dashboards_figuremark FOR DELETE USING (false);

ALTER TABLE dashboards_keptresult ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON dashboards_keptresult FOR SELECT USING ((SELECT scope_system()) = 'figures');
CREATE POLICY insert_rows ON dashboards_keptresult FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON dashboards_keptresult FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON dashboards_keptresult FOR DELETE USING (false);

ALTER TABLE dashboards_trace ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON dashboards_trace FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON dashboards_trace FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON dashboards_trace FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON dashboards_trace FOR DELETE USING (false);

-- Each change of a table that the figures read leaves a mark: docs/figures.md.
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_absence FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_absence ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_afterstay FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_afterstay ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_authoritynotice FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_authoritynotice ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_case FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_caseform FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_caseform ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_incident FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_incident ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_incidentpair FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_incidentpair ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_incidenttask FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_incidenttask ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_linking FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_linking ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_orientation FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_orientation ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_placement FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_placement ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_proposal FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_proposal ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_sollicitation FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_sollicitation ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_sollicitationform FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_sollicitationform ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cases_unmetneed FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE cases_unmetneed ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON documents_acknowledgement FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE documents_acknowledgement ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON documents_document FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE documents_document ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON documents_documentversion FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE documents_documentversion ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_answersheet FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_answersheet ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_enrolment FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_enrolment ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_halfday FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_halfday ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_professional FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_professional ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_satisfaction FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_satisfaction ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_session FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_session ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_sessiontrainer FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_sessiontrainer ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_supportact FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_supportact ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_yearplan FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_yearplan ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formation_yearplanline FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE formation_yearplanline ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_convention FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_convention ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_conventionstep FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_conventionstep ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_membership FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_membership ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_partner FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_partner ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_place FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_place ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_structureprofile FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_structureprofile ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_structureprofile_forms FOR
  EACH STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_structureprofile_forms ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners_suspension FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE partners_suspension ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON territory_aseauthority FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE territory_aseauthority ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON territory_aseauthorityname FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE territory_aseauthorityname ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON territory_asecoverage FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE territory_asecoverage ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON territory_region FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE territory_region ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON territory_territory FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE territory_territory ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON territory_territory_neighbours FOR
  EACH STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE territory_territory_neighbours ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON values_settingversion FOR EACH
  STATEMENT EXECUTE FUNCTION figures_mark();
ALTER TABLE values_settingversion ENABLE ALWAYS TRIGGER figures_mark;
CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON values_value FOR EACH STATEMENT
  EXECUTE FUNCTION figures_mark();
ALTER TABLE values_value ENABLE ALWAYS TRIGGER figures_mark;
