"""Who reads and writes the proofs of presence, the waiting lists, the messages and the attestations."""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
DIRECTS = "(SELECT scope_has_role('structure_director'))"
SIGNING = "coalesce(scope_system() = 'signing', false)"
TRAINING = "coalesce(scope_system() = 'training', false)"
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

# Half-days that exist get the usual hours of the day; the zone follows the département of the session.
TIMES = (
    f"""
CREATE FUNCTION halfday_times() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE zone text;
BEGIN
  SELECT s.time_zone INTO zone FROM formation_session s WHERE s.id = NEW.session_id;
  NEW.starts_at := coalesce(NEW.starts_at, CASE NEW.period WHEN 'morning' THEN time '09:00' ELSE time '14:00' END);
  NEW.begins_at := (NEW.day + NEW.starts_at) AT TIME ZONE zone;
  NEW.ends_at := NEW.begins_at + make_interval(mins => round(NEW.hours * 60)::integer);
  RETURN NEW;
END $$;
CREATE TRIGGER halfday_times BEFORE INSERT OR UPDATE OF day, period, hours, starts_at, session_id
  ON formation_halfday FOR EACH ROW EXECUTE FUNCTION halfday_times();
UPDATE formation_session SET time_zone = CASE left(territory_id, 3)
  WHEN '971' THEN 'America/Guadeloupe' WHEN '972' THEN 'America/Martinique' WHEN '973' THEN 'America/Cayenne'
  WHEN '974' THEN 'Indian/Reunion' WHEN '976' THEN 'Indian/Mayotte' ELSE time_zone END
  WHERE territory_id LIKE '97%' AND NOT is_remote;
UPDATE formation_halfday SET hours = hours;
SET CONSTRAINTS ALL IMMEDIATE;
""",
    "DROP TRIGGER halfday_times ON formation_halfday; DROP FUNCTION halfday_times();",
)

# Nobody teaches in two places at once. The lock is on the trainer: two plannings at the same moment follow each other.
OVERLAP = (
    f"""
CREATE FUNCTION trainer_overlap(p_trainer uuid, p_session uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT EXISTS (SELECT 1 FROM formation_halfday mine
    JOIN formation_halfday other ON other.session_id <> mine.session_id
      AND tstzrange(other.begins_at, other.ends_at) && tstzrange(mine.begins_at, mine.ends_at)
    JOIN formation_sessiontrainer t ON t.session_id = other.session_id AND t.trainer_id = $1
    JOIN formation_session s ON s.id = other.session_id AND s.state = 'planned'
    WHERE mine.session_id = $2) $$;
CREATE FUNCTION trainer_overlap_check() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE taught uuid;
BEGIN
  FOR taught IN SELECT t.trainer_id FROM formation_sessiontrainer t JOIN formation_session s ON s.id = t.session_id
      WHERE t.session_id = NEW.session_id AND s.state = 'planned' ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtext('trainer'), hashtext(taught::text));
    IF trainer_overlap(taught, NEW.session_id) THEN
      RAISE EXCEPTION 'trainer elsewhere' USING ERRCODE = 'check_violation', CONSTRAINT = 'trainer_in_one_place';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER trainer_in_one_place AFTER INSERT OR UPDATE ON formation_halfday
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trainer_overlap_check();
CREATE CONSTRAINT TRIGGER trainer_in_one_place AFTER INSERT ON formation_sessiontrainer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trainer_overlap_check();
""",
    "DROP FUNCTION trainer_overlap_check() CASCADE; DROP FUNCTION trainer_overlap(uuid, uuid);",
)

FUNCTIONS = [
    definer(
        "halfday_trained_ids()",
        "SETOF uuid",
        "SELECT h.id FROM formation_halfday h WHERE h.session_id IN (SELECT session_trained_ids())",
    ),
    definer(
        "can_see_walkin(walkin uuid)",
        "boolean",
        f"""SELECT {ALL} OR EXISTS (SELECT 1 FROM formation_walkin w WHERE w.id = $1
              AND w.session_id IN (SELECT session_trained_ids()))""",
    ),
    definer(
        "can_see_attestation(attestation uuid)",
        "boolean",
        f"""SELECT {ALL} OR EXISTS (SELECT 1 FROM formation_attestation a WHERE a.id = $1
              AND a.enrolment_id IN (SELECT enrolment_visible_ids()))""",
    ),
    # « Éloïse Le-Goff » and « LE GOFF Eloise » are one person.
    (
        f"""CREATE FUNCTION name_key(words text) RETURNS text LANGUAGE sql STABLE {DEFINER} AS $$
              SELECT string_agg(word, ' ' ORDER BY word)
              FROM unnest(regexp_split_to_array(trim(regexp_replace(lower(unaccent($1)), '[^a-z]+', ' ', 'g')), ' ')) word $$""",
        "DROP FUNCTION name_key(text)",
    ),
]

