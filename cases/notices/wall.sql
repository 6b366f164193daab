-- cases/notices: who is told of a passage. It holds no table.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- What an object says of who is told: its request, its structure, the service that asked, the one that holds the minor.
CREATE OR REPLACE FUNCTION notice_facts(p_about text, p_id uuid) RETURNS TABLE(request_id uuid, structure_id uuid,
  service_id uuid, guardian_id uuid, person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_case uuid;
BEGIN
  CASE p_about
    WHEN 'sollicitation' THEN
      request_id := p_id;
    WHEN 'proposal' THEN
      SELECT o.sollicitation_id, p.partner_id, o.case_id INTO request_id, structure_id, v_case
        FROM cases_proposal p JOIN cases_orientation o ON o.id = p.orientation_id WHERE p.id = p_id;
    WHEN 'linking' THEN
      SELECT o.sollicitation_id, l.partner_id, l.requester_id, l.guardian_id, l.case_id
        INTO request_id, structure_id, service_id, guardian_id, v_case
        FROM cases_linking l LEFT JOIN cases_orientation o ON o.id = l.orientation_id WHERE l.id = p_id;
    WHEN 'placement' THEN
      SELECT o.sollicitation_id, s.partner_id, l.requester_id, l.guardian_id, s.case_id
        INTO request_id, structure_id, service_id, guardian_id, v_case
        FROM cases_placement s LEFT JOIN cases_orientation o ON o.id = s.orientation_id
        LEFT JOIN cases_linking l ON l.placement_id = s.id WHERE s.id = p_id;
    WHEN 'incident' THEN
      SELECT CASE WHEN i.is_confidential OR i.is_from_outside THEN NULL ELSE i.partner_id END, i.declared_by_id
        INTO structure_id, person_id FROM cases_incident i WHERE i.id = p_id;
    ELSE RETURN;
  END CASE;
  IF v_case IS NOT NULL THEN
    request_id := coalesce(request_id, (SELECT s.id FROM cases_sollicitation s WHERE s.case_id = v_case
      ORDER BY s.received_at DESC LIMIT 1));
  END IF;
  IF request_id IS NOT NULL THEN
    service_id := coalesce(service_id, (SELECT s.requester_id FROM cases_sollicitation s WHERE s.id = request_id));
  END IF;
  RETURN NEXT;
END
$body$;

CREATE OR REPLACE FUNCTION notice_members(p_partner uuid, p_roles text[]) RETURNS TABLE(person_id uuid, partner_id
  uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT m.user_id, m.partner_id, m.role::text FROM partners_membership m
    JOIN users_user u ON u.id = m.user_id AND u.is_active
    CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Paris')::date AS today) d
    WHERE m.partner_id = $1 AND m.role = ANY ($2) AND m.starts_on <= d.today
      AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
$body$;

-- Accounts alone, never a name: whoever causes a passage may not see whom it is told to.
CREATE OR REPLACE FUNCTION notice_recipients(p_about text, p_id uuid, p_to text) RETURNS TABLE(person_id uuid,
  partner_id uuid, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  f record;
  v_roles CONSTANT text[] := CASE WHEN p_to = 'sender' THEN ARRAY['requester', 'transmitter'] ELSE ARRAY['requester'] END;
BEGIN
  IF scope_user_id() IS NULL AND scope_system() IS NULL THEN
    RETURN;
  END IF;
  SELECT * INTO f FROM notice_facts(p_about, p_id);
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_to = 'guardian' AND f.guardian_id IS DISTINCT FROM f.service_id THEN
    RETURN QUERY SELECT m.person_id, m.partner_id, m.role FROM notice_members(f.guardian_id, v_roles) m;
    RETURN;
  END IF;
  CASE p_to
    WHEN 'coordination', 'on_call' THEN
      RETURN QUERY SELECT u.id, NULL::uuid, g.name::text FROM users_user u
          JOIN users_user_groups l ON l.user_id = u.id JOIN auth_group g ON g.id = l.group_id
        WHERE u.is_active AND g.name IN ('coordination', 'direction') AND u.id = CASE WHEN p_about = 'incident'
          THEN (SELECT i.acknowledged_by_id FROM cases_incident i WHERE i.id = p_id)
          ELSE (SELECT s.taken_by_id FROM cases_sollicitation s WHERE s.id = f.request_id) END LIMIT 1;
      IF NOT FOUND THEN
        RETURN QUERY SELECT u.id, NULL::uuid, g.name::text FROM users_user u
            JOIN users_user_groups l ON l.user_id = u.id JOIN auth_group g ON g.id = l.group_id
          WHERE u.is_active AND (g.name = 'coordination' OR (p_to = 'on_call' AND g.name = 'direction'));
      END IF;
    WHEN 'structure' THEN
      RETURN QUERY SELECT a.user_id, f.structure_id, CASE a.role WHEN 'structure_educator' THEN 'structure_delegate'
        ELSE a.role END FROM structure_answering(f.structure_id) a;
    WHEN 'directors' THEN
      RETURN QUERY SELECT a.user_id, f.structure_id, a.role FROM structure_answering(f.structure_id) a
        WHERE a.role = 'structure_director';
    WHEN 'payer' THEN
      RETURN QUERY SELECT m.person_id, m.partner_id, m.role FROM partners_partner p,
          LATERAL notice_members(p.id, v_roles) m
        WHERE p.kind = 'ase' AND p.ase_authority_id = minor_payer(NULL, CASE WHEN p_about = 'placement' THEN p_id END);
    WHEN 'declarant' THEN
      RETURN QUERY SELECT f.person_id, NULL::uuid, ''::text WHERE f.person_id IS NOT NULL;
    ELSE  -- the service that asked; a guardian that asked is told as one
      RETURN QUERY SELECT m.person_id, m.partner_id, m.role FROM notice_members(f.service_id, v_roles) m
        WHERE m.person_id = (SELECT s.submitted_by_id FROM cases_sollicitation s WHERE s.id = f.request_id) LIMIT 1;
      IF NOT FOUND THEN
        RETURN QUERY SELECT m.person_id, m.partner_id, m.role FROM notice_members(f.service_id, ARRAY['requester']) m
          WHERE NOT EXISTS (SELECT 1 FROM notice_members(f.service_id, ARRAY['transmitter']) t
            WHERE t.person_id = (SELECT s.submitted_by_id FROM cases_sollicitation s WHERE s.id = f.request_id));
      END IF;
  END CASE;
END
$body$;

-- What the scan of each minute asks: sheets past their hour without an answer, of the last day, and how urgent they are.
CREATE OR REPLACE FUNCTION proposals_silent() RETURNS TABLE(id uuid, orientation_id uuid, answer_minutes integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id, p.orientation_id, (v.extra ->> 'answer_within_minutes')::integer FROM cases_proposal p
    JOIN cases_orientation o ON o.id = p.orientation_id AND o.cancelled_at IS NULL
    JOIN cases_sollicitation s ON s.id = o.sollicitation_id AND NOT s.is_test AND s.closed_at IS NULL
    JOIN values_value v ON v.id = s.urgency_id
    WHERE p.answer_id IS NULL AND p.withdrawn_at IS NULL AND p.answer_by <= clock_timestamp()
      AND p.answer_by > clock_timestamp() - interval '1 day' AND coalesce(scope_system() = 'notify', false)
$body$;

-- Whom the line of a structure rings: the people on call who may answer, then the direction; the number and its hours.
CREATE OR REPLACE FUNCTION proposal_line(p_id uuid) RETURNS TABLE(is_waiting boolean, people uuid[], directors uuid[],
  phone text, days smallint[], starts_at time, ends_at time)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.answer_id IS NULL AND p.withdrawn_at IS NULL AND p.answer_by > clock_timestamp(),
     ARRAY(SELECT a.user_id FROM structure_answering(p.partner_id) a
       JOIN partners_oncallmember m ON m.membership_id = a.membership_id ORDER BY 1),
     ARRAY(SELECT a.user_id FROM structure_answering(p.partner_id) a WHERE a.role = 'structure_director' ORDER BY 1),
     l.phone::text, l.days, l.starts_at, l.ends_at
    FROM cases_proposal p LEFT JOIN partners_oncallline l ON l.partner_id = p.partner_id
    WHERE p.id = $1 AND coalesce(scope_system() = 'notify', false)
$body$;

-- Tables
