-- cms/partners/conventions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_convention(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR EXISTS (SELECT 1 FROM partners_convention t
    WHERE t.id = $1 AND t.partner_id = ANY ((SELECT scope_partner_ids())::uuid[]))
$body$;

-- Who answers for the convention while their account and their role hold; else the whole coordination.
CREATE OR REPLACE FUNCTION convention_terms(day date, within integer) RETURNS TABLE(convention_id uuid, ends_on
  date, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.id, c.ends_on, u.id
    FROM partners_convention c
    JOIN partners_partner p ON p.id = c.partner_id AND (p.closed_on IS NULL OR p.closed_on > $1)
    LEFT JOIN partners_conventionfollowup f ON f.convention_id = c.id AND EXISTS (
      SELECT 1 FROM users_user o JOIN users_user_groups g ON g.user_id = o.id JOIN auth_group r ON r.id = g.group_id
      WHERE o.id = f.owner_id AND o.is_active AND r.name IN ('coordination', 'direction'))
    JOIN users_user u ON u.is_active AND (u.id = f.owner_id OR (f.owner_id IS NULL AND EXISTS (
      SELECT 1 FROM users_user_groups g JOIN auth_group r ON r.id = g.group_id
      WHERE g.user_id = u.id AND r.name = 'coordination')))
    WHERE coalesce(scope_system() = 'notify', false) AND c.stage = 'signed' AND c.denounced_on IS NULL
      AND c.ends_on >= $1 AND c.ends_on <= $1 + $2
      AND NOT EXISTS (SELECT 1 FROM partners_convention n WHERE n.partner_id = c.partner_id AND n.stage = 'signed'
        AND n.starts_on > c.ends_on)
    ORDER BY c.ends_on, u.email
$body$;

CREATE OR REPLACE FUNCTION conventions_expire(p_day date) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF coalesce(scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'conventions: done by their own job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
    WITH gone AS (
      UPDATE partners_convention c SET stage = 'ended' WHERE c.stage = 'signed' AND c.ends_on < p_day
      RETURNING c.id, c.ends_on
    ), step AS (
      INSERT INTO partners_conventionstep (id, convention_id, stage, happened_on, recorded_at)
      SELECT gen_random_uuid(), g.id, 'ended', g.ends_on + 1, clock_timestamp() FROM gone g
    )
    SELECT g.id FROM gone g;
END
$body$;

-- Tables

ALTER TABLE partners_convention ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_convention FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_convention FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON partners_convention FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON partners_convention FOR DELETE USING (false);

ALTER TABLE partners_conventionfollowup ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_conventionfollowup FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON partners_conventionfollowup FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_convention(convention_id)));
CREATE POLICY update_rows ON partners_conventionfollowup FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_convention(convention_id)));
CREATE POLICY delete_rows ON partners_conventionfollowup FOR DELETE USING (false);

ALTER TABLE partners_conventionstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_conventionstep FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()));
CREATE POLICY insert_rows ON partners_conventionstep FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_convention(convention_id)));
CREATE POLICY update_rows ON partners_conventionstep FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_convention(convention_id)));
CREATE POLICY delete_rows ON partners_conventionstep FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('convention', 'partners_convention');