# What is written without an account. Each function asks that the signing actor calls it, and answers the least.
SIGN = (
    f"""
CREATE FUNCTION signing_enrolment(p_session uuid, p_user uuid, p_email text, p_name text)
RETURNS SETOF uuid LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT e.id FROM formation_enrolment e JOIN formation_professional p ON p.id = e.professional_id
  WHERE {SIGNING} AND e.session_id = $1 AND e.cancelled_at IS NULL
    AND CASE WHEN $2 IS NOT NULL THEN p.user_id = $2
             WHEN $3 <> '' THEN lower(p.email) = lower($3)
             ELSE name_key(p.last_name || ' ' || p.first_name) = name_key($4) END $$;
CREATE FUNCTION signing_give(p_half_day uuid, p_enrolment uuid, p_walk_in uuid, p_way text, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
BEGIN
  IF NOT {SIGNING} OR p_way NOT IN ('qr', 'code') THEN
    RAISE EXCEPTION 'signing: not how a signature is given' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_signature (id, half_day_id, enrolment_id, walk_in_id, way, signed_at)
    VALUES (gen_random_uuid(), p_half_day, p_enrolment, p_walk_in, p_way, p_at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
CREATE FUNCTION signing_walk_in(p_session uuid, p_last text, p_first text, p_email text, p_profession text,
  p_employer_type text, p_employer text) RETURNS uuid LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
DECLARE found uuid;
BEGIN
  IF NOT {SIGNING} THEN
    RAISE EXCEPTION 'signing: not how somebody comes in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_walkin (id, session_id, last_name, first_name, email, profession_id, employer_type_id,
      employer_name, asked_at, state)
    VALUES (gen_random_uuid(), p_session, p_last, p_first, lower(p_email), p_profession, p_employer_type, p_employer,
      clock_timestamp(), 'pending') ON CONFLICT DO NOTHING RETURNING id INTO found;
  IF found IS NULL THEN
    SELECT w.id INTO found FROM formation_walkin w
      WHERE w.session_id = p_session AND w.state = 'pending' AND lower(w.email) = lower(p_email);
  END IF;
  RETURN found;
END $$;
CREATE FUNCTION signing_known_walk_in(p_session uuid, p_email text) RETURNS uuid LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT w.id FROM formation_walkin w WHERE {SIGNING} AND w.session_id = $1 AND w.state = 'pending'
    AND w.email <> '' AND lower(w.email) = lower($2) $$;
CREATE FUNCTION halfday_countersigned(p_half_day uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT EXISTS (SELECT 1 FROM formation_countersignature c WHERE c.half_day_id = $1) $$;
CREATE FUNCTION signature_check() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
  -- The countersignature takes the same lock: nobody signs under a sheet that is being closed.
  PERFORM 1 FROM formation_halfday h WHERE h.id = NEW.half_day_id FOR SHARE;
  IF halfday_countersigned(NEW.half_day_id) THEN
    RAISE EXCEPTION 'countersigned' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_before_countersignature';
  ELSIF NOT EXISTS (SELECT 1 FROM formation_halfday h JOIN formation_session s ON s.id = h.session_id
      WHERE h.id = NEW.half_day_id AND s.state = 'planned'
        AND NEW.signed_at BETWEEN h.begins_at - interval '2 hours' AND h.ends_at + interval '2 hours') THEN
    RAISE EXCEPTION 'outside the half-day' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_within_half_day';
  ELSIF NOT EXISTS (SELECT 1 FROM formation_halfday h
      LEFT JOIN formation_enrolment e ON e.id = NEW.enrolment_id AND e.session_id = h.session_id AND e.cancelled_at IS NULL
      LEFT JOIN formation_walkin w ON w.id = NEW.walk_in_id AND w.session_id = h.session_id
      WHERE h.id = NEW.half_day_id AND (e.id IS NOT NULL OR NEW.enrolment_id IS NULL)
        AND (w.id IS NOT NULL OR NEW.walk_in_id IS NULL)) THEN
    RAISE EXCEPTION 'of another session' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_of_session';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signature_check BEFORE INSERT ON formation_signature FOR EACH ROW EXECUTE FUNCTION signature_check();
CREATE FUNCTION signature_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.half_day_id, NEW.way, NEW.signed_at, NEW.walk_in_id) IS DISTINCT FROM
     (OLD.half_day_id, OLD.way, OLD.signed_at, OLD.walk_in_id) OR OLD.enrolment_id IS NOT NULL THEN
    RAISE EXCEPTION 'signature: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signature_frozen BEFORE UPDATE ON formation_signature FOR EACH ROW EXECUTE FUNCTION signature_frozen();
CREATE FUNCTION countersignature_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'countersignature: written once' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER countersignature_frozen BEFORE UPDATE OR DELETE ON formation_countersignature
  FOR EACH ROW EXECUTE FUNCTION countersignature_frozen();
""",
    """DROP FUNCTION countersignature_frozen() CASCADE; DROP FUNCTION signature_frozen() CASCADE;
    DROP FUNCTION signature_check() CASCADE; DROP FUNCTION halfday_countersigned(uuid); DROP FUNCTION signing_known_walk_in(uuid, text);
    DROP FUNCTION signing_walk_in(uuid, text, text, text, text, text, text);
    DROP FUNCTION signing_give(uuid, uuid, uuid, text, timestamptz);
    DROP FUNCTION signing_enrolment(uuid, uuid, text, text);""",
)

