-- referentiel/derogations: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION derogation_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM referentiel_derogation WHERE id = $1;
  RETURN ARRAY[$1];
END
$body$;

-- Tables

CREATE TRIGGER derogation_guard BEFORE UPDATE ON referentiel_derogation FOR EACH ROW EXECUTE FUNCTION
  two_people_guard();
ALTER TABLE referentiel_derogation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_derogation FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (agreed_at IS NOT NULL AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director', 'structure_educator'))::uuid[])));
CREATE POLICY insert_rows ON referentiel_derogation FOR INSERT
  WITH CHECK ((asked_by_id = (SELECT scope_user_id()) AND (SELECT scope_manages_cases()) AND agreed_at IS NULL AND
    revoked_at IS NULL) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON referentiel_derogation FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON referentiel_derogation FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('derogation', 'referentiel_derogation');
SELECT retention_kind_register(
  'derogation', 'derogation', 'referentiel_derogation', 'dérogation à une exigence', 'sa fin ou sa levée', 'destroy',
  $starts$SELECT d.id AS object_id, '' AS reference,
  CASE WHEN d.revoked_at IS NOT NULL THEN (d.revoked_at AT TIME ZONE 'Europe/Paris')::date WHEN d.agreed_at IS NOT NULL THEN d.ends_on END AS starts_on,
  ARRAY[d.id, d.partner_id] AS together
FROM referentiel_derogation d$starts$,
  'derogation_forget', 60, 'Cinq ans : qui a laissé travailler une structure, jusqu’à quand et pourquoi.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 94
);
