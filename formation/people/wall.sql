-- formation/people: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION account_of_address(account uuid, address text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM users_user u WHERE u.id = $1 AND lower(u.email) = lower($2))
$body$;

CREATE OR REPLACE FUNCTION professional_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id FROM formation_professional p WHERE p.user_id = (SELECT scope_user_id())
      OR p.created_by_id = (SELECT scope_user_id()) OR p.employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])
    UNION SELECT e.professional_id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
    UNION SELECT professional_reached_id() WHERE scope_has_role('trainer')
$body$;

CREATE OR REPLACE FUNCTION can_see_professional(professional uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT professional_visible_ids())
$body$;

CREATE OR REPLACE FUNCTION enrolment_facts_match(professional uuid, employer uuid, employer_type text, profession
  text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM formation_professional p WHERE p.id = $1
    AND p.employer_id IS NOT DISTINCT FROM $2
    AND ($3 IS NULL OR p.employer_type_id = $3) AND ($4 IS NULL OR p.profession_id = $4))
$body$;

-- « Éloïse Le-Goff » and « LE GOFF Eloise » are one person.
CREATE OR REPLACE FUNCTION name_key(words text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT string_agg(word, ' ' ORDER BY word)
  FROM unnest(regexp_split_to_array(trim(regexp_replace(lower(unaccent($1)), '[^a-z]+', ' ', 'g')), ' ')) word
$body$;

CREATE OR REPLACE FUNCTION professional_facts_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF public.acts_as_owner() OR coalesce(scope_manages_cases(), false) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.user_id, NEW.merged_into_id, NEW.created_by_id) IS DISTINCT FROM
     (OLD.user_id, OLD.merged_into_id, OLD.created_by_id) THEN
    RAISE EXCEPTION 'professional: the coordination ties and merges' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.merged_into_id IS NOT NULL
     OR (NEW.user_id IS NOT NULL AND NOT account_of_address(NEW.user_id, NEW.email))) THEN
    RAISE EXCEPTION 'professional: the account of another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION professional_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = e.enrolled_at
  FROM formation_sessiontrainer t, formation_professional p
  WHERE p.id = $1 AND e.professional_id = p.id AND t.session_id = e.session_id AND t.trainer_id = p.user_id
    AND e.cancelled_at IS NULL;
  UPDATE formation_attestation a SET content = '{}'::jsonb
  FROM formation_enrolment e WHERE e.id = a.enrolment_id AND e.professional_id = $1;
  UPDATE formation_answersheet a SET answers = '{}'::jsonb
  FROM formation_enrolment e WHERE e.id = a.enrolment_id AND e.professional_id = $1;
  UPDATE formation_professional SET last_name = 'Anonyme', first_name = '', email = '', user_id = NULL,
    employer_id = NULL, employer_name = '', created_by_id = NULL WHERE id = $1 OR merged_into_id = $1;
  RETURN ARRAY[$1];
END
$body$;