# A place that a team gives back goes to somebody whom its director does not see: the owner moves the list on.
WAITING = (
    f"""
CREATE FUNCTION waiting_promote(p_session uuid) RETURNS uuid LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
DECLARE
  entry formation_waitingentry;
  given uuid;
BEGIN
  IF scope_user_id() IS NULL OR session_places_left(p_session) < 1
     OR NOT EXISTS (SELECT 1 FROM formation_session s WHERE s.id = p_session AND s.state = 'planned') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO entry FROM formation_waitingentry w
    WHERE w.session_id = p_session AND w.left_at IS NULL AND w.enrolment_id IS NULL
    ORDER BY w.asked_at, w.id LIMIT 1 FOR UPDATE;
  IF entry.id IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO formation_enrolment (id, session_id, professional_id, profession_id, employer_id, employer_type_id,
      enrolled_at, result)
    SELECT gen_random_uuid(), p_session, p.id, p.profession_id, p.employer_id, p.employer_type_id, clock_timestamp(), ''
    FROM formation_professional p WHERE p.id = entry.professional_id
    ON CONFLICT (session_id, professional_id) DO UPDATE SET cancelled_at = NULL, enrolled_at = excluded.enrolled_at
    RETURNING id INTO given;
  UPDATE formation_waitingentry SET enrolment_id = given WHERE id = entry.id;
  INSERT INTO formation_sessionnotice (id, enrolment_id, kind, sequence, asked_at, tries)
    SELECT gen_random_uuid(), given, 'promoted', s.sequence, clock_timestamp(), 0
    FROM formation_session s WHERE s.id = p_session ON CONFLICT DO NOTHING;
  RETURN given;
END $$;
CREATE FUNCTION waiting_count(p_session uuid) RETURNS integer LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT count(*)::integer FROM formation_waitingentry w
  WHERE w.session_id = $1 AND w.left_at IS NULL AND w.enrolment_id IS NULL $$;
""",
    "DROP FUNCTION waiting_count(uuid); DROP FUNCTION waiting_promote(uuid);",
)

# The job that sends sees no person: it is told what each message owed needs.
NOTICES = (
    f"""
CREATE FUNCTION notices_owed() RETURNS TABLE (id uuid, kind text, sequence integer, session_id uuid, email text)
LANGUAGE sql VOLATILE {DEFINER} AS $$
  SELECT n.id, n.kind::text, n.sequence::integer, e.session_id, p.email::text
  FROM formation_sessionnotice n JOIN formation_enrolment e ON e.id = n.enrolment_id
  JOIN formation_professional p ON p.id = e.professional_id
  WHERE {TRAINING} AND n.sent_at IS NULL AND n.tries < 5 AND p.email <> ''
    AND (e.cancelled_at IS NULL OR n.kind = 'cancelled')
  ORDER BY n.asked_at LIMIT 200 FOR UPDATE OF n SKIP LOCKED $$;
CREATE FUNCTION notice_done(p_id uuid, p_is_sent boolean) RETURNS void LANGUAGE sql VOLATILE {DEFINER} AS $$
  UPDATE formation_sessionnotice SET tries = tries + 1, sent_at = CASE WHEN $2 THEN clock_timestamp() END
  WHERE id = $1 AND {TRAINING} $$;
""",
    "DROP FUNCTION notice_done(uuid, boolean); DROP FUNCTION notices_owed();",
)

