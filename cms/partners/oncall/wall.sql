-- cms/partners/oncall: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- The key of a line is its structure.
CREATE OR REPLACE FUNCTION can_see_oncallline(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR $1 = ANY ((SELECT scope_partner_ids())::uuid[])
$body$;

CREATE OR REPLACE FUNCTION oncallmember_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = NEW.membership_id AND m.partner_id = NEW.line_id
    AND m.role IN ('structure_director', 'structure_educator')) THEN
    RAISE EXCEPTION 'oncallmember_of_structure' USING ERRCODE = 'check_violation', CONSTRAINT = 'oncallmember_of_structure';
  END IF;
  RETURN NEW;
END
$body$;

-- Who answers for a structure now: its direction, and the educators who hold its delegation.
CREATE OR REPLACE FUNCTION structure_answering(p_partner uuid) RETURNS TABLE(membership_id uuid, user_id uuid, role
  text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT m.id, m.user_id, m.role::text FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
    CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Paris')::date AS today) d
    WHERE m.partner_id = $1 AND (m.role = 'structure_director' OR (m.role = 'structure_educator' AND m.may_answer))
      AND m.starts_on <= d.today AND (m.ends_on IS NULL OR m.ends_on >= d.today)
      AND (m.revoked_at IS NULL OR m.revoked_at > now())
      AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
$body$;

-- Tables

ALTER TABLE partners_oncallline ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_oncallline FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_oncallline FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[])) AND can_see_partner(partner_id));
CREATE POLICY update_rows ON partners_oncallline FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[]))
  WITH CHECK (((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[])) AND can_see_partner(partner_id));
CREATE POLICY delete_rows ON partners_oncallline FOR DELETE USING (false);

CREATE TRIGGER oncallmember_of_structure BEFORE INSERT ON partners_oncallmember FOR EACH ROW EXECUTE FUNCTION
  oncallmember_check();
ALTER TABLE partners_oncallmember ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_oncallmember FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR line_id = ANY ((SELECT scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_oncallmember FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR line_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[])) AND can_see_oncallline(line_id) AND
    can_see_membership(membership_id));
CREATE POLICY update_rows ON partners_oncallmember FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON partners_oncallmember FOR DELETE
  USING ((SELECT scope_manages_cases()) OR line_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[]));