CREATE OR REPLACE FUNCTION professional_own(p_profession text, p_employer_type text, p_employer text, p_territory
  text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  me uuid := scope_user_id();
  house uuid := (scope_partners_as('structure_director', 'structure_educator'))[1];
  found uuid;
BEGIN
  IF me IS NULL THEN
    RAISE EXCEPTION 'own: nobody is signed in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('professional'), hashtext(me::text));
  SELECT coalesce(p.merged_into_id, p.id) INTO found FROM formation_professional p WHERE p.user_id = me;
  IF found IS NOT NULL OR p_profession IS NULL THEN
    RETURN found;
  END IF;
  UPDATE formation_professional p SET user_id = me FROM users_user u
    WHERE u.id = me AND p.user_id IS NULL AND p.merged_into_id IS NULL AND p.email <> '' AND lower(p.email) = lower(u.email)
    RETURNING p.id INTO found;
  IF found IS NULL THEN
    INSERT INTO formation_professional (id, user_id, last_name, first_name, email, profession_id, employer_id,
        employer_name, employer_type_id, territory_id, sex, is_test, created_by_id)
      SELECT gen_random_uuid(), me, u.last_name, u.first_name,
        CASE WHEN EXISTS (SELECT 1 FROM formation_professional p WHERE lower(p.email) = lower(u.email)) THEN ''
             ELSE lower(u.email) END,
        p_profession, house, CASE WHEN house IS NULL THEN p_employer ELSE '' END,
        CASE WHEN house IS NULL THEN p_employer_type ELSE 'type_employeur:STRUCTURE' END, p_territory, '', false, me
      FROM users_user u WHERE u.id = me RETURNING id INTO found;
  END IF;
  RETURN found;
END
$body$;

-- A trainer who adds somebody by e-mail reaches that person, seen or not, until the end of the transaction. The proof says
-- whom, and by whom: an address was given for it.
CREATE OR REPLACE FUNCTION professional_reach(address text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_found uuid := (SELECT coalesce(p.merged_into_id, p.id) FROM formation_professional p
    WHERE lower(p.email) = lower(address) AND p.email <> '' AND scope_has_role('trainer'));
BEGIN
  IF v_found IS NOT NULL THEN
    PERFORM set_config('app.professional_id', v_found || ' ' || scope_mac('reached ' || scope_user_id() || ' ' || v_found), true);
  END IF;
  RETURN v_found;
END
$body$;

CREATE OR REPLACE FUNCTION professional_reached_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_told text := coalesce(current_setting('app.professional_id', true), '');
  v_id text := split_part(v_told, ' ', 1);
BEGIN
  IF v_told <> '' AND split_part(v_told, ' ', 2) = scope_mac('reached ' || scope_user_id() || ' ' || v_id) THEN
    RETURN v_id::uuid;
  END IF;
  RETURN NULL;
END
$body$;

-- Tables

CREATE TRIGGER professional_facts BEFORE INSERT OR UPDATE ON formation_professional FOR EACH ROW EXECUTE
  FUNCTION professional_facts_check();
ALTER TABLE formation_professional ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_professional FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT professional_visible_ids()));
CREATE POLICY insert_rows ON formation_professional FOR INSERT
  WITH CHECK ( ((SELECT scope_manages_cases()) OR (created_by_id = (SELECT scope_user_id()) AND ((SELECT
    scope_has_role('trainer')) OR employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])))) AND
    ((employer_id IS NULL OR can_see_partner(employer_id)) AND (merged_into_id IS NULL OR
    can_see_professional(merged_into_id))));
CREATE POLICY update_rows ON formation_professional FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]))
  WITH CHECK ( ((SELECT scope_manages_cases()) OR employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])) AND
    ((employer_id IS NULL OR can_see_partner(employer_id)) AND (merged_into_id IS NULL OR
    can_see_professional(merged_into_id))));
CREATE POLICY delete_rows ON formation_professional FOR DELETE USING (false);

ALTER TABLE formation_professionalapart ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_professionalapart FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON formation_professionalapart FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND said_by_id = (SELECT scope_user_id())) AND
    (can_see_professional(first_id) AND can_see_professional(second_id)));
CREATE POLICY update_rows ON formation_professionalapart FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_professional(first_id) AND can_see_professional(second_id)));
CREATE POLICY delete_rows ON formation_professionalapart FOR DELETE USING (false);

ALTER TABLE formation_professionalmerge ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_professionalmerge FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON formation_professionalmerge FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND merged_by_id = (SELECT scope_user_id())) AND
    (can_see_professional(kept_id) AND can_see_professional(merged_id)));
CREATE POLICY update_rows ON formation_professionalmerge FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_professional(kept_id) AND
    can_see_professional(merged_id)));
CREATE POLICY delete_rows ON formation_professionalmerge FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('professional', 'formation_professional');
SELECT retention_kind_register(
  'professional', 'professional', 'formation_professional', 'nom d’une personne formée ou accompagnée', 'la dernière session ou le dernier acte d’accompagnement', 'anonymise',
  $starts$SELECT p.id AS object_id, '' AS reference,
  CASE WHEN coalesce(u.is_active, false) THEN NULL ELSE greatest(e.last_on, a.last_on) END AS starts_on,
  ARRAY[p.id] AS together
FROM formation_professional p LEFT JOIN users_user u ON u.id = p.user_id
LEFT JOIN LATERAL (SELECT max(s.ends_on) AS last_on FROM formation_enrolment x
  JOIN formation_session s ON s.id = x.session_id WHERE x.professional_id = p.id) e ON true
LEFT JOIN LATERAL (SELECT max(x.happened_on) AS last_on FROM formation_supportact x
  WHERE x.professional_id = p.id) a ON true$starts$,
  'professional_forget', 60, 'Cinq ans pour prouver une présence ; ensuite le nombre suffit.',
  'Code civil, article 2224 (prescription de cinq ans)', 60
);