# The public check repeats the title and the dates. Both the number and its code are asked: numbers follow each other.
ATTESTATION = (
    f"""
CREATE FUNCTION attestation_check(p_number text, p_code text)
RETURNS TABLE (title text, starts_on date, ends_on date, expires_on date, state text)
LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT a.title::text, a.starts_on, a.ends_on, a.expires_on,
    CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN EXISTS (SELECT 1 FROM formation_attestation b WHERE b.replaces_id = a.id) THEN 'replaced'
         WHEN a.expires_on < (now() AT TIME ZONE 'Europe/Paris')::date OR a.content = '{{}}'::jsonb THEN 'expired'
         ELSE 'valid' END
  FROM formation_attestation a WHERE a.number = upper($1) AND a.check_code = upper($2) $$;
CREATE FUNCTION attestation_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.number, NEW.check_code, NEW.enrolment_id, NEW.title, NEW.starts_on, NEW.ends_on,
       NEW.expires_on, NEW.content_hash, NEW.replaces_id, NEW.issued_by_id, NEW.issued_at) IS DISTINCT FROM
     (OLD.number, OLD.check_code, OLD.enrolment_id, OLD.title, OLD.starts_on, OLD.ends_on,
       OLD.expires_on, OLD.content_hash, OLD.replaces_id, OLD.issued_by_id, OLD.issued_at)
     OR (NEW.content IS DISTINCT FROM OLD.content AND (current_user = 'havre_app' OR NEW.content <> '{{}}'::jsonb))
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
    RAISE EXCEPTION 'attestation: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attestation_frozen BEFORE UPDATE OR DELETE ON formation_attestation
  FOR EACH ROW EXECUTE FUNCTION attestation_frozen();
""",
    "DROP FUNCTION attestation_frozen() CASCADE; DROP FUNCTION attestation_check(text, text);",
)

TRAINS = "session_id IN (SELECT session_trained_ids())"
HALF_DAY = "half_day_id IN (SELECT halfday_trained_ids())"
ENROLMENT = "enrolment_id IN (SELECT enrolment_visible_ids())"
TAUGHT = "enrolment_id IN (SELECT enrolment_trained_ids())"

TABLES = [
    policies(
        "formation_walkin",
        select=f"{ALL} OR {TRAINS}",
        insert="false",
        update=f"{MANAGES} OR {TRAINS}",
        check=f"can_see_session(session_id) AND {optional('can_see_enrolment', 'enrolment_id')}",
    ),
    policies(
        "formation_signature",
        select=f"{ALL} OR {HALF_DAY} OR {ENROLMENT}",
        insert=f"way = 'device' AND ({MANAGES} OR {HALF_DAY})",
        update=f"{MANAGES} OR {HALF_DAY}",
        check=f"can_see_halfday(half_day_id) AND {optional('can_see_enrolment', 'enrolment_id')} "
        f"AND {optional('can_see_walkin', 'walk_in_id')}",
    ),
    policies(
        "formation_countersignature",
        select=f"{ALL} OR {HALF_DAY}",
        insert=f"signed_by_id = {ME} AND ({MANAGES} OR {HALF_DAY})",
        update="false",
        check="can_see_halfday(half_day_id)",
    ),
    policies(
        "formation_excuse",
        select=f"{ALL} OR {ENROLMENT}",
        insert=f"told_by_id = {ME} AND ({MANAGES} OR {ENROLMENT})",
        update="false",
        check="can_see_halfday(half_day_id) AND can_see_enrolment(enrolment_id)",
    ),
    policies(
        "formation_waitingentry",
        select=f"{ALL} OR {TRAINS} OR professional_id IN (SELECT professional_visible_ids())",
        insert=f"asked_by_id = {ME} AND ({MANAGES} OR {TRAINS} OR {DIRECTS})",
        update=f"{MANAGES} OR {TRAINS} OR ({DIRECTS} AND professional_id IN (SELECT professional_visible_ids()))",
        check="can_see_session(session_id) AND can_see_professional(professional_id) "
        f"AND {optional('can_see_enrolment', 'enrolment_id')}",
    ),
    policies(
        "formation_sessionnotice",
        select=f"{ALL} OR {ENROLMENT}",
        insert=f"{MANAGES} OR {TAUGHT} OR ({DIRECTS} AND {ENROLMENT})",
        update="false",
        check="can_see_enrolment(enrolment_id)",
    ),
    policies(
        "formation_attestation",
        select=f"{ALL} OR {ENROLMENT}",
        insert=f"issued_by_id = {ME} AND ({MANAGES} OR {TAUGHT})",
        update=f"{MANAGES} OR {TAUGHT}",
        check=f"can_see_enrolment(enrolment_id) AND {optional('can_see_attestation', 'replaces_id')}",
    ),
]

KINDS = [
    (f"SELECT journal_kind_register('{kind}', 'formation_{kind}')", migrations.RunSQL.noop)
    for kind in ("halfday", "walkin", "attestation")
]


class Migration(migrations.Migration):
    dependencies = [("formation", "0004_proofs"), ("formation", "0003_retention"), ("access", "0002_scope")]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [TIMES, OVERLAP, *FUNCTIONS, SIGN, WAITING, NOTICES, ATTESTATION, *TABLES, *KINDS]
    ]
