"""Somebody signed in enrols by themselves, and gives the place back. Policies stay: nobody else gains a right to write."""

from django.db import migrations

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

# The address of an account is known to be its own: a file entered with it is that person's.
PERSON = (
    f"""
CREATE FUNCTION professional_own(p_profession text, p_employer_type text, p_employer text, p_territory text)
RETURNS uuid LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
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
END $$;
""",
    "DROP FUNCTION professional_own(text, text, text, text);",
)

ENROL = (
    f"""
CREATE FUNCTION enrol_own(p_session uuid) RETURNS TABLE (enrolment_id uuid, waiting_id uuid, is_new boolean)
LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
#variable_conflict use_column
DECLARE
  me uuid := scope_user_id();
  person uuid := professional_own(NULL, NULL, NULL, NULL);
  places integer := session_places_left(p_session);
BEGIN
  IF me IS NULL OR person IS NULL OR NOT EXISTS (
    SELECT 1 FROM formation_session s WHERE s.id = p_session AND s.state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM formation_sessiontrainer t WHERE t.session_id = s.id AND t.trainer_id = me)) THEN
    RAISE EXCEPTION 'own: not a session to enrol in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT e.id INTO enrolment_id FROM formation_enrolment e
    WHERE e.session_id = p_session AND e.professional_id = person AND e.cancelled_at IS NULL;
  IF enrolment_id IS NOT NULL THEN
    is_new := false;
    RETURN NEXT;
    RETURN;
  END IF;
  IF places < 1 THEN
    INSERT INTO formation_waitingentry (id, session_id, professional_id, asked_by_id, asked_at)
      VALUES (gen_random_uuid(), p_session, person, me, clock_timestamp()) ON CONFLICT DO NOTHING RETURNING id INTO waiting_id;
    is_new := waiting_id IS NOT NULL;
    RETURN NEXT;
    RETURN;
  END IF;
  INSERT INTO formation_enrolment (id, session_id, professional_id, profession_id, employer_id, employer_type_id,
      enrolled_at, result)
    SELECT gen_random_uuid(), p_session, p.id, p.profession_id, p.employer_id, p.employer_type_id, clock_timestamp(), ''
    FROM formation_professional p WHERE p.id = person
    ON CONFLICT (session_id, professional_id) DO UPDATE SET cancelled_at = NULL, enrolled_at = excluded.enrolled_at,
      profession_id = excluded.profession_id, employer_id = excluded.employer_id,
      employer_type_id = excluded.employer_type_id
    RETURNING id INTO enrolment_id;
  UPDATE formation_waitingentry w SET enrolment_id = enrol_own.enrolment_id
    WHERE w.session_id = p_session AND w.professional_id = person AND w.left_at IS NULL AND w.enrolment_id IS NULL;
  INSERT INTO formation_sessionnotice (id, enrolment_id, kind, sequence, asked_at, tries)
    SELECT gen_random_uuid(), enrol_own.enrolment_id, 'invited', s.sequence, clock_timestamp(), 0 FROM formation_session s
    WHERE s.id = p_session AND s.starts_on > (now() AT TIME ZONE s.time_zone)::date ON CONFLICT DO NOTHING;
  is_new := true;
  RETURN NEXT;
END $$;
CREATE FUNCTION enrol_own_end(p_enrolment uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = clock_timestamp() FROM formation_session s
    WHERE e.id = p_enrolment AND e.id IN (SELECT enrolment_own_ids()) AND e.cancelled_at IS NULL
      AND s.id = e.session_id AND s.state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM formation_attendance a WHERE a.enrolment_id = e.id)
      AND NOT EXISTS (SELECT 1 FROM formation_signature g WHERE g.enrolment_id = e.id);
  RETURN FOUND;
END $$;
""",
    "DROP FUNCTION enrol_own_end(uuid); DROP FUNCTION enrol_own(uuid);",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0015_hours_by_owner")]

    operations = [migrations.RunSQL(*PERSON), migrations.RunSQL(*ENROL)]
