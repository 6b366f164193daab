-- Written by « make schema » from the migrations b73b26c63eec75a3


CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.absence_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.arrived_on <= NEW.starts_on
      AND (p.ended_on IS NULL OR p.ended_on >= NEW.starts_on)) THEN
    RAISE EXCEPTION 'absence_within_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_within_stay';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.absence_housed_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT a.id FROM cases_absence a WHERE a.placement_id IN (SELECT placement_housed_ids())
$$;

CREATE FUNCTION public.account_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM account_emailaddress WHERE user_id = $1;
  DELETE FROM mfa_authenticator WHERE user_id = $1;
  DELETE FROM access_apitoken WHERE user_id = $1;
  DELETE FROM access_draft WHERE user_id = $1;
  DELETE FROM access_signin WHERE user_id = $1;
  DELETE FROM socialaccount_socialaccount WHERE user_id = $1;
  DELETE FROM wagtailusers_userprofile WHERE user_id = $1;
  UPDATE users_user SET email = 'x-' || left(replace(gen_random_uuid()::text, '-', ''), 12) || '@anonyme.invalid',
    first_name = 'Ancien', last_name = 'membre', position = '', phone = '', password = '!', is_active = false,
    last_login = NULL WHERE id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.account_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF current_user <> 'havre_app' OR scope_user_id() IS NULL THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' THEN
    IF NOT starts_with(NEW.password, '!') THEN
      RAISE EXCEPTION 'account: whoever opens it never knows its password' USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF NEW.id <> scope_user_id() AND (NEW.password, NEW.email) IS DISTINCT FROM (OLD.password, OLD.email) THEN
    RAISE EXCEPTION 'account: the password and the address are one''s own' USING ERRCODE = 'insufficient_privilege';
  ELSIF NEW.is_active <> OLD.is_active AND (NEW.id = scope_user_id() OR NOT scope_manages_cases()) THEN
    RAISE EXCEPTION 'account: opened and closed by another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.account_of_address(account uuid, address text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM users_user u WHERE u.id = $1 AND lower(u.email) = lower($2))
$_$;

CREATE FUNCTION public.account_reopen(p_user uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE accounts_accountsuspension SET ended_at = clock_timestamp(), ended_by_id = scope_user_id()
    WHERE user_id = p_user AND ended_at IS NULL AND starts_at IS NOT NULL AND account_under(p_user)
      AND (why = 'dormant' OR scope_manages_cases());
  IF NOT FOUND THEN
    RAISE EXCEPTION 'accounts: nothing to reopen'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'account_reopened_by_right';
  END IF;
  UPDATE users_user SET is_active = true WHERE id = p_user;
  PERFORM journal_append('accounts.account.reopen', 'user', p_user, 'done', '', '{}', p_request_id);
END
$$;

CREATE FUNCTION public.account_request_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM proconnect_accountrequest WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.account_suspend(p_user uuid, p_why text, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT (CASE p_why WHEN 'dormant' THEN coalesce(scope_system() = 'accounts', false)
          ELSE scope_manages_cases() AND p_user <> scope_user_id() END) THEN
    RAISE EXCEPTION 'accounts: not a person who may suspend' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE accounts_accountsuspension SET why = p_why, starts_at = clock_timestamp(), started_by_id = scope_user_id()
    WHERE user_id = p_user AND ended_at IS NULL AND starts_at IS NULL;
  IF NOT FOUND THEN
    INSERT INTO accounts_accountsuspension (id, user_id, why, starts_at, started_by_id)
      VALUES (gen_random_uuid(), p_user, p_why, clock_timestamp(), scope_user_id());
  END IF;
  UPDATE users_user SET is_active = false WHERE id = p_user;
  PERFORM journal_append('accounts.account.suspend', 'user', p_user, 'done', p_why, '{}', p_request_id);
END
$$;

CREATE FUNCTION public.account_under(person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 <> scope_user_id() AND (scope_manages_cases() OR (
    EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $1 AND m.role = 'structure_educator'
      AND m.partner_id = ANY (scope_partners_as('structure_director')) AND m.revoked_at IS NULL
      AND m.starts_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date))
    AND NOT EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $1 AND m.revoked_at IS NULL
      AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date)
      AND NOT (m.role = 'structure_educator' AND m.partner_id = ANY (scope_partners_as('structure_director'))))
    AND NOT EXISTS (SELECT 1 FROM users_user_groups ug WHERE ug.user_id = $1)))
$_$;

CREATE FUNCTION public.accounts_lapse() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  WITH rights AS (UPDATE accounts_rightschange SET state = 'lapsed', decided_at = expires_at
      WHERE state = 'pending' AND expires_at <= clock_timestamp() RETURNING 1),
    factors AS (UPDATE accounts_factorreset SET state = 'lapsed', decided_at = expires_at
      WHERE state = 'pending' AND expires_at <= clock_timestamp() RETURNING 1)
  SELECT (SELECT count(*) FROM rights) + (SELECT count(*) FROM factors)
$$;

CREATE FUNCTION public.afterstay_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.ended_on <= NEW.known_on)
  THEN
    RAISE EXCEPTION 'afterstay_of_its_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'afterstay_of_its_stay';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.alert_is_of_another(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT FROM access_alert a WHERE a.id = $1 AND a.raised_by_id <> scope_user_id())
$_$;

CREATE FUNCTION public.answers_asked(p_id uuid) RETURNS TABLE(enrolment_id uuid, walk_in_id uuid, session_id uuid, has_before boolean, has_after boolean, was_there boolean)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH who AS (
    SELECT e.id AS enrolment_id, NULL::uuid AS walk_in_id, e.session_id FROM formation_enrolment e
      WHERE e.cancelled_at IS NULL
        AND e.id = coalesce((SELECT w.enrolment_id FROM formation_walkin w WHERE w.id = $1), $1)
    UNION ALL SELECT NULL, w.id, w.session_id FROM formation_walkin w WHERE w.id = $1 AND w.state = 'pending'),
  sheets AS (SELECT a.moment FROM formation_answersheet a, who
    WHERE a.enrolment_id = who.enrolment_id OR a.walk_in_id = who.walk_in_id)
  SELECT who.enrolment_id, who.walk_in_id, who.session_id,
    EXISTS (SELECT 1 FROM sheets WHERE moment = 'before'), EXISTS (SELECT 1 FROM sheets WHERE moment = 'after'),
    NOT EXISTS (SELECT 1 FROM formation_attendance t WHERE t.enrolment_id = who.enrolment_id)
      OR EXISTS (SELECT 1 FROM formation_attendance t
                 WHERE t.enrolment_id = who.enrolment_id AND t.status IN ('present', 'left_early'))
  FROM who WHERE coalesce(scope_system() = 'signing', false)
$_$;

CREATE FUNCTION public.answers_closed(p_session uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT s.state = 'held' AND (
    (now() AT TIME ZONE s.time_zone)::date > s.ends_on + setting_integer('formation.answer_days', 7)
    OR NOT EXISTS (SELECT 1 FROM formation_enrolment e WHERE e.session_id = s.id AND e.cancelled_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM formation_answersheet a WHERE a.enrolment_id = e.id AND a.moment = 'after')))
  FROM formation_session s WHERE s.id = $1
$_$;

CREATE FUNCTION public.answers_give(p_id uuid, p_moment text, p_answers jsonb, p_knowledge integer, p_confidence integer, p_way text, p_at timestamp with time zone, p_marks integer[], p_comment text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE asked record;
BEGIN
  -- With the actor that signs alone: without it nothing is asked, and nothing written.
  SELECT * INTO asked FROM answers_asked(p_id);
  IF asked.session_id IS NULL OR (p_marks IS NULL) <> (p_moment = 'before') THEN
    RAISE EXCEPTION 'answers: not how they are given' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_answersheet (id, enrolment_id, walk_in_id, moment, answers, knowledge, confidence, way, answered_at)
    VALUES (gen_random_uuid(), asked.enrolment_id, asked.walk_in_id, p_moment, p_answers, p_knowledge, p_confidence,
      p_way, p_at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_marks IS NOT NULL THEN
    INSERT INTO formation_satisfaction (id, session_id, aims, useful, teaching, recommended, comment)
      VALUES (gen_random_uuid(), asked.session_id, p_marks[1], p_marks[2], p_marks[3], p_marks[4], p_comment);
  END IF;
  RETURN true;
END
$$;

CREATE FUNCTION public.answersheet_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE begins timestamptz; ends timestamptz; last_begins timestamptz;
BEGIN
  SELECT min(h.begins_at), max(h.ends_at), max(h.begins_at) INTO begins, ends, last_begins
  FROM formation_halfday h JOIN formation_session s ON s.id = h.session_id AND s.state <> 'cancelled'
  WHERE h.session_id = coalesce(
    (SELECT e.session_id FROM formation_enrolment e WHERE e.id = NEW.enrolment_id AND e.cancelled_at IS NULL),
    (SELECT w.session_id FROM formation_walkin w WHERE w.id = NEW.walk_in_id));
  -- Wider than the settings, which the service reads: what no setting may allow.
  IF begins IS NULL OR (NEW.moment = 'before' AND NEW.answered_at > begins + interval '4 hours')
     OR (NEW.moment = 'after' AND NEW.answered_at NOT BETWEEN last_begins - interval '4 hours' AND ends + interval '61 days')
  THEN
    RAISE EXCEPTION 'not the moment' USING ERRCODE = 'check_violation', CONSTRAINT = 'answersheet_moment';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.answersheet_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.moment, NEW.knowledge, NEW.confidence, NEW.way, NEW.answered_at, NEW.walk_in_id) IS DISTINCT FROM
     (OLD.moment, OLD.knowledge, OLD.confidence, OLD.way, OLD.answered_at, OLD.walk_in_id)
     OR (NEW.enrolment_id IS DISTINCT FROM OLD.enrolment_id AND OLD.enrolment_id IS NOT NULL)
     OR (NEW.answers <> OLD.answers AND NOT (NEW.answers = '{}'::jsonb
         AND (current_user <> 'havre_app' OR NEW.enrolment_id IS NULL))) THEN
    RAISE EXCEPTION 'answers: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.api_token_use(digest text) RETURNS TABLE(user_id uuid, held character varying[], is_live boolean)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE access_apitoken t SET last_used_on = (now() AT TIME ZONE 'Europe/Paris')::date
  WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp()
    AND t.last_used_on IS DISTINCT FROM (now() AT TIME ZONE 'Europe/Paris')::date;
  SELECT t.user_id, t.held, t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND u.is_active
  FROM access_apitoken t JOIN users_user u ON u.id = t.user_id WHERE t.digest = $1
$_$;

CREATE FUNCTION public.assessment_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_proofs uuid[] := (SELECT coalesce(array_agg(e.id), '{}') FROM referentiel_evidence e WHERE e.assessment_id = $1);
BEGIN
  DELETE FROM files_attachment WHERE object_id = ANY (v_proofs);
  DELETE FROM referentiel_evidence WHERE id = ANY (v_proofs);
  DELETE FROM referentiel_planstep WHERE assessment_id = $1;
  DELETE FROM referentiel_mark WHERE assessment_id = $1;
  DELETE FROM referentiel_assessment WHERE id = $1;
  RETURN v_proofs || $1;
END
$_$;

CREATE FUNCTION public.assessment_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF OLD.submitted_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'assessment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.assessment_is_of(assessment uuid, partner uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1 AND a.partner_id = $2)
$_$;

CREATE FUNCTION public.attachment_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected files_attachment := OLD;
BEGIN
  IF current_user <> 'havre_app' THEN
    RETURN NEW;
  END IF;
  IF OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL AND public.scope_keeps_files() THEN
    expected.destroyed_at := NEW.destroyed_at;
    expected.title := NEW.title;
    expected.body_key := NEW.body_key;
    expected.digest := NEW.digest;
  ELSIF OLD.destroyed_at IS NULL AND (OLD.removed_at IS NULL OR public.scope_manages_cases()) THEN
    expected.removed_at := NEW.removed_at;
    expected.removed_by_id := NEW.removed_by_id;
    expected.removal_reason := NEW.removal_reason;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'attachment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.attachment_may_add(kind text, object_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_name CONSTANT text := 'can_add_files_' || kind;
  v_may boolean := false;
BEGIN
  IF NOT EXISTS (SELECT FROM journal_kind k WHERE k.kind = $1) THEN
    RETURN false;
  END IF;
  IF scope_manages_cases() THEN
    RETURN attachment_seen(kind, object_id);
  END IF;
  IF to_regprocedure(format('public.%I(uuid)', v_name)) IS NOT NULL THEN
    EXECUTE format('SELECT public.%I($1)', v_name) INTO v_may USING object_id;
  END IF;
  RETURN coalesce(v_may, false);
END
$_$;

CREATE FUNCTION public.attachment_may_add(kind text, object_id uuid, is_portrait boolean) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_name CONSTANT text := 'can_add_portraits_' || kind;
  v_may boolean := false;
BEGIN
  IF attachment_may_add(kind, object_id) THEN
    RETURN true;
  END IF;
  IF is_portrait AND EXISTS (SELECT FROM journal_kind k WHERE k.kind = $1)
    AND to_regprocedure(format('public.%I(uuid)', v_name)) IS NOT NULL THEN
    EXECUTE format('SELECT public.%I($1)', v_name) INTO v_may USING object_id;
  END IF;
  RETURN coalesce(v_may, false);
END
$_$;

CREATE FUNCTION public.attachment_seen(kind text, object_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_name text;
  v_may boolean;
BEGIN
  FOREACH v_name IN ARRAY ARRAY['can_see_files_' || kind, 'can_see_' || kind] LOOP
    IF to_regprocedure(format('public.%I(uuid)', v_name)) IS NOT NULL THEN
      EXECUTE format('SELECT public.%I($1)', v_name) INTO v_may USING object_id;
      RETURN coalesce(v_may, false);
    END IF;
  END LOOP;
  RETURN false;
END
$_$;

CREATE FUNCTION public.attachment_seen(kind text, object_id uuid, author uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_name CONSTANT text := 'can_see_files_' || kind;
  v_may boolean;
BEGIN
  IF to_regprocedure(format('public.%I(uuid, uuid)', v_name)) IS NULL THEN
    RETURN attachment_seen(kind, object_id);
  END IF;
  EXECUTE format('SELECT public.%I($1, $2)', v_name) INTO v_may USING object_id, author;
  RETURN coalesce(v_may, false);
END
$_$;

CREATE FUNCTION public.attendance_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formation_enrolment e JOIN formation_halfday h ON h.session_id = e.session_id
    WHERE e.id = NEW.enrolment_id AND h.id = NEW.half_day_id AND e.cancelled_at IS NULL) THEN
    RAISE EXCEPTION 'not enrolled' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_of_enrolled';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.attestation_check(p_number text, p_code text) RETURNS TABLE(title text, starts_on date, ends_on date, expires_on date, state text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT a.title::text, a.starts_on, a.ends_on, a.expires_on,
    CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN EXISTS (SELECT 1 FROM formation_attestation b WHERE b.replaces_id = a.id) THEN 'replaced'
         WHEN a.expires_on < (now() AT TIME ZONE 'Europe/Paris')::date OR a.content = '{}'::jsonb THEN 'expired'
         ELSE 'valid' END
  FROM formation_attestation a WHERE a.number = upper($1) AND a.check_code = upper($2)
$_$;

CREATE FUNCTION public.attestation_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.number, NEW.check_code, NEW.enrolment_id, NEW.title, NEW.starts_on, NEW.ends_on,
       NEW.expires_on, NEW.content_hash, NEW.replaces_id, NEW.issued_by_id, NEW.issued_at) IS DISTINCT FROM
     (OLD.number, OLD.check_code, OLD.enrolment_id, OLD.title, OLD.starts_on, OLD.ends_on,
       OLD.expires_on, OLD.content_hash, OLD.replaces_id, OLD.issued_by_id, OLD.issued_at)
     OR (NEW.content IS DISTINCT FROM OLD.content AND (current_user = 'havre_app' OR NEW.content <> '{}'::jsonb))
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
    RAISE EXCEPTION 'attestation: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.away_km() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT coalesce((SELECT (s.value #>> '{}')::integer FROM values_settingversion s
    WHERE s.key = 'cases.away_km' ORDER BY s.changed_at DESC LIMIT 1), 150)
$$;

CREATE FUNCTION public.can_add_files_committee(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_has_role('state_reader') AND EXISTS (SELECT 1 FROM reporting_committee c WHERE c.id = $1)
$_$;

CREATE FUNCTION public.can_add_files_evidence(evidence uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND (writes_assessment(e.assessment_id) OR (e.replaces_id IS NOT NULL AND follows_assessment(e.assessment_id))))
$_$;

CREATE FUNCTION public.can_add_files_incident(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 IN (SELECT incident_housed_ids())
    AND EXISTS (SELECT 1 FROM cases_incident i WHERE i.id = $1 AND i.state <> 'closed')
$_$;

CREATE FUNCTION public.can_add_files_session(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 IN (SELECT session_trained_ids())
    AND EXISTS (SELECT 1 FROM formation_session s WHERE s.id = $1 AND s.state <> 'cancelled')
$_$;

CREATE FUNCTION public.can_add_files_sollicitation(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 IN (SELECT sollicitation_asked_ids())
    AND EXISTS (SELECT 1 FROM cases_sollicitation s WHERE s.id = $1 AND s.state <> 'closed')
$_$;

CREATE FUNCTION public.can_add_files_statequestion(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM reporting_statequestion q
    WHERE q.id = $1 AND q.partner_id = ANY (scope_partners_as('state_reader')))
$_$;

CREATE FUNCTION public.can_add_portraits_case(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 IN (SELECT identity_open_ids())
$_$;

CREATE FUNCTION public.can_fill_closedperiod(period uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT EXISTS (SELECT FROM reporting_closedperiod c WHERE c.id = period AND c.asked_by_id = scope_user_id()
    AND c.agreed_at IS NULL AND c.dismissed_at IS NULL)
$$;

CREATE FUNCTION public.can_reply_sollicitation(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 IN (SELECT sollicitation_asked_ids())
    AND EXISTS (SELECT 1 FROM cases_sollicitation s WHERE s.id = $1 AND s.state <> 'closed')
$_$;

CREATE FUNCTION public.can_see_absence(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT absence_housed_ids())
$_$;

CREATE FUNCTION public.can_see_account_request(request uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM proconnect_accountrequest r WHERE r.id = $1)
$_$;

CREATE FUNCTION public.can_see_acknowledgement(acknowledgement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM documents_acknowledgement a
    WHERE a.id = $1 AND a.partner_id = ANY (scope_partner_ids()))
$_$;

CREATE FUNCTION public.can_see_alert(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (scope_has_role('direction') OR scope_has_role('dpo'))
    AND EXISTS (SELECT FROM access_alert a WHERE a.id = $1)
$_$;

CREATE FUNCTION public.can_see_assessment(assessment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1
    AND a.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))
$_$;

CREATE FUNCTION public.can_see_attestation(attestation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR EXISTS (SELECT 1 FROM formation_attestation a WHERE a.id = $1
    AND a.enrolment_id IN (SELECT enrolment_visible_ids()))
$_$;

CREATE FUNCTION public.can_see_authorisedunit(unit uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR scope_reminds() OR EXISTS (SELECT 1 FROM documents_authorisedunit u
    WHERE u.partner_id = $1 AND u.partner_id = ANY (scope_partner_ids()))
$_$;

CREATE FUNCTION public.can_see_campaign(campaign uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
    AND EXISTS (SELECT 1 FROM referentiel_campaign c WHERE c.id = $1)
$_$;

CREATE FUNCTION public.can_see_case(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT case_visible_ids())
$_$;

CREATE FUNCTION public.can_see_case_to_name(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 IN (SELECT identity_open_ids())
$_$;

CREATE FUNCTION public.can_see_circuit(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT circuit_visible_ids())
$_$;

CREATE FUNCTION public.can_see_circuittemplate(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT (SELECT scope_sees_all_cases()) OR scope_is_reference()
$$;

CREATE FUNCTION public.can_see_circuitversion(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT (SELECT scope_sees_all_cases()) OR scope_is_reference()
$$;

CREATE FUNCTION public.can_see_closedperiod(period uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT scope_sees_all_cases() AND EXISTS (SELECT FROM reporting_closedperiod c WHERE c.id = period)
$$;

CREATE FUNCTION public.can_see_convention(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR EXISTS (SELECT 1 FROM partners_convention t
    WHERE t.id = $1 AND t.partner_id = ANY (scope_partner_ids()))
$_$;

CREATE FUNCTION public.can_see_documentversion(version uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT ((SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL) AND EXISTS (SELECT 1 FROM documents_documentversion v WHERE v.id = $1)
$_$;

CREATE FUNCTION public.can_see_duty(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_manages_cases()
    OR EXISTS (SELECT 1 FROM notify_duty d WHERE d.id = $1 AND d.person_id = scope_user_id())
$_$;

CREATE FUNCTION public.can_see_enrolment(enrolment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT enrolment_visible_ids())
$_$;

CREATE FUNCTION public.can_see_evidence(evidence uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND can_see_assessment(e.assessment_id))
$_$;

CREATE FUNCTION public.can_see_export(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT FROM exports_export e WHERE e.id = $1 AND e.author_id = scope_user_id())
$_$;

CREATE FUNCTION public.can_see_files_committee(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR (scope_has_role('state_reader') AND EXISTS (SELECT 1 FROM reporting_committee c WHERE c.id = $1))
$_$;

CREATE FUNCTION public.can_see_files_incident(row_id uuid, author uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR ($1 IN (SELECT incident_visible_ids()) AND EXISTS (
    SELECT 1 FROM cases_incident i WHERE i.id = $1 AND CASE WHEN i.is_from_outside THEN $2 = scope_user_id()
      ELSE i.service_id IS NULL
        OR i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
        OR EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $2 AND m.partner_id = i.service_id) END))
$_$;

CREATE FUNCTION public.can_see_files_session(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR $1 IN (SELECT session_trained_ids())
$_$;

CREATE FUNCTION public.can_see_files_sollicitation(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR $1 IN (SELECT sollicitation_asked_ids())
$_$;

CREATE FUNCTION public.can_see_files_statequestion(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM reporting_statequestion q
    WHERE q.id = $1 AND q.partner_id = ANY (scope_partners_as('state_reader')))
$_$;

CREATE FUNCTION public.can_see_halfday(halfday uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL AND $1 IS NOT NULL
$_$;

CREATE FUNCTION public.can_see_incident(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT incident_visible_ids())
$_$;

CREATE FUNCTION public.can_see_linking(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT linking_visible_ids())
$_$;

CREATE FUNCTION public.can_see_linkingversion(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT linkingversion_visible_ids())
$_$;

CREATE FUNCTION public.can_see_membership(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR scope_is_reference() OR EXISTS (SELECT 1 FROM partners_membership m
    WHERE m.id = $1 AND (m.user_id = scope_user_id() OR m.partner_id = ANY (scope_partner_ids())))
$_$;

CREATE FUNCTION public.can_see_notice(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT notice_visible_ids())
$_$;

CREATE FUNCTION public.can_see_obligation(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT coalesce(scope_system() = 'notify', false)
    OR EXISTS (SELECT 1 FROM notify_obligation o WHERE o.id = $1 AND o.person_id = scope_user_id())
$_$;

CREATE FUNCTION public.can_see_orientation(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT orientation_visible_ids())
$_$;

CREATE FUNCTION public.can_see_partner(partner uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR $1 IN (SELECT partner_visible_ids())
$_$;

CREATE FUNCTION public.can_see_place(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR EXISTS (SELECT 1 FROM partners_place t
    WHERE t.id = $1 AND t.partner_id = ANY (scope_partner_ids()))
$_$;

CREATE FUNCTION public.can_see_placement(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT placement_visible_ids())
$_$;

CREATE FUNCTION public.can_see_professional(professional uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT professional_visible_ids())
$_$;

CREATE FUNCTION public.can_see_rights_case(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (scope_manages_cases() OR scope_has_role('dpo')) AND EXISTS (SELECT FROM cases_case c WHERE c.id = $1)
$_$;

CREATE FUNCTION public.can_see_rights_request(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT FROM rights_rightsrequest r WHERE r.id = $1
    AND (scope_has_role('direction') OR scope_has_role('dpo')
         OR (scope_has_role('coordination') AND r.is_with_coordination)))
$_$;

CREATE FUNCTION public.can_see_ring(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_manages_cases() OR coalesce(scope_system() = 'notify', false) OR $1 IN (SELECT ring_called_ids())
$_$;

CREATE FUNCTION public.can_see_saved_table(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_manages_cases() AND EXISTS (SELECT FROM dashboards_savedtable t WHERE t.id = $1
    AND (t.author_id = scope_user_id() OR (t.is_shared AND t.removed_at IS NULL)))
$_$;

CREATE FUNCTION public.can_see_session(session uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL AND $1 IS NOT NULL
$_$;

CREATE FUNCTION public.can_see_sollicitation(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT sollicitation_visible_ids())
$_$;

CREATE FUNCTION public.can_see_unverified(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_unverifiedrequest u WHERE u.id = $1)
$_$;

CREATE FUNCTION public.can_see_visit(visit uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1
    AND v.sent_at IS NOT NULL AND v.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))
$_$;

CREATE FUNCTION public.can_see_voice(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_voicemessage v WHERE v.id = $1)
$_$;

CREATE FUNCTION public.can_see_walkin(walkin uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR EXISTS (SELECT 1 FROM formation_walkin w WHERE w.id = $1
    AND w.session_id IN (SELECT session_trained_ids()))
$_$;

CREATE FUNCTION public.can_see_yearplan(plan uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_has_role('trainer')) OR (((SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL) AND EXISTS
    (SELECT 1 FROM formation_yearplan p WHERE p.id = $1 AND p.published_at IS NOT NULL))
$_$;

CREATE FUNCTION public.case_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_cases uuid[] := (SELECT array_agg(x.id) FROM cases_case x
    WHERE x.person_key = (SELECT c.person_key FROM cases_case c WHERE c.id = $1));
  v_key uuid := gen_random_uuid();
  v_requests uuid[] := (SELECT coalesce(array_agg(s.id), '{}') FROM cases_sollicitation s WHERE s.case_id = ANY (v_cases));
  v_orientations uuid[] := (SELECT coalesce(array_agg(o.id), '{}') FROM cases_orientation o WHERE o.case_id = ANY (v_cases));
  v_all uuid[];
BEGIN
  v_all := v_cases || v_requests || v_orientations
    || (SELECT coalesce(array_agg(p.id), '{}') FROM cases_proposal p WHERE p.orientation_id = ANY (v_orientations))
    || (SELECT coalesce(array_agg(p.id), '{}') FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  DELETE FROM cases_caseidentity WHERE case_id = ANY (v_cases);
  DELETE FROM cases_identitygiven WHERE case_id = ANY (v_cases);
  UPDATE cases_runawayreturn SET told = NULL WHERE absence_id IN (SELECT a.id FROM cases_absence a
    JOIN cases_placement p ON p.id = a.placement_id WHERE p.case_id = ANY (v_cases));
  DELETE FROM cases_casename WHERE case_id = ANY (v_cases);
  DELETE FROM cases_extraanswer WHERE case_id = ANY (v_cases) AND is_sealed;
  DELETE FROM cases_casesound WHERE case_id = ANY (v_cases);
  DELETE FROM cases_casemerge WHERE kept_id = ANY (v_cases) OR merged_id = ANY (v_cases);
  DELETE FROM cases_caseapart WHERE first_id = ANY (v_cases) OR second_id = ANY (v_cases);
  DELETE FROM cases_keepaway WHERE case_id = ANY (v_cases);
  DELETE FROM cases_stayderogation WHERE case_id = ANY (v_cases);
  DELETE FROM cases_caseneed WHERE case_id = ANY (v_cases);
  DELETE FROM cases_caselanguage WHERE case_id = ANY (v_cases);
  DELETE FROM cases_legalframe WHERE case_id = ANY (v_cases);
  DELETE FROM cases_circuitstep
    WHERE circuit_id IN (SELECT c.id FROM cases_circuit c WHERE c.case_id = ANY (v_cases));
  DELETE FROM cases_circuit WHERE case_id = ANY (v_cases);
  DELETE FROM cases_stayreview WHERE placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  UPDATE cases_afterstay SET words = NULL
    WHERE placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  DELETE FROM access_grant WHERE object_id IN (
    SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases)
    UNION ALL SELECT j.id FROM cases_journey j JOIN cases_linking l ON l.id = j.linking_id WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_journey WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingcheck WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingagreement
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingversion
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_payeragreement
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linking WHERE case_id = ANY (v_cases);
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = ANY (v_requests);
  DELETE FROM cases_matching WHERE orientation_id = ANY (v_orientations);
  UPDATE cases_case SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), birth_year = NULL, birth_month = NULL, person_key = v_key
    WHERE id = ANY (v_cases);
  UPDATE cases_sollicitation SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), birth_year = NULL, birth_month = NULL, current_place_id = NULL,
    safe_until = NULL, group_id = NULL, idempotency_key = NULL, taken_by_id = NULL WHERE id = ANY (v_requests);
  UPDATE cases_proposal SET sheet = '{}'::jsonb WHERE orientation_id = ANY (v_orientations);
  UPDATE cases_placement SET place_id = NULL, legal_frame_ends_on = NULL WHERE case_id = ANY (v_cases);

  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);

  RETURN v_cases;
END
$_$;

CREATE FUNCTION public.case_natures(case_id uuid) RETURNS TABLE(partner_id uuid, kind text, since date, until date)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT CASE WHEN scope_manages_cases() THEN n.partner_id END, n.kind, n.since, n.until FROM (
      SELECT s.requester_id AS partner_id, 'sollicitation' AS kind, min(s.received_on) AS since, NULL::date AS until
        FROM cases_sollicitation s WHERE s.case_id = $1 GROUP BY 1
      UNION ALL SELECT p.partner_id, 'placement', p.arrived_on, p.ended_on
        FROM cases_placement p WHERE p.case_id = $1
    ) n WHERE (scope_manages_cases() OR scope_has_role('dpo')) ORDER BY n.since
$_$;

CREATE FUNCTION public.case_objects(case_id uuid) RETURNS TABLE(kind text, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT o.kind, o.id FROM (
      SELECT 'case' AS kind, $1 AS id
      UNION ALL SELECT 'sollicitation', s.id FROM cases_sollicitation s WHERE s.case_id = $1
      UNION ALL SELECT 'orientation', o.id FROM cases_orientation o WHERE o.case_id = $1
      UNION ALL SELECT 'proposal', p.id FROM cases_proposal p
                  JOIN cases_orientation o ON o.id = p.orientation_id WHERE o.case_id = $1
      UNION ALL SELECT 'placement', p.id FROM cases_placement p WHERE p.case_id = $1
      UNION ALL SELECT 'incident', i.id FROM cases_incident i
                  WHERE i.placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = $1)
         OR EXISTS (SELECT 1 FROM cases_incidentchild h LEFT JOIN cases_placement p ON p.id = h.placement_id
                     WHERE h.incident_id = i.id AND $1 IN (h.case_id, p.case_id))
    ) o WHERE (scope_manages_cases() OR scope_has_role('dpo')) AND EXISTS (SELECT FROM cases_case c WHERE c.id = $1)
$_$;

CREATE FUNCTION public.case_of_reference(reference text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT c.id FROM cases_case c WHERE c.reference = $1 AND (scope_manages_cases() OR scope_has_role('dpo'))
$_$;

CREATE FUNCTION public.case_reach(p_case uuid, p_exploitation text, p_radius integer) RETURNS TABLE(code text, away_code text, away_reason text, away_radius integer, is_forbidden boolean, is_avoided boolean, is_same boolean, is_adjacent boolean, away_km integer)
    LANGUAGE sql STABLE ROWS 110 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH away AS (
    SELECT $2 AS code, $3 AS radius, 'motif_eloignement:EXPLOITATION' AS reason, true AS forbids
    UNION ALL SELECT k.territory_id, k.radius_km, k.reason_id, k.level = 'forbidden'
      FROM cases_keepaway k WHERE k.case_id = $1 AND k.lifted_on IS NULL),
  near AS (
    SELECT t.code, w.code AS away_code, w.reason, w.radius, w.forbids, t.code = w.code AS is_same,
      EXISTS (SELECT 1 FROM territory_territory_neighbours n
        WHERE n.from_territory_id = w.code AND n.to_territory_id = t.code) AS is_adjacent,
      territory_km(a.lat, a.lon, t.lat, t.lon) AS km
    FROM away w JOIN territory_territory a ON a.code = w.code CROSS JOIN territory_territory t),
  judged AS (SELECT *, is_same OR is_adjacent OR km < radius AS is_inside FROM near),
  worst AS (SELECT DISTINCT ON (code) * FROM judged ORDER BY code, (forbids AND is_inside) DESC, is_inside DESC, km)
  SELECT t.code, w.away_code, w.reason, w.radius, coalesce(w.forbids AND w.is_inside, false),
    coalesce(w.is_inside AND NOT w.forbids, false), coalesce(w.is_same, false), coalesce(w.is_adjacent, false),
    round(w.km)::integer
  FROM territory_territory t LEFT JOIN worst w ON w.code = t.code
$_$;

CREATE FUNCTION public.case_reference(row_id uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT c.reference FROM cases_case c WHERE c.id = $1 AND (scope_manages_cases() OR scope_has_role('dpo'))
$_$;

CREATE FUNCTION public.case_refusals(case_id uuid) RETURNS TABLE(actor_id uuid, kind text, action text, number bigint, last_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT l.actor_id, o.kind, l.action, count(*), max(l.at)
     FROM case_objects($1) o JOIN journal_line l ON l.object_id = o.id AND l.object_kind = o.kind
    WHERE l.outcome = 'refused' GROUP BY 1, 2, 3 ORDER BY 5 DESC LIMIT 1000
$_$;

CREATE FUNCTION public.case_traces(case_id uuid, line_limit integer) RETURNS TABLE(at timestamp with time zone, actor_id uuid, actor_system text, action text, outcome text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT l.at, l.actor_id, l.actor_system, l.action, l.outcome
     FROM case_objects($1) o JOIN journal_line l ON l.object_id = o.id AND l.object_kind = o.kind
    WHERE scope_manages_cases() ORDER BY l.at DESC, l.id DESC LIMIT least($2, 1000)
$_$;

CREATE FUNCTION public.case_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT scope_granted_ids('case', 30)
$$;

CREATE FUNCTION public.children_in_charge() RETURNS TABLE(child_id uuid, incident_id uuid, reference text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT h.id, i.id, c.reference
     FROM cases_incidentchild h JOIN cases_incident i ON i.id = h.incident_id
     LEFT JOIN cases_placement s ON s.id = h.placement_id JOIN cases_case c ON c.id = coalesce(s.case_id, h.case_id)
     LEFT JOIN LATERAL (SELECT l.payer_id FROM cases_linking l
        WHERE l.case_id = c.id AND l.cancelled_at IS NULL AND l.financed_on IS NOT NULL
        ORDER BY coalesce(l.placement_id = s.id, false) DESC, l.opened_at DESC LIMIT 1) f ON true
    WHERE cardinality(scope_partners_as('requester')) > 0 AND NOT i.is_confidential AND NOT i.is_test AND EXISTS (
      SELECT 1 FROM partners_partner p WHERE p.id = ANY (scope_partners_as('requester')) AND (
        (p.kind = 'ase' AND (p.ase_authority_id = f.payer_id OR (f.payer_id IS NULL AND EXISTS (
          SELECT 1 FROM territory_asecoverage v
           WHERE v.authority_id = p.ase_authority_id AND v.territory_id = c.origin_id))))
        OR (p.requester_type_id LIKE 'acteur:PJJ-%' AND s.id IN (SELECT scope_granted_ids('placement', 10)))))
$$;

CREATE FUNCTION public.circuit_entrusted_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT l.case_id FROM cases_linking l WHERE l.guardian_id = ANY (scope_partners_as('requester'))
    AND may_entrust(l.guardian_id) AND l.placement_id IN (SELECT scope_granted_ids('placement', 10))
$$;

CREATE FUNCTION public.circuit_followed_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT p.case_id FROM cases_placement p WHERE p.id IN (SELECT scope_granted_ids('placement', 20))
    AND NOT p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
$$;

CREATE FUNCTION public.circuit_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT c.id FROM cases_circuit c WHERE c.case_id IN (SELECT scope_granted_ids('case', 30))
    OR c.case_id IN (SELECT circuit_followed_ids()) OR c.case_id IN (SELECT circuit_entrusted_ids())
$$;

CREATE FUNCTION public.circuitstep_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected cases_circuitstep := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    expected := NEW;
    expected.circuit_id := OLD.circuit_id;
    expected.measure_id := OLD.measure_id;
  ELSE
    expected.state := NEW.state;
    expected.done_on := NEW.done_on;
    expected.note := NEW.note;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'circuitstep_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'circuitstep_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.circuitstep_own_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.id FROM cases_circuitstep s JOIN cases_circuit c ON c.id = s.circuit_id WHERE c.closed_on IS NULL
    AND ((s.owner = 'structure' AND c.case_id IN (SELECT scope_granted_ids('case', 30)))
      OR (s.owner = 'requester' AND c.case_id IN (SELECT circuit_entrusted_ids())))
$$;

CREATE FUNCTION public.circuitstep_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.id FROM cases_circuitstep s JOIN cases_circuit c ON c.id = s.circuit_id
    WHERE (s.visibility IN ('structure', 'parties') AND c.case_id IN (SELECT scope_granted_ids('case', 30)))
       OR (s.visibility = 'parties' AND (c.case_id IN (SELECT circuit_followed_ids())
         OR c.case_id IN (SELECT circuit_entrusted_ids())))
$$;

CREATE FUNCTION public.contact_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM partners_contact WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.convention_terms(day date, within integer) RETURNS TABLE(convention_id uuid, ends_on date, person_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

CREATE FUNCTION public.conventions_expire(p_day date) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
$$;

CREATE FUNCTION public.countersignature_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  RAISE EXCEPTION 'countersignature: written once' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.derogation_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM referentiel_derogation WHERE id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.directed_user_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT m.user_id FROM partners_membership m
    WHERE m.partner_id = ANY (scope_partners_as('structure_director'))
$$;

CREATE FUNCTION public.directs_membership(membership uuid, team_only boolean) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = $1
    AND m.partner_id = ANY (scope_partners_as('structure_director'))
    AND (NOT $2 OR m.role = 'structure_educator'))
$_$;

CREATE FUNCTION public.directs_until(partner uuid) RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT max(least(coalesce(m.ends_on, 'infinity'::date), today + 366))
  FROM partners_membership m, LATERAL (SELECT (now() AT TIME ZONE 'Europe/Paris')::date) AS paris(today)
  WHERE m.user_id = scope_user_id() AND m.partner_id = $1 AND m.role = 'structure_director'
    AND m.starts_on <= today AND m.revoked_at IS NULL AND $1 = ANY (scope_partners_as('structure_director'))
$_$;

CREATE TABLE public.access_displaytoken (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    kind character varying(30) NOT NULL,
    object_id uuid,
    opened_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    opened_by_id uuid NOT NULL,
    CONSTRAINT display_ends_after_it_opens CHECK ((ends_at > opened_at))
);

CREATE FUNCTION public.display_find(wanted text) RETURNS SETOF public.access_displaytoken
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT d.* FROM access_displaytoken d WHERE d.token_hash = $1
$_$;

CREATE FUNCTION public.documents_proposal_step() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF (NEW.document_id, NEW.number, NEW.is_major, NEW.change_note, NEW.effective_on, NEW.content_hash, NEW.proposed_by_id, NEW.proposed_at, NEW.validator_id, NEW.scheduled_on) IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.is_major, OLD.change_note, OLD.effective_on, OLD.content_hash, OLD.proposed_by_id, OLD.proposed_at, OLD.validator_id, OLD.scheduled_on)
     OR (OLD.state, NEW.state) NOT IN (('proposed', 'validated'), ('proposed', 'returned'), ('proposed', 'withdrawn'),
      ('validated', 'withdrawn'), ('validated', 'published'), ('validated', 'returned'), ('proposed', 'lapsed'), ('validated', 'lapsed')) THEN
    RAISE EXCEPTION 'Une version proposée ne change pas : elle se valide, se reprend, se retire ou se publie'
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('validated', 'returned') AND NEW.validator_id IS DISTINCT FROM scope_user_id() THEN
    RAISE EXCEPTION 'La personne désignée valide, et elle seule' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'lapsed' AND NOT scope_reminds() THEN
    RAISE EXCEPTION 'Seul le jour prévu, passé, fait tomber une version proposée' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.documents_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'Une version publiée et une prise de connaissance ne se modifient pas' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION public.drafts_forget(moment timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (
      DELETE FROM access_draft WHERE scope_system() = 'housekeeping' AND saved_at <= $1 - interval '72 hours'
      RETURNING 1)
    SELECT count(*) FROM gone
$_$;

CREATE FUNCTION public.enrol_own(p_session uuid) RETURNS TABLE(enrolment_id uuid, waiting_id uuid, is_new boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
END
$$;

CREATE FUNCTION public.enrol_own_end(p_enrolment uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = clock_timestamp() FROM formation_session s
    WHERE e.id = p_enrolment AND e.id IN (SELECT enrolment_own_ids()) AND e.cancelled_at IS NULL
      AND s.id = e.session_id AND s.state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM formation_attendance a WHERE a.enrolment_id = e.id)
      AND NOT EXISTS (SELECT 1 FROM formation_signature g WHERE g.enrolment_id = e.id);
  RETURN FOUND;
END
$$;

CREATE FUNCTION public.enrolment_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.cancelled_at IS NULL AND session_places_left(NEW.session_id) < 0 THEN
    RAISE EXCEPTION 'session full' USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_within_capacity';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.enrolment_facts_check() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT (current_user = 'havre_app' AND NOT coalesce(scope_manages_cases(), false)) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.session_id, NEW.professional_id) IS DISTINCT FROM (OLD.session_id, OLD.professional_id)
  THEN
    RAISE EXCEPTION 'enrolment: of one person in one session' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.employer_id, NEW.employer_type_id, NEW.profession_id) IS NOT DISTINCT FROM
     (OLD.employer_id, OLD.employer_type_id, OLD.profession_id) THEN
    RETURN NEW;
  END IF;
  IF NOT enrolment_facts_match(NEW.professional_id, NEW.employer_id, NEW.employer_type_id, NEW.profession_id) THEN
    RAISE EXCEPTION 'enrolment: as the person is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.enrolment_facts_match(professional uuid, employer uuid, employer_type text, profession text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM formation_professional p WHERE p.id = $1
    AND p.employer_id IS NOT DISTINCT FROM $2
    AND ($3 IS NULL OR p.employer_type_id = $3) AND ($4 IS NULL OR p.profession_id = $4))
$_$;

CREATE FUNCTION public.enrolment_own_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT e.id FROM formation_enrolment e JOIN formation_professional p ON p.id = e.professional_id
    WHERE p.user_id = scope_user_id()
$$;

CREATE FUNCTION public.enrolment_trained_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT e.id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
$$;

CREATE FUNCTION public.enrolment_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT e.id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
    OR e.employer_id = ANY (scope_partners_as('structure_director'))
    OR e.professional_id IN (SELECT p.id FROM formation_professional p WHERE p.user_id = scope_user_id())
$$;

CREATE FUNCTION public.evidence_is_of(evidence uuid, assessment uuid, code text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e
    WHERE e.id = $1 AND e.assessment_id = $2 AND e.code = $3)
$_$;

CREATE FUNCTION public.extra_missing(p_target text, p_parent uuid) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT coalesce(array_agg(f.label ORDER BY f.position, f.label), '{}') FROM cases_extrafield f
  WHERE f.target = p_target AND f.is_required AND f.retired_on IS NULL AND (SELECT scope_sees_all_cases())
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND CASE p_target
      WHEN 'case' THEN a.case_id = p_parent ELSE a.sollicitation_id = p_parent END)
$$;

CREATE FUNCTION public.extra_missing_ids(p_target text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT c.id FROM cases_case c JOIN cases_extrafield f
    ON f.target = 'case' AND f.is_required AND f.retired_on IS NULL
  WHERE p_target = 'case' AND (SELECT scope_sees_all_cases()) AND c.closed_on IS NULL AND NOT c.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.case_id = c.id)
  UNION
  SELECT s.id FROM cases_sollicitation s JOIN cases_extrafield f
    ON f.target = 'sollicitation' AND f.is_required AND f.retired_on IS NULL
  WHERE p_target = 'sollicitation' AND (SELECT scope_sees_all_cases()) AND s.state <> 'closed' AND NOT s.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.sollicitation_id = s.id)
$$;

CREATE FUNCTION public.extrafield_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF current_user <> 'havre_app' THEN
    RETURN NEW;
  END IF;
  IF (NOT OLD.is_sealed OR OLD.unseal_asked_by_id IS NOT NULL) AND (NOT NEW.is_sealed OR NEW.unseal_asked_by_id IS NOT NULL)
     AND ((NEW.target, NEW.code, NEW.kind, NEW.label, NEW.help) IS DISTINCT FROM
          (OLD.target, OLD.code, OLD.kind, OLD.label, OLD.help)
       OR EXISTS (SELECT 1 FROM jsonb_array_elements(OLD.choices) o WHERE NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(NEW.choices) n
             WHERE n ->> 'code' = o ->> 'code' AND n ->> 'label' = o ->> 'label')))
  THEN
    RAISE EXCEPTION 'extrafield_agreed_words' USING ERRCODE = 'check_violation', CONSTRAINT = 'extrafield_agreed_words';
  END IF;
  IF (NEW.unseal_asked_by_id IS DISTINCT FROM OLD.unseal_asked_by_id AND NEW.unseal_asked_by_id <> public.scope_user_id())
     OR (NEW.unseal_agreed_by_id IS DISTINCT FROM OLD.unseal_agreed_by_id
         AND NEW.unseal_agreed_by_id <> public.scope_user_id())
  THEN
    RAISE EXCEPTION 'extrafield_own_name' USING ERRCODE = 'check_violation', CONSTRAINT = 'extrafield_own_name';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.factor_reset_decide(p_id uuid, p_decision text, p_called text, p_request_id text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  v_row accounts_factorreset;
BEGIN
  SELECT * INTO v_row FROM accounts_factorreset WHERE id = p_id FOR UPDATE;
  PERFORM may_decide(v_row.state, v_row.expires_at, v_row.asked_by_id, v_row.user_id, p_decision);
  UPDATE accounts_factorreset SET state = p_decision, decided_by_id = scope_user_id(), decided_at = clock_timestamp(),
    called = p_called WHERE id = p_id;
  PERFORM journal_append('accounts.factor.' || p_decision, 'user', v_row.user_id, 'done', p_called, '{}',
    p_request_id);
  RETURN v_row.user_id;
END
$$;

CREATE FUNCTION public.failing_mark_ids(p_at timestamp with time zone) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH the AS (SELECT ($1 AT TIME ZONE 'Europe/Paris')::date AS day),
  in_force AS (
    SELECT DISTINCT ON (v.document_id) v.id FROM documents_documentversion v
      JOIN documents_document d ON d.id = v.document_id AND d.kind = 'referentiel'
    WHERE v.effective_on <= (SELECT day FROM the) ORDER BY v.document_id, v.effective_on DESC, v.sequence DESC)
  SELECT m.id FROM referentiel_confirmedmark m
  WHERE m.decided_at <= $1 AND m.level = 'imperative' AND m.value IN ('1', '2')
    AND NOT EXISTS (SELECT 1 FROM referentiel_confirmedmark n WHERE n.partner_id = m.partner_id AND n.code = m.code
      AND n.decided_at > m.decided_at AND n.decided_at <= $1)
    AND EXISTS (SELECT 1 FROM documents_clauseversion c WHERE c.code = m.code
      AND c.version_id IN (SELECT id FROM in_force) AND c.content ->> 'level' = 'imperative')
    AND NOT EXISTS (SELECT 1 FROM referentiel_derogation g WHERE g.partner_id = m.partner_id AND g.code = m.code
      AND g.agreed_at IS NOT NULL AND g.revoked_at IS NULL
      AND (SELECT day FROM the) BETWEEN g.starts_on AND g.ends_on)
$_$;

CREATE FUNCTION public.figures_keep(part text, since date, until date, today date, seen text, result jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
$$;

CREATE FUNCTION public.figures_mark() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO dashboards_figuremark (source, weight) VALUES (TG_TABLE_NAME, 1);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.figures_tidy(today date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF scope_system() IS DISTINCT FROM 'figures' THEN
    RAISE EXCEPTION 'marks are added up by the figures alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  WITH gone AS (DELETE FROM dashboards_figuremark RETURNING source, weight)
    INSERT INTO dashboards_figuremark (source, weight) SELECT source, sum(weight) FROM gone GROUP BY source;
  DELETE FROM dashboards_keptresult WHERE day <> today;
END
$$;

CREATE FUNCTION public.follows_assessment(assessment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1
    AND a.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))
$_$;

CREATE FUNCTION public.grants_of_person_end(p_user uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = p_user AND m.revoked_at IS NULL
             AND m.starts_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date)) THEN
    RETURN;  -- still somebody's colleague: what was opened to the person is not only ours to close
  END IF;
  IF scope_manages_cases() OR scope_partners_as('structure_director') && ARRAY(
       SELECT m.partner_id FROM partners_membership m WHERE m.user_id = p_user) THEN
    UPDATE access_grant SET ends_at = greatest(starts_at, clock_timestamp())
      WHERE user_id = p_user AND (ends_at IS NULL OR ends_at > clock_timestamp());
  END IF;
END
$$;

CREATE FUNCTION public.gridversion_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  RAISE EXCEPTION 'gridversion_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'gridversion_frozen';
END
$$;

CREATE FUNCTION public.halfday_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formation_session s WHERE s.id = NEW.session_id AND NEW.day BETWEEN s.starts_on AND s.ends_on) THEN
    RAISE EXCEPTION 'outside the session' USING ERRCODE = 'check_violation', CONSTRAINT = 'halfday_within_session';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.halfday_countersigned(p_half_day uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM formation_countersignature c WHERE c.half_day_id = $1)
$_$;

CREATE FUNCTION public.halfday_times() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE zone text;
BEGIN
  SELECT s.time_zone INTO zone FROM formation_session s WHERE s.id = NEW.session_id;
  NEW.starts_at := coalesce(NEW.starts_at, CASE NEW.period WHEN 'morning' THEN time '09:00' ELSE time '14:00' END);
  NEW.begins_at := (NEW.day + NEW.starts_at) AT TIME ZONE zone;
  NEW.ends_at := NEW.begins_at + make_interval(mins => round(NEW.hours * 60)::integer);
  RETURN NEW;
END
$$;

CREATE FUNCTION public.halfday_trained_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT h.id FROM formation_halfday h WHERE h.session_id IN (SELECT session_trained_ids())
$$;

CREATE FUNCTION public.historyimport_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM reporting_historyimport WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.hours_present_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF current_user = 'havre_app' THEN
    NEW.hours_present := CASE TG_OP WHEN 'UPDATE' THEN OLD.hours_present ELSE 0 END;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.hours_present_keep() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  worth numeric;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status = 'present' THEN
    SELECT hours INTO worth FROM formation_halfday WHERE id = OLD.half_day_id FOR SHARE;
    UPDATE formation_enrolment SET hours_present = hours_present - worth WHERE id = OLD.enrolment_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'present' THEN
    SELECT hours INTO worth FROM formation_halfday WHERE id = NEW.half_day_id FOR SHARE;
    UPDATE formation_enrolment SET hours_present = hours_present + worth WHERE id = NEW.enrolment_id;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.identity_known(case_id uuid) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT CASE WHEN can_see_case($1) OR $1 IN (SELECT identity_open_ids()) THEN
    (SELECT coalesce(array_agg(DISTINCT k.code), '{}') FROM (
      SELECT unnest(g.parts) AS code FROM cases_identitygiven g WHERE g.case_id = $1
      UNION ALL SELECT unnest(i.parts) FROM cases_caseidentity i WHERE i.case_id = $1
      UNION ALL SELECT 'portrait' FROM files_attachment a WHERE a.object_kind = 'case' AND a.object_id = $1
        AND a.is_portrait AND a.removed_at IS NULL AND a.destroyed_at IS NULL
    ) AS k) END
$_$;

CREATE FUNCTION public.identity_open_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT l.case_id FROM cases_linking l LEFT JOIN cases_placement p ON p.id = l.placement_id
    WHERE l.id IN (SELECT linking_asked_ids() UNION SELECT linking_entrusted_ids()) AND p.ended_on IS NULL
  UNION
  SELECT p.case_id FROM cases_placement p WHERE p.ended_on IS NULL AND p.case_id IN (SELECT scope_granted_ids('case', 30))
    AND p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
$$;

CREATE FUNCTION public.identity_waits(case_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT scope_manages_cases())
    AND EXISTS (SELECT 1 FROM cases_identitygiven g WHERE g.case_id = $1 AND g.taken_at IS NULL)
$_$;

CREATE FUNCTION public.imperative_excludes() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT coalesce((SELECT r.rules ->> 'imperative' FROM cases_matchingrules r ORDER BY r.number DESC LIMIT 1),
    'excludes') = 'excludes'
$$;

CREATE FUNCTION public.incident_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.placement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.partner_id = NEW.partner_id) THEN
    RAISE EXCEPTION 'incident_same_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_same_partner';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.incident_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_all uuid[] := ARRAY[$1];
BEGIN
  DELETE FROM cases_incidentdetail WHERE incident_id = $1;
  DELETE FROM cases_incidentevent WHERE incident_id = $1;
  DELETE FROM cases_incidenttask WHERE incident_id = $1;
  UPDATE cases_incidentreview SET lessons = NULL WHERE incident_id = $1;
  UPDATE cases_incident SET idempotency_key = NULL WHERE id = $1;
  DELETE FROM cases_authoritywaiver WHERE incident_id = $1;
  UPDATE cases_authoritynotice SET note = NULL, proof_id = NULL WHERE incident_id = $1;
  DELETE FROM cases_noticeproof WHERE notice_id IN (
    SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id = $1);
  UPDATE cases_incident SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), acknowledged_by_id = NULL WHERE id = $1;

  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);

  RETURN v_all;
END
$_$;

CREATE FUNCTION public.incident_housed_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT i.id FROM cases_incident i WHERE ((i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')) OR i.service_id = ANY (scope_partners_as('requester')))
    AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id()) OR (i.is_from_outside AND i.declared_by_id = scope_user_id()))
$$;

CREATE FUNCTION public.incident_in_charge_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT k.incident_id FROM children_in_charge() k
$$;

CREATE FUNCTION public.incident_of_charge(p_id uuid) RETURNS TABLE(minors text[], told_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT array_agg(DISTINCT k.reference ORDER BY k.reference),
                 (SELECT min(n.told_at) FROM cases_authoritynotice n WHERE n.incident_id = $1
                    AND n.authority_id = 'autorite:GARDIEN' AND (n.ase_authority_id IS NULL OR n.ase_authority_id IN (
                      SELECT p.ase_authority_id FROM partners_partner p WHERE p.id = ANY (scope_partners_as('requester')))))
                FROM children_in_charge() k WHERE k.incident_id = $1 HAVING count(*) > 0
$_$;

CREATE FUNCTION public.incident_phones(p_id uuid) RETURNS TABLE(actor text, ase text, who text, phone text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH seen AS (
    SELECT i.id, i.partner_id FROM cases_incident i WHERE i.id = $1 AND (scope_manages_cases() OR (
      i.id IN (SELECT incident_visible_ids())
        AND i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))))
  ), children AS (
    SELECT c.origin_id, minor_payer(c.id, s.id) AS payer_id FROM seen JOIN cases_incidentchild h ON h.incident_id = seen.id
      LEFT JOIN cases_placement s ON s.id = h.placement_id JOIN cases_case c ON c.id = coalesce(s.case_id, h.case_id)
  ), places AS (
    SELECT p.territory_id AS id FROM seen JOIN partners_partner p ON p.id = seen.partner_id
      UNION SELECT origin_id FROM children
  ), authorities AS (
    SELECT v.authority_id AS id FROM territory_asecoverage v JOIN places ON places.id = v.territory_id
      UNION SELECT payer_id FROM children
  )
  SELECT coalesce(p.requester_type_id, ''), coalesce(p.ase_authority_id, ''),
      coalesce(nullif(k.position, ''), p.code_name), k.phone
    FROM seen, partners_contact k JOIN partners_partner p ON p.id = k.partner_id
    WHERE k.phone <> '' AND p.kind IN ('ase', 'requester') AND p.closed_on IS NULL
      AND (p.ase_authority_id IN (SELECT id FROM authorities) OR p.territory_id IN (SELECT id FROM places))
    ORDER BY p.code_name, k.position, k.phone
$_$;

CREATE FUNCTION public.incident_plan(p_id uuid) RETURNS TABLE(level integer, opened_at timestamp with time zone, structure uuid[], direction uuid[], state uuid[])
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (v.extra ->> 'level')::integer, i.declared_at,
     CASE WHEN i.is_confidential THEN '{}' ELSE ARRAY(
       SELECT m.user_id FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
        WHERE m.partner_id = i.partner_id AND m.role = 'structure_director' AND d.today >= m.starts_on
          AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
          AND m.user_id <> i.declared_by_id ORDER BY 1) END,
     ARRAY(SELECT u.id FROM users_user u JOIN users_user_groups g ON g.user_id = u.id
             JOIN auth_group a ON a.id = g.group_id AND a.name = 'direction' WHERE u.is_active ORDER BY 1),
     ARRAY(
       SELECT DISTINCT m.user_id FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
        WHERE m.role = 'state_reader' AND d.today >= m.starts_on
          AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
        ORDER BY 1)
     FROM cases_incident i JOIN values_value v ON v.id = i.severity_id
     CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Paris')::date AS today) d
    WHERE i.id = $1 AND coalesce(scope_system() = 'notify', false)
$_$;

CREATE FUNCTION public.incident_told(p_id uuid) RETURNS TABLE(severity text, declared_at timestamp with time zone, is_drill boolean)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT v.label, i.declared_at, i.is_drill FROM cases_incident i JOIN values_value v ON v.id = i.severity_id
    WHERE i.id = $1 AND (scope_sees_all_cases() OR EXISTS (
      SELECT 1 FROM notify_ringstep s JOIN notify_ring r ON r.id = s.ring_id
       WHERE r.kind = 'incident' AND r.object_id = i.id AND s.person_id = scope_user_id()))
$_$;

CREATE FUNCTION public.incident_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT i.id FROM cases_incident i WHERE ((i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')) OR i.service_id = ANY (scope_partners_as('requester')))
    AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id()) OR (i.is_from_outside AND i.declared_by_id = scope_user_id())) UNION SELECT scope_granted_ids('incident', 10)
$$;

CREATE FUNCTION public.incident_written_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT i.id FROM cases_incident i WHERE i.declared_by_id = scope_user_id() AND ((i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')) OR i.service_id = ANY (scope_partners_as('requester'))) OR i.is_from_outside)
    AND i.state = 'declared'
$$;

CREATE FUNCTION public.incidentchild_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.placement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_placement p JOIN cases_incident i ON i.partner_id = p.partner_id
     WHERE p.id = NEW.placement_id AND i.id = NEW.incident_id)
  THEN
    RAISE EXCEPTION 'incident_same_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_same_partner';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.incidentchild_in_charge_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT k.child_id FROM children_in_charge() k
$$;

CREATE FUNCTION public.incidenttask_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected cases_incidenttask := OLD;
BEGIN
  IF OLD.done_at IS NULL THEN
    expected.done_at := NEW.done_at;
    expected.done_by_id := NEW.done_by_id;
    IF public.scope_manages_cases() THEN
      expected.owner_id := NEW.owner_id;
      expected.due_on := NEW.due_on;
    END IF;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'incidenttask_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'incidenttask_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.invitation_accept(p_hash text, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  v_found record;
  v_row accounts_invitation;
BEGIN
  SELECT * INTO v_found FROM invitation_of(p_hash, true);
  IF v_found.id IS NULL OR v_found.account_id IS DISTINCT FROM scope_user_id() OR NOT v_found.is_active THEN
    RAISE EXCEPTION 'invitation: nothing to accept' USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_stands';
  END IF;
  SELECT * INTO v_row FROM accounts_invitation WHERE id = v_found.id;
  INSERT INTO partners_membership (id, user_id, partner_id, role, can_sign, starts_on, ends_on)
    VALUES (gen_random_uuid(), scope_user_id(), v_row.partner_id, v_row.role, v_row.can_sign, (now() AT TIME ZONE 'Europe/Paris')::date, v_row.ends_on);
  UPDATE accounts_invitation SET accepted_by_id = scope_user_id(), accepted_at = clock_timestamp()
    WHERE id = v_row.id;
  PERFORM journal_append('accounts.invitation.accept', 'invitation', v_row.id, 'done', '', '{}', p_request_id);
  PERFORM journal_append('partners.membership.open', 'partner', v_row.partner_id, 'done', '', jsonb_build_object(
    'role', jsonb_build_array(NULL, v_row.role), 'user', jsonb_build_array(NULL, scope_user_id())), p_request_id);
END
$$;

CREATE FUNCTION public.invitation_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM accounts_invitation WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.invitation_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF current_user = 'havre_app' AND (
       (NEW.email, NEW.partner_id, NEW.role, NEW.can_sign, NEW.ends_on, NEW.invited_by_id, NEW.accepted_at,
        NEW.accepted_by_id) IS DISTINCT FROM
       (OLD.email, OLD.partner_id, OLD.role, OLD.can_sign, OLD.ends_on, OLD.invited_by_id, OLD.accepted_at,
        OLD.accepted_by_id)
       OR OLD.accepted_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL
       OR (NEW.cancelled_at IS NOT NULL AND NEW.cancelled_by_id IS DISTINCT FROM scope_user_id())) THEN
    RAISE EXCEPTION 'invitation: it is sent again or cancelled, nothing else'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fixed';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.invitation_of(p_hash text, p_lock boolean) RETURNS TABLE(id uuid, email text, role text, ends_on date, account_id uuid, is_active boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF p_lock THEN
    PERFORM 1 FROM accounts_invitation i WHERE i.token_hash = p_hash FOR UPDATE;
  END IF;
  RETURN QUERY SELECT i.id, i.email::text, i.role::text, i.ends_on, u.id, coalesce(u.is_active, true)
    FROM accounts_invitation i JOIN partners_partner p ON p.id = i.partner_id
    LEFT JOIN users_user u ON lower(u.email) = lower(i.email)
    WHERE i.token_hash = p_hash AND i.accepted_at IS NULL AND i.cancelled_at IS NULL
      AND i.expires_at > clock_timestamp() AND (i.ends_on IS NULL OR i.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date)
      AND (p.closed_on IS NULL OR p.closed_on > (now() AT TIME ZONE 'Europe/Paris')::date) AND u.id IS DISTINCT FROM i.invited_by_id
      AND (network_role_held(i.invited_by_id, ARRAY['coordination', 'direction'])
        OR (i.role = 'structure_educator' AND EXISTS (SELECT 1 FROM partners_membership m JOIN users_user d
          ON d.id = m.user_id AND d.is_active WHERE m.user_id = i.invited_by_id AND m.partner_id = i.partner_id
          AND m.role = 'structure_director' AND m.revoked_at IS NULL AND m.starts_on <= (now() AT TIME ZONE 'Europe/Paris')::date
          AND (m.ends_on IS NULL OR m.ends_on >= i.ends_on))));
END
$$;

CREATE FUNCTION public.journal_about(p_kind text, p_id uuid, p_limit integer) RETURNS TABLE(at timestamp with time zone, actor_id uuid, actor_system text, action text, outcome text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    v_may boolean := false;
BEGIN
    IF NOT EXISTS (SELECT FROM journal_kind k WHERE k.kind = p_kind)
       OR to_regprocedure(format('public.%I(uuid)', 'can_see_' || p_kind)) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('SELECT public.%I($1)', 'can_see_' || p_kind) INTO v_may USING p_id;
    IF v_may IS NOT TRUE OR NOT public.scope_manages_cases() THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT l.at, l.actor_id, l.actor_system, l.action, l.outcome FROM journal_line l
        WHERE l.object_kind = p_kind AND l.object_id = p_id
        ORDER BY l.at DESC, l.id DESC LIMIT least(p_limit, 1000);
END
$_$;

CREATE FUNCTION public.journal_append(p_action text, p_object_kind text, p_object_id uuid, p_outcome text, p_reason text, p_details jsonb, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    v_user uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    v_system text := coalesce(current_setting('app.system', true), '');
BEGIN
    IF v_user IS NULL AND v_system = '' AND NOT starts_with(p_action, 'auth.') THEN
        RAISE EXCEPTION 'journal: no actor for action %', p_action USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_line
        (actor_id, actor_system, action, object_kind, object_id, outcome, reason, details, request_id)
    VALUES
        (v_user, v_system, p_action, p_object_kind, p_object_id, p_outcome, p_reason, p_details, p_request_id);
END
$$;

CREATE TABLE public.journal_line (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor_id uuid,
    actor_system text DEFAULT ''::text NOT NULL,
    action text NOT NULL,
    object_kind text DEFAULT ''::text NOT NULL,
    object_id uuid,
    outcome text DEFAULT 'done'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id text DEFAULT ''::text NOT NULL,
    seq bigint,
    previous_hash bytea,
    hash bytea,
    CONSTRAINT journal_line_action_check CHECK ((action ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)+$'::text)),
    CONSTRAINT journal_line_check CHECK ((((seq IS NULL) = (hash IS NULL)) AND ((seq IS NULL) = (previous_hash IS NULL)))),
    CONSTRAINT journal_line_check1 CHECK (((actor_id IS NOT NULL) OR (actor_system <> ''::text) OR starts_with(action, 'auth.'::text))),
    CONSTRAINT journal_line_details_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT journal_line_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'read'::text, 'refused'::text])))
)
PARTITION BY RANGE (at);

CREATE FUNCTION public.journal_canonical(line public.journal_line) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT jsonb_build_array(
      'journal1', line.seq, line.id, to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      line.actor_id, line.actor_system, line.action, line.object_kind, line.object_id,
      line.outcome, line.reason, line.details, line.request_id
  )::text
$$;

CREATE FUNCTION public.journal_controls() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT nullif(current_setting('app.user_id', true), '') IS NOT NULL
     AND coalesce(nullif(current_setting('app.roles', true), '')::text[] && ARRAY['direction', 'dpo'], false)
$$;

CREATE FUNCTION public.journal_hold_lift(p_id uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may lift a hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE journal_hold SET lifted_by_id = current_setting('app.user_id')::uuid, lifted_at = clock_timestamp()
    WHERE id = p_id AND lifted_at IS NULL;
    IF FOUND THEN
        PERFORM journal_append('journal.hold.lift', 'journal_hold', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END
$$;

CREATE FUNCTION public.journal_hold_place(p_from date, p_reason text, p_request_id text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    v_id uuid := gen_random_uuid();
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may hold a month' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_hold (id, from_month, reason, placed_by_id, placed_at)
    VALUES (v_id, date_trunc('month', p_from::timestamp)::date, p_reason,
            current_setting('app.user_id')::uuid, clock_timestamp());
    PERFORM journal_append('journal.hold.place', 'journal_hold', v_id, 'done', p_reason,
                           jsonb_build_object('month', to_char(p_from, 'YYYY-MM')), p_request_id);
    RETURN v_id;
END
$$;

CREATE FUNCTION public.journal_kind_register(p_kind text, p_table text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF to_regclass(p_table) IS NULL THEN
        RAISE EXCEPTION 'journal: no table % for kind %', p_table, p_kind;
    END IF;
    INSERT INTO journal_kind VALUES (p_kind, p_table)
    ON CONFLICT (kind) DO UPDATE SET table_name = excluded.table_name;
END
$$;

CREATE FUNCTION public.journal_line_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    v_unsealed journal_line;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        v_unsealed := NEW;
        v_unsealed.seq := NULL;
        v_unsealed.previous_hash := NULL;
        v_unsealed.hash := NULL;
        IF OLD.hash IS NULL AND NEW.hash IS NOT NULL AND v_unsealed IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'journal: a line is never changed nor removed (%)', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.journal_month_approve(p_id uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    v_user uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    v_roles text[] := coalesce(nullif(current_setting('app.roles', true), '')::text[], '{}');
    v_row journal_month;
    v_role text;
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may agree' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT v_row FROM journal_month WHERE id = p_id FOR UPDATE;
    v_role := CASE WHEN 'direction' = ANY (v_roles) AND v_row.direction_at IS NULL THEN 'direction'
                   WHEN 'dpo' = ANY (v_roles) AND v_row.dpo_at IS NULL THEN 'dpo' END;
    IF v_role IS NULL OR v_row.dropped_at IS NOT NULL OR journal_month_obstacle(v_row.month) <> '' THEN
        RAISE EXCEPTION 'journal: this month is not waiting for this agreement' USING ERRCODE = 'check_violation';
    END IF;
    IF v_role = 'direction' THEN
        UPDATE journal_month SET direction_by_id = v_user, direction_at = clock_timestamp() WHERE id = p_id;
    ELSE
        UPDATE journal_month SET dpo_by_id = v_user, dpo_at = clock_timestamp() WHERE id = p_id;
    END IF;
    PERFORM journal_append('journal.month.approve', 'journal_month', p_id, 'done', v_role,
                           jsonb_build_object('month', to_char(v_row.month, 'YYYY-MM')), p_request_id);
END
$$;

CREATE FUNCTION public.journal_month_drop(p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '5s'
    AS $$
DECLARE
    v_row journal_month;
    v_from timestamptz;
    v_to timestamptz;
    v_name text;
    v_found record;
BEGIN
    IF current_setting('app.system', true) IS DISTINCT FROM 'journal' THEN
        RAISE EXCEPTION 'journal: months are dropped by the journal alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_seal'));
    PERFORM pg_advisory_xact_lock(hashtext('journal_partition'));
    SELECT * INTO STRICT v_row FROM journal_month WHERE id = p_id FOR UPDATE;
    v_from := v_row.month::timestamptz;
    v_to := v_from + interval '1 month';
    v_name := 'journal_line_' || to_char(v_row.month, 'YYYY_MM');
    IF v_row.dropped_at IS NOT NULL OR v_row.direction_at IS NULL OR v_row.dpo_at IS NULL
       OR journal_month_obstacle(v_row.month) <> '' THEN
        RAISE EXCEPTION 'journal: % may not be dropped', v_name USING ERRCODE = 'check_violation';
    END IF;
    SELECT min(seq) AS first_seq, max(seq) AS last_seq, count(*) AS line_count,
           (array_agg(hash ORDER BY seq DESC))[1] AS closing_hash INTO v_found
    FROM journal_line WHERE at >= v_from AND at < v_to;
    IF (v_found.first_seq, v_found.last_seq, v_found.line_count, v_found.closing_hash)
       IS DISTINCT FROM (v_row.first_seq, v_row.last_seq, v_row.line_count, v_row.closing_hash) THEN
        RAISE EXCEPTION 'journal: % is not what was agreed on', v_name USING ERRCODE = 'check_violation';
    END IF;
    -- Ranks follow the sealing and not the clock: a month is one run of ranks, or several with others between them.
    INSERT INTO journal_cut (id, month_id, first_seq, last_seq, previous_hash, hash)
    SELECT gen_random_uuid(), p_id, min(seq), max(seq),
           (array_agg(previous_hash ORDER BY seq))[1], (array_agg(hash ORDER BY seq DESC))[1]
    FROM (SELECT seq, previous_hash, hash, seq - row_number() OVER (ORDER BY seq) AS run
          FROM journal_line WHERE at >= v_from AND at < v_to) AS lines
    GROUP BY run;
    IF to_regclass('public.' || v_name) IS NOT NULL THEN
        EXECUTE format('ALTER TABLE journal_line DETACH PARTITION public.%I', v_name);
        EXECUTE format('DROP TABLE public.%I', v_name);
    END IF;
    IF EXISTS (SELECT FROM journal_line_default WHERE at >= v_from AND at < v_to) THEN
        ALTER TABLE journal_line_default DISABLE TRIGGER journal_no_change;
        DELETE FROM journal_line_default WHERE at >= v_from AND at < v_to;
        ALTER TABLE journal_line_default ENABLE TRIGGER journal_no_change;
    END IF;
    UPDATE journal_month SET dropped_at = clock_timestamp() WHERE id = p_id;
    PERFORM journal_append('journal.month.drop', 'journal_month', p_id, 'done', '', jsonb_build_object(
        'month', to_char(v_row.month, 'YYYY-MM'), 'count', v_row.line_count,
        'cuts', (SELECT jsonb_agg(jsonb_build_array(first_seq, last_seq, encode(hash, 'hex')) ORDER BY first_seq)
                 FROM journal_cut WHERE month_id = p_id)), '');
END
$$;

CREATE FUNCTION public.journal_month_obstacle(p_month date) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
    v_from timestamptz := date_trunc('month', p_month::timestamptz);
    v_to timestamptz := v_from + interval '1 month';
BEGIN
    IF v_to > date_trunc('month', now()) - make_interval(months => least(36, greatest(6, journal_months_kept()))) THEN
        RETURN 'recent';
    ELSIF EXISTS (SELECT FROM journal_line WHERE at < v_from) THEN
        RETURN 'older';
    ELSIF NOT EXISTS (SELECT FROM journal_line WHERE at >= v_from AND at < v_to) THEN
        RETURN 'empty';
    ELSIF EXISTS (SELECT FROM journal_line WHERE hash IS NULL AND at >= v_from AND at < v_to) THEN
        RETURN 'unsealed';
    ELSIF EXISTS (SELECT FROM journal_hold WHERE lifted_at IS NULL AND from_month < v_to::date) THEN
        RETURN 'held';
    -- The next sealing takes its rank and its hash from the last sealed line: that one stays.
    ELSIF (SELECT at < v_to FROM journal_line WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1) THEN
        RETURN 'last';
    END IF;
    RETURN '';
END
$$;

CREATE FUNCTION public.journal_month_prepare() RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
    v_month date := (SELECT date_trunc('month', min(at))::date FROM journal_line);
    v_id uuid;
BEGIN
    IF current_setting('app.system', true) IS DISTINCT FROM 'journal' THEN
        RAISE EXCEPTION 'journal: months are prepared by the journal alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF v_month IS NULL OR journal_month_obstacle(v_month) <> '' THEN
        RETURN NULL;
    END IF;
    INSERT INTO journal_month (id, month, first_seq, last_seq, line_count, closing_hash, prepared_at)
    SELECT gen_random_uuid(), v_month, min(seq), max(seq), count(*),
           (array_agg(hash ORDER BY seq DESC))[1], clock_timestamp()
    FROM journal_line WHERE at >= v_month::timestamptz AND at < v_month::timestamptz + interval '1 month'
    ON CONFLICT (month) DO NOTHING RETURNING id INTO v_id;
    IF v_id IS NOT NULL THEN
        PERFORM journal_append('journal.month.prepare', 'journal_month', v_id, 'done', '',
                               jsonb_build_object('month', to_char(v_month, 'YYYY-MM')), '');
    END IF;
    RETURN v_id;
END
$$;

CREATE FUNCTION public.journal_months_kept() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT coalesce((SELECT (value #>> '{}')::integer FROM values_settingversion
                   WHERE key = 'journal.months_kept' ORDER BY changed_at DESC LIMIT 1), 12)
$$;

CREATE FUNCTION public.journal_partition_ensure(p_day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
    v_from timestamptz := date_trunc('month', p_day::timestamptz);
    v_to timestamptz := v_from + interval '1 month';
    v_name text := 'journal_line_' || to_char(v_from, 'YYYY_MM');
BEGIN
    IF v_from NOT BETWEEN now() - interval '2 months' AND now() + interval '3 months' THEN
        RAISE EXCEPTION 'journal: no partition is prepared for %', p_day;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_partition'));
    IF to_regclass('public.' || v_name) IS NOT NULL
       OR EXISTS (SELECT FROM journal_line_default WHERE at >= v_from AND at < v_to) THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE journal_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', v_name);
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, havre_app', v_name);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', v_name);
    EXECUTE format('CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION journal_line_guard()', v_name);
    EXECUTE format('ALTER TABLE journal_line ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   v_name, v_from, v_to);
END
$$;

CREATE FUNCTION public.journal_refuse(p_kind text, p_id uuid, p_action text, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    v_table text;
    v_exists boolean;
BEGIN
    SELECT table_name INTO v_table FROM journal_kind WHERE kind = p_kind;
    IF v_table IS NULL THEN
        RAISE EXCEPTION 'journal: kind % is not registered', p_kind;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE id = $1)', v_table::regclass) INTO v_exists USING p_id;
    IF v_exists THEN
        PERFORM journal_append(p_action, p_kind, p_id, 'refused', '', '{}'::jsonb, p_request_id);
    END IF;
END
$_$;

CREATE FUNCTION public.journal_seal() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    v_line journal_line;
    v_seq bigint;
    v_hash bytea;
    v_count integer := 0;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'journal: sealing needs a read committed transaction';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_seal'));
    SELECT seq, hash INTO v_seq, v_hash FROM journal_line WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    v_seq := coalesce(v_seq, 0);
    v_hash := coalesce(v_hash, decode(repeat('00', 32), 'hex'));
    FOR v_line IN SELECT * FROM journal_line WHERE hash IS NULL ORDER BY at, id LOOP
        v_seq := v_seq + 1;
        v_line.seq := v_seq;
        v_line.previous_hash := v_hash;
        v_hash := sha256(v_hash || convert_to(journal_canonical(v_line), 'UTF8'));
        UPDATE journal_line SET seq = v_seq, previous_hash = v_line.previous_hash, hash = v_hash
        WHERE id = v_line.id AND at = v_line.at;
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END
$$;

CREATE FUNCTION public.linking_accepted(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND (
    EXISTS (SELECT 1 FROM cases_linkingagreement a WHERE a.linking_id = l.id AND a.party = 'structure'
      AND a.reply = 'agreed')
    OR EXISTS (SELECT 1 FROM cases_proposal p WHERE p.orientation_id = l.orientation_id
      AND p.partner_id = l.partner_id AND p.confirmed_at IS NOT NULL AND p.withdrawn_at IS NULL)))
$_$;

CREATE FUNCTION public.linking_asked_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT l.id FROM cases_linking l WHERE l.requester_id = ANY (scope_partners_as('requester'))
    AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 10))
$$;

CREATE FUNCTION public.linking_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.orientation_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM cases_orientation o WHERE o.id = NEW.orientation_id AND o.case_id = NEW.case_id))
    OR (NEW.placement_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.case_id = NEW.case_id
          AND p.partner_id = NEW.partner_id))
  THEN
    RAISE EXCEPTION 'linking_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'linking_same_case';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.linking_entrusted_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT l.id FROM cases_linking l WHERE l.guardian_id = ANY (scope_partners_as('requester'))
    AND may_entrust(l.guardian_id) AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 10))
$$;

CREATE FUNCTION public.linking_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.case_id, NEW.partner_id, NEW.orientation_id, NEW.requester_id, NEW.opened_at)
       IS DISTINCT FROM (OLD.case_id, OLD.partner_id, OLD.orientation_id, OLD.requester_id, OLD.opened_at)
    OR OLD.cancelled_at IS NOT NULL
    OR (OLD.placement_id IS NOT NULL AND (NEW.placement_id, NEW.waived_at)
       IS DISTINCT FROM (OLD.placement_id, OLD.waived_at))
    OR (OLD.waived_at IS NOT NULL AND (NEW.waived_at, NEW.waived_by_id, NEW.waiver_reason_id)
       IS DISTINCT FROM (OLD.waived_at, OLD.waived_by_id, OLD.waiver_reason_id))
    OR (NEW.waived_by_id IS DISTINCT FROM OLD.waived_by_id AND NEW.waived_by_id IS DISTINCT FROM public.scope_user_id())
    OR (OLD.financed_on IS NOT NULL AND NEW.financed_on IS NULL)
    OR (NEW.guardian_id IS DISTINCT FROM OLD.guardian_id AND EXISTS (
      SELECT 1 FROM public.cases_linkingagreement a
        WHERE a.linking_id = OLD.id AND a.party = 'requester' AND a.reply = 'agreed'))
  THEN
    RAISE EXCEPTION 'linking_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'linking_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.linking_has_guardian(row_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND may_entrust(l.guardian_id))
$_$;

CREATE FUNCTION public.linking_housed_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT l.id FROM cases_linking l WHERE l.partner_id = ANY (scope_partners_as('structure_director'))
    AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 20))
$$;

CREATE FUNCTION public.linking_missing(row_id uuid) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT coalesce(array_agg(m.code), '{}') FROM (
      SELECT 'agreement:' || p.party AS code FROM unnest(ARRAY['requester', 'structure', 'network']) AS p(party)
        WHERE NOT EXISTS (SELECT 1 FROM cases_linkingagreement a
          WHERE a.linking_id = $1 AND a.party = p.party AND a.reply = 'agreed'
            AND a.version_id IS NOT DISTINCT FROM linkingversion_latest($1))
      UNION ALL
      SELECT 'check:' || v.code FROM cases_linking l JOIN values_value v ON v.list_code = 'protocole_securite'
        WHERE l.id = $1 AND (v.extra ->> 'is_required')::boolean
          AND (v.active_from IS NULL OR v.active_from <= (l.opened_at AT TIME ZONE 'Europe/Paris')::date)
          AND (v.active_to IS NULL OR v.active_to >= (l.opened_at AT TIME ZONE 'Europe/Paris')::date)
          AND NOT EXISTS (SELECT 1 FROM cases_linkingcheck c WHERE c.linking_id = l.id AND c.item_id = v.id)
      UNION ALL
      SELECT 'finance' FROM cases_linking l WHERE l.id = $1 AND l.financed_on IS NULL
      UNION ALL
      SELECT 'decision' FROM cases_linking l WHERE l.id = $1 AND NOT EXISTS (
        SELECT 1 FROM cases_legalframe f WHERE f.case_id = l.case_id AND f.replaced_at IS NULL
          AND f.decider_id IS NOT NULL
          AND (f.ends_on IS NULL OR f.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date))
    ) AS m WHERE can_see_linking($1)
$_$;

CREATE FUNCTION public.linking_paid_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT l.id FROM cases_linking l JOIN partners_partner p ON p.kind = 'ase' AND p.ase_authority_id = l.payer_id
    WHERE p.id = ANY (scope_partners_as('requester')) AND l.cancelled_at IS NULL
      AND l.id IN (SELECT scope_granted_ids('linking', 10))
$$;

CREATE FUNCTION public.linking_reference(row_id uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT c.reference FROM cases_linking l JOIN cases_case c ON c.id = l.case_id
    WHERE l.id = $1 AND ((SELECT scope_sees_all_cases()) OR l.id IN (SELECT linking_paid_ids()))
$_$;

CREATE FUNCTION public.linking_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT scope_granted_ids('linking', 10)
$$;

CREATE FUNCTION public.linkingversion_latest(row_id uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT v.id FROM cases_linkingversion v WHERE v.linking_id = $1 AND can_see_linking($1)
    ORDER BY v.number DESC LIMIT 1
$_$;

CREATE FUNCTION public.linkingversion_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT v.id FROM cases_linkingversion v
    WHERE v.linking_id IN (SELECT linking_housed_ids() UNION SELECT linking_entrusted_ids())
$$;

CREATE FUNCTION public.may_decide(p_state text, p_expires_at timestamp with time zone, p_asked_by uuid, p_user uuid, p_decision text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF p_state IS DISTINCT FROM 'pending' OR p_expires_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'accounts: nothing left to decide' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_pending';
  ELSIF p_decision = 'withdrawn' AND p_asked_by = scope_user_id() THEN
    RETURN;
  ELSIF p_decision IN ('approved', 'refused') AND scope_user_id() NOT IN (p_asked_by, p_user)
        AND network_role_held(scope_user_id(), ARRAY['coordination', 'direction', 'dpo']) THEN
    RETURN;
  END IF;
  RAISE EXCEPTION 'accounts: two people, neither of them the person concerned'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_two_people';
END
$$;

CREATE FUNCTION public.may_entrust(p_partner uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM partners_partner p LEFT JOIN values_value v ON v.id = p.requester_type_id
    WHERE p.id = $1 AND (p.kind = 'ase' OR v.extra ->> 'family' IN ('ASE', 'PJJ', 'JUSTICE')))
$_$;

CREATE FUNCTION public.membership_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.user_id, NEW.partner_id, NEW.role) IS DISTINCT FROM (OLD.user_id, OLD.partner_id, OLD.role)
     OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
    RAISE EXCEPTION 'membership: who, where, as what and a revocation never change'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_fixed';
  END IF;
  IF scope_user_id() IS NOT NULL AND NOT scope_manages_cases() THEN
    IF (NEW.starts_on, NEW.can_sign) IS DISTINCT FROM (OLD.starts_on, OLD.can_sign) THEN
      RAISE EXCEPTION 'membership: a director changes its end alone'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_fixed';
    ELSIF NEW.ends_on IS DISTINCT FROM OLD.ends_on
          AND (NEW.ends_on IS NULL OR NEW.ends_on > coalesce(directs_until(NEW.partner_id), '-infinity'::date)) THEN
      RAISE EXCEPTION 'membership: beyond the rights of the director'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_within_director';
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.minor_payer(p_case uuid, p_placement uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT l.payer_id FROM cases_linking l
    WHERE l.case_id = coalesce((SELECT s.case_id FROM cases_placement s WHERE s.id = $2), $1)
      AND l.cancelled_at IS NULL AND l.financed_on IS NOT NULL AND (can_see_case(l.case_id) OR can_see_placement($2))
    ORDER BY coalesce(l.placement_id = $2, false) DESC, l.opened_at DESC LIMIT 1
$_$;

CREATE FUNCTION public.name_key(words text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT string_agg(word, ' ' ORDER BY word)
  FROM unnest(regexp_split_to_array(trim(regexp_replace(lower(unaccent($1)), '[^a-z]+', ' ', 'g')), ' ')) word
$_$;

CREATE FUNCTION public.name_searches_recent() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT count(*)::integer FROM journal_line l WHERE l.actor_id = scope_user_id()
    AND l.at > clock_timestamp() - interval '1 hour' AND l.action = 'case.search'
$$;

CREATE FUNCTION public.network_found(p_user uuid, p_role text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('network_rights'));
  IF scope_system() IS DISTINCT FROM 'reference' OR p_role NOT IN ('coordination', 'direction') THEN
    RAISE EXCEPTION 'rights: not how this right is given' USING ERRCODE = 'insufficient_privilege';
  ELSIF network_managers() >= 2 THEN
    RAISE EXCEPTION 'rights: the network has its two people'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'network_founded';
  END IF;
  INSERT INTO users_user_groups (user_id, group_id)
    SELECT p_user, g.id FROM auth_group g WHERE g.name = p_role ON CONFLICT DO NOTHING;
  PERFORM journal_append('users.role.give', 'user', p_user, 'done', 'founding',
    jsonb_build_object('role', jsonb_build_array(NULL, p_role)), '');
END
$$;

CREATE FUNCTION public.network_managers() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT count(DISTINCT u.id) FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
    JOIN auth_group g ON g.id = ug.group_id WHERE u.is_active AND g.name IN ('coordination', 'direction')
$$;

CREATE FUNCTION public.network_role_held(person uuid, roles text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
    JOIN auth_group g ON g.id = ug.group_id WHERE u.id = $1 AND u.is_active AND g.name = ANY ($2))
$_$;

CREATE FUNCTION public.notice_done(p_id uuid, p_is_sent boolean) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE formation_sessionnotice SET tries = tries + 1, sent_at = CASE WHEN $2 THEN clock_timestamp() END
  WHERE id = $1 AND coalesce(scope_system() = 'training', false)
$_$;

CREATE FUNCTION public.notice_housed_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_housed_ids())
$$;

CREATE FUNCTION public.notice_said(p_id uuid) RETURNS TABLE(kind text, session_id uuid, enrolment_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT n.kind::text, e.session_id, e.id FROM formation_sessionnotice n
     JOIN formation_enrolment e ON e.id = n.enrolment_id
    WHERE n.id = $1 AND coalesce(scope_system() = 'training', false)
      AND (e.cancelled_at IS NULL OR n.kind = 'cancelled')
$_$;

CREATE FUNCTION public.notice_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_visible_ids())
$$;

CREATE FUNCTION public.notices_owed() RETURNS TABLE(id uuid, kind text, sequence integer, session_id uuid, email text, enrolment_id uuid)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT n.id, n.kind::text, n.sequence::integer, e.session_id, p.email::text, e.id
  FROM formation_sessionnotice n JOIN formation_enrolment e ON e.id = n.enrolment_id
  JOIN formation_professional p ON p.id = e.professional_id
  WHERE coalesce(scope_system() = 'training', false) AND n.sent_at IS NULL AND n.tries < 5 AND p.email <> ''
    AND (e.cancelled_at IS NULL OR n.kind = 'cancelled')
  ORDER BY n.asked_at LIMIT 200 FOR UPDATE OF n SKIP LOCKED
$$;

CREATE FUNCTION public.obligation_close(p_kind text, p_object_id uuid, p_person uuid, p_partner uuid) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH done AS (
      UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL) AND o.kind = $1
        AND o.object_id = $2 AND o.closed_at IS NULL AND ($3 IS NULL OR o.person_id = $3)
        AND ($4 IS NULL OR o.partner_id = $4) RETURNING 1)
    SELECT count(*)::integer FROM done
$_$;

CREATE FUNCTION public.obligation_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH messages AS (DELETE FROM notify_sending WHERE obligation_id = $1),
       gone AS (DELETE FROM notify_obligation WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.obligation_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected notify_obligation := OLD;
BEGIN
  IF current_user <> 'havre_app' THEN
    RETURN NEW;
  END IF;
  IF coalesce(public.scope_system() = 'notify', false) THEN
    expected.closed_at := NEW.closed_at;
  ELSE
    expected.read_at := NEW.read_at;
    expected.opened_at := NEW.opened_at;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'obligation_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'obligation_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.obligation_held_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT o.id FROM notify_obligation o LEFT JOIN users_user u ON u.id = o.person_id
    WHERE o.closed_at IS NULL AND CASE WHEN o.person_id IS NULL THEN true WHEN NOT u.is_active THEN false
      WHEN o.partner_id IS NOT NULL THEN EXISTS (SELECT 1 FROM partners_membership m
        WHERE m.user_id = o.person_id AND m.partner_id = o.partner_id AND (o.role = '' OR m.role = o.role)
          AND m.revoked_at IS NULL
          AND m.starts_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date))
      WHEN o.role <> '' THEN EXISTS (SELECT 1 FROM users_user_groups l JOIN auth_group g ON g.id = l.group_id
        WHERE l.user_id = o.person_id AND g.name = o.role)
      ELSE true END
$$;

CREATE FUNCTION public.obligation_owe(p_id uuid, p_kind text, p_object_id uuid, p_person uuid, p_partner uuid, p_role text, p_due date, p_address text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF scope_user_id() IS NULL AND scope_system() IS NULL THEN
    RETURN false;
  END IF;
  UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE o.kind = p_kind AND o.object_id = p_object_id
    AND o.person_id IS NOT DISTINCT FROM p_person AND o.partner_id IS NOT DISTINCT FROM p_partner AND o.closed_at IS NULL
    AND o.due_on IS DISTINCT FROM p_due;
  INSERT INTO notify_obligation (id, kind, object_id, person_id, partner_id, role, due_on, owed_at, address)
    VALUES (p_id, p_kind, p_object_id, p_person, p_partner, p_role, p_due, clock_timestamp(), p_address)
    ON CONFLICT (kind, object_id, person_id, partner_id, address) WHERE closed_at IS NULL DO NOTHING;
  RETURN FOUND;
END
$$;

CREATE FUNCTION public.observes_exigence(visit uuid, code text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v JOIN referentiel_visitmark m ON m.visit_id = v.id
    WHERE v.id = $1 AND m.code = $2 AND v.state IN ('sent', 'unanswered') AND v.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
      AND NOT EXISTS (SELECT 1 FROM referentiel_confirmedmark c WHERE c.visit_id = v.id AND c.code = $2))
$_$;

CREATE FUNCTION public.opinions_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  UPDATE formation_satisfaction SET comment = '' WHERE session_id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.orientation_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_sollicitation s WHERE s.id = NEW.sollicitation_id AND s.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'orientation_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'orientation_same_case';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.orientation_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT scope_granted_ids('orientation', 10)
$$;

CREATE FUNCTION public.partner_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT unnest(scope_partner_ids()) UNION SELECT scope_granted_ids('partner', 10)
    UNION SELECT p.id FROM partners_partner p WHERE p.kind <> 'structure'
      AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
$$;

CREATE FUNCTION public.payer_agreement_holds(p_linking uuid, p_payer text, p_cents integer, p_ends_on date) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND l.payer_id = $2 AND l.daily_price_cents = $3
    AND l.finance_ends_on IS NOT DISTINCT FROM $4)
$_$;

CREATE FUNCTION public.people_to_avoid_forget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM cases_peopletoavoid WHERE case_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.place_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.ends_on IS NOT NULL AND EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.place_id = NEW.id AND (p.ended_on IS NULL OR p.ended_on > NEW.ends_on)) THEN
    RAISE EXCEPTION 'place_closed_when_free' USING ERRCODE = 'check_violation', CONSTRAINT = 'place_closed_when_free';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.place_room(p_partner uuid, p_day date) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT ((SELECT count(*) FROM partners_place x WHERE x.partner_id = $1 AND x.starts_on <= $2
      AND (x.ends_on IS NULL OR x.ends_on >= $2))
    - (SELECT count(*) FROM cases_placement p WHERE p.partner_id = $1 AND p.arrived_on <= $2
      AND (p.ended_on IS NULL OR p.ended_on > $2)))::integer
$_$;

CREATE FUNCTION public.placement_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.convention_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM partners_convention c WHERE c.id = NEW.convention_id AND c.partner_id = NEW.partner_id
      AND c.signed_on <= NEW.arrived_on AND c.starts_on <= NEW.arrived_on
      AND (c.ends_on IS NULL OR c.ends_on >= NEW.arrived_on)
      AND (c.denounced_on IS NULL OR c.denounced_on > NEW.arrived_on)) THEN
    RAISE EXCEPTION 'placement_convention_in_force' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_convention_in_force';
  END IF;
  IF NEW.place_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM partners_place p WHERE p.id = NEW.place_id AND p.partner_id = NEW.partner_id) THEN
    RAISE EXCEPTION 'placement_place_of_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_place_of_partner';
  END IF;
  IF NEW.orientation_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_orientation o WHERE o.id = NEW.orientation_id AND o.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'placement_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_same_case';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.placement_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected cases_placement := OLD;
BEGIN
  IF (NEW.case_id, NEW.partner_id, NEW.arrived_at) IS DISTINCT FROM (OLD.case_id, OLD.partner_id, OLD.arrived_at)
    OR (NEW.place_id IS NULL AND OLD.place_id IS NOT NULL)
  THEN
    RAISE EXCEPTION 'placement_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_frozen';
  END IF;
  IF public.scope_moves_stays() THEN
    RETURN NEW;
  END IF;
  IF OLD.confirmed_at IS NULL AND NEW.confirmed_by_id = public.scope_user_id() THEN
    expected.confirmed_at := NEW.confirmed_at;
    expected.confirmed_by_id := NEW.confirmed_by_id;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'placement_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.placement_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  derogated CONSTANT text[] := stay_derogated(NEW.case_id, NEW.partner_id);
  v_linking cases_linking;
BEGIN
  SELECT * INTO v_linking FROM cases_linking l WHERE l.placement_id = NEW.id;
  IF NEW.ended_on IS NOT NULL AND v_linking.waiver_reason_id = 'motif_derogation:REPRISE' THEN
    RETURN NULL;
  END IF;
  IF coalesce(NOT (SELECT codes FROM stay_obstacles(NEW.case_id, NEW.arrived_on, NEW.partner_id)) <@ derogated, true) THEN
    RAISE EXCEPTION 'placement_guarded' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_guarded';
  END IF;
  IF (NEW.place_id IS NULL OR place_room(NEW.partner_id, NEW.arrived_on) < 0) AND NOT 'place' = ANY (derogated) THEN
    RAISE EXCEPTION 'placement_has_place' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_has_place';
  END IF;
  IF NOT coalesce(linking_accepted(v_linking.id), false) THEN
    RAISE EXCEPTION 'placement_accepted' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_accepted';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.placement_housed_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT p.id FROM cases_placement p
    WHERE p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
$$;

CREATE FUNCTION public.placement_linked() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_linking l WHERE l.placement_id = NEW.id AND l.case_id = NEW.case_id
      AND l.partner_id = NEW.partner_id AND (l.waived_at IS NOT NULL OR linking_missing(l.id) = '{}'))
  THEN
    RAISE EXCEPTION 'placement_linked' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_linked';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.placement_of_own_minor_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT p.id FROM cases_placement p WHERE p.id IN (SELECT scope_granted_ids('placement', 10))
    AND NOT p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
$$;

CREATE FUNCTION public.placement_queue() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('cases.placement'), hashtext(NEW.partner_id::text));
  RETURN NEW;
END
$$;

CREATE FUNCTION public.placement_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT p.id FROM cases_placement p
      WHERE p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
    UNION SELECT scope_granted_ids('placement', 10)
$$;

CREATE FUNCTION public.places_free(p_partner uuid, p_day date) RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT x.id FROM partners_place x WHERE x.partner_id = $1 AND x.starts_on <= $2
    AND (x.ends_on IS NULL OR x.ends_on >= $2)
    AND NOT EXISTS (SELECT 1 FROM cases_placement p WHERE p.place_id = x.id
      AND (p.ended_on IS NULL OR p.ended_on > $2))
  ORDER BY x.label
$_$;

CREATE FUNCTION public.plan_step_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected referentiel_planstep := OLD;
BEGIN
  expected.done_on := NEW.done_on;
  IF NEW IS DISTINCT FROM expected AND NOT public.writes_assessment(OLD.assessment_id) THEN
    RAISE EXCEPTION 'assessment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.proconnect_link_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF (NEW.user_id, NEW.provider, NEW.uid) IS DISTINCT FROM (OLD.user_id, OLD.provider, OLD.uid) THEN
    RAISE EXCEPTION 'a link never moves to another account' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.professional_facts_check() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT (current_user = 'havre_app' AND NOT coalesce(scope_manages_cases(), false)) THEN
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
$$;

CREATE FUNCTION public.professional_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

CREATE FUNCTION public.professional_own(p_profession text, p_employer_type text, p_employer text, p_territory text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
$$;

CREATE FUNCTION public.professional_reach(address text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT set_config('app.professional_id', coalesce(p.merged_into_id, p.id)::text, true)::uuid FROM formation_professional p
  WHERE lower(p.email) = lower(address) AND p.email <> '' AND scope_has_role('trainer')
$$;

CREATE FUNCTION public.professional_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT p.id FROM formation_professional p WHERE p.user_id = scope_user_id()
      OR p.created_by_id = scope_user_id() OR p.employer_id = ANY (scope_partners_as('structure_director'))
    UNION SELECT e.professional_id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
    UNION SELECT nullif(current_setting('app.professional_id', true), '')::uuid WHERE scope_has_role('trainer')
$$;

CREATE FUNCTION public.proposal_contact(row_id uuid) RETURNS TABLE(name text, phone text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.first_name || ' ' || u.last_name, u.phone::text FROM cases_proposal p
      JOIN cases_orientation o ON o.id = p.orientation_id JOIN cases_sollicitation s ON s.id = o.sollicitation_id
      JOIN users_user u ON u.id = coalesce(s.taken_by_id, o.decided_by_id)
    WHERE p.id = $1 AND p.id IN (SELECT scope_granted_ids('proposal', 20))
$_$;

CREATE FUNCTION public.proposal_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected cases_proposal := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    expected := NEW;
    expected.sheet := OLD.sheet;
    expected.note := OLD.note;
    expected.sent_at := OLD.sent_at;
    expected.partner_id := OLD.partner_id;
    expected.orientation_id := OLD.orientation_id;
  ELSIF OLD.answer_id IS NULL AND OLD.withdrawn_at IS NULL AND NEW.answered_by_id = public.scope_user_id() THEN
    expected.answer_id := NEW.answer_id;
    expected.refusal_reason_id := NEW.refusal_reason_id;
    expected.answered_at := NEW.answered_at;
    expected.answered_by_id := NEW.answered_by_id;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'proposal_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.proposal_grants_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  refused CONSTANT timestamptz := CASE WHEN NEW.answer_id = 'reponse:REFUS' THEN NEW.answered_at END;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason, given_by_id)
      VALUES (gen_random_uuid(), 'proposal', NEW.id, NEW.partner_id, 'structure_director', 10, NEW.sent_at,
              'Fiche anonyme envoyée', scope_user_id());
    RETURN NULL;
  END IF;
  IF NEW.withdrawn_at IS NULL AND NEW.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE')
     AND OLD.answer_id IS NULL THEN
    INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason, given_by_id)
      VALUES (gen_random_uuid(), 'proposal', NEW.id, NEW.partner_id, 'structure_director', 20, NEW.answered_at,
              'Structure intéressée', scope_user_id());
  END IF;
  IF refused IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
    UPDATE access_grant g
      SET ends_at = greatest(g.starts_at, least(g.ends_at, CASE WHEN g.level >= 20 THEN NEW.withdrawn_at
        ELSE least(refused, NEW.withdrawn_at) + sheet_days() END))
      WHERE g.object_kind = 'proposal' AND g.object_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.proposal_note_forget() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  NEW.note := NULL;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.reading_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM documents_reading WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.reference_draw(prefix text, year integer) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  INSERT INTO access_counter AS c (id, last) VALUES (prefix || '-' || year, 1)
  ON CONFLICT (id) DO UPDATE SET last = c.last + 1
  RETURNING prefix || '-' || year || '-' || lpad(last::text, greatest(4, length(last::text)), '0')
$$;

CREATE FUNCTION public.retention_due(p_object_kind text, p_object_id uuid) RETURNS TABLE(kind text, object_kind text, object_id uuid, reference text, starts_on date, months integer, due_on date, is_held boolean, forgotten_at timestamp with time zone, together uuid[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
    v_union text := (SELECT string_agg(format(
        'SELECT %L::text AS kind, %L::text AS object_kind, s.object_id, s.reference::text, s.starts_on::date, s.together'
        ' FROM (%s) AS s WHERE ($2 IS NULL OR s.object_id = $2)', k.kind, k.object_kind, k.starts), ' UNION ALL ')
        FROM retention_kind k WHERE p_object_kind IS NULL OR k.object_kind = p_object_kind);
BEGIN
    IF v_union IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($sql$
        SELECT s.kind, s.object_kind, s.object_id, s.reference, s.starts_on, r.months,
            (s.starts_on + make_interval(months => r.months))::date,
            EXISTS (SELECT FROM retention_legalhold h WHERE h.lifted_at IS NULL AND h.object_id = ANY (s.together)),
            (SELECT max(d.at) FROM retention_done d WHERE d.kind = s.kind AND d.object_id = s.object_id
               AND (d.at AT TIME ZONE 'Europe/Paris')::date >= s.starts_on),
            s.together
        FROM (%s) AS s JOIN retention_rules() r USING (kind) $sql$, v_union) USING p_object_kind, p_object_id;
END
$_$;

CREATE FUNCTION public.retention_erases() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT current_user <> 'havre_app' AND coalesce(scope_system() = 'retention', false)
$$;

CREATE FUNCTION public.retention_find(p_reference text) RETURNS TABLE(object_kind text, object_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.journal_controls() THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT DISTINCT d.object_kind, d.object_id FROM retention_due(NULL, NULL) d
    WHERE d.reference = p_reference AND d.reference <> '' AND d.forgotten_at IS NULL;
END
$$;

CREATE FUNCTION public.retention_hold_lift(p_id uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_row retention_legalhold;
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may lift a hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_legalhold SET lifted_by_id = scope_user_id(), lifted_at = clock_timestamp()
    WHERE id = p_id AND lifted_at IS NULL RETURNING * INTO v_row;
    IF FOUND THEN
        PERFORM journal_append('retention.hold.lift', v_row.object_kind, v_row.object_id, 'done', '', '{}'::jsonb,
                               p_request_id);
    END IF;
END
$$;

CREATE FUNCTION public.retention_hold_place(p_kind text, p_id uuid, p_reference text, p_reason text, p_request_id text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_id uuid := gen_random_uuid();
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may hold an object' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('retention_hold'));
    IF NOT EXISTS (SELECT FROM retention_due(p_kind, p_id) d WHERE d.forgotten_at IS NULL) THEN
        RAISE EXCEPTION 'retention_nothing_held' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'retention_nothing_held';
    END IF;
    INSERT INTO retention_legalhold (id, object_kind, object_id, reference, reason, placed_by_id, placed_at)
    VALUES (v_id, p_kind, p_id, p_reference, p_reason, scope_user_id(), clock_timestamp());
    PERFORM journal_append('retention.hold.place', p_kind, p_id, 'done', p_reason, '{}'::jsonb, p_request_id);
    RETURN v_id;
END
$$;

CREATE FUNCTION public.retention_kind_register(p_kind text, p_object_kind text, p_table text, p_label text, p_starting_point text, p_deed text, p_starts text, p_forget text, p_months integer, p_reason text, p_basis text, p_position integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF to_regclass(p_table) IS NULL OR to_regprocedure(format('%s(uuid)', p_forget)) IS NULL THEN
        RAISE EXCEPTION 'retention: table % or function % is missing', p_table, p_forget;
    END IF;
    INSERT INTO retention_kind (kind, object_kind, table_name, label, starting_point, deed, starts, forget, months,
                                reason, basis, position)
    VALUES (p_kind, p_object_kind, p_table, p_label, p_starting_point, p_deed, p_starts, p_forget, p_months,
            p_reason, p_basis, p_position)
    ON CONFLICT (kind) DO UPDATE SET
        (object_kind, table_name, label, starting_point, deed, starts, forget, months, reason, basis, position) =
        (excluded.object_kind, excluded.table_name, excluded.label, excluded.starting_point, excluded.deed,
         excluded.starts, excluded.forget, excluded.months, excluded.reason, excluded.basis, excluded.position);
    EXECUTE format('REVOKE ALL ON FUNCTION %s(uuid) FROM PUBLIC, havre_app', p_forget);
END
$$;

CREATE FUNCTION public.retention_list(p_until date) RETURNS TABLE(kind text, label text, object_kind text, object_id uuid, reference text, due_on date, is_held boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    IF (public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures')) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT d.kind, k.label::text, d.object_kind, d.object_id, d.reference, d.due_on, d.is_held
    FROM retention_due(NULL, NULL) d JOIN retention_kind k USING (kind)
    WHERE d.forgotten_at IS NULL AND d.due_on <= p_until ORDER BY d.due_on, k.position, d.reference;
END
$$;

CREATE FUNCTION public.retention_of(p_object_kind text, p_object_id uuid) RETURNS TABLE(label text, deed text, starting_point text, starts_on date, months integer, due_on date, is_held boolean, forgotten_at timestamp with time zone, reason text, basis text, is_basis_verified boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
    v_may boolean := public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures');
BEGIN
    IF v_may IS NOT TRUE THEN
        IF to_regprocedure(format('public.%I(uuid)', 'can_see_' || p_object_kind)) IS NULL THEN
            RETURN;
        END IF;
        EXECUTE format('SELECT public.%I($1)', 'can_see_' || p_object_kind) INTO v_may USING p_object_id;
        IF v_may IS NOT TRUE THEN
            RETURN;
        END IF;
    END IF;
    RETURN QUERY SELECT k.label::text, k.deed::text, k.starting_point::text, d.starts_on, d.months, d.due_on, d.is_held,
        d.forgotten_at, r.reason, r.basis, r.is_basis_verified
    FROM retention_due(p_object_kind, p_object_id) d
    JOIN retention_kind k USING (kind) JOIN retention_rules() r USING (kind) ORDER BY k.position;
END
$_$;

CREATE FUNCTION public.retention_replay(p_kind text, p_object_id uuid, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
    v_kind retention_kind;
    v_ids uuid[];
BEGIN
    SELECT * INTO STRICT v_kind FROM retention_kind WHERE kind = p_kind;
    IF EXISTS (SELECT FROM retention_done d WHERE d.kind = p_kind AND d.object_id = p_object_id AND d.at >= p_at) THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT public.%I($1)', v_kind.forget) INTO v_ids USING p_object_id;
    INSERT INTO retention_done (kind, object_kind, object_id, at)
    SELECT p_kind, v_kind.object_kind, forgotten, p_at
    FROM (SELECT unnest(v_ids) UNION SELECT p_object_id) AS f(forgotten);
    PERFORM journal_append('retention.object.replay', v_kind.object_kind, p_object_id, 'done', p_kind, '{}'::jsonb, '');
    RETURN true;
END
$_$;

CREATE FUNCTION public.retention_role(p_direction uuid, p_dpo uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_user uuid := public.scope_user_id();
    v_role text;
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may agree' USING ERRCODE = 'insufficient_privilege';
    END IF;
    v_role := CASE WHEN v_user IN (p_direction, p_dpo) THEN NULL
                   WHEN p_direction IS NULL AND public.scope_has_role('direction') THEN 'direction'
                   WHEN p_dpo IS NULL AND public.scope_has_role('dpo') THEN 'dpo' END;
    IF v_role IS NULL THEN
        RAISE EXCEPTION 'retention_not_yours' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_not_yours';
    END IF;
    RETURN v_role;
END
$$;

CREATE FUNCTION public.retention_row_execute(p_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
    v_row retention_row;
    v_run retention_run;
    v_kind retention_kind;
    v_due record;
    v_outcome text;
    v_ids uuid[];
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT v_row FROM retention_row WHERE id = p_id FOR UPDATE;
    SELECT * INTO STRICT v_run FROM retention_run WHERE id = v_row.run_id FOR SHARE;
    SELECT * INTO STRICT v_kind FROM retention_kind WHERE kind = v_row.kind_id;
    IF v_run.direction_at IS NULL OR v_run.dpo_at IS NULL OR v_run.direction_by_id = v_run.dpo_by_id
       OR v_run.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention: two people have not signed this run' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF v_row.outcome <> '' THEN
        RETURN v_row.outcome;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('retention_hold'));
    SELECT * INTO v_due FROM retention_due(v_row.object_kind, v_row.object_id) d WHERE d.kind = v_row.kind_id;
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.%I WHERE id = ANY ($1) FOR UPDATE) AS held',
                   v_kind.table_name) USING v_due.together;
    SELECT * INTO v_due FROM retention_due(v_row.object_kind, v_row.object_id) d WHERE d.kind = v_row.kind_id;
    v_outcome := CASE WHEN v_due.kind IS NULL OR v_due.forgotten_at IS NOT NULL THEN 'gone'
                      WHEN v_due.is_held THEN 'held'
                      WHEN v_due.due_on IS NULL OR v_due.due_on > (now() AT TIME ZONE 'Europe/Paris')::date
                      THEN 'postponed' ELSE 'done' END;
    IF v_outcome = 'done' THEN
        EXECUTE format('SELECT public.%I($1)', v_kind.forget) INTO v_ids USING v_row.object_id;
        INSERT INTO retention_done (kind, object_kind, object_id, at, run_id)
        SELECT v_row.kind_id, v_row.object_kind, forgotten, clock_timestamp(), v_run.id FROM unnest(v_ids) AS forgotten;
        PERFORM journal_append('retention.object.forget', v_row.object_kind, forgotten, 'done', v_row.kind_id, '{}'::jsonb, '')
        FROM unnest(v_ids) AS forgotten;
        UPDATE retention_row w SET reference = '' WHERE w.reference <> '' AND w.object_id = ANY (v_due.together || v_ids)
          AND NOT EXISTS (SELECT FROM retention_due(w.object_kind, w.object_id) d WHERE d.reference = w.reference);
        UPDATE retention_legalhold SET reference = '' WHERE object_id = ANY (v_due.together);
    END IF;
    UPDATE retention_row SET outcome = v_outcome, at = clock_timestamp() WHERE id = p_id;
    RETURN v_outcome;
END
$_$;

CREATE FUNCTION public.retention_rule_dismiss(p_id uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_ruleversion SET dismissed_at = clock_timestamp(), dismissed_by_id = scope_user_id()
    WHERE id = p_id AND in_force_at IS NULL AND dismissed_at IS NULL;
    IF FOUND THEN
        PERFORM journal_append('retention.rule.dismiss', 'retention_rule', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END
$$;

CREATE FUNCTION public.retention_rule_propose(p_kind text, p_months integer, p_reason text, p_basis text, p_is_verified boolean, p_request_id text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_id uuid := gen_random_uuid();
    v_role text := retention_role(NULL, NULL);
BEGIN
    INSERT INTO retention_ruleversion (id, kind_id, months, reason, basis, is_basis_verified, proposed_at,
        direction_by_id, direction_at, dpo_by_id, dpo_at)
    VALUES (v_id, p_kind, p_months, p_reason, p_basis, p_is_verified, clock_timestamp(),
        CASE WHEN v_role = 'direction' THEN scope_user_id() END, CASE WHEN v_role = 'direction' THEN clock_timestamp() END,
        CASE WHEN v_role = 'dpo' THEN scope_user_id() END, CASE WHEN v_role = 'dpo' THEN clock_timestamp() END);
    PERFORM journal_append('retention.rule.propose', 'retention_rule', v_id, 'done', v_role, jsonb_build_object(
        'kind', p_kind, 'months', jsonb_build_array((SELECT r.months FROM retention_rules() r WHERE r.kind = p_kind),
        p_months)), p_request_id);
    RETURN v_id;
END
$$;

CREATE FUNCTION public.retention_rule_sign(p_id uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_row retention_ruleversion;
    v_role text;
BEGIN
    SELECT * INTO STRICT v_row FROM retention_ruleversion WHERE id = p_id FOR UPDATE;
    v_role := retention_role(v_row.direction_by_id, v_row.dpo_by_id);
    IF v_row.in_force_at IS NOT NULL OR v_row.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention_not_yours' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_not_yours';
    END IF;
    UPDATE retention_ruleversion SET in_force_at = clock_timestamp(),
        direction_by_id = CASE WHEN v_role = 'direction' THEN scope_user_id() ELSE direction_by_id END,
        direction_at = CASE WHEN v_role = 'direction' THEN clock_timestamp() ELSE direction_at END,
        dpo_by_id = CASE WHEN v_role = 'dpo' THEN scope_user_id() ELSE dpo_by_id END,
        dpo_at = CASE WHEN v_role = 'dpo' THEN clock_timestamp() ELSE dpo_at END WHERE id = p_id;
    PERFORM journal_append('retention.rule.sign', 'retention_rule', p_id, 'done', v_role,
        jsonb_build_object('kind', v_row.kind_id, 'months', v_row.months), p_request_id);
END
$$;

CREATE FUNCTION public.retention_rules() RETURNS TABLE(kind text, months integer, reason text, basis text, is_basis_verified boolean, in_force_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT k.kind::text, coalesce(v.months, k.months)::integer, coalesce(v.reason, k.reason)::text,
        coalesce(v.basis, k.basis)::text, coalesce(v.is_basis_verified, false), v.in_force_at
    FROM retention_kind k LEFT JOIN LATERAL (
        SELECT * FROM retention_ruleversion r WHERE r.kind_id = k.kind AND r.in_force_at IS NOT NULL
        ORDER BY r.in_force_at DESC LIMIT 1) v ON true ORDER BY k.position;
END
$$;

CREATE FUNCTION public.retention_run_dismiss(p_id uuid, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_run SET dismissed_at = clock_timestamp(), dismissed_by_id = scope_user_id()
    WHERE id = p_id AND dismissed_at IS NULL AND (direction_at IS NULL OR dpo_at IS NULL);
    IF FOUND THEN
        PERFORM journal_append('retention.run.dismiss', 'retention_run', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END
$$;

CREATE FUNCTION public.retention_run_finish(p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_run r SET finished_at = clock_timestamp() WHERE r.id = p_id AND r.finished_at IS NULL
        AND NOT EXISTS (SELECT FROM retention_row w WHERE w.run_id = r.id AND w.outcome = '');
    IF FOUND THEN
        PERFORM journal_append('retention.run.finish', 'retention_run', p_id, 'done', '', (
            SELECT jsonb_object_agg(outcome, n) FROM (
                SELECT outcome, count(*) AS n FROM retention_row WHERE run_id = p_id GROUP BY outcome) AS counted), '');
    END IF;
END
$$;

CREATE FUNCTION public.retention_run_prepare() RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_id uuid := gen_random_uuid();
    v_count integer;
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM retention_run WHERE finished_at IS NULL AND dismissed_at IS NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO retention_run (id, prepared_at, row_count, archives) VALUES (v_id, clock_timestamp(), 0, '');
    INSERT INTO retention_row (id, run_id, kind_id, object_kind, object_id, reference, due_on, outcome)
    SELECT gen_random_uuid(), v_id, d.kind, d.object_kind, d.object_id, d.reference, d.due_on, ''
    FROM retention_due(NULL, NULL) d
    WHERE d.due_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND NOT d.is_held AND d.forgotten_at IS NULL;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count = 0 THEN
        DELETE FROM retention_run WHERE id = v_id;
        RETURN NULL;
    END IF;
    UPDATE retention_run SET row_count = v_count WHERE id = v_id;
    PERFORM journal_append('retention.run.prepare', 'retention_run', v_id, 'done', '',
                           jsonb_build_object('count', v_count), '');
    RETURN v_id;
END
$$;

CREATE FUNCTION public.retention_run_sign(p_id uuid, p_archives text, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_row retention_run;
    v_role text;
BEGIN
    SELECT * INTO STRICT v_row FROM retention_run WHERE id = p_id FOR UPDATE;
    v_role := retention_role(v_row.direction_by_id, v_row.dpo_by_id);
    IF v_row.finished_at IS NOT NULL OR v_row.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention_not_yours' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_not_yours';
    END IF;
    IF v_role = 'direction' THEN
        UPDATE retention_run SET direction_by_id = scope_user_id(), direction_at = clock_timestamp(),
            archives = p_archives WHERE id = p_id;
    ELSE
        UPDATE retention_run SET dpo_by_id = scope_user_id(), dpo_at = clock_timestamp() WHERE id = p_id;
    END IF;
    PERFORM journal_append('retention.run.sign', 'retention_run', p_id, 'done', v_role,
                           jsonb_build_object('count', v_row.row_count), p_request_id);
END
$$;

CREATE FUNCTION public.retention_simulate(p_kind text, p_months integer, p_until date, OUT now_due bigint, OUT due bigint) RETURNS record
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    IF (public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures')) IS NOT TRUE THEN
        RETURN;
    END IF;
    SELECT count(*) FILTER (WHERE s.ends_on <= v_today), count(*) INTO now_due, due FROM (
        SELECT (d.starts_on + make_interval(months => p_months))::date AS ends_on
        FROM retention_due((SELECT k.object_kind FROM retention_kind k WHERE k.kind = p_kind), NULL) d
        WHERE d.kind = p_kind AND NOT d.is_held AND d.forgotten_at IS NULL) AS s WHERE s.ends_on <= p_until;
END
$$;

CREATE FUNCTION public.retention_warn() RETURNS TABLE(days integer, label text, n bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY WITH told AS (
        INSERT INTO retention_warning (id, kind, object_id, due_on, days, at)
        SELECT gen_random_uuid(), d.kind, d.object_id, d.due_on,
               CASE WHEN d.due_on <= v_today + 30 THEN 30 ELSE 90 END, clock_timestamp()
        FROM retention_due(NULL, NULL) d
        WHERE d.due_on <= v_today + 90 AND NOT d.is_held AND d.forgotten_at IS NULL
        ON CONFLICT (kind, object_id, due_on, days) DO NOTHING
        RETURNING retention_warning.kind AS told_kind, retention_warning.days AS told_days)
    SELECT t.told_days::integer, k.label::text, count(*) FROM told t JOIN retention_kind k ON k.kind = t.told_kind
    GROUP BY t.told_days, k.label, k.position ORDER BY t.told_days, k.position;
END
$$;

CREATE FUNCTION public.reveal_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM access_reveal WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.reveal_live_ids(kind text, what text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT r.object_id FROM access_reveal r
    WHERE r.user_id = scope_user_id() AND r.object_kind = $1 AND r.what = $2
      AND r.starts_at <= statement_timestamp() AND r.ends_at > statement_timestamp()
      AND reveal_may_open(r.object_kind, r.object_id, r.what, r.is_break_glass)
$_$;

CREATE FUNCTION public.reveal_may_open(kind text, object_id uuid, what text, is_break_glass boolean) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT coalesce(scope_user_id() IS NOT NULL AND NOT scope_has_role('tech_admin') AND CASE
    WHEN $4 THEN $1 = 'case' AND $3 = 'identity' AND scope_has_role('dpo')
      AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = $2)
    WHEN $1 = 'case' AND $3 = 'identity' THEN
      (scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = $2))
      OR $2 IN (SELECT scope_granted_ids('case', 40))
      OR ($2 IN (SELECT scope_granted_ids('case', 30)) AND EXISTS (
        SELECT 1 FROM cases_placement p WHERE p.case_id = $2 AND p.ended_on IS NULL
          AND p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))))
    WHEN $1 = 'partner' AND $3 = 'address' THEN
      (scope_manages_cases() AND EXISTS (SELECT 1 FROM partners_partner p WHERE p.id = $2 AND p.kind = 'structure'))
      OR $2 = ANY (scope_partners_as('structure_director', 'structure_educator'))
      OR $2 IN (SELECT scope_granted_ids('partner', 40))
      OR EXISTS (SELECT 1 FROM cases_placement p WHERE p.partner_id = $2 AND p.ended_on IS NULL
        AND p.id IN (SELECT scope_granted_ids('placement', 20)))
    ELSE false END, false)
$_$;

CREATE FUNCTION public.review_awaited_from(day date, quarter date) RETURNS TABLE(email text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT DISTINCT d.email::text FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
    JOIN partners_membership l ON l.partner_id = m.partner_id AND l.role = 'structure_director'
      AND l.user_id <> m.user_id AND l.revoked_at IS NULL AND l.starts_on <= $1
      AND (l.ends_on IS NULL OR l.ends_on >= $1)
    JOIN users_user d ON d.id = l.user_id AND d.is_active
    WHERE coalesce(scope_system() = 'accounts', false) AND m.role = 'structure_educator' AND m.revoked_at IS NULL
      AND m.starts_on < $2 AND (m.ends_on IS NULL OR m.ends_on >= $1)
      AND NOT EXISTS (SELECT 1 FROM accounts_accountreview r WHERE r.membership_id = m.id AND r.quarter = $2)
    ORDER BY 1
$_$;

CREATE FUNCTION public.review_may_confirm(membership uuid, person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT CASE WHEN $1 IS NULL THEN scope_manages_cases()
    ELSE (scope_manages_cases() OR directs_membership($1, true))
      AND EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = $1 AND m.user_id = $2) END
$_$;

CREATE FUNCTION public.rights_change_decide(p_id uuid, p_decision text, p_request_id text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  v_row accounts_rightschange;
BEGIN
  -- One change at a time: two withdrawals at once would each count the other.
  PERFORM pg_advisory_xact_lock(hashtext('network_rights'));
  SELECT * INTO v_row FROM accounts_rightschange WHERE id = p_id FOR UPDATE;
  PERFORM may_decide(v_row.state, v_row.expires_at, v_row.asked_by_id, v_row.user_id, p_decision);
  UPDATE accounts_rightschange SET state = p_decision, decided_by_id = scope_user_id(), decided_at = clock_timestamp()
    WHERE id = p_id;
  IF p_decision = 'approved' THEN
    IF NOT network_role_held(v_row.asked_by_id, ARRAY['coordination', 'direction']) THEN
      RAISE EXCEPTION 'rights: who asked may no longer ask'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_two_people';
    END IF;
    IF v_row.is_given THEN
      INSERT INTO users_user_groups (user_id, group_id)
        SELECT v_row.user_id, g.id FROM auth_group g WHERE g.name = v_row.role ON CONFLICT DO NOTHING;
    ELSE
      DELETE FROM users_user_groups ug USING auth_group g
        WHERE g.id = ug.group_id AND g.name = v_row.role AND ug.user_id = v_row.user_id;
      IF v_row.role IN ('coordination', 'direction') AND network_managers() < 2 THEN
        RAISE EXCEPTION 'rights: two people at least keep the network'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'rights_two_remain';
      END IF;
    END IF;
    PERFORM journal_append(CASE WHEN v_row.is_given THEN 'users.role.give' ELSE 'users.role.take' END, 'user',
      v_row.user_id, 'done', '', jsonb_build_object('role', CASE WHEN v_row.is_given
      THEN jsonb_build_array(NULL, v_row.role) ELSE jsonb_build_array(v_row.role, NULL) END), p_request_id);
  END IF;
  PERFORM journal_append('accounts.rights.' || p_decision, 'rights_change', p_id, 'done', '', '{}', p_request_id);
END
$$;

CREATE FUNCTION public.rights_closed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  RAISE EXCEPTION 'rights: they come from roles alone' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.rights_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF current_user = 'havre_app' AND NOT (TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM auth_group g
       WHERE g.id = OLD.group_id
         AND g.name IN ('coordination', 'direction', 'editor', 'trainer', 'dpo', 'tech_admin'))) THEN
    RAISE EXCEPTION 'rights: a role of the network is given by two people'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(NEW, OLD);
END
$$;

CREATE FUNCTION public.rights_request_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM rights_rightsdetail WHERE request_id = $1;
  DELETE FROM rights_rightsstep WHERE request_id = $1;
  DELETE FROM rights_filecopy WHERE request_id = $1;
  DELETE FROM files_attachment WHERE object_id = $1;
  UPDATE rights_rightsrequest SET case_id = NULL,
    reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12) WHERE id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.ring_called_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.ring_id FROM notify_ringstep s WHERE s.person_id = scope_user_id()
$$;

CREATE FUNCTION public.ring_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH steps AS (DELETE FROM notify_ringstep WHERE ring_id = $1),
       gone AS (DELETE FROM notify_ring WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.ring_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected notify_ring := OLD;
BEGIN
  IF current_user <> 'havre_app' OR coalesce(public.scope_system() = 'notify', false) THEN
    RETURN NEW;
  END IF;
  IF public.scope_manages_cases() THEN
    expected.closed_at := NEW.closed_at;
  END IF;
  IF OLD.acknowledged_at IS NULL AND NEW.acknowledged_by_id = public.scope_user_id() AND public.scope_manages_cases() THEN
    expected.acknowledged_at := NEW.acknowledged_at;
    expected.acknowledged_by_id := NEW.acknowledged_by_id;
  END IF;
  IF OLD.closed_at IS NOT NULL OR NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'ring_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'ring_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.ring_open(p_id uuid, p_kind text, p_object_id uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH new AS (
      INSERT INTO notify_ring (id, kind, object_id, opened_at, rung)
      SELECT $1, $2, $3, clock_timestamp(), -1 WHERE scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL
      ON CONFLICT (kind, object_id) WHERE closed_at IS NULL DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM new)
$_$;

CREATE FUNCTION public.satisfaction_of(p_sessions uuid[]) RETURNS TABLE(session_id uuid, answers integer, marks jsonb, comments text[])
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT f.session_id, count(*)::integer,
    jsonb_build_object('aims', array_agg(f.aims ORDER BY f.aims), 'useful', array_agg(f.useful ORDER BY f.useful),
      'teaching', array_agg(f.teaching ORDER BY f.teaching),
      'recommended', array_agg(f.recommended ORDER BY f.recommended)),
    array_remove(array_agg(nullif(f.comment, '') ORDER BY md5(f.id::text)), NULL)
  FROM formation_satisfaction f
  WHERE f.session_id = ANY ($1) AND answers_closed(f.session_id)
    AND (scope_sees_all_cases() OR f.session_id IN (SELECT session_trained_ids()))
  GROUP BY f.session_id HAVING count(*) >= 5
$_$;

CREATE FUNCTION public.scope_enter(actor uuid, OUT roles text[], OUT memberships text[]) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  roles := '{}';
  memberships := '{}';
  IF EXISTS (SELECT 1 FROM users_user u WHERE u.id = actor AND u.is_active) THEN
    SELECT coalesce(array_agg(m.partner_id || ':' || m.role), '{}') INTO memberships
      FROM scope_memberships_of(actor, (now() AT TIME ZONE 'Europe/Paris')::date) m;
    SELECT coalesce(array_agg(DISTINCT r), '{}') INTO roles FROM (
      SELECT g.name FROM users_user_groups ug JOIN auth_group g ON g.id = ug.group_id WHERE ug.user_id = actor
      UNION SELECT split_part(m, ':', 2) FROM unnest(memberships) m) AS held(r);
    PERFORM scope_set(actor, '', roles, memberships);
  ELSE
    PERFORM scope_set(NULL, '', '{}', '{}');
  END IF;
END
$$;

CREATE FUNCTION public.scope_granted_ids(kind text, level integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT g.object_id FROM access_grant g WHERE g.object_kind = $1 AND g.level >= $2
          AND g.starts_at <= statement_timestamp() AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()) AND (g.user_id = scope_user_id() OR (g.partner_id = ANY (scope_partner_ids())
    AND (g.role = '' OR (g.partner_id || ':' || g.role) = ANY (scope_memberships()))))
$_$;

CREATE FUNCTION public.scope_has_role(role text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT role = ANY (scope_roles())
$$;

CREATE FUNCTION public.scope_is_reference() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(scope_system() = 'reference', false)
$$;

CREATE FUNCTION public.scope_keeps_files() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT coalesce(scope_system() IN ('files', 'retention'), false)
$$;

CREATE FUNCTION public.scope_manages_cases() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT scope_roles() && ARRAY['coordination', 'direction']
$$;

CREATE FUNCTION public.scope_memberships() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(nullif(current_setting('app.memberships', true), '')::text[], '{}')
$$;

CREATE FUNCTION public.scope_memberships_of(user_id uuid, day date) RETURNS TABLE(partner_id uuid, role text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT m.partner_id, m.role::text FROM partners_membership m
  WHERE m.user_id = $1 AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day) AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())
$_$;

CREATE FUNCTION public.scope_moves_stays() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT scope_manages_cases() OR coalesce(scope_system() = 'stays', false)
$$;

CREATE FUNCTION public.scope_partner_ids() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(nullif(current_setting('app.partners', true), '')::uuid[], '{}')
$$;

CREATE FUNCTION public.scope_partners_as(VARIADIC roles text[]) RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(array_agg(split_part(m, ':', 1)::uuid), '{}')
    FROM unnest(scope_memberships()) m WHERE split_part(m, ':', 2) = ANY (roles)
$$;

CREATE FUNCTION public.scope_reminds() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT coalesce(scope_system() = 'documents', false)
$$;

CREATE FUNCTION public.scope_roles() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(nullif(current_setting('app.roles', true), '')::text[], '{}')
$$;

CREATE FUNCTION public.scope_sees_all_cases() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT scope_manages_cases() OR coalesce(scope_system() IN ('figures', 'retention', 'escalation', 'stays'), false)
$$;

CREATE FUNCTION public.scope_set(user_id uuid, system text, roles text[], memberships text[]) RETURNS void
    LANGUAGE sql
    AS $$
  SELECT set_config('app.user_id', coalesce(user_id::text, ''), true),
         set_config('app.system', system, true),
         set_config('app.roles', roles::text, true),
         set_config('app.memberships', memberships::text, true),
         set_config('app.professional_id', '', true),
         set_config('app.partners',
           (SELECT coalesce(array_agg(DISTINCT split_part(m, ':', 1)), '{}') FROM unnest(memberships) m)::text, true)
$$;

CREATE FUNCTION public.scope_system() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT nullif(current_setting('app.system', true), '')
$$;

CREATE FUNCTION public.scope_unread(p_user uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT count(*)::integer FROM notify_obligation o
    WHERE o.person_id = $1 AND o.closed_at IS NULL AND o.read_at IS NULL
$_$;

CREATE FUNCTION public.scope_user_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT nullif(current_setting('app.user_id', true), '')::uuid
$$;

CREATE FUNCTION public.sealed_row_of(kind text) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $_$
  SELECT CASE WHEN split_part(s, ':', 1) = coalesce(scope_user_id()::text, scope_system())
              AND split_part(s, ':', 2) = $1 THEN split_part(s, ':', 3)::uuid END
  FROM (SELECT coalesce(current_setting('app.sealed_row', true), '')) AS set(s)
$_$;

CREATE FUNCTION public.sees_observations(visit uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1
    AND ((scope_sees_all_cases() AND v.answered_at IS NOT NULL) OR (v.sent_at IS NOT NULL AND v.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))))
$_$;

CREATE FUNCTION public.session_has_trainer(session uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM formation_sessiontrainer t WHERE t.session_id = $1)
$_$;

CREATE FUNCTION public.session_hours_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF current_user = 'havre_app' THEN
    NEW.total_hours := CASE TG_OP WHEN 'UPDATE' THEN OLD.total_hours ELSE 0 END;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.session_hours_keep() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE formation_session SET total_hours = total_hours - OLD.hours WHERE id = OLD.session_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE formation_session SET total_hours = total_hours + NEW.hours WHERE id = NEW.session_id;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.hours <> OLD.hours THEN
    UPDATE formation_enrolment e SET hours_present = e.hours_present + NEW.hours - OLD.hours
      FROM formation_attendance a WHERE a.half_day_id = NEW.id AND a.status = 'present' AND e.id = a.enrolment_id;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.session_places_left(session uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE places integer;
BEGIN
  SELECT s.capacity INTO places FROM formation_session s WHERE s.id = $1 FOR NO KEY UPDATE;
  RETURN places - session_places_taken($1);
END
$_$;

CREATE FUNCTION public.session_places_taken(session uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT count(*)::integer FROM formation_enrolment e WHERE e.session_id = $1 AND e.cancelled_at IS NULL
$_$;

CREATE FUNCTION public.session_trained_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT t.session_id FROM formation_sessiontrainer t WHERE t.trainer_id = scope_user_id() AND scope_has_role('trainer')
$$;

CREATE FUNCTION public.sessioninvitation_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM formation_sessioninvitation WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.sessioninvitation_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.id, NEW.session_id, NEW.partner_id, NEW.invited_by_id, NEW.invited_at)
       IS DISTINCT FROM (OLD.id, OLD.session_id, OLD.partner_id, OLD.invited_by_id, OLD.invited_at)
     OR OLD.declined_at IS NOT NULL THEN
    RAISE EXCEPTION 'sessioninvitation: declined once, never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.setting_integer(key text, fallback integer) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT coalesce((SELECT (v.value #>> '{}')::integer FROM values_settingversion v
    WHERE v.key = $1 ORDER BY v.changed_at DESC LIMIT 1), $2)
$_$;

CREATE FUNCTION public.shared_document_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM files_attachment WHERE id = $1 AND object_kind IN ('statequestion', 'committee') RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.sheet_days() RETURNS interval
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT make_interval(days => coalesce((SELECT (s.value #>> '{}')::integer FROM values_settingversion s
    WHERE s.key = 'cases.sheet_days' ORDER BY s.changed_at DESC LIMIT 1), 7))
$$;

CREATE FUNCTION public.sign_in_touch(wanted uuid, owner uuid, moment timestamp with time zone, is_activity boolean, idle integer, absolute integer, OUT state text, OUT has_just_ended boolean, OUT ends_at timestamp with time zone, OUT is_final boolean) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    line public.access_signin;
    idle_for interval := make_interval(mins => setting_integer('access.idle_minutes', idle));
    last_for interval := make_interval(hours => setting_integer('access.session_hours', absolute));
BEGIN
    has_just_ended := false;
    is_final := false;
    SELECT * INTO line FROM access_signin s WHERE s.id = wanted AND s.user_id = owner;
    IF NOT FOUND THEN
        state := 'unknown';
        RETURN;
    END IF;
    IF line.ended_at IS NULL AND (
        moment >= least(line.seen_at + idle_for, line.started_at + last_for)
        OR (is_activity AND moment >= line.seen_at + interval '1 minute')
    ) THEN
        SELECT * INTO line FROM access_signin s WHERE s.id = wanted FOR UPDATE;
        IF line.ended_at IS NULL AND moment >= least(line.seen_at + idle_for, line.started_at + last_for) THEN
            has_just_ended := true;
            line.ended_at := moment;
            line.ending := CASE WHEN moment >= line.started_at + last_for THEN 'absolute' ELSE 'idle' END;
            UPDATE access_signin s SET ended_at = line.ended_at, ending = line.ending WHERE s.id = wanted;
        ELSIF line.ended_at IS NULL AND is_activity AND moment >= line.seen_at + interval '1 minute' THEN
            line.seen_at := moment;
            UPDATE access_signin s SET seen_at = line.seen_at WHERE s.id = wanted;
        END IF;
    END IF;
    IF line.ended_at IS NOT NULL THEN
        state := line.ending;
        RETURN;
    END IF;
    state := 'live';
    ends_at := least(line.seen_at + idle_for, line.started_at + last_for);
    is_final := line.started_at + last_for <= line.seen_at + idle_for;
END
$$;

CREATE FUNCTION public.sign_ins_end(owner uuid, kept uuid, why text, moment timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH ended AS (
      UPDATE access_signin SET ended_at = $4, ending = $3
      WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2
        AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
      RETURNING 1)
    SELECT count(*) FROM ended
$_$;

CREATE FUNCTION public.sign_ins_forget(moment timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (
      DELETE FROM access_signin WHERE scope_system() = 'housekeeping' AND started_at <= $1 - interval '30 days'
      RETURNING 1)
    SELECT count(*) FROM gone
$_$;

CREATE FUNCTION public.signature_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
END
$$;

CREATE FUNCTION public.signature_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.half_day_id, NEW.way, NEW.signed_at, NEW.walk_in_id) IS DISTINCT FROM
     (OLD.half_day_id, OLD.way, OLD.signed_at, OLD.walk_in_id) OR OLD.enrolment_id IS NOT NULL THEN
    RAISE EXCEPTION 'signature: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.signing_enrolment(p_session uuid, p_user uuid, p_email text, p_name text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT e.id FROM formation_enrolment e JOIN formation_professional p ON p.id = e.professional_id
  WHERE coalesce(scope_system() = 'signing', false) AND e.session_id = $1 AND e.cancelled_at IS NULL
    AND CASE WHEN $2 IS NOT NULL THEN p.user_id = $2
             WHEN $3 <> '' THEN (lower(p.email) = lower($3) OR EXISTS (SELECT 1 FROM formation_professional q
               WHERE q.merged_into_id = p.id AND lower(q.email) = lower($3)))
             ELSE (name_key(p.last_name || ' ' || p.first_name) = name_key($4) OR EXISTS (SELECT 1 FROM formation_professional q
               WHERE q.merged_into_id = p.id AND name_key(q.last_name || ' ' || q.first_name) = name_key($4))) END
$_$;

CREATE FUNCTION public.signing_give(p_half_day uuid, p_enrolment uuid, p_walk_in uuid, p_way text, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT coalesce(scope_system() = 'signing', false) OR p_way NOT IN ('qr', 'code') THEN
    RAISE EXCEPTION 'signing: not how a signature is given' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_signature (id, half_day_id, enrolment_id, walk_in_id, way, signed_at)
    VALUES (gen_random_uuid(), p_half_day, p_enrolment, p_walk_in, p_way, p_at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;

CREATE FUNCTION public.signing_known_walk_in(p_session uuid, p_email text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT w.id FROM formation_walkin w WHERE coalesce(scope_system() = 'signing', false) AND w.session_id = $1 AND w.state = 'pending'
    AND w.email <> '' AND lower(w.email) = lower($2)
$_$;

CREATE FUNCTION public.signing_walk_in(p_session uuid, p_last text, p_first text, p_email text, p_profession text, p_employer_type text, p_employer text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE found uuid;
BEGIN
  IF NOT coalesce(scope_system() = 'signing', false) THEN
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
END
$$;

CREATE FUNCTION public.sollicitation_asked_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.id FROM cases_sollicitation s WHERE s.requester_id = ANY (scope_partners_as('requester'))
$$;

CREATE FUNCTION public.sollicitation_asked_open_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.id FROM cases_sollicitation s
    WHERE s.requester_id = ANY (scope_partners_as('requester')) AND s.state <> 'closed'
$$;

CREATE FUNCTION public.sollicitation_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.relance_of_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_sollicitation s WHERE s.id = NEW.relance_of_id AND s.requester_id = NEW.requester_id) THEN
    RAISE EXCEPTION 'sollicitation_relance_same_service' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_relance_same_service';
  END IF;
  IF EXISTS (
    SELECT 1 FROM cases_orientation o JOIN cases_sollicitation s ON s.id = o.sollicitation_id
    WHERE s.id = NEW.id AND o.case_id IS DISTINCT FROM s.case_id) THEN
    RAISE EXCEPTION 'sollicitation_case_of_orientations' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_case_of_orientations';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.sollicitation_extra_forget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM cases_extraanswer WHERE sollicitation_id = OLD.sollicitation_id AND is_sealed;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.sollicitation_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  v_all uuid[] := ARRAY[$1];
BEGIN
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = $1;
  UPDATE cases_sollicitation SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), birth_year = NULL, birth_month = NULL, current_place_id = NULL,
    safe_until = NULL, group_id = NULL, idempotency_key = NULL, taken_by_id = NULL WHERE id = $1;

  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);

  RETURN v_all;
END
$_$;

CREATE FUNCTION public.sollicitation_grids_forget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM cases_filledgrid WHERE sollicitation_id = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.sollicitation_messages_forget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM cases_sollicitationmessage WHERE sollicitation_id = OLD.sollicitation_id;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.sollicitation_tonight_forget() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  NEW.language_id := NULL;
  NEW.accepts_leaving := NULL;
  NEW.has_phone := NULL;
  NEW.needs_care := NULL;
  NEW.has_treatment := NULL;
  NEW.uses_substances := NULL;
  NEW.is_pregnant := NULL;
  NEW.is_exploiter_near := NULL;
  NEW.parquet_told := '';
  NEW.placement_order := '';
  RETURN NEW;
END
$$;

CREATE FUNCTION public.sollicitation_unmet_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM cases_orientation o JOIN cases_proposal p ON p.orientation_id = o.id
      WHERE o.sollicitation_id = NEW.id AND o.decision_id = 'decision:RESEAU' AND o.cancelled_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM cases_orientation o JOIN cases_proposal p ON p.orientation_id = o.id
      WHERE o.sollicitation_id = NEW.id AND o.decision_id = 'decision:RESEAU' AND o.cancelled_at IS NULL
        AND p.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE'))
    AND NOT EXISTS (SELECT 1 FROM cases_unmetneed u WHERE u.sollicitation_id = NEW.id)
  THEN
    RAISE EXCEPTION 'sollicitation_unmet_told' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_unmet_told';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.sollicitation_visible_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.id FROM cases_sollicitation s WHERE s.requester_id = ANY (scope_partners_as('requester'))
    UNION SELECT s.id FROM cases_sollicitation s
      WHERE s.submitted_by_id = scope_user_id() AND s.requester_id = ANY (scope_partner_ids())
    UNION SELECT scope_granted_ids('sollicitation', 10)
$$;

CREATE FUNCTION public.sollicitation_words_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.sollicitation_written_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT s.id FROM cases_sollicitation s WHERE s.submitted_by_id = scope_user_id()
    AND s.requester_id = ANY (scope_partners_as('requester', 'transmitter'))
    AND s.case_id IS NULL AND s.state = 'received'
$$;

CREATE FUNCTION public.standards_owed(day date, visit_first integer, proof_first integer, derogation_first integer) RETURNS TABLE(about text, object_id uuid, due_on date, person_id uuid, partner_id uuid, role text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH coordination AS (
      SELECT u.id, g.name FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
      JOIN auth_group g ON g.id = ug.group_id WHERE u.is_active AND g.name IN ('coordination', 'direction')
    ), directors AS (
      SELECT DISTINCT m.partner_id, u.id FROM partners_membership m JOIN users_user u ON u.id = m.user_id
      WHERE u.is_active AND m.role = 'structure_director' AND m.starts_on <= $1 AND (m.ends_on IS NULL OR m.ends_on >= $1)
        AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())
    ), last AS (
      SELECT DISTINCT ON (a.partner_id) a.id, a.partner_id FROM referentiel_assessment a
      JOIN referentiel_campaign c ON c.id = a.campaign_id ORDER BY a.partner_id, c.year DESC
    ), theirs AS (
      SELECT 'answer' AS about, v.id, v.answer_by AS due_on, v.partner_id FROM referentiel_visit v WHERE v.state = 'sent'
      UNION ALL SELECT 'silence', v.id, v.answer_by, v.partner_id FROM referentiel_visit v WHERE v.state = 'unanswered'
      UNION ALL SELECT 'evidence', e.id, e.valid_until, l.partner_id
      FROM referentiel_evidence e JOIN last l ON l.id = e.assessment_id
      WHERE e.valid_until <= $1 + $3 AND NOT EXISTS (SELECT 1 FROM referentiel_evidence n WHERE n.replaces_id = e.id)
    ), ours AS (
      SELECT 'reply' AS about, v.id, v.reply_by AS due_on, v.opened_by_id AS owner_id FROM referentiel_visit v
      WHERE v.state IN ('answered', 'unanswered') AND v.reply_by <= $1 + $2
      UNION ALL SELECT 'derogation', d.id, d.ends_on, d.asked_by_id FROM referentiel_derogation d
      WHERE d.agreed_at IS NOT NULL AND d.revoked_at IS NULL AND d.ends_on BETWEEN $1 AND $1 + $4
    )
    SELECT t.about, t.id, t.due_on, p.id, p.partner_id, 'structure_director'
      FROM theirs t JOIN directors p ON p.partner_id = t.partner_id
     WHERE coalesce(scope_system() = 'notify', false)
    UNION SELECT o.about, o.id, o.due_on, p.id, NULL::uuid, p.name::text FROM ours o JOIN coordination p
        ON p.id = o.owner_id OR (p.name = 'coordination'
          AND NOT EXISTS (SELECT 1 FROM coordination k WHERE k.id = o.owner_id))
     WHERE coalesce(scope_system() = 'notify', false)
    ORDER BY 3, 2
$_$;

CREATE FUNCTION public.statequestion_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  v_free text[] := ARRAY['answer', 'answered_by_id', 'answered_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.answered_at IS NOT NULL OR to_jsonb(NEW) - v_free <> to_jsonb(OLD) - v_free THEN
    RAISE EXCEPTION 'statequestion_answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'statequestion_answered';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.stay_derogated(p_case uuid, p_partner uuid) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT coalesce(array_agg(DISTINCT o.code), '{}') FROM cases_stayderogation d CROSS JOIN unnest(d.obstacles) o(code)
    WHERE d.case_id = $1 AND d.partner_id = $2 AND d.agreed_at IS NOT NULL AND d.ends_at > statement_timestamp()
$_$;

CREATE FUNCTION public.stay_obstacles(p_case uuid, p_day date, p_partner uuid DEFAULT NULL::uuid) RETURNS TABLE(partner_id uuid, codes text[])
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT p.id, array_remove(ARRAY[
      CASE WHEN r.is_forbidden THEN 'away' END,
      CASE WHEN EXISTS (SELECT 1 FROM partners_suspension s WHERE s.partner_id = p.id AND s.starts_on <= $2
        AND (s.ends_on IS NULL OR s.ends_on >= $2)) THEN 'suspended' END,
      CASE WHEN imperative_excludes() AND EXISTS (SELECT 1 FROM referentiel_confirmedmark m
        WHERE m.partner_id = p.id AND m.id IN (SELECT failing_mark_ids((($2 + 1)::timestamp - interval '1 second') AT TIME ZONE 'Europe/Paris')))
        THEN 'imperative' END], NULL)
  FROM cases_case c CROSS JOIN partners_partner p
    LEFT JOIN case_reach(c.id, c.exploitation_place_id, away_km()) r ON r.code = p.territory_id
  WHERE c.id = $1 AND p.kind = 'structure' AND ($3 IS NULL OR p.id = $3)
$_$;

CREATE FUNCTION public.stayderogation_freeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected cases_stayderogation := OLD;
BEGIN
  IF OLD.agreed_at IS NULL AND OLD.refused_at IS NULL THEN
    IF NEW.agreed_by_id = public.scope_user_id() THEN
      expected.agreed_by_id := NEW.agreed_by_id;
      expected.agreed_at := NEW.agreed_at;
      expected.ends_at := NEW.ends_at;
    END IF;
    IF NEW.refused_by_id = public.scope_user_id() THEN
      expected.refused_by_id := NEW.refused_by_id;
      expected.refused_at := NEW.refused_at;
    END IF;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'stayderogation_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'stayderogation_frozen';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.stayreview_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.confirmed_at IS NOT NULL
      AND (NEW.milestone <> 0 OR p.ended_on IS NOT NULL) AND NEW.written_on >= p.arrived_on)
  THEN
    RAISE EXCEPTION 'stayreview_of_its_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'stayreview_of_its_stay';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.territory_km(from_lat double precision, from_lon double precision, to_lat double precision, to_lon double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT 2 * 6371 * asin(least(1, sqrt(power(sin(radians($3 - $1) / 2), 2)
    + cos(radians($1)) * cos(radians($3)) * power(sin(radians($4 - $2) / 2), 2))))
$_$;

CREATE FUNCTION public.trainer_overlap(p_trainer uuid, p_session uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM formation_halfday mine
    JOIN formation_halfday other ON other.session_id <> mine.session_id
      AND tstzrange(other.begins_at, other.ends_at) && tstzrange(mine.begins_at, mine.ends_at)
    JOIN formation_sessiontrainer t ON t.session_id = other.session_id AND t.trainer_id = $1
    JOIN formation_session s ON s.id = other.session_id AND s.state = 'planned'
    WHERE mine.session_id = $2)
$_$;

CREATE FUNCTION public.trainer_overlap_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
END
$$;

CREATE FUNCTION public.two_people_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  v_old jsonb := to_jsonb(OLD);
  v_new jsonb := to_jsonb(NEW);
  v_answers text[] := ARRAY['agreed', 'dismissed', 'revoked', 'undone'];
  v_free text[] := ARRAY(SELECT a || k FROM unnest(v_answers) AS a, unnest(ARRAY['_by_id', '_at']) AS k);
  v_written text[] := v_free || ARRAY['revoke_reason']
    || CASE WHEN OLD.agreed_at IS NULL THEN coalesce(TG_ARGV, '{}') ELSE '{}' END;
BEGIN
  IF TG_OP = 'UPDATE' AND v_new - v_written = v_old - v_written
     AND coalesce(v_old ->> 'dismissed_at', v_old ->> 'revoked_at', v_old ->> 'undone_at') IS NULL
     AND NOT EXISTS (SELECT FROM unnest(v_free) AS k
       WHERE v_old ->> k IS NOT NULL AND v_new ->> k IS DISTINCT FROM v_old ->> k)
     AND EXISTS (SELECT FROM unnest(v_answers) AS a WHERE v_old ->> (a || '_at') IS NULL
       AND v_new ->> (a || '_at') IS NOT NULL)
     AND NOT EXISTS (SELECT FROM unnest(v_answers) AS a WHERE v_old ->> (a || '_by_id') IS NULL
       AND v_new ->> (a || '_by_id') <> coalesce(scope_user_id()::text, '')) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'two_people_guard' USING ERRCODE = 'check_violation', CONSTRAINT = 'two_people_guard';
END
$$;

CREATE FUNCTION public.unit_contact_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (UPDATE documents_authorisedunit SET contact_name = 'Ancien contact', contact_position = '–',
      contact_phone = '' WHERE partner_id = $1 AND contact_name <> 'Ancien contact' RETURNING partner_id)
  SELECT coalesce(array_agg(partner_id), '{}') FROM gone
$_$;

CREATE FUNCTION public.unverified_follow(p_reference text, p_code_hash text) RETURNS TABLE(state text, received_at timestamp with time zone, urgency_id text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.state::text, u.received_at, u.urgency_id::text FROM cases_unverifiedrequest u
    WHERE u.reference = $1 AND u.code_hash = $2
$_$;

CREATE FUNCTION public.unverified_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH calls AS (DELETE FROM cases_switchboardcall WHERE request_id = $1),
       gone AS (DELETE FROM cases_unverifiedrequest WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.unverified_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF OLD.state <> 'waiting'
    OR (NEW.id, NEW.reference, NEW.key_hash, NEW.code_hash, NEW.received_at, NEW.urgency_id, NEW.unit_type_id)
       IS DISTINCT FROM
       (OLD.id, OLD.reference, OLD.key_hash, OLD.code_hash, OLD.received_at, OLD.urgency_id, OLD.unit_type_id)
    OR (NEW.decided_by_id IS NOT NULL AND NEW.decided_by_id IS DISTINCT FROM scope_user_id())
    OR (NEW.state = 'verified' AND NOT EXISTS (SELECT 1 FROM cases_switchboardcall c
          WHERE c.request_id = NEW.id AND c.outcome = 'confirmed' AND c.called_by_id = NEW.decided_by_id))
    OR (NEW.state = 'dismissed' AND NOT EXISTS (SELECT 1 FROM cases_switchboardcall c
          WHERE c.request_id = NEW.id AND c.outcome IN ('unknown', 'no_unit')))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'unverified_called_back',
      MESSAGE = 'a request without an account is decided once, by a call to the switchboard';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.unverified_of_key(p_key_hash text) RETURNS TABLE(reference text, received_at timestamp with time zone, urgency_id text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.reference::text, u.received_at, u.urgency_id::text FROM cases_unverifiedrequest u
    WHERE u.key_hash = $1 AND scope_system() = 'front_door'
$_$;

CREATE FUNCTION public.vault_reseals() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT current_user <> 'havre_app' AND coalesce(scope_system() = 'vault', false)
$$;

CREATE FUNCTION public.version_is_curriculum(version uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM documents_documentversion v JOIN documents_document d ON d.id = v.document_id
    WHERE v.id = $1 AND d.kind = 'curriculum')
$_$;

CREATE FUNCTION public.visit_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM referentiel_confirmedmark WHERE visit_id = $1;
  DELETE FROM referentiel_observation WHERE visit_id = $1;
  DELETE FROM referentiel_visitmark WHERE visit_id = $1;
  DELETE FROM referentiel_visit WHERE id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.visit_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  expected referentiel_visit := OLD;
BEGIN
  IF OLD.state IN ('closed', 'cancelled') AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'visit_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_frozen';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) <> ALL (ARRAY['draft>sent', 'draft>cancelled',
      'sent>answered', 'sent>unanswered', 'sent>cancelled', 'unanswered>answered', 'unanswered>closed',
      'answered>closed']) THEN
    RAISE EXCEPTION 'visit_step' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_step';
  END IF;
  IF (NEW.partner_id, NEW.version_id, NEW.assessment_id, NEW.kind, NEW.opened_by_id, NEW.opened_at)
      IS DISTINCT FROM (OLD.partner_id, OLD.version_id, OLD.assessment_id, OLD.kind, OLD.opened_by_id, OLD.opened_at) THEN
    RAISE EXCEPTION 'visit_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_frozen';
  END IF;
  -- The structure sends its observations, and changes nothing else; nobody answers in its place.
  IF NEW.state = 'answered' AND OLD.state <> 'answered' THEN
    IF NOT OLD.partner_id = ANY (public.scope_partners_as('structure_director')) THEN
      RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
    END IF;
    expected.state := NEW.state;
    expected.answered_at := NEW.answered_at;
    expected.answered_by_id := public.scope_user_id();
    expected.reply_by := NEW.reply_by;
    IF NEW IS DISTINCT FROM expected THEN
      RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
    END IF;
  ELSIF public.scope_user_id() IS NOT NULL AND NOT public.scope_manages_cases() THEN
    RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
  END IF;
  IF NEW.state = 'unanswered' AND OLD.state <> 'unanswered' AND coalesce(public.scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'visit_step' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_step';
  END IF;
  IF NEW.state = 'closed' AND OLD.state <> 'closed' AND EXISTS (
      SELECT 1 FROM public.referentiel_visitmark m WHERE m.visit_id = NEW.id AND NOT EXISTS (
        SELECT 1 FROM public.referentiel_confirmedmark c WHERE c.visit_id = m.visit_id AND c.code = m.code)) THEN
    RAISE EXCEPTION 'visit_undecided' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_undecided';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.visit_is_in(visit uuid, states text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1 AND v.state = ANY ($2))
$_$;

CREATE FUNCTION public.visit_is_of(visit uuid, partner uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1 AND v.partner_id = $2)
$_$;

CREATE FUNCTION public.visits_silence(p_day date, p_reply_days integer) RETURNS TABLE(visit_id uuid, confirmed integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
  IF coalesce(scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'standards: done by their own job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
    WITH gone AS (
      UPDATE referentiel_visit v SET state = 'unanswered', silent_at = clock_timestamp(), reply_by = p_day + p_reply_days
      WHERE v.state = 'sent' AND v.answer_by < p_day RETURNING v.id, v.partner_id
    ), held AS (
      INSERT INTO referentiel_confirmedmark (id, visit_id, partner_id, code, level, value, origin, reply, decided_at)
      SELECT gen_random_uuid(), g.id, g.partner_id, m.code, m.level, m.value, 'silence', '', clock_timestamp()
      FROM gone g JOIN referentiel_visitmark m ON m.visit_id = g.id WHERE m.level = 'standard'
      RETURNING visit_id
    )
    SELECT g.id, (SELECT count(*)::integer FROM held h WHERE h.visit_id = g.id) FROM gone g;
END
$$;

CREATE FUNCTION public.voice_follow(p_code_hash text) RETURNS TABLE(state text, sent_at timestamp with time zone, heard_at timestamp with time zone, taken_at timestamp with time zone, words text)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT v.state::text, v.sent_at, v.heard_at, v.taken_at, v.words FROM cases_voicemessage v
    WHERE v.code_hash = $1 AND scope_system() = 'voice'
$_$;

CREATE FUNCTION public.voice_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH replies AS (DELETE FROM cases_voicereply WHERE message_id = $1),
       gone AS (DELETE FROM cases_voicemessage WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$_$;

CREATE FUNCTION public.voice_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.id, NEW.reference, NEW.key_hash, NEW.code_hash, NEW.sent_at, NEW.words) IS DISTINCT FROM
     (OLD.id, OLD.reference, OLD.key_hash, OLD.code_hash, OLD.sent_at, OLD.words)
    OR (OLD.is_in_danger AND NOT NEW.is_in_danger)
    OR NEW.heard_at < OLD.heard_at
    OR (OLD.incident_id IS NOT NULL AND NEW.incident_id IS DISTINCT FROM OLD.incident_id)
    OR (OLD.state <> 'waiting' AND NEW.state = 'waiting' AND NEW.heard_at = OLD.heard_at)
    OR (NEW.state = 'closed' AND NOT EXISTS (SELECT 1 FROM cases_voicereply r
          WHERE r.message_id = NEW.id AND NOT r.is_from_child AND r.written_at >= NEW.heard_at))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voice_kept_as_said',
      MESSAGE = 'what a child said never changes, and is closed once the last words were answered';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.voice_known(p_key_hash text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT scope_system() = 'voice' AND EXISTS (SELECT 1 FROM cases_voicemessage v WHERE v.key_hash = $1)
$_$;

CREATE FUNCTION public.voice_replies(p_code_hash text) RETURNS TABLE(is_from_child boolean, words text, written_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT r.is_from_child, r.words, r.written_at FROM cases_voicereply r
    JOIN cases_voicemessage v ON v.id = r.message_id
    WHERE v.code_hash = $1 AND scope_system() = 'voice' ORDER BY r.written_at
$_$;

CREATE FUNCTION public.voice_send(p_id uuid, p_reference text, p_key_hash text, p_code_hash text, p_words text, p_is_in_danger boolean, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF scope_system() IS DISTINCT FROM 'voice' THEN
    RETURN false;
  END IF;
  INSERT INTO cases_voicemessage (id, reference, key_hash, code_hash, sent_at, heard_at, is_in_danger, words, state)
    VALUES (p_id, p_reference, p_key_hash, p_code_hash, p_at, p_at, p_is_in_danger, p_words, 'waiting');
  RETURN true;
END
$$;

CREATE FUNCTION public.voice_write(p_code_hash text, p_reply_id uuid, p_words text, p_is_in_danger boolean, p_at timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  v_id uuid;
BEGIN
  IF scope_system() IS DISTINCT FROM 'voice' THEN
    RETURN NULL;
  END IF;
  UPDATE cases_voicemessage SET state = 'waiting', heard_at = p_at, taken_at = NULL, taken_by_id = NULL,
      closed_at = NULL, is_in_danger = is_in_danger OR p_is_in_danger
    WHERE code_hash = p_code_hash RETURNING id INTO v_id;
  IF v_id IS NOT NULL THEN
    INSERT INTO cases_voicereply (id, message_id, is_from_child, words, written_at)
      VALUES (p_reply_id, v_id, true, p_words, p_at);
  END IF;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.waiting_count(p_session uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT count(*)::integer FROM formation_waitingentry w
  WHERE w.session_id = $1 AND w.left_at IS NULL AND w.enrolment_id IS NULL
$_$;

CREATE FUNCTION public.waiting_promote(p_session uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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
END
$$;

CREATE FUNCTION public.walkin_forget(row_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM formation_answersheet WHERE walk_in_id = $1 AND enrolment_id IS NULL;
  DELETE FROM formation_signature WHERE walk_in_id = $1 AND enrolment_id IS NULL;
  DELETE FROM formation_walkin WHERE id = $1;
  RETURN ARRAY[$1];
END
$_$;

CREATE FUNCTION public.walkin_trained_ids() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT w.id FROM formation_walkin w WHERE w.session_id IN (SELECT session_trained_ids())
$$;

CREATE FUNCTION public.writes_assessment(assessment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1 AND a.submitted_at IS NULL
    AND a.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))
$_$;

CREATE TEXT SEARCH CONFIGURATION public.havre_french (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR asciiword WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR word WITH public.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR hword_part WITH public.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR hword_asciipart WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR asciihword WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR hword WITH public.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.havre_french
    ADD MAPPING FOR uint WITH simple;

CREATE TABLE public.access_alert (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    reference character varying(40) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    raised_by_id uuid NOT NULL
);

CREATE TABLE public.access_apitoken (
    id uuid NOT NULL,
    label character varying(60) NOT NULL,
    digest character varying(64) NOT NULL,
    held character varying(80)[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_on date,
    revoked_at timestamp with time zone,
    user_id uuid NOT NULL,
    CONSTRAINT api_token_a_year_at_most CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '366 days'::interval))))
);

CREATE TABLE public.access_counter (
    id character varying(20) NOT NULL,
    last integer NOT NULL,
    CONSTRAINT access_counter_last_check CHECK ((last >= 0))
);

CREATE TABLE public.access_draft (
    id uuid NOT NULL,
    address character varying(200) NOT NULL,
    fields text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT access_draft_fields_check CHECK (starts_with(fields, 'hv1:'::text))
);

CREATE TABLE public.access_grant (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    partner_id uuid,
    role character varying(30) NOT NULL,
    level smallint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    given_by_id uuid,
    user_id uuid,
    CONSTRAINT access_grant_level_check CHECK ((level >= 0)),
    CONSTRAINT grant_dates_in_order CHECK (((ends_at IS NULL) OR (ends_at >= starts_at))),
    CONSTRAINT grant_has_holder CHECK (((partner_id IS NOT NULL) OR (user_id IS NOT NULL))),
    CONSTRAINT grant_one_holder CHECK ((((partner_id IS NULL) AND ((role)::text = ''::text)) OR (user_id IS NULL)))
);

CREATE TABLE public.access_reveal (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    what character varying(20) NOT NULL,
    reason character varying(20) NOT NULL,
    words text NOT NULL,
    necessity text NOT NULL,
    is_break_glass boolean NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT access_reveal_necessity_check CHECK (starts_with(necessity, 'hv1:'::text)),
    CONSTRAINT access_reveal_words_check CHECK (starts_with(words, 'hv1:'::text)),
    CONSTRAINT reveal_is_short CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '01:00:00'::interval))))
);

CREATE TABLE public.access_signin (
    id uuid NOT NULL,
    device character varying(60) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ending character varying(12) NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT signin_ends_for_a_reason CHECK ((((ended_at IS NULL) AND ((ending)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (NOT ((ending)::text = ''::text)))))
);

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accounts_accountreview (
    id uuid NOT NULL,
    quarter date NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    confirmed_by_id uuid NOT NULL,
    membership_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT review_not_of_oneself CHECK ((NOT (confirmed_by_id = user_id))),
    CONSTRAINT review_of_a_quarter CHECK (((EXTRACT(day FROM quarter) = (1)::numeric) AND (EXTRACT(month FROM quarter) = ANY (ARRAY[(1)::numeric, (4)::numeric, (7)::numeric, (10)::numeric]))))
);

CREATE TABLE public.accounts_accountsuspension (
    id uuid NOT NULL,
    why character varying(10) NOT NULL,
    warned_at timestamp with time zone,
    starts_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by_id uuid,
    started_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT account_suspension_dated CHECK (((warned_at IS NOT NULL) OR (starts_at IS NOT NULL))),
    CONSTRAINT account_suspension_not_ended_by_oneself CHECK (((ended_by_id IS NULL) OR (NOT ((ended_by_id = user_id) AND (ended_by_id IS NOT NULL))) OR (starts_at IS NULL))),
    CONSTRAINT account_suspension_not_of_oneself CHECK (((started_by_id IS NULL) OR (NOT ((started_by_id = user_id) AND (started_by_id IS NOT NULL))))),
    CONSTRAINT account_suspension_why_known CHECK (((why)::text = ANY (ARRAY[('dormant'::character varying)::text, ('departure'::character varying)::text, ('security'::character varying)::text])))
);

CREATE TABLE public.accounts_factorreset (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    called character varying(10) NOT NULL,
    asked_by_id uuid NOT NULL,
    decided_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT factor_called_back CHECK (((NOT ((state)::text = 'approved'::text)) OR ((called)::text = ANY (ARRAY[('account'::character varying)::text, ('partner'::character varying)::text, ('network'::character varying)::text])))),
    CONSTRAINT factor_decided_whole CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'pending'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'lapsed'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('approved'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text]))))),
    CONSTRAINT factor_not_asked_for_oneself CHECK ((NOT (asked_by_id = user_id))),
    CONSTRAINT factor_not_decided_for_oneself CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = user_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT factor_state_known CHECK (((state)::text = ANY (ARRAY[('pending'::character varying)::text, ('approved'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text, ('lapsed'::character varying)::text]))),
    CONSTRAINT factor_two_people CHECK (((decided_by_id IS NULL) OR ((decided_by_id = asked_by_id) AND ((state)::text = 'withdrawn'::text)) OR ((NOT ((state)::text = 'withdrawn'::text)) AND (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))))
);

CREATE TABLE public.accounts_invitation (
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(30) NOT NULL,
    can_sign boolean NOT NULL,
    ends_on date,
    token_hash character varying(64) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    accepted_by_id uuid,
    cancelled_by_id uuid,
    invited_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    CONSTRAINT invitation_accepted_whole CHECK ((((accepted_at IS NULL) AND (accepted_by_id IS NULL)) OR ((accepted_at IS NOT NULL) AND (accepted_by_id IS NOT NULL)))),
    CONSTRAINT invitation_cancelled_whole CHECK ((((cancelled_at IS NULL) AND (cancelled_by_id IS NULL)) OR ((cancelled_at IS NOT NULL) AND (cancelled_by_id IS NOT NULL)))),
    CONSTRAINT invitation_ends_once CHECK (((accepted_at IS NULL) OR (cancelled_at IS NULL))),
    CONSTRAINT invitation_is_short CHECK (((expires_at > sent_at) AND (expires_at <= (sent_at + '3 days'::interval)))),
    CONSTRAINT invitation_not_to_oneself CHECK (((accepted_by_id IS NULL) OR (NOT ((accepted_by_id = invited_by_id) AND (accepted_by_id IS NOT NULL))))),
    CONSTRAINT invitation_role_of_partner CHECK (((role)::text = ANY (ARRAY[('requester'::character varying)::text, ('state_reader'::character varying)::text, ('structure_director'::character varying)::text, ('structure_educator'::character varying)::text, ('transmitter'::character varying)::text])))
);

CREATE TABLE public.accounts_rightschange (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    role character varying(30) NOT NULL,
    is_given boolean NOT NULL,
    reason character varying(200) NOT NULL,
    asked_by_id uuid NOT NULL,
    decided_by_id uuid,
    user_id uuid NOT NULL,
    CONSTRAINT rights_decided_whole CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'pending'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'lapsed'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('approved'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text]))))),
    CONSTRAINT rights_not_asked_for_oneself CHECK ((NOT (asked_by_id = user_id))),
    CONSTRAINT rights_not_decided_for_oneself CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = user_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT rights_role_of_network CHECK (((role)::text = ANY (ARRAY[('coordination'::character varying)::text, ('direction'::character varying)::text, ('dpo'::character varying)::text, ('editor'::character varying)::text, ('tech_admin'::character varying)::text, ('trainer'::character varying)::text]))),
    CONSTRAINT rights_state_known CHECK (((state)::text = ANY (ARRAY[('pending'::character varying)::text, ('approved'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text, ('lapsed'::character varying)::text]))),
    CONSTRAINT rights_two_people CHECK (((decided_by_id IS NULL) OR ((decided_by_id = asked_by_id) AND ((state)::text = 'withdrawn'::text)) OR ((NOT ((state)::text = 'withdrawn'::text)) AND (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))))
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_absence (
    id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    is_runaway boolean NOT NULL,
    placement_id uuid NOT NULL,
    CONSTRAINT absence_dates_in_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);

CREATE TABLE public.cases_afterstay (
    id uuid NOT NULL,
    known_on date NOT NULL,
    words text,
    exploitation_id character varying(52) NOT NULL,
    noted_by_id uuid NOT NULL,
    placement_id uuid NOT NULL,
    CONSTRAINT afterstay_exploitation_list CHECK ((starts_with((exploitation_id)::text, 'reexploitation:'::text) OR (exploitation_id IS NULL))),
    CONSTRAINT cases_afterstay_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_authoritynotice (
    id uuid NOT NULL,
    told_at timestamp with time zone NOT NULL,
    note text,
    proof_id uuid,
    ase_authority_id character varying(3),
    authority_id character varying(52) NOT NULL,
    channel_id character varying(52),
    told_by_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    CONSTRAINT cases_authoritynotice_note_check CHECK (starts_with(note, 'hv1:'::text)),
    CONSTRAINT notice_authority_list CHECK ((starts_with((authority_id)::text, 'autorite:'::text) OR (authority_id IS NULL))),
    CONSTRAINT notice_channel_list CHECK ((starts_with((channel_id)::text, 'canal:'::text) OR (channel_id IS NULL)))
);

CREATE TABLE public.cases_authoritywaiver (
    id uuid NOT NULL,
    words text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    ase_authority_id character varying(3),
    authority_id character varying(52) NOT NULL,
    decided_by_id uuid NOT NULL,
    reason_id character varying(52) NOT NULL,
    incident_id uuid NOT NULL,
    CONSTRAINT authoritywaiver_authority_list CHECK ((starts_with((authority_id)::text, 'autorite:'::text) OR (authority_id IS NULL))),
    CONSTRAINT authoritywaiver_reason_list CHECK ((starts_with((reason_id)::text, 'motif_non_information:'::text) OR (reason_id IS NULL))),
    CONSTRAINT cases_authoritywaiver_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_case (
    birth_year smallint,
    birth_month smallint,
    is_unaccompanied boolean,
    is_test boolean NOT NULL,
    id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    person_key uuid NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    adhesion_id character varying(52),
    age_precision_id character varying(52),
    closing_reason_id character varying(52),
    containment_id character varying(52),
    exploitation_place_id character varying(3),
    identification_level_id character varying(52),
    legal_frame_id character varying(52),
    nationality_zone_id character varying(52),
    origin_id character varying(3),
    prior_follow_up_id character varying(52),
    sex_id character varying(52),
    CONSTRAINT case_adhesion_list CHECK ((starts_with((adhesion_id)::text, 'adhesion:'::text) OR (adhesion_id IS NULL))),
    CONSTRAINT case_age_precision_list CHECK ((starts_with((age_precision_id)::text, 'precision_age:'::text) OR (age_precision_id IS NULL))),
    CONSTRAINT case_birth_month_plausible CHECK (((birth_month IS NULL) OR ((birth_month >= 1) AND (birth_month <= 12) AND (birth_year IS NOT NULL)))),
    CONSTRAINT case_birth_year_plausible CHECK (((birth_year IS NULL) OR ((birth_year >= 1990) AND (birth_year <= 2100)))),
    CONSTRAINT case_closed_has_reason CHECK (((closed_on IS NULL) OR (closing_reason_id IS NOT NULL))),
    CONSTRAINT case_closing_reason_list CHECK ((starts_with((closing_reason_id)::text, 'motif_cloture:'::text) OR (closing_reason_id IS NULL))),
    CONSTRAINT case_containment_list CHECK ((starts_with((containment_id)::text, 'contenance:'::text) OR (containment_id IS NULL))),
    CONSTRAINT case_dates_in_order CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
    CONSTRAINT case_identification_level_list CHECK ((starts_with((identification_level_id)::text, 'niveau_identification:'::text) OR (identification_level_id IS NULL))),
    CONSTRAINT case_legal_frame_list CHECK ((starts_with((legal_frame_id)::text, 'cadre_juridique:'::text) OR (legal_frame_id IS NULL))),
    CONSTRAINT case_nationality_zone_list CHECK ((starts_with((nationality_zone_id)::text, 'zone_nationalite:'::text) OR (nationality_zone_id IS NULL))),
    CONSTRAINT case_prior_follow_up_list CHECK ((starts_with((prior_follow_up_id)::text, 'suivi_anterieur:'::text) OR (prior_follow_up_id IS NULL))),
    CONSTRAINT case_sex_list CHECK ((starts_with((sex_id)::text, 'sexe:'::text) OR (sex_id IS NULL))),
    CONSTRAINT cases_case_birth_month_check CHECK ((birth_month >= 0)),
    CONSTRAINT cases_case_birth_year_check CHECK ((birth_year >= 0))
);

CREATE TABLE public.cases_caseapart (
    id uuid NOT NULL,
    said_at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    first_id uuid NOT NULL,
    lifted_by_id uuid,
    said_by_id uuid NOT NULL,
    second_id uuid NOT NULL,
    CONSTRAINT caseapart_in_order CHECK ((first_id < second_id))
);

CREATE TABLE public.cases_caseform (
    id uuid NOT NULL,
    is_main boolean NOT NULL,
    case_id uuid NOT NULL,
    form_id character varying(52) NOT NULL,
    CONSTRAINT caseform_form_list CHECK ((starts_with((form_id)::text, 'forme:'::text) OR (form_id IS NULL)))
);

CREATE TABLE public.cases_caseidentity (
    case_id uuid NOT NULL,
    last_name text NOT NULL,
    first_name text NOT NULL,
    birth_date text,
    aliases text NOT NULL,
    phone text NOT NULL,
    place text NOT NULL,
    narrative text NOT NULL,
    parts character varying(12)[] NOT NULL,
    CONSTRAINT cases_caseidentity_aliases_check CHECK (starts_with(aliases, 'hv1:'::text)),
    CONSTRAINT cases_caseidentity_birth_date_check CHECK (starts_with(birth_date, 'hv1:'::text)),
    CONSTRAINT cases_caseidentity_first_name_check CHECK (starts_with(first_name, 'hv1:'::text)),
    CONSTRAINT cases_caseidentity_last_name_check CHECK (starts_with(last_name, 'hv1:'::text)),
    CONSTRAINT cases_caseidentity_narrative_check CHECK (starts_with(narrative, 'hv1:'::text)),
    CONSTRAINT cases_caseidentity_phone_check CHECK (starts_with(phone, 'hv1:'::text)),
    CONSTRAINT cases_caseidentity_place_check CHECK (starts_with(place, 'hv1:'::text))
);

CREATE TABLE public.cases_caselanguage (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    language_id character varying(52) NOT NULL,
    CONSTRAINT caselanguage_language_list CHECK ((starts_with((language_id)::text, 'langue:'::text) OR (language_id IS NULL)))
);

CREATE TABLE public.cases_casemerge (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    undone_at timestamp with time zone,
    moved jsonb NOT NULL,
    agreed_by_id uuid,
    asked_by_id uuid NOT NULL,
    kept_id uuid NOT NULL,
    merged_id uuid NOT NULL,
    dismissed_by_id uuid,
    undone_by_id uuid,
    CONSTRAINT casemerge_dismissed_whole CHECK ((((dismissed_at IS NULL) AND (dismissed_by_id IS NULL)) OR ((dismissed_at IS NOT NULL) AND (dismissed_by_id IS NOT NULL) AND (agreed_at IS NULL)))),
    CONSTRAINT casemerge_two_files CHECK ((NOT (kept_id = merged_id))),
    CONSTRAINT casemerge_two_people CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL)))))),
    CONSTRAINT casemerge_undone_whole CHECK ((((undone_at IS NULL) AND (undone_by_id IS NULL)) OR ((undone_at IS NOT NULL) AND (undone_by_id IS NOT NULL) AND (agreed_at IS NOT NULL))))
);

CREATE TABLE public.cases_casename (
    id uuid NOT NULL,
    digest character varying(64) NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT casename_digest CHECK (((digest)::text ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.cases_caseneed (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    need_id character varying(52) NOT NULL,
    CONSTRAINT caseneed_need_list CHECK ((starts_with((need_id)::text, 'vulnerabilite:'::text) OR (need_id IS NULL)))
);

CREATE TABLE public.cases_casesound (
    id uuid NOT NULL,
    part character varying(5) NOT NULL,
    digest character varying(64) NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT casesound_digest CHECK (((digest)::text ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.cases_circuit (
    id uuid NOT NULL,
    started_on date NOT NULL,
    closed_on date,
    case_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT circuit_dates_in_order CHECK (((closed_on IS NULL) OR (closed_on >= started_on)))
);

CREATE TABLE public.cases_circuitstep (
    id uuid NOT NULL,
    owner character varying(10) NOT NULL,
    due_on date NOT NULL,
    state character varying(8) NOT NULL,
    done_on date,
    visibility character varying(10) NOT NULL,
    note text NOT NULL,
    circuit_id uuid NOT NULL,
    measure_id character varying(52) NOT NULL,
    CONSTRAINT cases_circuitstep_note_check CHECK (starts_with(note, 'hv1:'::text)),
    CONSTRAINT circuitstep_done_is_dated CHECK ((((done_on IS NOT NULL) AND ((state)::text = 'done'::text)) OR ((NOT ((state)::text = 'done'::text)) AND (done_on IS NULL)))),
    CONSTRAINT circuitstep_measure_list CHECK ((starts_with((measure_id)::text, 'mesure:'::text) OR (measure_id IS NULL))),
    CONSTRAINT circuitstep_owner_reads CHECK ((((owner)::text = 'network'::text) OR (((owner)::text = 'structure'::text) AND ((visibility)::text = ANY (ARRAY[('structure'::character varying)::text, ('parties'::character varying)::text]))) OR (((owner)::text = 'requester'::text) AND ((visibility)::text = 'parties'::text))))
);

CREATE TABLE public.cases_circuittemplate (
    id uuid NOT NULL,
    label character varying(120) NOT NULL,
    retired_on date
);

CREATE TABLE public.cases_circuitversion (
    id uuid NOT NULL,
    number integer NOT NULL,
    steps jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by_id uuid,
    template_id uuid NOT NULL,
    CONSTRAINT cases_circuitversion_number_check CHECK ((number >= 0))
);

CREATE TABLE public.cases_extraanswer (
    id uuid NOT NULL,
    is_sealed boolean NOT NULL,
    sealed text NOT NULL,
    code character varying(40) NOT NULL,
    case_id uuid,
    field_id uuid NOT NULL,
    sollicitation_id uuid,
    CONSTRAINT cases_extraanswer_sealed_check CHECK (starts_with(sealed, 'hv1:'::text)),
    CONSTRAINT extraanswer_one_parent CHECK ((((case_id IS NOT NULL) AND (sollicitation_id IS NULL)) OR ((case_id IS NULL) AND (sollicitation_id IS NOT NULL)))),
    CONSTRAINT extraanswer_one_value CHECK (((((code)::text = ''::text) AND is_sealed) OR ((NOT is_sealed) AND (NOT ((code)::text = ''::text)))))
);

CREATE TABLE public.cases_extrafield (
    id uuid NOT NULL,
    target character varying(15) NOT NULL,
    code character varying(30) NOT NULL,
    label character varying(120) NOT NULL,
    help character varying(240) NOT NULL,
    kind character varying(10) NOT NULL,
    choices jsonb NOT NULL,
    audience character varying(12) NOT NULL,
    is_required boolean NOT NULL,
    "position" smallint NOT NULL,
    is_sealed boolean NOT NULL,
    unseal_reason character varying(300) NOT NULL,
    retired_on date,
    unseal_agreed_by_id uuid,
    unseal_asked_by_id uuid,
    CONSTRAINT cases_extrafield_position_check CHECK (("position" >= 0)),
    CONSTRAINT extrafield_code CHECK (((code)::text ~ '^[a-z][a-z0-9_]{0,29}$'::text)),
    CONSTRAINT extrafield_text_is_sealed CHECK ((is_sealed OR (NOT ((kind)::text = 'text'::text)))),
    CONSTRAINT extrafield_two_people CHECK (((unseal_agreed_by_id IS NULL) OR ((unseal_asked_by_id IS NOT NULL) AND (NOT ((unseal_agreed_by_id = unseal_asked_by_id) AND (unseal_agreed_by_id IS NOT NULL) AND (unseal_asked_by_id IS NOT NULL))) AND (NOT ((unseal_reason)::text = ''::text))))),
    CONSTRAINT extrafield_unsealed_by_two CHECK ((is_sealed OR ((unseal_agreed_by_id IS NOT NULL) AND (unseal_asked_by_id IS NOT NULL))))
);

CREATE TABLE public.cases_filledgrid (
    id uuid NOT NULL,
    answers text NOT NULL,
    reading character varying(12) NOT NULL,
    filled_at timestamp with time zone NOT NULL,
    filled_by_id uuid NOT NULL,
    version_id integer NOT NULL,
    sollicitation_id uuid NOT NULL,
    CONSTRAINT cases_filledgrid_answers_check CHECK (starts_with(answers, 'hv1:'::text)),
    CONSTRAINT filledgrid_reading_known CHECK (((reading)::text = ANY (ARRAY[('none'::character varying)::text, ('watch'::character varying)::text, ('suspicion'::character varying)::text, ('strong'::character varying)::text])))
);

CREATE TABLE public.cases_gridversion (
    number integer NOT NULL,
    content jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by_id uuid,
    CONSTRAINT cases_gridversion_number_check CHECK ((number >= 0)),
    CONSTRAINT gridversion_has_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT gridversion_number_from_one CHECK ((number >= 1))
);

CREATE TABLE public.cases_identitygiven (
    id uuid NOT NULL,
    last_name text NOT NULL,
    first_name text NOT NULL,
    birth_date text,
    aliases text NOT NULL,
    phone text NOT NULL,
    parts character varying(12)[] NOT NULL,
    given_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    case_id uuid NOT NULL,
    given_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    CONSTRAINT cases_identitygiven_aliases_check CHECK (starts_with(aliases, 'hv1:'::text)),
    CONSTRAINT cases_identitygiven_birth_date_check CHECK (starts_with(birth_date, 'hv1:'::text)),
    CONSTRAINT cases_identitygiven_first_name_check CHECK (starts_with(first_name, 'hv1:'::text)),
    CONSTRAINT cases_identitygiven_last_name_check CHECK (starts_with(last_name, 'hv1:'::text)),
    CONSTRAINT cases_identitygiven_phone_check CHECK (starts_with(phone, 'hv1:'::text))
);

CREATE TABLE public.cases_incident (
    id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    noticed_at timestamp with time zone NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    declared_on date NOT NULL,
    is_confidential boolean NOT NULL,
    is_from_outside boolean NOT NULL,
    state character varying(14) NOT NULL,
    acknowledged_at timestamp with time zone,
    closed_at timestamp with time zone,
    has_analysis boolean NOT NULL,
    is_test boolean NOT NULL,
    is_drill boolean NOT NULL,
    idempotency_key uuid,
    acknowledged_by_id uuid,
    declared_by_id uuid NOT NULL,
    incident_type_id character varying(52) NOT NULL,
    partner_id uuid,
    service_id uuid,
    severity_id character varying(52) NOT NULL,
    placement_id uuid,
    CONSTRAINT incident_acknowledged_after_declared CHECK (((acknowledged_at IS NULL) OR (acknowledged_at >= declared_at))),
    CONSTRAINT incident_closed_is_dated CHECK (((NOT ((state)::text = 'closed'::text)) OR ((closed_at >= declared_at) AND (closed_at IS NOT NULL)))),
    CONSTRAINT incident_dates_in_order CHECK (((noticed_at <= declared_at) AND (occurred_at <= noticed_at))),
    CONSTRAINT incident_day_of_declaration CHECK ((declared_on = ((declared_at AT TIME ZONE 'Europe/Paris'::text))::date)),
    CONSTRAINT incident_drill_never_counts CHECK (((NOT is_drill) OR is_test)),
    CONSTRAINT incident_from_outside_is_confidential CHECK ((((NOT is_from_outside) AND (partner_id IS NOT NULL)) OR (is_confidential AND is_from_outside AND (service_id IS NULL)))),
    CONSTRAINT incident_incident_type_list CHECK ((starts_with((incident_type_id)::text, 'type_incident:'::text) OR (incident_type_id IS NULL))),
    CONSTRAINT incident_severity_list CHECK ((starts_with((severity_id)::text, 'gravite:'::text) OR (severity_id IS NULL)))
);

CREATE TABLE public.cases_incidentcause (
    id uuid NOT NULL,
    cause_id character varying(52) NOT NULL,
    incident_id uuid NOT NULL,
    CONSTRAINT incidentcause_cause_list CHECK ((starts_with((cause_id)::text, 'cause_incident:'::text) OR (cause_id IS NULL)))
);

CREATE TABLE public.cases_incidentchild (
    id uuid NOT NULL,
    case_id uuid,
    incident_id uuid NOT NULL,
    placement_id uuid,
    CONSTRAINT incidentchild_by_stay_or_file CHECK ((((case_id IS NULL) AND (placement_id IS NOT NULL)) OR ((case_id IS NOT NULL) AND (placement_id IS NULL))))
);

CREATE TABLE public.cases_incidentdetail (
    incident_id uuid NOT NULL,
    narrative text NOT NULL,
    measures text NOT NULL,
    severity_reason text NOT NULL,
    structure_named text,
    CONSTRAINT cases_incidentdetail_measures_check CHECK (starts_with(measures, 'hv1:'::text)),
    CONSTRAINT cases_incidentdetail_narrative_check CHECK (starts_with(narrative, 'hv1:'::text)),
    CONSTRAINT cases_incidentdetail_severity_reason_check CHECK (starts_with(severity_reason, 'hv1:'::text)),
    CONSTRAINT cases_incidentdetail_structure_named_check CHECK (starts_with(structure_named, 'hv1:'::text))
);

CREATE TABLE public.cases_incidentevent (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    words text NOT NULL,
    is_shared boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    CONSTRAINT cases_incidentevent_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_incidentpair (
    id uuid NOT NULL,
    is_same boolean NOT NULL,
    said_at timestamp with time zone NOT NULL,
    first_id uuid NOT NULL,
    said_by_id uuid NOT NULL,
    second_id uuid NOT NULL,
    CONSTRAINT incidentpair_in_order CHECK ((first_id < second_id))
);

CREATE TABLE public.cases_incidentreview (
    id uuid NOT NULL,
    held_on date NOT NULL,
    lessons text,
    incident_id uuid NOT NULL,
    written_by_id uuid NOT NULL,
    CONSTRAINT cases_incidentreview_lessons_check CHECK (starts_with(lessons, 'hv1:'::text))
);

CREATE TABLE public.cases_incidenttask (
    id uuid NOT NULL,
    words text NOT NULL,
    due_on date NOT NULL,
    is_action boolean NOT NULL,
    exigence_code character varying(20) NOT NULL,
    module_code character varying(20) NOT NULL,
    done_at timestamp with time zone,
    done_by_id uuid,
    incident_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    CONSTRAINT cases_incidenttask_words_check CHECK (starts_with(words, 'hv1:'::text)),
    CONSTRAINT incidenttask_codes_of_actions CHECK ((is_action OR (((exigence_code)::text = ''::text) AND ((module_code)::text = ''::text)))),
    CONSTRAINT incidenttask_done_by_somebody CHECK ((((done_at IS NULL) AND (done_by_id IS NULL)) OR ((done_at IS NOT NULL) AND (done_by_id IS NOT NULL))))
);

CREATE TABLE public.cases_journey (
    id uuid NOT NULL,
    leaves_at timestamp with time zone NOT NULL,
    shelter_until timestamp with time zone,
    meeting_point text NOT NULL,
    relay text NOT NULL,
    shared_at timestamp with time zone,
    driver_id character varying(52) NOT NULL,
    shelter_id character varying(52),
    linking_id uuid NOT NULL,
    CONSTRAINT cases_journey_meeting_point_check CHECK (starts_with(meeting_point, 'hv1:'::text)),
    CONSTRAINT cases_journey_relay_check CHECK (starts_with(relay, 'hv1:'::text)),
    CONSTRAINT journey_driver_list CHECK ((starts_with((driver_id)::text, 'conduite:'::text) OR (driver_id IS NULL))),
    CONSTRAINT journey_shelter_list CHECK ((starts_with((shelter_id)::text, 'abri_attente:'::text) OR (shelter_id IS NULL))),
    CONSTRAINT journey_shelter_told CHECK (((shelter_until IS NULL) OR (shelter_id IS NOT NULL)))
);

CREATE TABLE public.cases_keepaway (
    id uuid NOT NULL,
    level character varying(10) NOT NULL,
    radius_km smallint NOT NULL,
    lifted_on date,
    case_id uuid NOT NULL,
    reason_id character varying(52) NOT NULL,
    territory_id character varying(3) NOT NULL,
    CONSTRAINT cases_keepaway_radius_km_check CHECK ((radius_km >= 0)),
    CONSTRAINT keepaway_radius_plausible CHECK ((radius_km <= 1500)),
    CONSTRAINT keepaway_reason_list CHECK ((starts_with((reason_id)::text, 'motif_eloignement:'::text) OR (reason_id IS NULL)))
);

CREATE TABLE public.cases_legalframe (
    id uuid NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    ends_on date,
    due_at timestamp with time zone,
    met_at timestamp with time zone,
    replaced_at timestamp with time zone,
    case_id uuid NOT NULL,
    frame_id character varying(52) NOT NULL,
    court text,
    decider_id character varying(52),
    document_id uuid,
    number text,
    CONSTRAINT cases_legalframe_court_check CHECK (starts_with(court, 'hv1:'::text)),
    CONSTRAINT cases_legalframe_number_check CHECK (starts_with(number, 'hv1:'::text)),
    CONSTRAINT legalframe_decider_list CHECK ((starts_with((decider_id)::text, 'decideur:'::text) OR (decider_id IS NULL))),
    CONSTRAINT legalframe_decision_whole CHECK ((((court IS NULL) AND (decider_id IS NULL) AND (document_id IS NULL) AND (number IS NULL)) OR ((court IS NOT NULL) AND (decider_id IS NOT NULL) AND (number IS NOT NULL)) OR ((court IS NOT NULL) AND (decider_id IS NOT NULL) AND (document_id IS NOT NULL)))),
    CONSTRAINT legalframe_frame_list CHECK ((starts_with((frame_id)::text, 'cadre_juridique:'::text) OR (frame_id IS NULL))),
    CONSTRAINT legalframe_met_after_decision CHECK (((met_at IS NULL) OR ((due_at IS NOT NULL) AND (met_at >= decided_at)))),
    CONSTRAINT legalframe_replaced_after_decision CHECK (((replaced_at IS NULL) OR (replaced_at >= decided_at)))
);

CREATE TABLE public.cases_linking (
    id uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    daily_price_cents integer,
    financed_on date,
    finance_ends_on date,
    waived_at timestamp with time zone,
    waiver_words text NOT NULL,
    cancelled_at timestamp with time zone,
    case_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    payer_id character varying(3),
    payer_kind_id character varying(52),
    requester_id uuid,
    waived_by_id uuid,
    waiver_reason_id character varying(52),
    orientation_id uuid,
    placement_id uuid,
    guardian_id uuid,
    CONSTRAINT cases_linking_daily_price_cents_check CHECK ((daily_price_cents >= 0)),
    CONSTRAINT cases_linking_waiver_words_check CHECK (starts_with(waiver_words, 'hv1:'::text)),
    CONSTRAINT linking_finance_in_order CHECK (((finance_ends_on IS NULL) OR ((finance_ends_on >= financed_on) AND (financed_on IS NOT NULL)))),
    CONSTRAINT linking_finance_whole CHECK ((((daily_price_cents IS NULL) AND (financed_on IS NULL) AND (payer_kind_id IS NULL)) OR ((daily_price_cents IS NOT NULL) AND (financed_on IS NOT NULL) AND (payer_kind_id IS NOT NULL)))),
    CONSTRAINT linking_given_up_before_arrival CHECK (((cancelled_at IS NULL) OR (placement_id IS NULL))),
    CONSTRAINT linking_payer_kind_list CHECK ((starts_with((payer_kind_id)::text, 'payeur:'::text) OR (payer_kind_id IS NULL))),
    CONSTRAINT linking_payer_told CHECK (((NOT (((payer_kind_id)::text = 'payeur:ASE'::text) AND (payer_kind_id IS NOT NULL))) OR (payer_kind_id IS NULL) OR (payer_id IS NOT NULL))),
    CONSTRAINT linking_waiver_reason_list CHECK ((starts_with((waiver_reason_id)::text, 'motif_derogation:'::text) OR (waiver_reason_id IS NULL))),
    CONSTRAINT linking_waiver_whole CHECK ((((waived_at IS NULL) AND (waived_by_id IS NULL) AND (waiver_reason_id IS NULL)) OR ((waived_at IS NOT NULL) AND (waived_by_id IS NOT NULL) AND (waiver_reason_id IS NOT NULL))))
);

CREATE TABLE public.cases_linkingagreement (
    id uuid NOT NULL,
    party character varying(10) NOT NULL,
    given_by_id uuid NOT NULL,
    linking_id uuid NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    reply character varying(8) NOT NULL,
    said_by text NOT NULL,
    way character varying(8) NOT NULL,
    words text NOT NULL,
    version_id uuid,
    CONSTRAINT cases_linkingagreement_said_by_check CHECK (starts_with(said_by, 'hv1:'::text)),
    CONSTRAINT cases_linkingagreement_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_linkingcheck (
    id uuid NOT NULL,
    item_id character varying(52) NOT NULL,
    linking_id uuid NOT NULL,
    words text NOT NULL,
    CONSTRAINT cases_linkingcheck_words_check CHECK (starts_with(words, 'hv1:'::text)),
    CONSTRAINT linkingcheck_item_list CHECK ((starts_with((item_id)::text, 'protocole_securite:'::text) OR (item_id IS NULL)))
);

CREATE TABLE public.cases_linkingversion (
    id uuid NOT NULL,
    number smallint NOT NULL,
    content text NOT NULL,
    content_hash character varying(64) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    linking_id uuid NOT NULL,
    written_by_id uuid NOT NULL,
    CONSTRAINT cases_linkingversion_content_check CHECK (starts_with(content, 'hv1:'::text)),
    CONSTRAINT cases_linkingversion_number_check CHECK ((number >= 0)),
    CONSTRAINT linkingversion_content_hash CHECK (((content_hash)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT linkingversion_number_positive CHECK ((number >= 1))
);

CREATE TABLE public.cases_matching (
    id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    rules_number integer NOT NULL,
    search jsonb NOT NULL,
    candidates jsonb NOT NULL,
    derogation text NOT NULL,
    orientation_id uuid NOT NULL,
    sollicitation_id uuid NOT NULL,
    CONSTRAINT cases_matching_derogation_check CHECK (starts_with(derogation, 'hv1:'::text)),
    CONSTRAINT cases_matching_rules_number_check CHECK ((rules_number >= 0))
);

CREATE TABLE public.cases_matchingrules (
    number integer NOT NULL,
    rules jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid NOT NULL,
    CONSTRAINT cases_matchingrules_number_check CHECK ((number >= 0)),
    CONSTRAINT matchingrules_has_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT matchingrules_number_from_one CHECK ((number >= 1))
);

CREATE TABLE public.cases_noticeproof (
    id uuid NOT NULL,
    dated_on date NOT NULL,
    words text,
    piece_id uuid,
    added_at timestamp with time zone NOT NULL,
    added_by_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    CONSTRAINT cases_noticeproof_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_orientation (
    id uuid NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    decided_on date NOT NULL,
    age_at_decision smallint,
    cancelled_at timestamp with time zone,
    case_id uuid NOT NULL,
    decided_by_id uuid NOT NULL,
    decision_id character varying(52) NOT NULL,
    identification_level_id character varying(52) NOT NULL,
    ordinary_service_id character varying(52),
    sollicitation_id uuid NOT NULL,
    CONSTRAINT cases_orientation_age_at_decision_check CHECK ((age_at_decision >= 0)),
    CONSTRAINT orientation_cancelled_after_decision CHECK (((cancelled_at IS NULL) OR (cancelled_at >= decided_at))),
    CONSTRAINT orientation_day_of_decision CHECK ((decided_on = ((decided_at AT TIME ZONE 'Europe/Paris'::text))::date)),
    CONSTRAINT orientation_decision_list CHECK ((starts_with((decision_id)::text, 'decision:'::text) OR (decision_id IS NULL))),
    CONSTRAINT orientation_identification_level_list CHECK ((starts_with((identification_level_id)::text, 'niveau_identification:'::text) OR (identification_level_id IS NULL))),
    CONSTRAINT orientation_ordinary_service_list CHECK ((starts_with((ordinary_service_id)::text, 'type_structure:'::text) OR (ordinary_service_id IS NULL)))
);

CREATE TABLE public.cases_payeragreement (
    id uuid NOT NULL,
    daily_price_cents integer NOT NULL,
    ends_on date,
    given_by_id uuid NOT NULL,
    linking_id uuid NOT NULL,
    payer_id character varying(3) NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    reply character varying(8) NOT NULL,
    said_by text NOT NULL,
    way character varying(8) NOT NULL,
    words text NOT NULL,
    CONSTRAINT cases_payeragreement_daily_price_cents_check CHECK ((daily_price_cents >= 0)),
    CONSTRAINT cases_payeragreement_said_by_check CHECK (starts_with(said_by, 'hv1:'::text)),
    CONSTRAINT cases_payeragreement_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_peopletoavoid (
    case_id uuid NOT NULL,
    words text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id uuid NOT NULL,
    CONSTRAINT cases_peopletoavoid_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.cases_placeconfirmation (
    id uuid NOT NULL,
    free smallint NOT NULL,
    blocked smallint NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    confirmed_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    CONSTRAINT cases_placeconfirmation_blocked_check CHECK ((blocked >= 0)),
    CONSTRAINT cases_placeconfirmation_free_check CHECK ((free >= 0))
);

CREATE TABLE public.cases_placement (
    id uuid NOT NULL,
    legal_frame_ends_on date,
    arrived_at timestamp with time zone NOT NULL,
    arrived_on date NOT NULL,
    confirmed_at timestamp with time zone,
    age_at_arrival smallint,
    ended_on date,
    case_id uuid NOT NULL,
    confirmed_by_id uuid,
    convention_id uuid,
    end_reason_id character varying(52),
    legal_frame_id character varying(52) NOT NULL,
    orientation_id uuid,
    outside_reason_id character varying(52),
    partner_id uuid NOT NULL,
    place_id uuid,
    follows_id uuid,
    CONSTRAINT cases_placement_age_at_arrival_check CHECK ((age_at_arrival >= 0)),
    CONSTRAINT placement_confirmed_after_arrival CHECK (((confirmed_at IS NULL) OR ((confirmed_at >= arrived_at) AND (confirmed_by_id IS NOT NULL)))),
    CONSTRAINT placement_convention_or_reason CHECK ((((convention_id IS NOT NULL) AND (outside_reason_id IS NULL)) OR ((convention_id IS NULL) AND (outside_reason_id IS NOT NULL)))),
    CONSTRAINT placement_dates_in_order CHECK (((ended_on IS NULL) OR (ended_on >= arrived_on))),
    CONSTRAINT placement_day_of_arrival CHECK ((arrived_on = ((arrived_at AT TIME ZONE 'Europe/Paris'::text))::date)),
    CONSTRAINT placement_end_has_reason CHECK ((((end_reason_id IS NULL) AND (ended_on IS NULL)) OR ((end_reason_id IS NOT NULL) AND (ended_on IS NOT NULL)))),
    CONSTRAINT placement_end_reason_list CHECK ((starts_with((end_reason_id)::text, 'motif_fin:'::text) OR (end_reason_id IS NULL))),
    CONSTRAINT placement_legal_frame_list CHECK ((starts_with((legal_frame_id)::text, 'cadre_juridique:'::text) OR (legal_frame_id IS NULL))),
    CONSTRAINT placement_outside_reason_list CHECK ((starts_with((outside_reason_id)::text, 'motif_hors_convention:'::text) OR (outside_reason_id IS NULL)))
);

CREATE TABLE public.cases_proposal (
    id uuid NOT NULL,
    sheet jsonb NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    answer_id character varying(52),
    answered_by_id uuid,
    orientation_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    refusal_reason_id character varying(52),
    note text,
    CONSTRAINT cases_proposal_note_check CHECK (starts_with(note, 'hv1:'::text)),
    CONSTRAINT proposal_answer_after_sending CHECK (((answered_at IS NULL) OR (answered_at >= sent_at))),
    CONSTRAINT proposal_answer_is_dated CHECK ((((answer_id IS NULL) AND (answered_at IS NULL)) OR ((answer_id IS NOT NULL) AND (answered_at IS NOT NULL)))),
    CONSTRAINT proposal_answer_list CHECK ((starts_with((answer_id)::text, 'reponse:'::text) OR (answer_id IS NULL))),
    CONSTRAINT proposal_confirmed_is_accepted CHECK (((confirmed_at IS NULL) OR (((answer_id)::text = ANY (ARRAY[('reponse:ACC'::character varying)::text, ('reponse:ACC-COND'::character varying)::text])) AND (answer_id IS NOT NULL) AND (withdrawn_at IS NULL)))),
    CONSTRAINT proposal_refusal_has_reason CHECK (((NOT (((answer_id)::text = 'reponse:REFUS'::text) AND (answer_id IS NOT NULL))) OR (refusal_reason_id IS NOT NULL))),
    CONSTRAINT proposal_refusal_reason_list CHECK ((starts_with((refusal_reason_id)::text, 'motif_refus:'::text) OR (refusal_reason_id IS NULL))),
    CONSTRAINT proposal_sheet_is_anonymous CHECK (((sheet - ARRAY['age'::text, 'age_precision'::text, 'sex'::text, 'forms'::text, 'urgency'::text, 'adhesion'::text, 'containment'::text, 'is_unaccompanied'::text, 'needs'::text, 'legal_frame'::text, 'languages'::text, 'tonight'::text, 'arrival_from'::text, 'wished_stay'::text]) = '{}'::jsonb))
);

CREATE TABLE public.cases_runaway (
    incident_id uuid NOT NULL,
    is_known_from_police boolean NOT NULL,
    absence_id uuid
);

CREATE TABLE public.cases_runawaydelay (
    territory_id character varying(3) NOT NULL,
    day_minutes smallint NOT NULL,
    night_minutes smallint NOT NULL,
    protocol character varying(300) NOT NULL,
    CONSTRAINT cases_runawaydelay_day_minutes_check CHECK ((day_minutes >= 0)),
    CONSTRAINT cases_runawaydelay_night_minutes_check CHECK ((night_minutes >= 0)),
    CONSTRAINT runawaydelay_within_a_day CHECK (((day_minutes <= 1440) AND (night_minutes <= 1440)))
);

CREATE TABLE public.cases_runawayreturn (
    id uuid NOT NULL,
    returned_at timestamp with time zone NOT NULL,
    interview character varying(8) NOT NULL,
    medical character varying(8) NOT NULL,
    police_told boolean NOT NULL,
    told text,
    recorded_at timestamp with time zone NOT NULL,
    absence_id uuid NOT NULL,
    recorded_by_id uuid NOT NULL,
    CONSTRAINT cases_runawayreturn_told_check CHECK (starts_with(told, 'hv1:'::text)),
    CONSTRAINT runawayreturn_not_to_come CHECK ((returned_at <= recorded_at)),
    CONSTRAINT runawayreturn_offers_known CHECK ((((interview)::text = ANY (ARRAY[('accepted'::character varying)::text, ('refused'::character varying)::text, ('done'::character varying)::text])) AND ((medical)::text = ANY (ARRAY[('accepted'::character varying)::text, ('refused'::character varying)::text, ('done'::character varying)::text]))))
);

CREATE TABLE public.cases_severitytargets (
    number integer NOT NULL,
    targets jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid NOT NULL,
    CONSTRAINT cases_severitytargets_number_check CHECK ((number >= 0)),
    CONSTRAINT severitytargets_has_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT severitytargets_number_from_one CHECK ((number >= 1))
);

CREATE TABLE public.cases_sollicitation (
    birth_year smallint,
    birth_month smallint,
    is_unaccompanied boolean,
    is_test boolean NOT NULL,
    id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_on date NOT NULL,
    group_id uuid,
    age_at_reception smallint,
    safe_until timestamp with time zone,
    rights_told boolean NOT NULL,
    state character varying(12) NOT NULL,
    first_answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    idempotency_key uuid,
    age_precision_id character varying(52),
    case_id uuid,
    channel_id character varying(52) NOT NULL,
    current_place_id character varying(3),
    detected_by_id character varying(52),
    exploitation_place_id character varying(3),
    identification_level_id character varying(52),
    nationality_zone_id character varying(52),
    nature_id character varying(52) NOT NULL,
    origin_id character varying(3),
    outcome_id character varying(52),
    prior_follow_up_id character varying(52),
    relance_of_id uuid,
    requester_id uuid NOT NULL,
    requester_type_id character varying(52) NOT NULL,
    sex_id character varying(52),
    submitted_by_id uuid NOT NULL,
    taken_by_id uuid,
    urgency_id character varying(52) NOT NULL,
    accepts_leaving boolean,
    has_phone boolean,
    has_treatment boolean,
    is_exploiter_near boolean,
    is_pregnant boolean,
    language_id character varying(52),
    needs_care boolean,
    parquet_told character varying(8) NOT NULL,
    placed_at timestamp with time zone,
    placement_order character varying(8) NOT NULL,
    uses_substances boolean,
    CONSTRAINT cases_sollicitation_age_at_reception_check CHECK ((age_at_reception >= 0)),
    CONSTRAINT cases_sollicitation_birth_month_check CHECK ((birth_month >= 0)),
    CONSTRAINT cases_sollicitation_birth_year_check CHECK ((birth_year >= 0)),
    CONSTRAINT sollicitation_age_plausible CHECK (((age_at_reception IS NULL) OR (age_at_reception <= 25))),
    CONSTRAINT sollicitation_age_precision_list CHECK ((starts_with((age_precision_id)::text, 'precision_age:'::text) OR (age_precision_id IS NULL))),
    CONSTRAINT sollicitation_answer_after_reception CHECK (((first_answered_at IS NULL) OR (first_answered_at >= received_at))),
    CONSTRAINT sollicitation_birth_month_plausible CHECK (((birth_month IS NULL) OR ((birth_month >= 1) AND (birth_month <= 12) AND (birth_year IS NOT NULL)))),
    CONSTRAINT sollicitation_birth_year_plausible CHECK (((birth_year IS NULL) OR ((birth_year >= 1990) AND (birth_year <= 2100)))),
    CONSTRAINT sollicitation_channel_list CHECK ((starts_with((channel_id)::text, 'canal:'::text) OR (channel_id IS NULL))),
    CONSTRAINT sollicitation_closed_after_reception CHECK (((closed_at IS NULL) OR (closed_at >= received_at))),
    CONSTRAINT sollicitation_closed_has_outcome CHECK (((NOT ((state)::text = 'closed'::text)) OR ((closed_at IS NOT NULL) AND (outcome_id IS NOT NULL)))),
    CONSTRAINT sollicitation_day_of_reception CHECK ((received_on = ((received_at AT TIME ZONE 'Europe/Paris'::text))::date)),
    CONSTRAINT sollicitation_detected_by_list CHECK ((starts_with((detected_by_id)::text, 'acteur:'::text) OR (detected_by_id IS NULL))),
    CONSTRAINT sollicitation_identification_level_list CHECK ((starts_with((identification_level_id)::text, 'niveau_identification:'::text) OR (identification_level_id IS NULL))),
    CONSTRAINT sollicitation_language_list CHECK ((starts_with((language_id)::text, 'langue:'::text) OR (language_id IS NULL))),
    CONSTRAINT sollicitation_nationality_zone_list CHECK ((starts_with((nationality_zone_id)::text, 'zone_nationalite:'::text) OR (nationality_zone_id IS NULL))),
    CONSTRAINT sollicitation_nature_list CHECK ((starts_with((nature_id)::text, 'nature:'::text) OR (nature_id IS NULL))),
    CONSTRAINT sollicitation_not_its_own_relance CHECK (((relance_of_id IS NULL) OR (NOT ((relance_of_id = id) AND (relance_of_id IS NOT NULL))))),
    CONSTRAINT sollicitation_outcome_list CHECK ((starts_with((outcome_id)::text, 'decision:'::text) OR (outcome_id IS NULL))),
    CONSTRAINT sollicitation_placed_after_reception CHECK (((placed_at IS NULL) OR (placed_at >= received_at))),
    CONSTRAINT sollicitation_prior_follow_up_list CHECK ((starts_with((prior_follow_up_id)::text, 'suivi_anterieur:'::text) OR (prior_follow_up_id IS NULL))),
    CONSTRAINT sollicitation_requester_type_list CHECK ((starts_with((requester_type_id)::text, 'acteur:'::text) OR (requester_type_id IS NULL))),
    CONSTRAINT sollicitation_safe_after_reception CHECK (((safe_until IS NULL) OR (safe_until >= received_at))),
    CONSTRAINT sollicitation_sex_list CHECK ((starts_with((sex_id)::text, 'sexe:'::text) OR (sex_id IS NULL))),
    CONSTRAINT sollicitation_urgency_list CHECK ((starts_with((urgency_id)::text, 'urgence:'::text) OR (urgency_id IS NULL)))
);

CREATE TABLE public.cases_sollicitationdetail (
    sollicitation_id uuid NOT NULL,
    callback_name text NOT NULL,
    callback_phone text NOT NULL,
    minor_label text NOT NULL,
    place text NOT NULL,
    narrative text NOT NULL,
    callback_digest character varying(64) NOT NULL,
    CONSTRAINT cases_sollicitationdetail_callback_name_check CHECK (starts_with(callback_name, 'hv1:'::text)),
    CONSTRAINT cases_sollicitationdetail_callback_phone_check CHECK (starts_with(callback_phone, 'hv1:'::text)),
    CONSTRAINT cases_sollicitationdetail_minor_label_check CHECK (starts_with(minor_label, 'hv1:'::text)),
    CONSTRAINT cases_sollicitationdetail_narrative_check CHECK (starts_with(narrative, 'hv1:'::text)),
    CONSTRAINT cases_sollicitationdetail_place_check CHECK (starts_with(place, 'hv1:'::text))
);

CREATE TABLE public.cases_sollicitationform (
    id uuid NOT NULL,
    is_main boolean NOT NULL,
    form_id character varying(52) NOT NULL,
    sollicitation_id uuid NOT NULL,
    CONSTRAINT sollicitationform_form_list CHECK ((starts_with((form_id)::text, 'forme:'::text) OR (form_id IS NULL)))
);

CREATE TABLE public.cases_sollicitationmessage (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    sollicitation_id uuid NOT NULL,
    written_by_id uuid NOT NULL,
    CONSTRAINT cases_sollicitationmessage_text_check CHECK (starts_with(text, 'hv1:'::text))
);

CREATE TABLE public.cases_stayderogation (
    id uuid NOT NULL,
    obstacles character varying(10)[] NOT NULL,
    reason text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    ends_at timestamp with time zone,
    refused_at timestamp with time zone,
    agreed_by_id uuid,
    asked_by_id uuid NOT NULL,
    case_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    refused_by_id uuid,
    CONSTRAINT cases_stayderogation_reason_check CHECK (starts_with(reason, 'hv1:'::text)),
    CONSTRAINT stayderogation_agreed_whole CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL) AND (ends_at IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (ends_at IS NOT NULL) AND (refused_at IS NULL)))),
    CONSTRAINT stayderogation_obstacles CHECK (((obstacles <@ ARRAY['away'::character varying(10), 'suspended'::character varying(10), 'place'::character varying(10)]) AND (
CASE
    WHEN (obstacles IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(obstacles, 1), 0)
END > 0))),
    CONSTRAINT stayderogation_refused_whole CHECK ((((refused_at IS NULL) AND (refused_by_id IS NULL)) OR ((refused_at IS NOT NULL) AND (refused_by_id IS NOT NULL)))),
    CONSTRAINT stayderogation_two_people CHECK (((agreed_by_id IS NULL) OR (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL)))))
);

CREATE TABLE public.cases_stayreview (
    id uuid NOT NULL,
    milestone smallint NOT NULL,
    needs_care boolean NOT NULL,
    words text NOT NULL,
    written_on date NOT NULL,
    adhesion_id character varying(52) NOT NULL,
    next_goal_id character varying(52) NOT NULL,
    placement_id uuid NOT NULL,
    safety_id character varying(52) NOT NULL,
    schooling_id character varying(52) NOT NULL,
    written_by_id uuid NOT NULL,
    CONSTRAINT cases_stayreview_milestone_check CHECK ((milestone >= 0)),
    CONSTRAINT cases_stayreview_words_check CHECK (starts_with(words, 'hv1:'::text)),
    CONSTRAINT stayreview_adhesion_list CHECK ((starts_with((adhesion_id)::text, 'adhesion:'::text) OR (adhesion_id IS NULL))),
    CONSTRAINT stayreview_next_goal_list CHECK ((starts_with((next_goal_id)::text, 'bilan_objectif:'::text) OR (next_goal_id IS NULL))),
    CONSTRAINT stayreview_safety_list CHECK ((starts_with((safety_id)::text, 'bilan_securite:'::text) OR (safety_id IS NULL))),
    CONSTRAINT stayreview_schooling_list CHECK ((starts_with((schooling_id)::text, 'bilan_scolarite:'::text) OR (schooling_id IS NULL)))
);

CREATE TABLE public.cases_switchboardcall (
    id uuid NOT NULL,
    number character varying(30) NOT NULL,
    outcome character varying(10) NOT NULL,
    called_at timestamp with time zone NOT NULL,
    called_by_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT switchboard_number_called CHECK (((NOT ((number)::text = ''::text)) OR ((outcome)::text = 'no_unit'::text)))
);

CREATE TABLE public.cases_unmetneed (
    id uuid NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    met_on date,
    form_id character varying(52),
    noted_by_id uuid NOT NULL,
    reason_id character varying(52) NOT NULL,
    region_id character varying(2),
    sollicitation_id uuid NOT NULL,
    CONSTRAINT unmetneed_form_list CHECK ((starts_with((form_id)::text, 'forme:'::text) OR (form_id IS NULL))),
    CONSTRAINT unmetneed_reason_list CHECK ((starts_with((reason_id)::text, 'motif_sans_solution:'::text) OR (reason_id IS NULL)))
);

CREATE TABLE public.cases_unverifiedrequest (
    id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    key_hash character varying(64) NOT NULL,
    code_hash character varying(64) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    unit text NOT NULL,
    callback_name text NOT NULL,
    callback_phone text NOT NULL,
    callback_digest character varying(64) NOT NULL,
    narrative text NOT NULL,
    answers text NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    sollicitation_id uuid,
    unit_type_id character varying(52) NOT NULL,
    urgency_id character varying(52) NOT NULL,
    CONSTRAINT cases_unverifiedrequest_answers_check CHECK (starts_with(answers, 'hv1:'::text)),
    CONSTRAINT cases_unverifiedrequest_callback_name_check CHECK (starts_with(callback_name, 'hv1:'::text)),
    CONSTRAINT cases_unverifiedrequest_callback_phone_check CHECK (starts_with(callback_phone, 'hv1:'::text)),
    CONSTRAINT cases_unverifiedrequest_narrative_check CHECK (starts_with(narrative, 'hv1:'::text)),
    CONSTRAINT cases_unverifiedrequest_unit_check CHECK (starts_with(unit, 'hv1:'::text)),
    CONSTRAINT unverified_becomes_a_sollicitation CHECK ((((sollicitation_id IS NOT NULL) AND ((state)::text = 'verified'::text)) OR ((NOT ((state)::text = 'verified'::text)) AND (sollicitation_id IS NULL)))),
    CONSTRAINT unverified_decided_by_somebody CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (decided_at >= received_at) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT unverified_unit_type_list CHECK ((starts_with((unit_type_id)::text, 'acteur:'::text) OR (unit_type_id IS NULL))),
    CONSTRAINT unverified_urgency_list CHECK ((starts_with((urgency_id)::text, 'urgence:'::text) OR (urgency_id IS NULL)))
);

CREATE TABLE public.cases_voicemessage (
    id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    key_hash character varying(64) NOT NULL,
    code_hash character varying(64) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    is_in_danger boolean NOT NULL,
    words text NOT NULL,
    state character varying(10) NOT NULL,
    taken_at timestamp with time zone,
    closed_at timestamp with time zone,
    incident_id uuid,
    taken_by_id uuid,
    CONSTRAINT cases_voicemessage_words_check CHECK (starts_with(words, 'hv1:'::text)),
    CONSTRAINT voice_closed_is_dated CHECK ((((closed_at IS NOT NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT voice_heard_after_sent CHECK ((heard_at >= sent_at)),
    CONSTRAINT voice_taken_by_somebody CHECK (((((state)::text = 'waiting'::text) AND (taken_at IS NULL) AND (taken_by_id IS NULL)) OR ((NOT ((state)::text = 'waiting'::text)) AND (taken_at IS NOT NULL) AND (taken_by_id IS NOT NULL))))
);

CREATE TABLE public.cases_voicereply (
    id uuid NOT NULL,
    is_from_child boolean NOT NULL,
    words text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    message_id uuid NOT NULL,
    written_by_id uuid,
    CONSTRAINT cases_voicereply_words_check CHECK (starts_with(words, 'hv1:'::text)),
    CONSTRAINT voicereply_of_one_or_the_other CHECK (((is_from_child AND (written_by_id IS NULL)) OR ((NOT is_from_child) AND (written_by_id IS NOT NULL))))
);

CREATE TABLE public.dashboards_figuremark (
    id bigint NOT NULL,
    source character varying(63) NOT NULL,
    weight bigint NOT NULL
);

ALTER TABLE public.dashboards_figuremark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dashboards_figuremark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.dashboards_keptresult (
    id bigint NOT NULL,
    code character varying(2) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    day date NOT NULL,
    state character varying(64) NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT keptresult_days_in_order CHECK ((last >= first))
);

ALTER TABLE public.dashboards_keptresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dashboards_keptresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.dashboards_savedtable (
    id uuid NOT NULL,
    title character varying(120) NOT NULL,
    data character varying(20) NOT NULL,
    filters jsonb NOT NULL,
    rows_by character varying(60) NOT NULL,
    columns_by character varying(60) NOT NULL,
    measure character varying(10) NOT NULL,
    span character varying(12) NOT NULL,
    is_shared boolean NOT NULL,
    is_pinned boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    author_id uuid NOT NULL,
    CONSTRAINT savedtable_two_breakdowns CHECK ((((columns_by)::text = ''::text) OR (NOT ((columns_by)::text = (rows_by)::text))))
);

CREATE TABLE public.dashboards_trace (
    code character varying(19) NOT NULL,
    indicator character varying(2) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    keys character varying(36)[] NOT NULL,
    parts character varying(19)[] NOT NULL,
    definition character varying(10) NOT NULL,
    number character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT trace_days_in_order CHECK ((last >= first)),
    CONSTRAINT trace_rows_or_parts CHECK (((((indicator)::text = ''::text) AND (keys = '{}'::character varying(36)[])) OR ((NOT ((indicator)::text = ''::text)) AND (parts = '{}'::character varying(19)[]))))
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.documents_acknowledgement (
    id uuid NOT NULL,
    signer_name character varying(200) NOT NULL,
    signer_position character varying(120) NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    version_hash character varying(64) NOT NULL,
    clause_hashes jsonb NOT NULL,
    recorded_at timestamp with time zone,
    partner_id uuid NOT NULL,
    previous_id uuid,
    recorded_by_id uuid,
    signed_by_id uuid,
    version_id uuid NOT NULL,
    CONSTRAINT acknowledgement_has_position CHECK ((NOT ((signer_position)::text = ''::text))),
    CONSTRAINT acknowledgement_screen_or_paper CHECK ((((recorded_at IS NULL) AND (recorded_by_id IS NULL) AND (signed_by_id IS NOT NULL)) OR ((recorded_at IS NOT NULL) AND (recorded_by_id IS NOT NULL) AND (signed_by_id IS NULL))))
);

CREATE TABLE public.documents_articlepage (
    page_ptr_id integer NOT NULL,
    code character varying(20) NOT NULL,
    text text NOT NULL,
    law character varying(200) NOT NULL,
    is_law_verified boolean NOT NULL
);

CREATE TABLE public.documents_authorisedunit (
    partner_id uuid NOT NULL,
    contact_name character varying(120) NOT NULL,
    contact_position character varying(120) NOT NULL,
    contact_phone character varying(30) NOT NULL,
    review_on date NOT NULL,
    network_contact_id uuid NOT NULL
);

CREATE TABLE public.documents_clauseversion (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    chapter character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    content jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT documents_clauseversion_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.documents_document (
    id uuid NOT NULL,
    kind character varying(30) NOT NULL,
    title character varying(200) NOT NULL,
    must_be_acknowledged boolean NOT NULL
);

CREATE TABLE public.documents_documentpage (
    page_ptr_id integer NOT NULL,
    kind character varying(30) NOT NULL,
    introduction text NOT NULL
);

CREATE TABLE public.documents_documentversion (
    id uuid NOT NULL,
    sequence integer NOT NULL,
    number character varying(12) NOT NULL,
    is_major boolean NOT NULL,
    change_note text NOT NULL,
    effective_on date NOT NULL,
    published_at timestamp with time zone NOT NULL,
    content jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    document_id uuid NOT NULL,
    published_by_id uuid,
    CONSTRAINT documents_documentversion_sequence_check CHECK ((sequence >= 0))
);

CREATE TABLE public.documents_reading (
    id uuid NOT NULL,
    chapter character varying(200) NOT NULL,
    read_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL,
    version_id uuid NOT NULL
);

CREATE TABLE public.documents_unitreview (
    id uuid NOT NULL,
    reviewed_on date NOT NULL,
    decisions character varying(500) NOT NULL,
    next_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT unit_review_goes_on CHECK ((next_on > reviewed_on))
);

CREATE TABLE public.documents_versionproposal (
    id uuid NOT NULL,
    number character varying(12) NOT NULL,
    is_major boolean NOT NULL,
    change_note text NOT NULL,
    effective_on date NOT NULL,
    scheduled_on date,
    content_hash character varying(64) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    answer text NOT NULL,
    document_id uuid NOT NULL,
    proposed_by_id uuid NOT NULL,
    validator_id uuid NOT NULL,
    version_id uuid,
    CONSTRAINT proposal_by_two CHECK ((NOT (validator_id = proposed_by_id))),
    CONSTRAINT proposal_lapsed_whole CHECK (((NOT ((state)::text = 'lapsed'::text)) OR (scheduled_on IS NOT NULL))),
    CONSTRAINT proposal_published_whole CHECK (((((state)::text = 'published'::text) AND (version_id IS NOT NULL)) OR ((NOT ((state)::text = 'published'::text)) AND (version_id IS NULL)))),
    CONSTRAINT proposal_scheduled_before_effect CHECK (((scheduled_on IS NULL) OR (scheduled_on <= effective_on)))
);

CREATE TABLE public.exports_export (
    id uuid NOT NULL,
    number character varying(20) NOT NULL,
    source character varying(80) NOT NULL,
    title character varying(120) NOT NULL,
    query text NOT NULL,
    state character varying(10) NOT NULL,
    failure character varying(10) NOT NULL,
    row_count integer NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone,
    file_name character varying(120) NOT NULL,
    stored_name character varying(64) NOT NULL,
    body_key text NOT NULL,
    digest character varying(64) NOT NULL,
    size bigint NOT NULL,
    author_id uuid NOT NULL,
    CONSTRAINT export_ready_has_a_body CHECK ((((expires_at IS NOT NULL) AND ((state)::text = 'ready'::text) AND (NOT ((stored_name)::text = ''::text))) OR ((NOT ((state)::text = 'ready'::text)) AND ((stored_name)::text = ''::text)))),
    CONSTRAINT exports_export_body_key_check CHECK (starts_with(body_key, 'hv1:'::text)),
    CONSTRAINT exports_export_query_check CHECK (starts_with(query, 'hv1:'::text)),
    CONSTRAINT exports_export_row_count_check CHECK ((row_count >= 0)),
    CONSTRAINT exports_export_size_check CHECK ((size >= 0))
);

CREATE TABLE public.files_attachment (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    title text NOT NULL,
    is_identifying boolean NOT NULL,
    stored_name character varying(64) NOT NULL,
    body_key text NOT NULL,
    digest character varying(64) NOT NULL,
    file_type character varying(5) NOT NULL,
    size integer NOT NULL,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    removal_reason character varying(10) NOT NULL,
    destroyed_at timestamp with time zone,
    added_by_id uuid NOT NULL,
    removed_by_id uuid,
    is_portrait boolean NOT NULL,
    CONSTRAINT attachment_destroyed_is_empty CHECK ((((destroyed_at IS NOT NULL) AND ((digest)::text = ''::text)) OR ((destroyed_at IS NULL) AND (NOT ((digest)::text = ''::text))))),
    CONSTRAINT attachment_portrait_is_sealed_picture CHECK (((NOT is_portrait) OR (((file_type)::text = ANY ((ARRAY['jpg'::character varying, 'png'::character varying])::text[])) AND is_identifying))),
    CONSTRAINT attachment_removal_is_whole CHECK (((((removal_reason)::text = ''::text) AND (removed_at IS NULL) AND (removed_by_id IS NULL)) OR ((removed_at IS NOT NULL) AND (removed_by_id IS NOT NULL) AND (NOT ((removal_reason)::text = ''::text))))),
    CONSTRAINT files_attachment_body_key_check CHECK (starts_with(body_key, 'hv1:'::text)),
    CONSTRAINT files_attachment_size_check CHECK ((size >= 0)),
    CONSTRAINT files_attachment_title_check CHECK (starts_with(title, 'hv1:'::text))
);

CREATE TABLE public.formation_answersheet (
    id uuid NOT NULL,
    moment character varying(10) NOT NULL,
    answers jsonb NOT NULL,
    knowledge smallint,
    confidence smallint,
    way character varying(10) NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    enrolment_id uuid,
    walk_in_id uuid,
    CONSTRAINT answersheet_of_somebody CHECK (((enrolment_id IS NOT NULL) OR (walk_in_id IS NOT NULL))),
    CONSTRAINT answersheet_percents CHECK ((((knowledge IS NULL) OR (knowledge <= 100)) AND ((confidence IS NULL) OR (confidence <= 100)))),
    CONSTRAINT formation_answersheet_confidence_check CHECK ((confidence >= 0)),
    CONSTRAINT formation_answersheet_knowledge_check CHECK ((knowledge >= 0))
);

CREATE TABLE public.formation_attendance (
    id uuid NOT NULL,
    status character varying(10) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id uuid NOT NULL,
    enrolment_id uuid NOT NULL,
    half_day_id uuid NOT NULL
);

CREATE TABLE public.formation_attestation (
    id uuid NOT NULL,
    number character varying(20) NOT NULL,
    check_code character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    expires_on date,
    content jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_why character varying(10) NOT NULL,
    issued_by_id uuid NOT NULL,
    replaces_id uuid,
    withdrawn_by_id uuid,
    enrolment_id uuid NOT NULL,
    CONSTRAINT attestation_withdrawn_with_reason CHECK ((((withdrawn_at IS NULL) AND ((withdrawn_why)::text = ''::text)) OR ((withdrawn_at IS NOT NULL) AND (NOT ((withdrawn_why)::text = ''::text)))))
);

CREATE TABLE public.formation_countersignature (
    id uuid NOT NULL,
    rank smallint NOT NULL,
    content_hash character varying(64) NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    is_correction boolean NOT NULL,
    signed_by_id uuid NOT NULL,
    half_day_id uuid NOT NULL,
    CONSTRAINT formation_countersignature_rank_check CHECK ((rank >= 0))
);

CREATE TABLE public.formation_curriculumindexpage (
    page_ptr_id integer NOT NULL,
    introduction text NOT NULL
);

CREATE TABLE public.formation_enrolment (
    id uuid NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    result character varying(12) NOT NULL,
    hours_present numeric(7,2) DEFAULT 0 NOT NULL,
    employer_id uuid,
    employer_type_id character varying(52),
    profession_id character varying(52),
    professional_id uuid NOT NULL,
    session_id uuid NOT NULL,
    CONSTRAINT enrolment_employer_type_list CHECK ((starts_with((employer_type_id)::text, 'type_employeur:'::text) OR (employer_type_id IS NULL))),
    CONSTRAINT enrolment_profession_list CHECK ((starts_with((profession_id)::text, 'profession:'::text) OR (profession_id IS NULL)))
);

CREATE TABLE public.formation_excuse (
    id uuid NOT NULL,
    sequence smallint NOT NULL,
    told_at timestamp with time zone NOT NULL,
    enrolment_id uuid NOT NULL,
    told_by_id uuid NOT NULL,
    half_day_id uuid NOT NULL,
    CONSTRAINT formation_excuse_sequence_check CHECK ((sequence >= 0))
);

CREATE TABLE public.formation_halfday (
    id uuid NOT NULL,
    day date NOT NULL,
    period character varying(10) NOT NULL,
    hours numeric(4,2) NOT NULL,
    starts_at time without time zone,
    begins_at timestamp with time zone,
    ends_at timestamp with time zone,
    session_id uuid NOT NULL,
    CONSTRAINT halfday_hours_plausible CHECK (((hours > (0)::numeric) AND (hours <= (5)::numeric)))
);

CREATE TABLE public.formation_modulepage (
    page_ptr_id integer NOT NULL,
    code character varying(10) NOT NULL,
    hours numeric(4,1) NOT NULL,
    publics character varying(200) NOT NULL,
    is_compulsory boolean NOT NULL,
    compulsory character varying(200) NOT NULL,
    is_refresher boolean NOT NULL,
    objectives text NOT NULL,
    programme text NOT NULL,
    evaluation text NOT NULL,
    prerequisites character varying(200) NOT NULL,
    questions jsonb NOT NULL
);

CREATE TABLE public.formation_professional (
    id uuid NOT NULL,
    last_name character varying(100) NOT NULL,
    first_name character varying(100) NOT NULL,
    email character varying(254) NOT NULL,
    employer_name character varying(160) NOT NULL,
    sex character varying(1) NOT NULL,
    working_since smallint,
    is_test boolean NOT NULL,
    created_by_id uuid,
    employer_id uuid,
    employer_type_id character varying(52),
    merged_into_id uuid,
    profession_id character varying(52),
    territory_id character varying(3),
    user_id uuid,
    CONSTRAINT formation_professional_working_since_check CHECK ((working_since >= 0)),
    CONSTRAINT professional_employer_type_list CHECK ((starts_with((employer_type_id)::text, 'type_employeur:'::text) OR (employer_type_id IS NULL))),
    CONSTRAINT professional_profession_list CHECK ((starts_with((profession_id)::text, 'profession:'::text) OR (profession_id IS NULL))),
    CONSTRAINT professional_working_since CHECK (((working_since IS NULL) OR ((working_since >= 1950) AND (working_since <= 2100))))
);

CREATE TABLE public.formation_professionalapart (
    id uuid NOT NULL,
    said_at timestamp with time zone NOT NULL,
    first_id uuid NOT NULL,
    said_by_id uuid NOT NULL,
    second_id uuid NOT NULL
);

CREATE TABLE public.formation_professionalmerge (
    id uuid NOT NULL,
    moved jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    kept_id uuid NOT NULL,
    merged_id uuid NOT NULL,
    merged_by_id uuid NOT NULL,
    undone_by_id uuid,
    CONSTRAINT professionalmerge_two_people CHECK ((NOT (kept_id = merged_id)))
);

CREATE TABLE public.formation_satisfaction (
    id uuid NOT NULL,
    aims smallint NOT NULL,
    useful smallint NOT NULL,
    teaching smallint NOT NULL,
    recommended smallint NOT NULL,
    comment text NOT NULL,
    session_id uuid NOT NULL,
    CONSTRAINT formation_satisfaction_aims_check CHECK ((aims >= 0)),
    CONSTRAINT formation_satisfaction_recommended_check CHECK ((recommended >= 0)),
    CONSTRAINT formation_satisfaction_teaching_check CHECK ((teaching >= 0)),
    CONSTRAINT formation_satisfaction_useful_check CHECK ((useful >= 0)),
    CONSTRAINT satisfaction_marks CHECK (((aims >= 1) AND (aims <= 5) AND ((recommended >= 1) AND (recommended <= 5)) AND ((teaching >= 1) AND (teaching <= 5)) AND ((useful >= 1) AND (useful <= 5))))
);

CREATE TABLE public.formation_session (
    id uuid NOT NULL,
    module_code character varying(20) NOT NULL,
    title character varying(200) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    venue character varying(200) NOT NULL,
    is_remote boolean NOT NULL,
    time_zone character varying(40) NOT NULL,
    sequence smallint NOT NULL,
    capacity smallint NOT NULL,
    state character varying(10) NOT NULL,
    audiences character varying(80)[] NOT NULL,
    aimed_territories character varying(3)[] NOT NULL,
    closed_without character varying(300) NOT NULL,
    total_hours numeric(7,2) DEFAULT 0 NOT NULL,
    is_test boolean NOT NULL,
    clause_id uuid,
    territory_id character varying(3),
    CONSTRAINT formation_session_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT formation_session_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT session_dates_in_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);

CREATE TABLE public.formation_sessioninvitation (
    id uuid NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    declined_at timestamp with time zone,
    why character varying(300) NOT NULL,
    declined_by_id uuid,
    invited_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    session_id uuid NOT NULL,
    CONSTRAINT sessioninvitation_declined_whole CHECK ((((declined_at IS NULL) AND (declined_by_id IS NULL) AND ((why)::text = ''::text)) OR ((declined_at IS NOT NULL) AND (declined_by_id IS NOT NULL))))
);

CREATE TABLE public.formation_sessionnotice (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    sequence smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    tries smallint NOT NULL,
    enrolment_id uuid NOT NULL,
    CONSTRAINT formation_sessionnotice_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT formation_sessionnotice_tries_check CHECK ((tries >= 0))
);

CREATE TABLE public.formation_sessiontrainer (
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    trainer_id uuid NOT NULL
);

CREATE TABLE public.formation_signature (
    id uuid NOT NULL,
    way character varying(10) NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    enrolment_id uuid,
    half_day_id uuid NOT NULL,
    walk_in_id uuid,
    CONSTRAINT signature_of_somebody CHECK (((enrolment_id IS NOT NULL) OR (walk_in_id IS NOT NULL)))
);

CREATE TABLE public.formation_supportact (
    id uuid NOT NULL,
    happened_on date NOT NULL,
    head_count smallint NOT NULL,
    is_test boolean NOT NULL,
    kind_id character varying(52) NOT NULL,
    partner_id uuid,
    professional_id uuid,
    recorded_by_id uuid NOT NULL,
    CONSTRAINT formation_supportact_head_count_check CHECK ((head_count >= 0)),
    CONSTRAINT supportact_has_beneficiary CHECK (((partner_id IS NOT NULL) OR (professional_id IS NOT NULL))),
    CONSTRAINT supportact_kind_list CHECK ((starts_with((kind_id)::text, 'type_acte:'::text) OR (kind_id IS NULL))),
    CONSTRAINT supportact_one_person CHECK (((professional_id IS NULL) OR (head_count = 1))),
    CONSTRAINT supportact_someone CHECK ((head_count >= 1))
);

CREATE TABLE public.formation_waitingentry (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    asked_by_id uuid NOT NULL,
    enrolment_id uuid,
    professional_id uuid NOT NULL,
    session_id uuid NOT NULL
);

CREATE TABLE public.formation_walkin (
    id uuid NOT NULL,
    last_name character varying(100) NOT NULL,
    first_name character varying(100) NOT NULL,
    email character varying(254) NOT NULL,
    employer_name character varying(160) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    employer_type_id character varying(52),
    enrolment_id uuid,
    profession_id character varying(52),
    session_id uuid NOT NULL,
    CONSTRAINT walkin_decided_keeps_no_name CHECK ((((state)::text = 'pending'::text) OR ((decided_at IS NOT NULL) AND ((email)::text = ''::text) AND ((first_name)::text = ''::text) AND ((last_name)::text = ''::text)))),
    CONSTRAINT walkin_employer_type_list CHECK ((starts_with((employer_type_id)::text, 'type_employeur:'::text) OR (employer_type_id IS NULL))),
    CONSTRAINT walkin_profession_list CHECK ((starts_with((profession_id)::text, 'profession:'::text) OR (profession_id IS NULL)))
);

CREATE TABLE public.formation_yearplan (
    id uuid NOT NULL,
    year smallint NOT NULL,
    aims text NOT NULL,
    published_at timestamp with time zone,
    published_by_id uuid,
    CONSTRAINT formation_yearplan_year_check CHECK ((year >= 0)),
    CONSTRAINT yearplan_published_by_somebody CHECK ((((published_at IS NULL) AND (published_by_id IS NULL)) OR ((published_at IS NOT NULL) AND (published_by_id IS NOT NULL))))
);

CREATE TABLE public.formation_yearplanline (
    id uuid NOT NULL,
    module_code character varying(20) NOT NULL,
    quarter smallint NOT NULL,
    sessions smallint NOT NULL,
    people smallint NOT NULL,
    audience_id character varying(52),
    plan_id uuid NOT NULL,
    region_id character varying(2),
    CONSTRAINT formation_yearplanline_people_check CHECK ((people >= 0)),
    CONSTRAINT formation_yearplanline_quarter_check CHECK ((quarter >= 0)),
    CONSTRAINT formation_yearplanline_sessions_check CHECK ((sessions >= 0)),
    CONSTRAINT yearplanline_audience_list CHECK ((starts_with((audience_id)::text, 'groupe_profession:'::text) OR (audience_id IS NULL))),
    CONSTRAINT yearplanline_quarter CHECK (((quarter >= 1) AND (quarter <= 4)))
);

CREATE TABLE public.home_homepage (
    page_ptr_id integer NOT NULL,
    introduction text NOT NULL
);

CREATE TABLE public.home_textpage (
    page_ptr_id integer NOT NULL,
    body text NOT NULL
);

CREATE TABLE public.journal_cut (
    id uuid NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    month_id uuid NOT NULL,
    CONSTRAINT journal_cut_in_order CHECK ((last_seq >= first_seq))
);

CREATE TABLE public.journal_hold (
    id uuid NOT NULL,
    from_month date NOT NULL,
    reason character varying(20) NOT NULL,
    placed_by_id uuid NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_by_id uuid,
    lifted_at timestamp with time zone,
    CONSTRAINT journal_hold_lifted_whole CHECK ((((lifted_at IS NULL) AND (lifted_by_id IS NULL)) OR ((lifted_at IS NOT NULL) AND (lifted_by_id IS NOT NULL)))),
    CONSTRAINT journal_hold_reason_known CHECK (((reason)::text = ANY (ARRAY[('justice'::character varying)::text, ('control'::character varying)::text, ('breach'::character varying)::text, ('request'::character varying)::text])))
);

CREATE TABLE public.journal_kind (
    kind text NOT NULL,
    table_name text NOT NULL
);

CREATE TABLE public.journal_line_default (
    id bigint CONSTRAINT journal_line_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() CONSTRAINT journal_line_at_not_null NOT NULL,
    actor_id uuid,
    actor_system text DEFAULT ''::text CONSTRAINT journal_line_actor_system_not_null NOT NULL,
    action text CONSTRAINT journal_line_action_not_null NOT NULL,
    object_kind text DEFAULT ''::text CONSTRAINT journal_line_object_kind_not_null NOT NULL,
    object_id uuid,
    outcome text DEFAULT 'done'::text CONSTRAINT journal_line_outcome_not_null NOT NULL,
    reason text DEFAULT ''::text CONSTRAINT journal_line_reason_not_null NOT NULL,
    details jsonb DEFAULT '{}'::jsonb CONSTRAINT journal_line_details_not_null NOT NULL,
    request_id text DEFAULT ''::text CONSTRAINT journal_line_request_id_not_null NOT NULL,
    seq bigint,
    previous_hash bytea,
    hash bytea,
    CONSTRAINT journal_line_action_check CHECK ((action ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)+$'::text)),
    CONSTRAINT journal_line_check CHECK ((((seq IS NULL) = (hash IS NULL)) AND ((seq IS NULL) = (previous_hash IS NULL)))),
    CONSTRAINT journal_line_check1 CHECK (((actor_id IS NOT NULL) OR (actor_system <> ''::text) OR starts_with(action, 'auth.'::text))),
    CONSTRAINT journal_line_details_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT journal_line_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'read'::text, 'refused'::text])))
);

ALTER TABLE public.journal_line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.journal_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journal_month (
    id uuid NOT NULL,
    month date NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    line_count bigint NOT NULL,
    closing_hash bytea NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    direction_by_id uuid,
    direction_at timestamp with time zone,
    dpo_by_id uuid,
    dpo_at timestamp with time zone,
    dropped_at timestamp with time zone,
    CONSTRAINT journal_month_direction_whole CHECK ((((direction_at IS NULL) AND (direction_by_id IS NULL)) OR ((direction_at IS NOT NULL) AND (direction_by_id IS NOT NULL)))),
    CONSTRAINT journal_month_dpo_whole CHECK ((((dpo_at IS NULL) AND (dpo_by_id IS NULL)) OR ((dpo_at IS NOT NULL) AND (dpo_by_id IS NOT NULL)))),
    CONSTRAINT journal_month_dropped_once_agreed CHECK (((dropped_at IS NULL) OR ((dropped_at >= direction_at) AND (dropped_at >= dpo_at)))),
    CONSTRAINT journal_month_two_people CHECK (((direction_by_id IS NULL) OR (dpo_by_id IS NULL) OR (NOT ((direction_by_id = dpo_by_id) AND (direction_by_id IS NOT NULL) AND (dpo_by_id IS NOT NULL)))))
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notify_duty (
    id uuid NOT NULL,
    rank smallint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    phone character varying(30) NOT NULL,
    cancelled_at timestamp with time zone,
    person_id uuid NOT NULL,
    CONSTRAINT duty_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT duty_rank_known CHECK ((rank = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT notify_duty_rank_check CHECK ((rank >= 0))
);

CREATE TABLE public.notify_dutyswap (
    id uuid NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    is_accepted boolean NOT NULL,
    duty_id uuid NOT NULL,
    in_exchange_id uuid,
    proposed_by_id uuid NOT NULL,
    proposed_to_id uuid NOT NULL,
    CONSTRAINT dutyswap_accepted_when_answered CHECK (((NOT is_accepted) OR (answered_at IS NOT NULL))),
    CONSTRAINT dutyswap_between_two CHECK ((NOT (proposed_by_id = proposed_to_id)))
);

CREATE TABLE public.notify_messagetext (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    subject character varying(120) NOT NULL,
    body text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    reason character varying(300) NOT NULL,
    written_by_id uuid NOT NULL
);

CREATE TABLE public.notify_notificationchoice (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    timing character varying(8) NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT notificationchoice_timing CHECK (((timing)::text = ANY (ARRAY[('now'::character varying)::text, ('morning'::character varying)::text, ('never'::character varying)::text])))
);

CREATE TABLE public.notify_obligation (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    address character varying(254) NOT NULL,
    partner_id uuid,
    role character varying(30) NOT NULL,
    due_on date,
    owed_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    opened_at timestamp with time zone,
    closed_at timestamp with time zone,
    person_id uuid,
    CONSTRAINT obligation_opened_is_read CHECK (((opened_at IS NULL) OR (read_at IS NOT NULL))),
    CONSTRAINT obligation_person_or_address CHECK (((((address)::text = ''::text) AND (person_id IS NOT NULL)) OR ((NOT ((address)::text = ''::text)) AND (person_id IS NULL))))
);

CREATE TABLE public.notify_ring (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    rung integer NOT NULL,
    rung_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    closed_at timestamp with time zone,
    acknowledged_by_id uuid,
    CONSTRAINT ring_acknowledged_by_somebody CHECK ((((acknowledged_at IS NULL) AND (acknowledged_by_id IS NULL)) OR ((acknowledged_at IS NOT NULL) AND (acknowledged_by_id IS NOT NULL)))),
    CONSTRAINT ring_rung_dated CHECK ((((rung = '-1'::integer) AND (rung_at IS NULL)) OR ((rung >= 0) AND (rung_at IS NOT NULL))))
);

CREATE TABLE public.notify_ringstep (
    id uuid NOT NULL,
    rung integer NOT NULL,
    channel character varying(10) NOT NULL,
    tried_at timestamp with time zone,
    tries smallint NOT NULL,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    opened_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    person_id uuid NOT NULL,
    ring_id uuid NOT NULL,
    CONSTRAINT notify_ringstep_rung_check CHECK ((rung >= 0)),
    CONSTRAINT notify_ringstep_tries_check CHECK ((tries >= 0)),
    CONSTRAINT ringstep_sent_before_delivered CHECK (((delivered_at IS NULL) OR (sent_at IS NOT NULL)))
);

CREATE TABLE public.notify_sending (
    id uuid NOT NULL,
    step smallint,
    tried_at timestamp with time zone,
    tries smallint NOT NULL,
    sent_at timestamp with time zone,
    digest_on date,
    obligation_id uuid NOT NULL,
    CONSTRAINT notify_sending_tries_check CHECK ((tries >= 0))
);

CREATE TABLE public.partners_contact (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    "position" character varying(120) NOT NULL,
    phone character varying(30) NOT NULL,
    email character varying(254) NOT NULL,
    partner_id uuid NOT NULL
);

CREATE TABLE public.partners_convention (
    id uuid NOT NULL,
    reference character varying(40) NOT NULL,
    stage character varying(12) NOT NULL,
    signed_on date,
    starts_on date,
    ends_on date,
    denounced_on date,
    partner_id uuid NOT NULL,
    CONSTRAINT convention_dates_in_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT convention_denounced_after_signed CHECK (((denounced_on IS NULL) OR ((denounced_on >= signed_on) AND (signed_on IS NOT NULL)))),
    CONSTRAINT convention_signed_has_dates CHECK (((NOT ((stage)::text = 'signed'::text)) OR ((signed_on IS NOT NULL) AND (starts_on IS NOT NULL))))
);

CREATE TABLE public.partners_conventionfollowup (
    convention_id uuid NOT NULL,
    next_step character varying(200) NOT NULL,
    next_step_on date,
    owner_id uuid,
    CONSTRAINT conventionfollowup_step_is_said CHECK (((next_step_on IS NULL) OR (NOT ((next_step)::text = ''::text))))
);

CREATE TABLE public.partners_conventionstep (
    id uuid NOT NULL,
    stage character varying(12) NOT NULL,
    happened_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    convention_id uuid NOT NULL,
    recorded_by_id uuid
);

CREATE TABLE public.partners_conventionversion (
    id uuid NOT NULL,
    number smallint NOT NULL,
    text text NOT NULL,
    text_hash character varying(64) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    convention_id uuid NOT NULL,
    written_by_id uuid NOT NULL,
    CONSTRAINT conventionversion_number_positive CHECK ((number >= 1)),
    CONSTRAINT conventionversion_text_hash CHECK (((text_hash)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT partners_conventionversion_number_check CHECK ((number >= 0))
);

CREATE TABLE public.partners_membership (
    id uuid NOT NULL,
    role character varying(30) NOT NULL,
    can_sign boolean NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    revoked_at timestamp with time zone,
    user_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    CONSTRAINT membership_dates_in_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT membership_role_of_partner CHECK (((role)::text = ANY (ARRAY[('requester'::character varying)::text, ('state_reader'::character varying)::text, ('structure_director'::character varying)::text, ('structure_educator'::character varying)::text, ('transmitter'::character varying)::text])))
);

CREATE TABLE public.partners_partner (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    code_name character varying(120) NOT NULL,
    manager_name character varying(160) NOT NULL,
    establishment_number character varying(14) NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    is_test boolean NOT NULL,
    ase_authority_id character varying(3),
    requester_type_id character varying(52),
    structure_type_id character varying(52),
    territory_id character varying(3),
    CONSTRAINT partner_ase_has_authority CHECK (((NOT ((kind)::text = 'ase'::text)) OR (ase_authority_id IS NOT NULL))),
    CONSTRAINT partner_dates_in_order CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
    CONSTRAINT partner_requester_has_type CHECK (((NOT ((kind)::text = 'requester'::text)) OR (requester_type_id IS NOT NULL))),
    CONSTRAINT partner_requester_type_list CHECK ((starts_with((requester_type_id)::text, 'acteur:'::text) OR (requester_type_id IS NULL))),
    CONSTRAINT partner_structure_is_described CHECK (((NOT ((kind)::text = 'structure'::text)) OR ((structure_type_id IS NOT NULL) AND (territory_id IS NOT NULL)))),
    CONSTRAINT partner_structure_type_list CHECK ((starts_with((structure_type_id)::text, 'type_structure:'::text) OR (structure_type_id IS NULL)))
);

CREATE TABLE public.partners_partneridentity (
    partner_id uuid NOT NULL,
    real_name text NOT NULL,
    address text NOT NULL,
    mail_address text NOT NULL,
    CONSTRAINT partners_partneridentity_address_check CHECK (starts_with(address, 'hv1:'::text)),
    CONSTRAINT partners_partneridentity_mail_address_check CHECK (starts_with(mail_address, 'hv1:'::text)),
    CONSTRAINT partners_partneridentity_real_name_check CHECK (starts_with(real_name, 'hv1:'::text))
);

CREATE TABLE public.partners_place (
    id uuid NOT NULL,
    label character varying(40) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    partner_id uuid NOT NULL,
    CONSTRAINT place_dates_in_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);

CREATE TABLE public.partners_structureprofile (
    partner_id uuid NOT NULL,
    age_min smallint NOT NULL,
    age_max smallint NOT NULL,
    pledged_places smallint NOT NULL,
    takes_at_night boolean NOT NULL,
    takes_siblings boolean NOT NULL,
    admission_days smallint,
    daily_price numeric(7,2),
    has_psychologist boolean NOT NULL,
    containment_id character varying(52),
    habilitation_id character varying(52),
    CONSTRAINT partners_structureprofile_admission_days_check CHECK ((admission_days >= 0)),
    CONSTRAINT partners_structureprofile_age_max_check CHECK ((age_max >= 0)),
    CONSTRAINT partners_structureprofile_age_min_check CHECK ((age_min >= 0)),
    CONSTRAINT partners_structureprofile_pledged_places_check CHECK ((pledged_places >= 0)),
    CONSTRAINT profile_ages_in_order CHECK (((age_max >= age_min) AND (age_max <= 21))),
    CONSTRAINT profile_containment_list CHECK ((starts_with((containment_id)::text, 'contenance:'::text) OR (containment_id IS NULL))),
    CONSTRAINT profile_habilitation_list CHECK ((starts_with((habilitation_id)::text, 'habilitation:'::text) OR (habilitation_id IS NULL)))
);

CREATE TABLE public.partners_structureprofile_contraindications (
    id bigint NOT NULL,
    structureprofile_id uuid CONSTRAINT partners_structureprofile_contrain_structureprofile_id_not_null NOT NULL,
    value_id character varying(52) NOT NULL
);

ALTER TABLE public.partners_structureprofile_contraindications ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partners_structureprofile_contraindications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.partners_structureprofile_forms (
    id bigint NOT NULL,
    structureprofile_id uuid NOT NULL,
    value_id character varying(52) NOT NULL
);

ALTER TABLE public.partners_structureprofile_forms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partners_structureprofile_forms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.partners_structureprofile_languages (
    id bigint NOT NULL,
    structureprofile_id uuid CONSTRAINT partners_structureprofile_language_structureprofile_id_not_null NOT NULL,
    value_id character varying(52) NOT NULL
);

ALTER TABLE public.partners_structureprofile_languages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partners_structureprofile_languages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.partners_structureprofile_sexes (
    id bigint NOT NULL,
    structureprofile_id uuid NOT NULL,
    value_id character varying(52) NOT NULL
);

ALTER TABLE public.partners_structureprofile_sexes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partners_structureprofile_sexes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.partners_suspension (
    id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    reason character varying(200) NOT NULL,
    partner_id uuid NOT NULL,
    CONSTRAINT suspension_dates_in_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);

CREATE TABLE public.proconnect_accountrequest (
    id uuid NOT NULL,
    sub character varying(191) NOT NULL,
    given_name text NOT NULL,
    usual_name text NOT NULL,
    email text NOT NULL,
    siret character varying(14) NOT NULL,
    organizational_unit character varying(200) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    refusal character varying(20) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    user_id uuid,
    CONSTRAINT account_request_account_when_open CHECK (((((state)::text = ANY (ARRAY[('approved'::character varying)::text, ('linked'::character varying)::text])) AND (user_id IS NOT NULL)) OR ((NOT ((state)::text = ANY (ARRAY[('approved'::character varying)::text, ('linked'::character varying)::text]))) AND (user_id IS NULL)))),
    CONSTRAINT account_request_decided_by_somebody CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'pending'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('approved'::character varying)::text, ('refused'::character varying)::text, ('linked'::character varying)::text]))))),
    CONSTRAINT account_request_refused_with_reason CHECK (((((state)::text = 'refused'::text) AND (NOT ((refusal)::text = ''::text))) OR ((NOT ((state)::text = 'refused'::text)) AND ((refusal)::text = ''::text)))),
    CONSTRAINT proconnect_accountrequest_email_check CHECK (starts_with(email, 'hv1:'::text)),
    CONSTRAINT proconnect_accountrequest_given_name_check CHECK (starts_with(given_name, 'hv1:'::text)),
    CONSTRAINT proconnect_accountrequest_usual_name_check CHECK (starts_with(usual_name, 'hv1:'::text))
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.referentiel_assessment (
    id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    partner_id uuid NOT NULL,
    started_by_id uuid NOT NULL,
    submitted_by_id uuid,
    version_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    CONSTRAINT assessment_submitted_whole CHECK ((((submitted_at IS NULL) AND (submitted_by_id IS NULL)) OR ((submitted_at IS NOT NULL) AND (submitted_by_id IS NOT NULL))))
);

CREATE TABLE public.referentiel_campaign (
    id uuid NOT NULL,
    year smallint NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    opened_by_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT campaign_dates_in_order CHECK ((closes_on >= opens_on)),
    CONSTRAINT referentiel_campaign_year_check CHECK ((year >= 0))
);

CREATE TABLE public.referentiel_chapterpage (
    page_ptr_id integer NOT NULL,
    code character varying(5) NOT NULL,
    introduction text NOT NULL
);

CREATE TABLE public.referentiel_confirmedmark (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    level character varying(10) NOT NULL,
    value character varying(2) NOT NULL,
    origin character varying(10) NOT NULL,
    reply text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    decided_by_id uuid,
    partner_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT confirmed_mark_imperative_concerns CHECK ((NOT (((level)::text = 'imperative'::text) AND ((value)::text = 'nc'::text)))),
    CONSTRAINT confirmed_mark_never_by_silence CHECK ((((decided_by_id IS NULL) AND ((level)::text = 'standard'::text) AND ((origin)::text = 'silence'::text)) OR ((NOT ((origin)::text = 'silence'::text)) AND (decided_by_id IS NOT NULL))))
);

CREATE TABLE public.referentiel_derogation (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    reason text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    revoked_at timestamp with time zone,
    revoke_reason character varying(300) NOT NULL,
    agreed_by_id uuid,
    asked_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    revoked_by_id uuid,
    CONSTRAINT derogation_dates_in_order CHECK ((ends_on >= starts_on)),
    CONSTRAINT derogation_revoked_whole CHECK ((((revoked_at IS NULL) AND (revoked_by_id IS NULL)) OR ((revoked_at IS NOT NULL) AND (revoked_by_id IS NOT NULL) AND (NOT ((revoke_reason)::text = ''::text))))),
    CONSTRAINT derogation_two_people CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL))))))
);

CREATE TABLE public.referentiel_evidence (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    valid_until date,
    added_at timestamp with time zone NOT NULL,
    added_by_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    replaces_id uuid
);

CREATE TABLE public.referentiel_exigencepage (
    page_ptr_id integer NOT NULL,
    code character varying(20) NOT NULL,
    level character varying(10) NOT NULL,
    text text NOT NULL,
    evidence text NOT NULL,
    modes character varying(1)[] NOT NULL,
    assessment text NOT NULL,
    module_codes character varying(10)[] NOT NULL,
    law character varying(200) NOT NULL,
    is_law_verified boolean NOT NULL
);

CREATE TABLE public.referentiel_mark (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    level character varying(10) NOT NULL,
    value character varying(2) NOT NULL,
    is_to_confirm boolean NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    assessment_id uuid NOT NULL,
    marked_by_id uuid NOT NULL,
    CONSTRAINT mark_imperative_concerns CHECK ((NOT (((level)::text = 'imperative'::text) AND ((value)::text = 'nc'::text))))
);

CREATE TABLE public.referentiel_observation (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    is_agreed boolean NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT observation_says_why CHECK ((is_agreed OR (NOT (text = ''::text))))
);

CREATE TABLE public.referentiel_planstep (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    what character varying(300) NOT NULL,
    pilot character varying(120) NOT NULL,
    due_on date NOT NULL,
    proof character varying(200) NOT NULL,
    done_on date,
    assessment_id uuid NOT NULL
);

CREATE TABLE public.referentiel_referentielindexpage (
    page_ptr_id integer NOT NULL,
    introduction text NOT NULL
);

CREATE TABLE public.referentiel_visit (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    state character varying(12) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    visited_on date,
    summary text NOT NULL,
    sent_at timestamp with time zone,
    answer_by date,
    answered_at timestamp with time zone,
    silent_at timestamp with time zone,
    reply_by date,
    closed_at timestamp with time zone,
    closing text NOT NULL,
    cancelled_at timestamp with time zone,
    cancel_reason character varying(300) NOT NULL,
    answered_by_id uuid,
    assessment_id uuid,
    cancelled_by_id uuid,
    closed_by_id uuid,
    opened_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    sent_by_id uuid,
    version_id uuid NOT NULL,
    CONSTRAINT visit_answered_whole CHECK (((NOT ((state)::text = 'answered'::text)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (reply_by IS NOT NULL)))),
    CONSTRAINT visit_cancelled_whole CHECK (((NOT ((state)::text = 'cancelled'::text)) OR ((cancelled_at IS NOT NULL) AND (cancelled_by_id IS NOT NULL) AND (NOT ((cancel_reason)::text = ''::text))))),
    CONSTRAINT visit_closed_whole CHECK ((((closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL) AND (closed_by_id IS NULL)))),
    CONSTRAINT visit_sent_whole CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('cancelled'::character varying)::text])) OR ((answer_by IS NOT NULL) AND (sent_at IS NOT NULL) AND (sent_by_id IS NOT NULL) AND (visited_on IS NOT NULL)))),
    CONSTRAINT visit_unanswered_whole CHECK (((NOT ((state)::text = 'unanswered'::text)) OR ((reply_by IS NOT NULL) AND (silent_at IS NOT NULL))))
);

CREATE TABLE public.referentiel_visitmark (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    level character varying(10) NOT NULL,
    value character varying(2) NOT NULL,
    comment text NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    marked_by_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT visit_mark_imperative_concerns CHECK ((NOT (((level)::text = 'imperative'::text) AND ((value)::text = 'nc'::text))))
);

CREATE TABLE public.reporting_closedperiod (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    content jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    comments jsonb NOT NULL,
    title character varying(80) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    trace character varying(19) NOT NULL,
    agreed_by_id uuid,
    asked_by_id uuid NOT NULL,
    dismissed_by_id uuid,
    CONSTRAINT closedperiod_days_in_order CHECK ((last >= first)),
    CONSTRAINT closedperiod_dismissed_whole CHECK ((((dismissed_at IS NULL) AND (dismissed_by_id IS NULL)) OR ((dismissed_at IS NOT NULL) AND (dismissed_by_id IS NOT NULL) AND (agreed_at IS NULL)))),
    CONSTRAINT closedperiod_hash CHECK (((content_hash)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT closedperiod_two_people CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL))))))
);

CREATE TABLE public.reporting_closedrows (
    id uuid NOT NULL,
    code character varying(2) NOT NULL,
    keys jsonb NOT NULL,
    keys_hash character varying(64) NOT NULL,
    period_id uuid NOT NULL
);

CREATE TABLE public.reporting_committee (
    id uuid NOT NULL,
    held_on date NOT NULL,
    begins_at time without time zone,
    place character varying(200) NOT NULL,
    title character varying(140) NOT NULL,
    agenda text NOT NULL,
    minutes text NOT NULL,
    minutes_shared_at timestamp with time zone,
    written_by_id uuid NOT NULL,
    CONSTRAINT committee_minutes_said CHECK (((minutes_shared_at IS NULL) OR (NOT (minutes = ''::text))))
);

CREATE TABLE public.reporting_historyimport (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    content jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    comments jsonb NOT NULL,
    title character varying(80) NOT NULL,
    lines integer NOT NULL,
    stays integer NOT NULL,
    agreed_by_id uuid,
    asked_by_id uuid NOT NULL,
    dismissed_by_id uuid,
    CONSTRAINT historyimport_dismissed_whole CHECK ((((dismissed_at IS NULL) AND (dismissed_by_id IS NULL)) OR ((dismissed_at IS NOT NULL) AND (dismissed_by_id IS NOT NULL) AND (agreed_at IS NULL)))),
    CONSTRAINT historyimport_emptied CHECK ((((agreed_at IS NULL) AND (dismissed_at IS NULL)) OR (content = '{}'::jsonb))),
    CONSTRAINT historyimport_hash CHECK (((content_hash)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT historyimport_two_people CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL)))))),
    CONSTRAINT reporting_historyimport_lines_check CHECK ((lines >= 0)),
    CONSTRAINT reporting_historyimport_stays_check CHECK ((stays >= 0))
);

CREATE TABLE public.reporting_release (
    id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    content jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    comments jsonb NOT NULL,
    title character varying(80) NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    trace character varying(19) NOT NULL,
    agreed_by_id uuid,
    asked_by_id uuid NOT NULL,
    dismissed_by_id uuid,
    period_id uuid NOT NULL,
    CONSTRAINT release_dismissed_whole CHECK ((((dismissed_at IS NULL) AND (dismissed_by_id IS NULL)) OR ((dismissed_at IS NOT NULL) AND (dismissed_by_id IS NOT NULL) AND (agreed_at IS NULL)))),
    CONSTRAINT release_hash CHECK (((content_hash)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT release_two_people CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL))))))
);

CREATE TABLE public.reporting_revision (
    id uuid NOT NULL,
    code character varying(2) NOT NULL,
    added jsonb NOT NULL,
    removed jsonb NOT NULL,
    why character varying(10) NOT NULL,
    words character varying(300) NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    noted_by_id uuid NOT NULL,
    period_id uuid NOT NULL,
    CONSTRAINT revision_of_something CHECK ((NOT ((added = '[]'::jsonb) AND (removed = '[]'::jsonb)))),
    CONSTRAINT revision_why_known CHECK (((why)::text = ANY (ARRAY[('late'::character varying)::text, ('fixed'::character varying)::text, ('merged'::character varying)::text, ('cancelled'::character varying)::text, ('other'::character varying)::text])))
);

CREATE TABLE public.reporting_statequestion (
    id uuid NOT NULL,
    side character varying(7) NOT NULL,
    subject character varying(140) NOT NULL,
    body text NOT NULL,
    due_on date,
    asked_at timestamp with time zone NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id uuid,
    asked_by_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    CONSTRAINT statequestion_answer_said CHECK (((answered_at IS NULL) OR (NOT (answer = ''::text)))),
    CONSTRAINT statequestion_answered_whole CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL)))),
    CONSTRAINT statequestion_side_known CHECK (((side)::text = ANY (ARRAY[('state'::character varying)::text, ('network'::character varying)::text])))
);

CREATE TABLE public.reporting_target (
    id uuid NOT NULL,
    year smallint NOT NULL,
    code character varying(20) NOT NULL,
    value integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by_id uuid NOT NULL,
    CONSTRAINT reporting_target_value_check CHECK ((value >= 0)),
    CONSTRAINT reporting_target_year_check CHECK ((year >= 0)),
    CONSTRAINT target_year_plausible CHECK (((year >= 1) AND (year <= 10)))
);

CREATE TABLE public.retention_done (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    run_id uuid
);

ALTER TABLE public.retention_done ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.retention_done_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.retention_kind (
    kind character varying(40) NOT NULL,
    object_kind character varying(40) NOT NULL,
    table_name character varying(63) NOT NULL,
    label character varying(80) NOT NULL,
    starting_point character varying(200) NOT NULL,
    deed character varying(10) NOT NULL,
    starts text NOT NULL,
    forget character varying(63) NOT NULL,
    months smallint NOT NULL,
    reason character varying(240) NOT NULL,
    basis character varying(240) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT retention_kind_months_check CHECK ((months >= 0)),
    CONSTRAINT retention_kind_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.retention_legalhold (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    reference character varying(40) NOT NULL,
    reason character varying(20) NOT NULL,
    placed_by_id uuid NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_by_id uuid,
    lifted_at timestamp with time zone,
    CONSTRAINT retention_hold_lifted_whole CHECK ((((lifted_at IS NULL) AND (lifted_by_id IS NULL)) OR ((lifted_at IS NOT NULL) AND (lifted_by_id IS NOT NULL)))),
    CONSTRAINT retention_hold_reason_known CHECK (((reason)::text = ANY (ARRAY[('justice'::character varying)::text, ('control'::character varying)::text, ('breach'::character varying)::text, ('request'::character varying)::text])))
);

CREATE TABLE public.retention_row (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    reference character varying(40) NOT NULL,
    due_on date NOT NULL,
    outcome character varying(10) NOT NULL,
    at timestamp with time zone,
    kind_id character varying(40) NOT NULL,
    run_id uuid NOT NULL
);

CREATE TABLE public.retention_ruleversion (
    id uuid NOT NULL,
    direction_by_id uuid,
    direction_at timestamp with time zone,
    dpo_by_id uuid,
    dpo_at timestamp with time zone,
    dismissed_by_id uuid,
    dismissed_at timestamp with time zone,
    months smallint NOT NULL,
    reason character varying(240) NOT NULL,
    basis character varying(240) NOT NULL,
    is_basis_verified boolean NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    in_force_at timestamp with time zone,
    kind_id character varying(40) NOT NULL,
    CONSTRAINT retention_rule_in_force_is_signed CHECK (((in_force_at IS NULL) OR ((direction_at IS NOT NULL) AND (dpo_at IS NOT NULL)))),
    CONSTRAINT retention_rule_months_plausible CHECK (((months >= 1) AND (months <= 1200))),
    CONSTRAINT retention_rule_signed_or_dismissed CHECK (((dismissed_at IS NULL) OR (direction_at IS NULL) OR (dpo_at IS NULL))),
    CONSTRAINT retention_rule_signed_whole CHECK (((((direction_at IS NULL) AND (direction_by_id IS NULL)) OR ((direction_at IS NOT NULL) AND (direction_by_id IS NOT NULL))) AND (((dpo_at IS NULL) AND (dpo_by_id IS NULL)) OR ((dpo_at IS NOT NULL) AND (dpo_by_id IS NOT NULL))) AND (((dismissed_at IS NULL) AND (dismissed_by_id IS NULL)) OR ((dismissed_at IS NOT NULL) AND (dismissed_by_id IS NOT NULL))))),
    CONSTRAINT retention_rule_two_people CHECK (((direction_by_id IS NULL) OR (dpo_by_id IS NULL) OR (NOT ((direction_by_id = dpo_by_id) AND (direction_by_id IS NOT NULL) AND (dpo_by_id IS NOT NULL))))),
    CONSTRAINT retention_ruleversion_months_check CHECK ((months >= 0))
);

CREATE TABLE public.retention_run (
    id uuid NOT NULL,
    direction_by_id uuid,
    direction_at timestamp with time zone,
    dpo_by_id uuid,
    dpo_at timestamp with time zone,
    dismissed_by_id uuid,
    dismissed_at timestamp with time zone,
    prepared_at timestamp with time zone NOT NULL,
    row_count integer NOT NULL,
    archives character varying(12) NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT retention_run_archives_told CHECK (((direction_at IS NULL) OR ((archives)::text = ANY (ARRAY[('obtained'::character varying)::text, ('not_needed'::character varying)::text])))),
    CONSTRAINT retention_run_finished_is_signed CHECK (((finished_at IS NULL) OR ((direction_at IS NOT NULL) AND (dpo_at IS NOT NULL)))),
    CONSTRAINT retention_run_row_count_check CHECK ((row_count >= 0)),
    CONSTRAINT retention_run_signed_or_dismissed CHECK (((dismissed_at IS NULL) OR (direction_at IS NULL) OR (dpo_at IS NULL))),
    CONSTRAINT retention_run_signed_whole CHECK (((((direction_at IS NULL) AND (direction_by_id IS NULL)) OR ((direction_at IS NOT NULL) AND (direction_by_id IS NOT NULL))) AND (((dpo_at IS NULL) AND (dpo_by_id IS NULL)) OR ((dpo_at IS NOT NULL) AND (dpo_by_id IS NOT NULL))) AND (((dismissed_at IS NULL) AND (dismissed_by_id IS NULL)) OR ((dismissed_at IS NOT NULL) AND (dismissed_by_id IS NOT NULL))))),
    CONSTRAINT retention_run_two_people CHECK (((direction_by_id IS NULL) OR (dpo_by_id IS NULL) OR (NOT ((direction_by_id = dpo_by_id) AND (direction_by_id IS NOT NULL) AND (dpo_by_id IS NOT NULL)))))
);

CREATE TABLE public.retention_warning (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    due_on date NOT NULL,
    days smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT retention_warning_days_check CHECK ((days >= 0))
);

CREATE TABLE public.rights_accessreview (
    id uuid NOT NULL,
    month date NOT NULL,
    figures jsonb NOT NULL,
    remarks text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    signed_by_id uuid NOT NULL,
    CONSTRAINT accessreview_first_day CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT rights_accessreview_remarks_check CHECK (starts_with(remarks, 'hv1:'::text))
);

CREATE TABLE public.rights_alertreceipt (
    id uuid NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    alert_id uuid NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT rights_alertreceipt_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.rights_filecopy (
    id uuid NOT NULL,
    choices jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    asked_by_id uuid NOT NULL,
    agreed_by_id uuid,
    request_id uuid NOT NULL,
    CONSTRAINT filecopy_two_people CHECK ((((agreed_at IS NULL) AND (agreed_by_id IS NULL)) OR ((agreed_at IS NOT NULL) AND (agreed_by_id IS NOT NULL) AND (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL))))))
);

CREATE TABLE public.rights_nightcheck (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    problems jsonb NOT NULL,
    count integer NOT NULL,
    CONSTRAINT rights_nightcheck_count_check CHECK ((count >= 0))
);

CREATE TABLE public.rights_rightsdetail (
    request_id uuid NOT NULL,
    name text NOT NULL,
    contact text NOT NULL,
    words text NOT NULL,
    answer text NOT NULL,
    CONSTRAINT rights_rightsdetail_answer_check CHECK (starts_with(answer, 'hv1:'::text)),
    CONSTRAINT rights_rightsdetail_contact_check CHECK (starts_with(contact, 'hv1:'::text)),
    CONSTRAINT rights_rightsdetail_name_check CHECK (starts_with(name, 'hv1:'::text)),
    CONSTRAINT rights_rightsdetail_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.rights_rightsrequest (
    id uuid NOT NULL,
    reference character varying(20) NOT NULL,
    "right" character varying(20) NOT NULL,
    asker character varying(20) NOT NULL,
    received_on date NOT NULL,
    due_on date NOT NULL,
    extended_on date,
    extension_reason character varying(20) NOT NULL,
    identity_check character varying(20) NOT NULL,
    identity_checked_on date,
    is_with_coordination boolean NOT NULL,
    state character varying(20) NOT NULL,
    closed_on date,
    refusal_reason character varying(20) NOT NULL,
    case_id uuid,
    registered_by_id uuid NOT NULL,
    CONSTRAINT rights_closed_is_dated CHECK ((((closed_on IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (closed_on >= received_on)))),
    CONSTRAINT rights_due_after_reception CHECK ((due_on > received_on)),
    CONSTRAINT rights_extension_whole CHECK ((((extended_on IS NULL) AND ((extension_reason)::text = ''::text)) OR ((extended_on IS NOT NULL) AND (NOT ((extension_reason)::text = ''::text))))),
    CONSTRAINT rights_identity_whole CHECK (((((identity_check)::text = ''::text) AND (identity_checked_on IS NULL)) OR ((identity_checked_on IS NOT NULL) AND (NOT ((identity_check)::text = ''::text))))),
    CONSTRAINT rights_refusal_has_reason CHECK (((((state)::text = ANY (ARRAY[('refused'::character varying)::text, ('partly'::character varying)::text])) AND (NOT ((refusal_reason)::text = ''::text))) OR ((NOT ((state)::text = ANY (ARRAY[('refused'::character varying)::text, ('partly'::character varying)::text]))) AND ((refusal_reason)::text = ''::text))))
);

CREATE TABLE public.rights_rightsstep (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT rights_rightsstep_words_check CHECK (starts_with(words, 'hv1:'::text))
);

CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);

ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);

ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.taggit_tag (
    id integer NOT NULL,
    name character varying(100) NOT NULL,
    slug character varying(100) NOT NULL
);

ALTER TABLE public.taggit_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taggit_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.taggit_taggeditem (
    id integer NOT NULL,
    object_id integer NOT NULL,
    content_type_id integer NOT NULL,
    tag_id integer NOT NULL
);

ALTER TABLE public.taggit_taggeditem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taggit_taggeditem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.territory_aseauthority (
    code character varying(3) NOT NULL,
    kind character varying(25) NOT NULL,
    active_from date,
    active_to date,
    CONSTRAINT ase_authority_dates_in_order CHECK (((active_to IS NULL) OR (active_from IS NULL) OR (active_to >= active_from)))
);

CREATE TABLE public.territory_aseauthorityname (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    valid_from date,
    valid_to date,
    authority_id character varying(3) NOT NULL,
    CONSTRAINT ase_name_dates_in_order CHECK (((valid_to IS NULL) OR (valid_from IS NULL) OR (valid_to >= valid_from)))
);

ALTER TABLE public.territory_aseauthorityname ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.territory_aseauthorityname_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.territory_asecoverage (
    id bigint NOT NULL,
    portion character varying(7) NOT NULL,
    authority_id character varying(3) NOT NULL,
    territory_id character varying(3) NOT NULL
);

ALTER TABLE public.territory_asecoverage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.territory_asecoverage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.territory_region (
    code character varying(2) NOT NULL,
    name character varying(80) NOT NULL,
    zone character varying(5) NOT NULL
);

CREATE TABLE public.territory_territory (
    code character varying(3) NOT NULL,
    name character varying(80) NOT NULL,
    zone character varying(5) NOT NULL,
    lat double precision NOT NULL,
    lon double precision NOT NULL,
    region_id character varying(2),
    CONSTRAINT territory_point_on_earth CHECK (((lat >= ('-90.0'::numeric)::double precision) AND (lat <= (90.0)::double precision) AND ((lon >= ('-180.0'::numeric)::double precision) AND (lon <= (180.0)::double precision)))),
    CONSTRAINT territory_region_unless_com CHECK ((((region_id IS NULL) AND ((zone)::text = 'com'::text)) OR ((NOT ((zone)::text = 'com'::text)) AND (region_id IS NOT NULL))))
);

CREATE TABLE public.territory_territory_neighbours (
    id bigint NOT NULL,
    from_territory_id character varying(3) NOT NULL,
    to_territory_id character varying(3) NOT NULL
);

ALTER TABLE public.territory_territory_neighbours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.territory_territory_neighbours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    "position" character varying(120) NOT NULL,
    phone character varying(30) NOT NULL,
    CONSTRAINT user_no_staff CHECK ((NOT is_staff)),
    CONSTRAINT user_no_superuser CHECK ((NOT is_superuser))
);

CREATE TABLE public.users_user_groups (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.users_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users_user_user_permissions (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.users_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.values_configversion (
    id bigint NOT NULL,
    part character varying(30) NOT NULL,
    key character varying(80) NOT NULL,
    content jsonb,
    reason character varying(300) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid
);

ALTER TABLE public.values_configversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.values_configversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.values_settingversion (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    value jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid,
    reason character varying(300) NOT NULL
);

ALTER TABLE public.values_settingversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.values_settingversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.values_value (
    id character varying(52) NOT NULL,
    code character varying(20) NOT NULL,
    label character varying(200) NOT NULL,
    legal_basis character varying(300) NOT NULL,
    is_legal_basis_verified boolean NOT NULL,
    is_core boolean NOT NULL,
    "position" smallint NOT NULL,
    active_from date,
    active_to date,
    extra jsonb NOT NULL,
    parent_id character varying(52),
    list_code character varying(30) NOT NULL,
    CONSTRAINT value_core_never_retired CHECK (((NOT is_core) OR (active_to IS NULL))),
    CONSTRAINT value_dates_in_order CHECK (((active_to IS NULL) OR (active_from IS NULL) OR (active_to >= active_from))),
    CONSTRAINT values_value_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.values_valuelist (
    code character varying(30) NOT NULL,
    label character varying(120) NOT NULL,
    help text NOT NULL
);

CREATE TABLE public.wagtailadmin_admin (
    id integer NOT NULL
);

ALTER TABLE public.wagtailadmin_admin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_admin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailadmin_editingsession (
    id integer NOT NULL,
    object_id character varying(255) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    content_type_id integer NOT NULL,
    user_id uuid NOT NULL,
    is_editing boolean NOT NULL
);

ALTER TABLE public.wagtailadmin_editingsession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_editingsession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailadmin_formstate (
    id integer NOT NULL,
    data text NOT NULL,
    object_id character varying(255) NOT NULL,
    parent_object_id character varying(255) NOT NULL,
    last_updated_at timestamp with time zone NOT NULL,
    content_type_id integer NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.wagtailadmin_formstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_formstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_apitoken (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    key_hash character varying(64) NOT NULL,
    prefix character varying(16) NOT NULL,
    created timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    user_id uuid NOT NULL
);

ALTER TABLE public.wagtailcore_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_collection (
    id integer NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    depth integer NOT NULL,
    numchild integer NOT NULL,
    name character varying(255) NOT NULL,
    CONSTRAINT wagtailcore_collection_depth_check CHECK ((depth >= 0)),
    CONSTRAINT wagtailcore_collection_numchild_check CHECK ((numchild >= 0))
);

ALTER TABLE public.wagtailcore_collection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_collectionviewrestriction (
    id integer NOT NULL,
    restriction_type character varying(20) NOT NULL,
    password character varying(255) NOT NULL,
    collection_id integer NOT NULL
);

CREATE TABLE public.wagtailcore_collectionviewrestriction_groups (
    id bigint NOT NULL,
    collectionviewrestriction_id integer CONSTRAINT wagtailcore_collectionviewr_collectionviewrestriction__not_null NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_collectionviewrestriction_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collectionviewrestriction_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.wagtailcore_collectionviewrestriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collectionviewrestriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_comment (
    id integer NOT NULL,
    text text NOT NULL,
    contentpath text NOT NULL,
    "position" text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    page_id integer NOT NULL,
    resolved_by_id uuid,
    revision_created_id integer,
    user_id uuid NOT NULL
);

ALTER TABLE public.wagtailcore_comment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_commentreply (
    id integer NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    comment_id integer NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.wagtailcore_commentreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_commentreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_groupapprovaltask (
    task_ptr_id integer NOT NULL
);

CREATE TABLE public.wagtailcore_groupapprovaltask_groups (
    id bigint NOT NULL,
    groupapprovaltask_id integer CONSTRAINT wagtailcore_groupapprovaltask_gro_groupapprovaltask_id_not_null NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_groupapprovaltask_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupapprovaltask_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_groupcollectionpermission (
    id integer NOT NULL,
    collection_id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_groupcollectionpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupcollectionpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_grouppagepermission (
    id integer NOT NULL,
    group_id integer NOT NULL,
    page_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_grouppagepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_grouppagepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_groupsitepermission (
    id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL,
    site_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_groupsitepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupsitepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_locale (
    id integer NOT NULL,
    language_code character varying(100) NOT NULL
);

ALTER TABLE public.wagtailcore_locale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_locale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_modellogentry (
    id integer NOT NULL,
    label text NOT NULL,
    action character varying(255) NOT NULL,
    data jsonb CONSTRAINT wagtailcore_modellogentry_data_json_not_null NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    content_changed boolean NOT NULL,
    deleted boolean NOT NULL,
    object_id character varying(255) NOT NULL,
    content_type_id integer,
    user_id uuid,
    uuid uuid,
    revision_id integer
);

ALTER TABLE public.wagtailcore_modellogentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_modellogentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_page (
    id integer NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    depth integer NOT NULL,
    numchild integer NOT NULL,
    title character varying(255) NOT NULL,
    slug character varying(255) NOT NULL,
    live boolean NOT NULL,
    has_unpublished_changes boolean NOT NULL,
    url_path text NOT NULL,
    seo_title character varying(255) NOT NULL,
    show_in_menus boolean NOT NULL,
    search_description text NOT NULL,
    go_live_at timestamp with time zone,
    expire_at timestamp with time zone,
    expired boolean NOT NULL,
    content_type_id integer NOT NULL,
    owner_id uuid,
    locked boolean NOT NULL,
    latest_revision_created_at timestamp with time zone,
    first_published_at timestamp with time zone,
    live_revision_id integer,
    last_published_at timestamp with time zone,
    draft_title character varying(255) NOT NULL,
    locked_at timestamp with time zone,
    locked_by_id uuid,
    translation_key uuid NOT NULL,
    locale_id integer NOT NULL,
    alias_of_id integer,
    latest_revision_id integer,
    CONSTRAINT wagtailcore_page_depth_check CHECK ((depth >= 0)),
    CONSTRAINT wagtailcore_page_numchild_check CHECK ((numchild >= 0))
);

ALTER TABLE public.wagtailcore_page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_pagelogentry (
    id integer NOT NULL,
    label text NOT NULL,
    action character varying(255) NOT NULL,
    data jsonb CONSTRAINT wagtailcore_pagelogentry_data_json_not_null NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    content_changed boolean NOT NULL,
    deleted boolean NOT NULL,
    content_type_id integer,
    page_id integer NOT NULL,
    revision_id integer,
    user_id uuid,
    uuid uuid
);

ALTER TABLE public.wagtailcore_pagelogentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagelogentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_revision (
    id integer CONSTRAINT wagtailcore_pagerevision_id_not_null NOT NULL,
    created_at timestamp with time zone CONSTRAINT wagtailcore_pagerevision_created_at_not_null NOT NULL,
    content jsonb CONSTRAINT wagtailcore_pagerevision_content_json_not_null NOT NULL,
    approved_go_live_at timestamp with time zone,
    object_id character varying(255) CONSTRAINT wagtailcore_pagerevision_page_id_not_null NOT NULL,
    user_id uuid,
    content_type_id integer NOT NULL,
    base_content_type_id integer NOT NULL,
    object_str text NOT NULL
);

ALTER TABLE public.wagtailcore_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagerevision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_pagesubscription (
    id integer NOT NULL,
    comment_notifications boolean NOT NULL,
    page_id integer NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.wagtailcore_pagesubscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagesubscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_pageviewrestriction (
    id integer NOT NULL,
    password character varying(255) NOT NULL,
    page_id integer NOT NULL,
    restriction_type character varying(20) NOT NULL
);

CREATE TABLE public.wagtailcore_pageviewrestriction_groups (
    id bigint NOT NULL,
    pageviewrestriction_id integer CONSTRAINT wagtailcore_pageviewrestriction_pageviewrestriction_id_not_null NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_pageviewrestriction_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pageviewrestriction_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.wagtailcore_pageviewrestriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pageviewrestriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_referenceindex (
    id integer NOT NULL,
    object_id character varying(255) NOT NULL,
    to_object_id character varying(255) NOT NULL,
    model_path text NOT NULL,
    content_path text NOT NULL,
    content_path_hash uuid NOT NULL,
    base_content_type_id integer NOT NULL,
    content_type_id integer NOT NULL,
    to_content_type_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_referenceindex ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_referenceindex_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_site (
    id integer NOT NULL,
    hostname character varying(255) NOT NULL,
    port integer NOT NULL,
    is_default_site boolean NOT NULL,
    root_page_id integer NOT NULL,
    site_name character varying(255) NOT NULL
);

ALTER TABLE public.wagtailcore_site ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_task (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    active boolean NOT NULL,
    content_type_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_taskstate (
    id integer NOT NULL,
    status character varying(50) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    content_type_id integer NOT NULL,
    revision_id integer CONSTRAINT wagtailcore_taskstate_page_revision_id_not_null NOT NULL,
    task_id integer NOT NULL,
    workflow_state_id integer NOT NULL,
    finished_by_id uuid,
    comment text NOT NULL
);

ALTER TABLE public.wagtailcore_taskstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_taskstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_uploadedfile (
    id integer NOT NULL,
    file character varying(200) NOT NULL,
    for_content_type_id integer,
    uploaded_by_user_id uuid
);

ALTER TABLE public.wagtailcore_uploadedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_uploadedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_workflow (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    active boolean NOT NULL
);

ALTER TABLE public.wagtailcore_workflow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_workflowcontenttype (
    content_type_id integer NOT NULL,
    workflow_id integer NOT NULL
);

CREATE TABLE public.wagtailcore_workflowpage (
    page_id integer NOT NULL,
    workflow_id integer NOT NULL
);

CREATE TABLE public.wagtailcore_workflowstate (
    id integer NOT NULL,
    status character varying(50) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    current_task_state_id integer,
    object_id character varying(255) CONSTRAINT wagtailcore_workflowstate_page_id_not_null NOT NULL,
    requested_by_id uuid,
    workflow_id integer NOT NULL,
    content_type_id integer NOT NULL,
    base_content_type_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_workflowstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflowstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailcore_workflowtask (
    id integer NOT NULL,
    sort_order integer,
    task_id integer NOT NULL,
    workflow_id integer NOT NULL
);

ALTER TABLE public.wagtailcore_workflowtask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflowtask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtaildocs_document (
    id integer NOT NULL,
    title character varying(255) NOT NULL,
    file character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    uploaded_by_user_id uuid,
    collection_id integer NOT NULL,
    file_size bigint,
    file_hash character varying(40) NOT NULL,
    CONSTRAINT wagtaildocs_document_file_size_check CHECK ((file_size >= 0))
);

ALTER TABLE public.wagtaildocs_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtaildocs_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailimages_image (
    id integer NOT NULL,
    title character varying(255) NOT NULL,
    file character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    focal_point_x integer,
    focal_point_y integer,
    focal_point_width integer,
    focal_point_height integer,
    uploaded_by_user_id uuid,
    file_size integer,
    collection_id integer NOT NULL,
    file_hash character varying(40) NOT NULL,
    description character varying(255) NOT NULL,
    CONSTRAINT wagtailimages_image_file_size_check CHECK ((file_size >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_height_check CHECK ((focal_point_height >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_width_check CHECK ((focal_point_width >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_x_check CHECK ((focal_point_x >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_y_check CHECK ((focal_point_y >= 0))
);

ALTER TABLE public.wagtailimages_image ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailimages_image_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailimages_rendition (
    id integer NOT NULL,
    file character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    focal_point_key character varying(16) NOT NULL,
    filter_spec character varying(255) NOT NULL,
    image_id integer NOT NULL
);

ALTER TABLE public.wagtailimages_rendition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailimages_rendition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailsearch_indexentry (
    id integer NOT NULL,
    object_id character varying(50) NOT NULL,
    title_norm double precision NOT NULL,
    content_type_id integer NOT NULL,
    autocomplete tsvector NOT NULL,
    title tsvector NOT NULL,
    body tsvector NOT NULL,
    title_text text NOT NULL,
    body_text text NOT NULL
);

ALTER TABLE public.wagtailsearch_indexentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailsearch_indexentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wagtailusers_userprofile (
    id integer NOT NULL,
    submitted_notifications boolean NOT NULL,
    approved_notifications boolean NOT NULL,
    rejected_notifications boolean NOT NULL,
    user_id uuid NOT NULL,
    preferred_language character varying(10) NOT NULL,
    current_time_zone character varying(40) NOT NULL,
    avatar character varying(100) NOT NULL,
    updated_comments_notifications boolean CONSTRAINT wagtailusers_userprofile_updated_comments_notification_not_null NOT NULL,
    dismissibles jsonb NOT NULL,
    theme character varying(40) NOT NULL,
    density character varying(40) NOT NULL,
    contrast character varying(40) NOT NULL,
    keyboard_shortcuts boolean NOT NULL
);

ALTER TABLE public.wagtailusers_userprofile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailusers_userprofile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.journal_line ATTACH PARTITION public.journal_line_default DEFAULT;

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

INSERT INTO public.auth_group VALUES
	(1, 'Moderators'),
	(2, 'Editors');

INSERT INTO public.auth_group_permissions VALUES
	(1, 1, 109),
	(2, 2, 109),
	(3, 1, 112),
	(4, 1, 110),
	(5, 1, 111),
	(6, 2, 112),
	(7, 2, 110),
	(8, 2, 111),
	(9, 1, 113),
	(10, 2, 113),
	(11, 1, 114),
	(12, 1, 115),
	(13, 1, 116),
	(14, 2, 114),
	(15, 2, 115),
	(16, 2, 116),
	(17, 1, 117),
	(18, 2, 117);

INSERT INTO public.auth_permission VALUES
	(1, 'Can add locale', 3, 'add_locale'),
	(2, 'Can change locale', 3, 'change_locale'),
	(3, 'Can delete locale', 3, 'delete_locale'),
	(4, 'Can view locale', 3, 'view_locale'),
	(5, 'Can add site', 4, 'add_site'),
	(6, 'Can change site', 4, 'change_site'),
	(7, 'Can delete site', 4, 'delete_site'),
	(8, 'Can view site', 4, 'view_site'),
	(9, 'Can add group site permission', 5, 'add_groupsitepermission'),
	(10, 'Can change group site permission', 5, 'change_groupsitepermission'),
	(11, 'Can delete group site permission', 5, 'delete_groupsitepermission'),
	(12, 'Can view group site permission', 5, 'view_groupsitepermission'),
	(13, 'Can add API token', 6, 'add_apitoken'),
	(14, 'Can change API token', 6, 'change_apitoken'),
	(15, 'Can delete API token', 6, 'delete_apitoken'),
	(16, 'Can view API token', 6, 'view_apitoken'),
	(17, 'Can add model log entry', 7, 'add_modellogentry'),
	(18, 'Can change model log entry', 7, 'change_modellogentry'),
	(19, 'Can delete model log entry', 7, 'delete_modellogentry'),
	(20, 'Can view model log entry', 7, 'view_modellogentry'),
	(21, 'Can add revision', 8, 'add_revision'),
	(22, 'Can change revision', 8, 'change_revision'),
	(23, 'Can delete revision', 8, 'delete_revision'),
	(24, 'Can view revision', 8, 'view_revision'),
	(25, 'Can add collection view restriction', 9, 'add_collectionviewrestriction'),
	(26, 'Can change collection view restriction', 9, 'change_collectionviewrestriction'),
	(27, 'Can delete collection view restriction', 9, 'delete_collectionviewrestriction'),
	(28, 'Can view collection view restriction', 9, 'view_collectionviewrestriction'),
	(29, 'Can add collection', 10, 'add_collection'),
	(30, 'Can change collection', 10, 'change_collection'),
	(31, 'Can delete collection', 10, 'delete_collection'),
	(32, 'Can view collection', 10, 'view_collection'),
	(33, 'Can add group collection permission', 11, 'add_groupcollectionpermission'),
	(34, 'Can change group collection permission', 11, 'change_groupcollectionpermission'),
	(35, 'Can delete group collection permission', 11, 'delete_groupcollectionpermission'),
	(36, 'Can view group collection permission', 11, 'view_groupcollectionpermission'),
	(37, 'Can add uploaded file', 12, 'add_uploadedfile'),
	(38, 'Can change uploaded file', 12, 'change_uploadedfile'),
	(39, 'Can delete uploaded file', 12, 'delete_uploadedfile'),
	(40, 'Can view uploaded file', 12, 'view_uploadedfile'),
	(41, 'Can add workflow content type', 13, 'add_workflowcontenttype'),
	(42, 'Can change workflow content type', 13, 'change_workflowcontenttype'),
	(43, 'Can delete workflow content type', 13, 'delete_workflowcontenttype'),
	(44, 'Can view workflow content type', 13, 'view_workflowcontenttype'),
	(45, 'Can add Workflow state', 14, 'add_workflowstate'),
	(46, 'Can change Workflow state', 14, 'change_workflowstate'),
	(47, 'Can delete Workflow state', 14, 'delete_workflowstate'),
	(48, 'Can view Workflow state', 14, 'view_workflowstate'),
	(49, 'Can add workflow', 15, 'add_workflow'),
	(50, 'Can change workflow', 15, 'change_workflow'),
	(51, 'Can delete workflow', 15, 'delete_workflow'),
	(52, 'Can view workflow', 15, 'view_workflow'),
	(53, 'Can add workflow task order', 16, 'add_workflowtask'),
	(54, 'Can change workflow task order', 16, 'change_workflowtask'),
	(55, 'Can delete workflow task order', 16, 'delete_workflowtask'),
	(56, 'Can view workflow task order', 16, 'view_workflowtask'),
	(57, 'Can add task', 17, 'add_task'),
	(58, 'Can change task', 17, 'change_task'),
	(59, 'Can delete task', 17, 'delete_task'),
	(60, 'Can view task', 17, 'view_task'),
	(61, 'Can add Group approval task', 2, 'add_groupapprovaltask'),
	(62, 'Can change Group approval task', 2, 'change_groupapprovaltask'),
	(63, 'Can delete Group approval task', 2, 'delete_groupapprovaltask'),
	(64, 'Can view Group approval task', 2, 'view_groupapprovaltask'),
	(65, 'Can add Task state', 18, 'add_taskstate'),
	(66, 'Can change Task state', 18, 'change_taskstate'),
	(67, 'Can delete Task state', 18, 'delete_taskstate'),
	(68, 'Can view Task state', 18, 'view_taskstate'),
	(69, 'Can add page', 1, 'add_page'),
	(70, 'Can change page', 1, 'change_page'),
	(71, 'Can delete page', 1, 'delete_page'),
	(72, 'Can view page', 1, 'view_page'),
	(73, 'Delete pages with children', 1, 'bulk_delete_page'),
	(74, 'Lock/unlock pages you''ve locked', 1, 'lock_page'),
	(75, 'Publish any page', 1, 'publish_page'),
	(76, 'Unlock any page', 1, 'unlock_page'),
	(77, 'Can add group page permission', 19, 'add_grouppagepermission'),
	(78, 'Can change group page permission', 19, 'change_grouppagepermission'),
	(79, 'Can delete group page permission', 19, 'delete_grouppagepermission'),
	(80, 'Can view group page permission', 19, 'view_grouppagepermission'),
	(81, 'Can add page view restriction', 20, 'add_pageviewrestriction'),
	(82, 'Can change page view restriction', 20, 'change_pageviewrestriction'),
	(83, 'Can delete page view restriction', 20, 'delete_pageviewrestriction'),
	(84, 'Can view page view restriction', 20, 'view_pageviewrestriction'),
	(85, 'Can add workflow page', 21, 'add_workflowpage'),
	(86, 'Can change workflow page', 21, 'change_workflowpage'),
	(87, 'Can delete workflow page', 21, 'delete_workflowpage'),
	(88, 'Can view workflow page', 21, 'view_workflowpage'),
	(89, 'Can add page log entry', 22, 'add_pagelogentry'),
	(90, 'Can change page log entry', 22, 'change_pagelogentry'),
	(91, 'Can delete page log entry', 22, 'delete_pagelogentry'),
	(92, 'Can view page log entry', 22, 'view_pagelogentry'),
	(93, 'Can add comment', 23, 'add_comment'),
	(94, 'Can change comment', 23, 'change_comment'),
	(95, 'Can delete comment', 23, 'delete_comment'),
	(96, 'Can view comment', 23, 'view_comment'),
	(97, 'Can add comment reply', 24, 'add_commentreply'),
	(98, 'Can change comment reply', 24, 'change_commentreply'),
	(99, 'Can delete comment reply', 24, 'delete_commentreply'),
	(100, 'Can view comment reply', 24, 'view_commentreply'),
	(101, 'Can add page subscription', 25, 'add_pagesubscription'),
	(102, 'Can change page subscription', 25, 'change_pagesubscription'),
	(103, 'Can delete page subscription', 25, 'delete_pagesubscription'),
	(104, 'Can view page subscription', 25, 'view_pagesubscription'),
	(105, 'Can add reference index', 26, 'add_referenceindex'),
	(106, 'Can change reference index', 26, 'change_referenceindex'),
	(107, 'Can delete reference index', 26, 'delete_referenceindex'),
	(108, 'Can view reference index', 26, 'view_referenceindex'),
	(109, 'Can access Wagtail admin', 27, 'access_admin'),
	(110, 'Can add document', 28, 'add_document'),
	(111, 'Can change document', 28, 'change_document'),
	(112, 'Can delete document', 28, 'delete_document'),
	(113, 'Can choose document', 28, 'choose_document'),
	(114, 'Can add image', 29, 'add_image'),
	(115, 'Can change image', 29, 'change_image'),
	(116, 'Can delete image', 29, 'delete_image'),
	(117, 'Can choose image', 29, 'choose_image'),
	(118, 'Can view ligne du journal', 30, 'view_journalline'),
	(119, 'Can add liste de valeurs', 34, 'add_valuelist'),
	(120, 'Can change liste de valeurs', 34, 'change_valuelist'),
	(121, 'Can delete liste de valeurs', 34, 'delete_valuelist'),
	(122, 'Can view liste de valeurs', 34, 'view_valuelist'),
	(123, 'Can add version d’un réglage', 35, 'add_configversion'),
	(124, 'Can change version d’un réglage', 35, 'change_configversion'),
	(125, 'Can delete version d’un réglage', 35, 'delete_configversion'),
	(126, 'Can view version d’un réglage', 35, 'view_configversion'),
	(127, 'Can add réglage', 36, 'add_settingversion'),
	(128, 'Can change réglage', 36, 'change_settingversion'),
	(129, 'Can delete réglage', 36, 'delete_settingversion'),
	(130, 'Can view réglage', 36, 'view_settingversion'),
	(131, 'Can add valeur', 37, 'add_value'),
	(132, 'Can change valeur', 37, 'change_value'),
	(133, 'Can delete valeur', 37, 'delete_value'),
	(134, 'Can view valeur', 37, 'view_value'),
	(135, 'Can add compte', 38, 'add_user'),
	(136, 'Can change compte', 38, 'change_user'),
	(137, 'Can delete compte', 38, 'delete_user'),
	(138, 'Can view compte', 38, 'view_user'),
	(139, 'Can add autorité chargée de l’ASE', 39, 'add_aseauthority'),
	(140, 'Can change autorité chargée de l’ASE', 39, 'change_aseauthority'),
	(141, 'Can delete autorité chargée de l’ASE', 39, 'delete_aseauthority'),
	(142, 'Can view autorité chargée de l’ASE', 39, 'view_aseauthority'),
	(143, 'Can add région', 40, 'add_region'),
	(144, 'Can change région', 40, 'change_region'),
	(145, 'Can delete région', 40, 'delete_region'),
	(146, 'Can view région', 40, 'view_region'),
	(147, 'Can add territoire', 41, 'add_territory'),
	(148, 'Can change territoire', 41, 'change_territory'),
	(149, 'Can delete territoire', 41, 'delete_territory'),
	(150, 'Can view territoire', 41, 'view_territory'),
	(151, 'Can add territoire d’une autorité', 42, 'add_asecoverage'),
	(152, 'Can change territoire d’une autorité', 42, 'change_asecoverage'),
	(153, 'Can delete territoire d’une autorité', 42, 'delete_asecoverage'),
	(154, 'Can view territoire d’une autorité', 42, 'view_asecoverage'),
	(155, 'Can add nom d’une autorité', 43, 'add_aseauthorityname'),
	(156, 'Can change nom d’une autorité', 43, 'change_aseauthorityname'),
	(157, 'Can delete nom d’une autorité', 43, 'delete_aseauthorityname'),
	(158, 'Can view nom d’une autorité', 43, 'view_aseauthorityname'),
	(159, 'Can add alerte', 44, 'add_alert'),
	(160, 'Can change alerte', 44, 'change_alert'),
	(161, 'Can delete alerte', 44, 'delete_alert'),
	(162, 'Can view alerte', 44, 'view_alert'),
	(163, 'Can add jeton d’accès', 45, 'add_apitoken'),
	(164, 'Can change jeton d’accès', 45, 'change_apitoken'),
	(165, 'Can delete jeton d’accès', 45, 'delete_apitoken'),
	(166, 'Can view jeton d’accès', 45, 'view_apitoken'),
	(167, 'Can add compteur', 46, 'add_counter'),
	(168, 'Can change compteur', 46, 'change_counter'),
	(169, 'Can delete compteur', 46, 'delete_counter'),
	(170, 'Can view compteur', 46, 'view_counter'),
	(171, 'Can add affichage', 47, 'add_displaytoken'),
	(172, 'Can change affichage', 47, 'change_displaytoken'),
	(173, 'Can delete affichage', 47, 'delete_displaytoken'),
	(174, 'Can view affichage', 47, 'view_displaytoken'),
	(175, 'Can add saisie gardée', 48, 'add_draft'),
	(176, 'Can change saisie gardée', 48, 'change_draft'),
	(177, 'Can delete saisie gardée', 48, 'delete_draft'),
	(178, 'Can view saisie gardée', 48, 'view_draft'),
	(179, 'Can add droit de regard', 49, 'add_grant'),
	(180, 'Can change droit de regard', 49, 'change_grant'),
	(181, 'Can delete droit de regard', 49, 'delete_grant'),
	(182, 'Can view droit de regard', 49, 'view_grant'),
	(183, 'Can add ouverture motivée', 50, 'add_reveal'),
	(184, 'Can change ouverture motivée', 50, 'change_reveal'),
	(185, 'Can delete ouverture motivée', 50, 'delete_reveal'),
	(186, 'Can view ouverture motivée', 50, 'view_reveal'),
	(187, 'Can add connexion', 51, 'add_signin'),
	(188, 'Can change connexion', 51, 'change_signin'),
	(189, 'Can delete connexion', 51, 'delete_signin'),
	(190, 'Can view connexion', 51, 'view_signin'),
	(191, 'Can add pièce jointe', 52, 'add_attachment'),
	(192, 'Can change pièce jointe', 52, 'change_attachment'),
	(193, 'Can delete pièce jointe', 52, 'delete_attachment'),
	(194, 'Can view pièce jointe', 52, 'view_attachment'),
	(195, 'Can add export', 53, 'add_export'),
	(196, 'Can change export', 53, 'change_export'),
	(197, 'Can delete export', 53, 'delete_export'),
	(198, 'Can view export', 53, 'view_export'),
	(199, 'Can add garde', 54, 'add_duty'),
	(200, 'Can change garde', 54, 'change_duty');
INSERT INTO public.auth_permission VALUES
	(201, 'Can delete garde', 54, 'delete_duty'),
	(202, 'Can view garde', 54, 'view_duty'),
	(203, 'Can add échange de garde', 55, 'add_dutyswap'),
	(204, 'Can change échange de garde', 55, 'change_dutyswap'),
	(205, 'Can delete échange de garde', 55, 'delete_dutyswap'),
	(206, 'Can view échange de garde', 55, 'view_dutyswap'),
	(207, 'Can add texte de message', 56, 'add_messagetext'),
	(208, 'Can change texte de message', 56, 'change_messagetext'),
	(209, 'Can delete texte de message', 56, 'delete_messagetext'),
	(210, 'Can view texte de message', 56, 'view_messagetext'),
	(211, 'Can add choix de notification', 57, 'add_notificationchoice'),
	(212, 'Can change choix de notification', 57, 'change_notificationchoice'),
	(213, 'Can delete choix de notification', 57, 'delete_notificationchoice'),
	(214, 'Can view choix de notification', 57, 'view_notificationchoice'),
	(215, 'Can add notification', 58, 'add_obligation'),
	(216, 'Can change notification', 58, 'change_obligation'),
	(217, 'Can delete notification', 58, 'delete_obligation'),
	(218, 'Can view notification', 58, 'view_obligation'),
	(219, 'Can add sonnerie', 59, 'add_ring'),
	(220, 'Can change sonnerie', 59, 'change_ring'),
	(221, 'Can delete sonnerie', 59, 'delete_ring'),
	(222, 'Can view sonnerie', 59, 'view_ring'),
	(223, 'Can add appel', 60, 'add_ringstep'),
	(224, 'Can change appel', 60, 'change_ringstep'),
	(225, 'Can delete appel', 60, 'delete_ringstep'),
	(226, 'Can view appel', 60, 'view_ringstep'),
	(227, 'Can add message de notification', 61, 'add_sending'),
	(228, 'Can change message de notification', 61, 'change_sending'),
	(229, 'Can delete message de notification', 61, 'delete_sending'),
	(230, 'Can view message de notification', 61, 'view_sending'),
	(231, 'Can add contact', 69, 'add_contact'),
	(232, 'Can change contact', 69, 'change_contact'),
	(233, 'Can delete contact', 69, 'delete_contact'),
	(234, 'Can view contact', 69, 'view_contact'),
	(235, 'Can add convention', 70, 'add_convention'),
	(236, 'Can change convention', 70, 'change_convention'),
	(237, 'Can delete convention', 70, 'delete_convention'),
	(238, 'Can view convention', 70, 'view_convention'),
	(239, 'Can add rattachement', 71, 'add_membership'),
	(240, 'Can change rattachement', 71, 'change_membership'),
	(241, 'Can delete rattachement', 71, 'delete_membership'),
	(242, 'Can view rattachement', 71, 'view_membership'),
	(243, 'Can add partenaire', 72, 'add_partner'),
	(244, 'Can change partenaire', 72, 'change_partner'),
	(245, 'Can delete partenaire', 72, 'delete_partner'),
	(246, 'Can view partenaire', 72, 'view_partner'),
	(247, 'Can add place', 73, 'add_place'),
	(248, 'Can change place', 73, 'change_place'),
	(249, 'Can delete place', 73, 'delete_place'),
	(250, 'Can view place', 73, 'view_place'),
	(251, 'Can add suspension', 74, 'add_suspension'),
	(252, 'Can change suspension', 74, 'change_suspension'),
	(253, 'Can delete suspension', 74, 'delete_suspension'),
	(254, 'Can view suspension', 74, 'view_suspension'),
	(255, 'Can add suivi de convention', 75, 'add_conventionfollowup'),
	(256, 'Can change suivi de convention', 75, 'change_conventionfollowup'),
	(257, 'Can delete suivi de convention', 75, 'delete_conventionfollowup'),
	(258, 'Can view suivi de convention', 75, 'view_conventionfollowup'),
	(259, 'Can add étape de convention', 76, 'add_conventionstep'),
	(260, 'Can change étape de convention', 76, 'change_conventionstep'),
	(261, 'Can delete étape de convention', 76, 'delete_conventionstep'),
	(262, 'Can view étape de convention', 76, 'view_conventionstep'),
	(263, 'Can add identité de structure', 77, 'add_partneridentity'),
	(264, 'Can change identité de structure', 77, 'change_partneridentity'),
	(265, 'Can delete identité de structure', 77, 'delete_partneridentity'),
	(266, 'Can view identité de structure', 77, 'view_partneridentity'),
	(267, 'Can add profil d’accueil', 78, 'add_structureprofile'),
	(268, 'Can change profil d’accueil', 78, 'change_structureprofile'),
	(269, 'Can delete profil d’accueil', 78, 'delete_structureprofile'),
	(270, 'Can view profil d’accueil', 78, 'view_structureprofile'),
	(271, 'Can add revue de compte', 79, 'add_accountreview'),
	(272, 'Can change revue de compte', 79, 'change_accountreview'),
	(273, 'Can delete revue de compte', 79, 'delete_accountreview'),
	(274, 'Can view revue de compte', 79, 'view_accountreview'),
	(275, 'Can add suspension de compte', 80, 'add_accountsuspension'),
	(276, 'Can change suspension de compte', 80, 'change_accountsuspension'),
	(277, 'Can delete suspension de compte', 80, 'delete_accountsuspension'),
	(278, 'Can view suspension de compte', 80, 'view_accountsuspension'),
	(279, 'Can add perte de la double authentification', 81, 'add_factorreset'),
	(280, 'Can change perte de la double authentification', 81, 'change_factorreset'),
	(281, 'Can delete perte de la double authentification', 81, 'delete_factorreset'),
	(282, 'Can view perte de la double authentification', 81, 'view_factorreset'),
	(283, 'Can add invitation', 82, 'add_invitation'),
	(284, 'Can change invitation', 82, 'change_invitation'),
	(285, 'Can delete invitation', 82, 'delete_invitation'),
	(286, 'Can view invitation', 82, 'view_invitation'),
	(287, 'Can add changement de droits', 83, 'add_rightschange'),
	(288, 'Can change changement de droits', 83, 'change_rightschange'),
	(289, 'Can delete changement de droits', 83, 'delete_rightschange'),
	(290, 'Can view changement de droits', 83, 'view_rightschange'),
	(291, 'Can add demande de compte', 84, 'add_accountrequest'),
	(292, 'Can change demande de compte', 84, 'change_accountrequest'),
	(293, 'Can delete demande de compte', 84, 'delete_accountrequest'),
	(294, 'Can view demande de compte', 84, 'view_accountrequest'),
	(295, 'Can add page d’accueil', 85, 'add_homepage'),
	(296, 'Can change page d’accueil', 85, 'change_homepage'),
	(297, 'Can delete page d’accueil', 85, 'delete_homepage'),
	(298, 'Can view page d’accueil', 85, 'view_homepage'),
	(299, 'Can add page de texte', 86, 'add_textpage'),
	(300, 'Can change page de texte', 86, 'change_textpage'),
	(301, 'Can delete page de texte', 86, 'delete_textpage'),
	(302, 'Can view page de texte', 86, 'view_textpage'),
	(303, 'Can add prise de connaissance', 87, 'add_acknowledgement'),
	(304, 'Can change prise de connaissance', 87, 'change_acknowledgement'),
	(305, 'Can delete prise de connaissance', 87, 'delete_acknowledgement'),
	(306, 'Can view prise de connaissance', 87, 'view_acknowledgement'),
	(307, 'Can add article d’un document', 88, 'add_articlepage'),
	(308, 'Can change article d’un document', 88, 'change_articlepage'),
	(309, 'Can delete article d’un document', 88, 'delete_articlepage'),
	(310, 'Can view article d’un document', 88, 'view_articlepage'),
	(311, 'Can add unité autorisée', 89, 'add_authorisedunit'),
	(312, 'Can change unité autorisée', 89, 'change_authorisedunit'),
	(313, 'Can delete unité autorisée', 89, 'delete_authorisedunit'),
	(314, 'Can view unité autorisée', 89, 'view_authorisedunit'),
	(315, 'Can add clause', 90, 'add_clauseversion'),
	(316, 'Can change clause', 90, 'change_clauseversion'),
	(317, 'Can delete clause', 90, 'delete_clauseversion'),
	(318, 'Can view clause', 90, 'view_clauseversion'),
	(319, 'Can add document', 91, 'add_document'),
	(320, 'Can change document', 91, 'change_document'),
	(321, 'Can delete document', 91, 'delete_document'),
	(322, 'Can view document', 91, 'view_document'),
	(323, 'Can add page d’un document', 92, 'add_documentpage'),
	(324, 'Can change page d’un document', 92, 'change_documentpage'),
	(325, 'Can delete page d’un document', 92, 'delete_documentpage'),
	(326, 'Can view page d’un document', 92, 'view_documentpage'),
	(327, 'Can add version', 93, 'add_documentversion'),
	(328, 'Can change version', 93, 'change_documentversion'),
	(329, 'Can delete version', 93, 'delete_documentversion'),
	(330, 'Can view version', 93, 'view_documentversion'),
	(331, 'Can add lecture', 94, 'add_reading'),
	(332, 'Can change lecture', 94, 'change_reading'),
	(333, 'Can delete lecture', 94, 'delete_reading'),
	(334, 'Can view lecture', 94, 'view_reading'),
	(335, 'Can add revue annuelle d’une unité', 95, 'add_unitreview'),
	(336, 'Can change revue annuelle d’une unité', 95, 'change_unitreview'),
	(337, 'Can delete revue annuelle d’une unité', 95, 'delete_unitreview'),
	(338, 'Can view revue annuelle d’une unité', 95, 'view_unitreview'),
	(339, 'Can add version proposée', 96, 'add_versionproposal'),
	(340, 'Can change version proposée', 96, 'change_versionproposal'),
	(341, 'Can delete version proposée', 96, 'delete_versionproposal'),
	(342, 'Can view version proposée', 96, 'view_versionproposal'),
	(343, 'Can add campagne d’auto-évaluation', 97, 'add_campaign'),
	(344, 'Can change campagne d’auto-évaluation', 97, 'change_campaign'),
	(345, 'Can delete campagne d’auto-évaluation', 97, 'delete_campaign'),
	(346, 'Can view campagne d’auto-évaluation', 97, 'view_campaign'),
	(347, 'Can add chapitre', 98, 'add_chapterpage'),
	(348, 'Can change chapitre', 98, 'change_chapterpage'),
	(349, 'Can delete chapitre', 98, 'delete_chapterpage'),
	(350, 'Can view chapitre', 98, 'view_chapterpage'),
	(351, 'Can add cotation confirmée', 99, 'add_confirmedmark'),
	(352, 'Can change cotation confirmée', 99, 'change_confirmedmark'),
	(353, 'Can delete cotation confirmée', 99, 'delete_confirmedmark'),
	(354, 'Can view cotation confirmée', 99, 'view_confirmedmark'),
	(355, 'Can add dérogation', 100, 'add_derogation'),
	(356, 'Can change dérogation', 100, 'change_derogation'),
	(357, 'Can delete dérogation', 100, 'delete_derogation'),
	(358, 'Can view dérogation', 100, 'view_derogation'),
	(359, 'Can add preuve', 101, 'add_evidence'),
	(360, 'Can change preuve', 101, 'change_evidence'),
	(361, 'Can delete preuve', 101, 'delete_evidence'),
	(362, 'Can view preuve', 101, 'view_evidence'),
	(363, 'Can add exigence', 102, 'add_exigencepage'),
	(364, 'Can change exigence', 102, 'change_exigencepage'),
	(365, 'Can delete exigence', 102, 'delete_exigencepage'),
	(366, 'Can view exigence', 102, 'view_exigencepage'),
	(367, 'Can add cotation', 103, 'add_mark'),
	(368, 'Can change cotation', 103, 'change_mark'),
	(369, 'Can delete cotation', 103, 'delete_mark'),
	(370, 'Can view cotation', 103, 'view_mark'),
	(371, 'Can add observation', 104, 'add_observation'),
	(372, 'Can change observation', 104, 'change_observation'),
	(373, 'Can delete observation', 104, 'delete_observation'),
	(374, 'Can view observation', 104, 'view_observation'),
	(375, 'Can add action du plan', 105, 'add_planstep'),
	(376, 'Can change action du plan', 105, 'change_planstep'),
	(377, 'Can delete action du plan', 105, 'delete_planstep'),
	(378, 'Can view action du plan', 105, 'view_planstep'),
	(379, 'Can add référentiel', 106, 'add_referentielindexpage'),
	(380, 'Can change référentiel', 106, 'change_referentielindexpage'),
	(381, 'Can delete référentiel', 106, 'delete_referentielindexpage'),
	(382, 'Can view référentiel', 106, 'view_referentielindexpage'),
	(383, 'Can add visite du référentiel', 107, 'add_visit'),
	(384, 'Can change visite du référentiel', 107, 'change_visit'),
	(385, 'Can delete visite du référentiel', 107, 'delete_visit'),
	(386, 'Can view visite du référentiel', 107, 'view_visit'),
	(387, 'Can add cotation proposée', 108, 'add_visitmark'),
	(388, 'Can change cotation proposée', 108, 'change_visitmark'),
	(389, 'Can delete cotation proposée', 108, 'delete_visitmark'),
	(390, 'Can view cotation proposée', 108, 'view_visitmark'),
	(391, 'Can add auto-évaluation', 109, 'add_assessment'),
	(392, 'Can change auto-évaluation', 109, 'change_assessment'),
	(393, 'Can delete auto-évaluation', 109, 'delete_assessment'),
	(394, 'Can view auto-évaluation', 109, 'view_assessment'),
	(395, 'Can add réponses à un questionnaire', 110, 'add_answersheet'),
	(396, 'Can change réponses à un questionnaire', 110, 'change_answersheet'),
	(397, 'Can delete réponses à un questionnaire', 110, 'delete_answersheet'),
	(398, 'Can view réponses à un questionnaire', 110, 'view_answersheet'),
	(399, 'Can add présence', 111, 'add_attendance'),
	(400, 'Can change présence', 111, 'change_attendance');
INSERT INTO public.auth_permission VALUES
	(401, 'Can delete présence', 111, 'delete_attendance'),
	(402, 'Can view présence', 111, 'view_attendance'),
	(403, 'Can add attestation de formation', 112, 'add_attestation'),
	(404, 'Can change attestation de formation', 112, 'change_attestation'),
	(405, 'Can delete attestation de formation', 112, 'delete_attestation'),
	(406, 'Can view attestation de formation', 112, 'view_attestation'),
	(407, 'Can add contre-signature', 113, 'add_countersignature'),
	(408, 'Can change contre-signature', 113, 'change_countersignature'),
	(409, 'Can delete contre-signature', 113, 'delete_countersignature'),
	(410, 'Can view contre-signature', 113, 'view_countersignature'),
	(411, 'Can add programme de formation', 114, 'add_curriculumindexpage'),
	(412, 'Can change programme de formation', 114, 'change_curriculumindexpage'),
	(413, 'Can delete programme de formation', 114, 'delete_curriculumindexpage'),
	(414, 'Can view programme de formation', 114, 'view_curriculumindexpage'),
	(415, 'Can add inscription', 115, 'add_enrolment'),
	(416, 'Can change inscription', 115, 'change_enrolment'),
	(417, 'Can delete inscription', 115, 'delete_enrolment'),
	(418, 'Can view inscription', 115, 'view_enrolment'),
	(419, 'Can add absence prévenue', 116, 'add_excuse'),
	(420, 'Can change absence prévenue', 116, 'change_excuse'),
	(421, 'Can delete absence prévenue', 116, 'delete_excuse'),
	(422, 'Can view absence prévenue', 116, 'view_excuse'),
	(423, 'Can add demi-journée', 117, 'add_halfday'),
	(424, 'Can change demi-journée', 117, 'change_halfday'),
	(425, 'Can delete demi-journée', 117, 'delete_halfday'),
	(426, 'Can view demi-journée', 117, 'view_halfday'),
	(427, 'Can add module de formation', 118, 'add_modulepage'),
	(428, 'Can change module de formation', 118, 'change_modulepage'),
	(429, 'Can delete module de formation', 118, 'delete_modulepage'),
	(430, 'Can view module de formation', 118, 'view_modulepage'),
	(431, 'Can add professionnel', 119, 'add_professional'),
	(432, 'Can change professionnel', 119, 'change_professional'),
	(433, 'Can delete professionnel', 119, 'delete_professional'),
	(434, 'Can view professionnel', 119, 'view_professional'),
	(435, 'Can add professionnels distincts', 120, 'add_professionalapart'),
	(436, 'Can change professionnels distincts', 120, 'change_professionalapart'),
	(437, 'Can delete professionnels distincts', 120, 'delete_professionalapart'),
	(438, 'Can view professionnels distincts', 120, 'view_professionalapart'),
	(439, 'Can add rapprochement de professionnels', 121, 'add_professionalmerge'),
	(440, 'Can change rapprochement de professionnels', 121, 'change_professionalmerge'),
	(441, 'Can delete rapprochement de professionnels', 121, 'delete_professionalmerge'),
	(442, 'Can view rapprochement de professionnels', 121, 'view_professionalmerge'),
	(443, 'Can add avis sur une session', 122, 'add_satisfaction'),
	(444, 'Can change avis sur une session', 122, 'change_satisfaction'),
	(445, 'Can delete avis sur une session', 122, 'delete_satisfaction'),
	(446, 'Can view avis sur une session', 122, 'view_satisfaction'),
	(447, 'Can add session', 123, 'add_session'),
	(448, 'Can change session', 123, 'change_session'),
	(449, 'Can delete session', 123, 'delete_session'),
	(450, 'Can view session', 123, 'view_session'),
	(451, 'Can add invitation d’une structure', 124, 'add_sessioninvitation'),
	(452, 'Can change invitation d’une structure', 124, 'change_sessioninvitation'),
	(453, 'Can delete invitation d’une structure', 124, 'delete_sessioninvitation'),
	(454, 'Can view invitation d’une structure', 124, 'view_sessioninvitation'),
	(455, 'Can add message de session', 125, 'add_sessionnotice'),
	(456, 'Can change message de session', 125, 'change_sessionnotice'),
	(457, 'Can delete message de session', 125, 'delete_sessionnotice'),
	(458, 'Can view message de session', 125, 'view_sessionnotice'),
	(459, 'Can add formateur d’une session', 126, 'add_sessiontrainer'),
	(460, 'Can change formateur d’une session', 126, 'change_sessiontrainer'),
	(461, 'Can delete formateur d’une session', 126, 'delete_sessiontrainer'),
	(462, 'Can view formateur d’une session', 126, 'view_sessiontrainer'),
	(463, 'Can add signature de présence', 127, 'add_signature'),
	(464, 'Can change signature de présence', 127, 'change_signature'),
	(465, 'Can delete signature de présence', 127, 'delete_signature'),
	(466, 'Can view signature de présence', 127, 'view_signature'),
	(467, 'Can add acte d’accompagnement', 128, 'add_supportact'),
	(468, 'Can change acte d’accompagnement', 128, 'change_supportact'),
	(469, 'Can delete acte d’accompagnement', 128, 'delete_supportact'),
	(470, 'Can view acte d’accompagnement', 128, 'view_supportact'),
	(471, 'Can add attente d’une place en formation', 129, 'add_waitingentry'),
	(472, 'Can change attente d’une place en formation', 129, 'change_waitingentry'),
	(473, 'Can delete attente d’une place en formation', 129, 'delete_waitingentry'),
	(474, 'Can view attente d’une place en formation', 129, 'view_waitingentry'),
	(475, 'Can add personne venue sans inscription', 130, 'add_walkin'),
	(476, 'Can change personne venue sans inscription', 130, 'change_walkin'),
	(477, 'Can delete personne venue sans inscription', 130, 'delete_walkin'),
	(478, 'Can view personne venue sans inscription', 130, 'view_walkin'),
	(479, 'Can add plan annuel de formation', 131, 'add_yearplan'),
	(480, 'Can change plan annuel de formation', 131, 'change_yearplan'),
	(481, 'Can delete plan annuel de formation', 131, 'delete_yearplan'),
	(482, 'Can view plan annuel de formation', 131, 'view_yearplan'),
	(483, 'Can add ligne du plan annuel', 132, 'add_yearplanline'),
	(484, 'Can change ligne du plan annuel', 132, 'change_yearplanline'),
	(485, 'Can delete ligne du plan annuel', 132, 'delete_yearplanline'),
	(486, 'Can view ligne du plan annuel', 132, 'view_yearplanline'),
	(487, 'Can add absence', 133, 'add_absence'),
	(488, 'Can change absence', 133, 'change_absence'),
	(489, 'Can delete absence', 133, 'delete_absence'),
	(490, 'Can view absence', 133, 'view_absence'),
	(491, 'Can add information d’une autorité', 134, 'add_authoritynotice'),
	(492, 'Can change information d’une autorité', 134, 'change_authoritynotice'),
	(493, 'Can delete information d’une autorité', 134, 'delete_authoritynotice'),
	(494, 'Can view information d’une autorité', 134, 'view_authoritynotice'),
	(495, 'Can add destinataire écarté', 135, 'add_authoritywaiver'),
	(496, 'Can change destinataire écarté', 135, 'change_authoritywaiver'),
	(497, 'Can delete destinataire écarté', 135, 'delete_authoritywaiver'),
	(498, 'Can view destinataire écarté', 135, 'view_authoritywaiver'),
	(499, 'Can add situation', 136, 'add_case'),
	(500, 'Can change situation', 136, 'change_case'),
	(501, 'Can delete situation', 136, 'delete_case'),
	(502, 'Can view situation', 136, 'view_case'),
	(503, 'Can add forme d’exploitation d’une situation', 138, 'add_caseform'),
	(504, 'Can change forme d’exploitation d’une situation', 138, 'change_caseform'),
	(505, 'Can delete forme d’exploitation d’une situation', 138, 'delete_caseform'),
	(506, 'Can view forme d’exploitation d’une situation', 138, 'view_caseform'),
	(507, 'Can add langue d’un mineur', 139, 'add_caselanguage'),
	(508, 'Can change langue d’un mineur', 139, 'change_caselanguage'),
	(509, 'Can delete langue d’un mineur', 139, 'delete_caselanguage'),
	(510, 'Can view langue d’un mineur', 139, 'view_caselanguage'),
	(511, 'Can add besoin d’un mineur', 142, 'add_caseneed'),
	(512, 'Can change besoin d’un mineur', 142, 'change_caseneed'),
	(513, 'Can delete besoin d’un mineur', 142, 'delete_caseneed'),
	(514, 'Can view besoin d’un mineur', 142, 'view_caseneed'),
	(515, 'Can add circuit de protection', 144, 'add_circuit'),
	(516, 'Can change circuit de protection', 144, 'change_circuit'),
	(517, 'Can delete circuit de protection', 144, 'delete_circuit'),
	(518, 'Can view circuit de protection', 144, 'view_circuit'),
	(519, 'Can add étape du circuit de protection', 145, 'add_circuitstep'),
	(520, 'Can change étape du circuit de protection', 145, 'change_circuitstep'),
	(521, 'Can delete étape du circuit de protection', 145, 'delete_circuitstep'),
	(522, 'Can view étape du circuit de protection', 145, 'view_circuitstep'),
	(523, 'Can add modèle de circuit', 146, 'add_circuittemplate'),
	(524, 'Can change modèle de circuit', 146, 'change_circuittemplate'),
	(525, 'Can delete modèle de circuit', 146, 'delete_circuittemplate'),
	(526, 'Can view modèle de circuit', 146, 'view_circuittemplate'),
	(527, 'Can add version d’un modèle de circuit', 147, 'add_circuitversion'),
	(528, 'Can change version d’un modèle de circuit', 147, 'change_circuitversion'),
	(529, 'Can delete version d’un modèle de circuit', 147, 'delete_circuitversion'),
	(530, 'Can view version d’un modèle de circuit', 147, 'view_circuitversion'),
	(531, 'Can add réponse à un champ ajouté', 148, 'add_extraanswer'),
	(532, 'Can change réponse à un champ ajouté', 148, 'change_extraanswer'),
	(533, 'Can delete réponse à un champ ajouté', 148, 'delete_extraanswer'),
	(534, 'Can view réponse à un champ ajouté', 148, 'view_extraanswer'),
	(535, 'Can add champ ajouté', 149, 'add_extrafield'),
	(536, 'Can change champ ajouté', 149, 'change_extrafield'),
	(537, 'Can delete champ ajouté', 149, 'delete_extrafield'),
	(538, 'Can view champ ajouté', 149, 'view_extrafield'),
	(539, 'Can add grille de repérage remplie', 150, 'add_filledgrid'),
	(540, 'Can change grille de repérage remplie', 150, 'change_filledgrid'),
	(541, 'Can delete grille de repérage remplie', 150, 'delete_filledgrid'),
	(542, 'Can view grille de repérage remplie', 150, 'view_filledgrid'),
	(543, 'Can add version de la grille de repérage', 151, 'add_gridversion'),
	(544, 'Can change version de la grille de repérage', 151, 'change_gridversion'),
	(545, 'Can delete version de la grille de repérage', 151, 'delete_gridversion'),
	(546, 'Can view version de la grille de repérage', 151, 'view_gridversion'),
	(547, 'Can add incident', 152, 'add_incident'),
	(548, 'Can change incident', 152, 'change_incident'),
	(549, 'Can delete incident', 152, 'delete_incident'),
	(550, 'Can view incident', 152, 'view_incident'),
	(551, 'Can add cause d’un incident', 153, 'add_incidentcause'),
	(552, 'Can change cause d’un incident', 153, 'change_incidentcause'),
	(553, 'Can delete cause d’un incident', 153, 'delete_incidentcause'),
	(554, 'Can view cause d’un incident', 153, 'view_incidentcause'),
	(555, 'Can add enfant concerné', 154, 'add_incidentchild'),
	(556, 'Can change enfant concerné', 154, 'change_incidentchild'),
	(557, 'Can delete enfant concerné', 154, 'delete_incidentchild'),
	(558, 'Can view enfant concerné', 154, 'view_incidentchild'),
	(559, 'Can add ligne du suivi', 155, 'add_incidentevent'),
	(560, 'Can change ligne du suivi', 155, 'change_incidentevent'),
	(561, 'Can delete ligne du suivi', 155, 'delete_incidentevent'),
	(562, 'Can view ligne du suivi', 155, 'view_incidentevent'),
	(563, 'Can add déclarations rapprochées', 156, 'add_incidentpair'),
	(564, 'Can change déclarations rapprochées', 156, 'change_incidentpair'),
	(565, 'Can delete déclarations rapprochées', 156, 'delete_incidentpair'),
	(566, 'Can view déclarations rapprochées', 156, 'view_incidentpair'),
	(567, 'Can add retour d’expérience', 157, 'add_incidentreview'),
	(568, 'Can change retour d’expérience', 157, 'change_incidentreview'),
	(569, 'Can delete retour d’expérience', 157, 'delete_incidentreview'),
	(570, 'Can view retour d’expérience', 157, 'view_incidentreview'),
	(571, 'Can add tâche d’un incident', 158, 'add_incidenttask'),
	(572, 'Can change tâche d’un incident', 158, 'change_incidenttask'),
	(573, 'Can delete tâche d’un incident', 158, 'delete_incidenttask'),
	(574, 'Can view tâche d’un incident', 158, 'view_incidenttask'),
	(575, 'Can add acheminement', 159, 'add_journey'),
	(576, 'Can change acheminement', 159, 'change_journey'),
	(577, 'Can delete acheminement', 159, 'delete_journey'),
	(578, 'Can view acheminement', 159, 'view_journey'),
	(579, 'Can add lieu à éviter', 160, 'add_keepaway'),
	(580, 'Can change lieu à éviter', 160, 'change_keepaway'),
	(581, 'Can delete lieu à éviter', 160, 'delete_keepaway'),
	(582, 'Can view lieu à éviter', 160, 'view_keepaway'),
	(583, 'Can add cadre juridique d’un mineur', 161, 'add_legalframe'),
	(584, 'Can change cadre juridique d’un mineur', 161, 'change_legalframe'),
	(585, 'Can delete cadre juridique d’un mineur', 161, 'delete_legalframe'),
	(586, 'Can view cadre juridique d’un mineur', 161, 'view_legalframe'),
	(587, 'Can add mise en lien', 162, 'add_linking'),
	(588, 'Can change mise en lien', 162, 'change_linking'),
	(589, 'Can delete mise en lien', 162, 'delete_linking'),
	(590, 'Can view mise en lien', 162, 'view_linking'),
	(591, 'Can add accord de mise en lien', 163, 'add_linkingagreement'),
	(592, 'Can change accord de mise en lien', 163, 'change_linkingagreement'),
	(593, 'Can delete accord de mise en lien', 163, 'delete_linkingagreement'),
	(594, 'Can view accord de mise en lien', 163, 'view_linkingagreement'),
	(595, 'Can add point du protocole de sécurité', 164, 'add_linkingcheck'),
	(596, 'Can change point du protocole de sécurité', 164, 'change_linkingcheck'),
	(597, 'Can delete point du protocole de sécurité', 164, 'delete_linkingcheck'),
	(598, 'Can view point du protocole de sécurité', 164, 'view_linkingcheck'),
	(599, 'Can add recherche de lieu', 165, 'add_matching'),
	(600, 'Can change recherche de lieu', 165, 'change_matching');
INSERT INTO public.auth_permission VALUES
	(601, 'Can delete recherche de lieu', 165, 'delete_matching'),
	(602, 'Can view recherche de lieu', 165, 'view_matching'),
	(603, 'Can add version des règles de recherche', 166, 'add_matchingrules'),
	(604, 'Can change version des règles de recherche', 166, 'change_matchingrules'),
	(605, 'Can delete version des règles de recherche', 166, 'delete_matchingrules'),
	(606, 'Can view version des règles de recherche', 166, 'view_matchingrules'),
	(607, 'Can add justificatif d’une information', 167, 'add_noticeproof'),
	(608, 'Can change justificatif d’une information', 167, 'change_noticeproof'),
	(609, 'Can delete justificatif d’une information', 167, 'delete_noticeproof'),
	(610, 'Can view justificatif d’une information', 167, 'view_noticeproof'),
	(611, 'Can add orientation', 168, 'add_orientation'),
	(612, 'Can change orientation', 168, 'change_orientation'),
	(613, 'Can delete orientation', 168, 'delete_orientation'),
	(614, 'Can view orientation', 168, 'view_orientation'),
	(615, 'Can add accord de l’autorité qui paie', 169, 'add_payeragreement'),
	(616, 'Can change accord de l’autorité qui paie', 169, 'change_payeragreement'),
	(617, 'Can delete accord de l’autorité qui paie', 169, 'delete_payeragreement'),
	(618, 'Can view accord de l’autorité qui paie', 169, 'view_payeragreement'),
	(619, 'Can add confirmation de places', 170, 'add_placeconfirmation'),
	(620, 'Can change confirmation de places', 170, 'change_placeconfirmation'),
	(621, 'Can delete confirmation de places', 170, 'delete_placeconfirmation'),
	(622, 'Can view confirmation de places', 170, 'view_placeconfirmation'),
	(623, 'Can add séjour', 171, 'add_placement'),
	(624, 'Can change séjour', 171, 'change_placement'),
	(625, 'Can delete séjour', 171, 'delete_placement'),
	(626, 'Can view séjour', 171, 'view_placement'),
	(627, 'Can add proposition', 172, 'add_proposal'),
	(628, 'Can change proposition', 172, 'change_proposal'),
	(629, 'Can delete proposition', 172, 'delete_proposal'),
	(630, 'Can view proposition', 172, 'view_proposal'),
	(631, 'Can add délai de fugue', 173, 'add_runawaydelay'),
	(632, 'Can change délai de fugue', 173, 'change_runawaydelay'),
	(633, 'Can delete délai de fugue', 173, 'delete_runawaydelay'),
	(634, 'Can view délai de fugue', 173, 'view_runawaydelay'),
	(635, 'Can add retour de fugue', 174, 'add_runawayreturn'),
	(636, 'Can change retour de fugue', 174, 'change_runawayreturn'),
	(637, 'Can delete retour de fugue', 174, 'delete_runawayreturn'),
	(638, 'Can view retour de fugue', 174, 'view_runawayreturn'),
	(639, 'Can add version des délais d’incident', 175, 'add_severitytargets'),
	(640, 'Can change version des délais d’incident', 175, 'change_severitytargets'),
	(641, 'Can delete version des délais d’incident', 175, 'delete_severitytargets'),
	(642, 'Can view version des délais d’incident', 175, 'view_severitytargets'),
	(643, 'Can add sollicitation', 176, 'add_sollicitation'),
	(644, 'Can change sollicitation', 176, 'change_sollicitation'),
	(645, 'Can delete sollicitation', 176, 'delete_sollicitation'),
	(646, 'Can view sollicitation', 176, 'view_sollicitation'),
	(647, 'Can add forme d’exploitation présumée', 177, 'add_sollicitationform'),
	(648, 'Can change forme d’exploitation présumée', 177, 'change_sollicitationform'),
	(649, 'Can delete forme d’exploitation présumée', 177, 'delete_sollicitationform'),
	(650, 'Can view forme d’exploitation présumée', 177, 'view_sollicitationform'),
	(651, 'Can add message avec le service demandeur', 178, 'add_sollicitationmessage'),
	(652, 'Can change message avec le service demandeur', 178, 'change_sollicitationmessage'),
	(653, 'Can delete message avec le service demandeur', 178, 'delete_sollicitationmessage'),
	(654, 'Can view message avec le service demandeur', 178, 'view_sollicitationmessage'),
	(655, 'Can add bilan d’étape', 179, 'add_stayreview'),
	(656, 'Can change bilan d’étape', 179, 'change_stayreview'),
	(657, 'Can delete bilan d’étape', 179, 'delete_stayreview'),
	(658, 'Can view bilan d’étape', 179, 'view_stayreview'),
	(659, 'Can add rappel par le standard', 180, 'add_switchboardcall'),
	(660, 'Can change rappel par le standard', 180, 'change_switchboardcall'),
	(661, 'Can delete rappel par le standard', 180, 'delete_switchboardcall'),
	(662, 'Can view rappel par le standard', 180, 'view_switchboardcall'),
	(663, 'Can add besoin non couvert', 181, 'add_unmetneed'),
	(664, 'Can change besoin non couvert', 181, 'change_unmetneed'),
	(665, 'Can delete besoin non couvert', 181, 'delete_unmetneed'),
	(666, 'Can view besoin non couvert', 181, 'view_unmetneed'),
	(667, 'Can add demande non vérifiée', 182, 'add_unverifiedrequest'),
	(668, 'Can change demande non vérifiée', 182, 'change_unverifiedrequest'),
	(669, 'Can delete demande non vérifiée', 182, 'delete_unverifiedrequest'),
	(670, 'Can view demande non vérifiée', 182, 'view_unverifiedrequest'),
	(671, 'Can add veille à six mois', 183, 'add_afterstay'),
	(672, 'Can change veille à six mois', 183, 'change_afterstay'),
	(673, 'Can delete veille à six mois', 183, 'delete_afterstay'),
	(674, 'Can view veille à six mois', 183, 'view_afterstay'),
	(675, 'Can add identité', 184, 'add_caseidentity'),
	(676, 'Can change identité', 184, 'change_caseidentity'),
	(677, 'Can delete identité', 184, 'delete_caseidentity'),
	(678, 'Can view identité', 184, 'view_caseidentity'),
	(679, 'Can add détail d’incident', 185, 'add_incidentdetail'),
	(680, 'Can change détail d’incident', 185, 'change_incidentdetail'),
	(681, 'Can delete détail d’incident', 185, 'delete_incidentdetail'),
	(682, 'Can view détail d’incident', 185, 'view_incidentdetail'),
	(683, 'Can add fugue', 186, 'add_runaway'),
	(684, 'Can change fugue', 186, 'change_runaway'),
	(685, 'Can delete fugue', 186, 'delete_runaway'),
	(686, 'Can view fugue', 186, 'view_runaway'),
	(687, 'Can add détail de sollicitation', 187, 'add_sollicitationdetail'),
	(688, 'Can change détail de sollicitation', 187, 'change_sollicitationdetail'),
	(689, 'Can delete détail de sollicitation', 187, 'delete_sollicitationdetail'),
	(690, 'Can view détail de sollicitation', 187, 'view_sollicitationdetail'),
	(691, 'Voir les chiffres du réseau', 188, 'view_indicators'),
	(692, 'Exporter les chiffres', 188, 'export_indicators'),
	(693, 'Can add marque de changement', 189, 'add_figuremark'),
	(694, 'Can change marque de changement', 189, 'change_figuremark'),
	(695, 'Can delete marque de changement', 189, 'delete_figuremark'),
	(696, 'Can view marque de changement', 189, 'view_figuremark'),
	(697, 'Can add tableau enregistré', 190, 'add_savedtable'),
	(698, 'Can change tableau enregistré', 190, 'change_savedtable'),
	(699, 'Can delete tableau enregistré', 190, 'delete_savedtable'),
	(700, 'Can view tableau enregistré', 190, 'view_savedtable'),
	(701, 'Can add code de trace', 191, 'add_trace'),
	(702, 'Can change code de trace', 191, 'change_trace'),
	(703, 'Can delete code de trace', 191, 'delete_trace'),
	(704, 'Can view code de trace', 191, 'view_trace'),
	(705, 'Can add résultat gardé', 192, 'add_keptresult'),
	(706, 'Can change résultat gardé', 192, 'change_keptresult'),
	(707, 'Can delete résultat gardé', 192, 'delete_keptresult'),
	(708, 'Can view résultat gardé', 192, 'view_keptresult'),
	(709, 'Can add email address', 208, 'add_emailaddress'),
	(710, 'Can change email address', 208, 'change_emailaddress'),
	(711, 'Can delete email address', 208, 'delete_emailaddress'),
	(712, 'Can view email address', 208, 'view_emailaddress'),
	(713, 'Can add email confirmation', 209, 'add_emailconfirmation'),
	(714, 'Can change email confirmation', 209, 'change_emailconfirmation'),
	(715, 'Can delete email confirmation', 209, 'delete_emailconfirmation'),
	(716, 'Can view email confirmation', 209, 'view_emailconfirmation'),
	(717, 'Can add authenticator', 210, 'add_authenticator'),
	(718, 'Can change authenticator', 210, 'change_authenticator'),
	(719, 'Can delete authenticator', 210, 'delete_authenticator'),
	(720, 'Can view authenticator', 210, 'view_authenticator'),
	(721, 'Can add social account', 211, 'add_socialaccount'),
	(722, 'Can change social account', 211, 'change_socialaccount'),
	(723, 'Can delete social account', 211, 'delete_socialaccount'),
	(724, 'Can view social account', 211, 'view_socialaccount'),
	(725, 'Can add social application', 212, 'add_socialapp'),
	(726, 'Can change social application', 212, 'change_socialapp'),
	(727, 'Can delete social application', 212, 'delete_socialapp'),
	(728, 'Can view social application', 212, 'view_socialapp'),
	(729, 'Can add social application token', 213, 'add_socialtoken'),
	(730, 'Can change social application token', 213, 'change_socialtoken'),
	(731, 'Can delete social application token', 213, 'delete_socialtoken'),
	(732, 'Can view social application token', 213, 'view_socialtoken'),
	(733, 'Can add user profile', 214, 'add_userprofile'),
	(734, 'Can change user profile', 214, 'change_userprofile'),
	(735, 'Can delete user profile', 214, 'delete_userprofile'),
	(736, 'Can view user profile', 214, 'view_userprofile'),
	(737, 'Can view document', 28, 'view_document'),
	(738, 'Can view image', 29, 'view_image'),
	(739, 'Can add rendition', 215, 'add_rendition'),
	(740, 'Can change rendition', 215, 'change_rendition'),
	(741, 'Can delete rendition', 215, 'delete_rendition'),
	(742, 'Can view rendition', 215, 'view_rendition'),
	(743, 'Can add index entry', 216, 'add_indexentry'),
	(744, 'Can change index entry', 216, 'change_indexentry'),
	(745, 'Can delete index entry', 216, 'delete_indexentry'),
	(746, 'Can view index entry', 216, 'view_indexentry'),
	(747, 'Can add editing session', 217, 'add_editingsession'),
	(748, 'Can change editing session', 217, 'change_editingsession'),
	(749, 'Can delete editing session', 217, 'delete_editingsession'),
	(750, 'Can view editing session', 217, 'view_editingsession'),
	(751, 'Can add form state', 218, 'add_formstate'),
	(752, 'Can change form state', 218, 'change_formstate'),
	(753, 'Can delete form state', 218, 'delete_formstate'),
	(754, 'Can view form state', 218, 'view_formstate'),
	(755, 'Can add tag', 219, 'add_tag'),
	(756, 'Can change tag', 219, 'change_tag'),
	(757, 'Can delete tag', 219, 'delete_tag'),
	(758, 'Can view tag', 219, 'view_tag'),
	(759, 'Can add tagged item', 220, 'add_taggeditem'),
	(760, 'Can change tagged item', 220, 'change_taggeditem'),
	(761, 'Can delete tagged item', 220, 'delete_taggeditem'),
	(762, 'Can view tagged item', 220, 'view_taggeditem'),
	(763, 'Can add procrastinate event', 221, 'add_procrastinateevent'),
	(764, 'Can change procrastinate event', 221, 'change_procrastinateevent'),
	(765, 'Can delete procrastinate event', 221, 'delete_procrastinateevent'),
	(766, 'Can view procrastinate event', 221, 'view_procrastinateevent'),
	(767, 'Can add procrastinate job', 222, 'add_procrastinatejob'),
	(768, 'Can change procrastinate job', 222, 'change_procrastinatejob'),
	(769, 'Can delete procrastinate job', 222, 'delete_procrastinatejob'),
	(770, 'Can view procrastinate job', 222, 'view_procrastinatejob'),
	(771, 'Can add procrastinate periodic defer', 223, 'add_procrastinateperiodicdefer'),
	(772, 'Can change procrastinate periodic defer', 223, 'change_procrastinateperiodicdefer'),
	(773, 'Can delete procrastinate periodic defer', 223, 'delete_procrastinateperiodicdefer'),
	(774, 'Can view procrastinate periodic defer', 223, 'view_procrastinateperiodicdefer'),
	(775, 'Can add procrastinate worker', 224, 'add_procrastinateworker'),
	(776, 'Can change procrastinate worker', 224, 'change_procrastinateworker'),
	(777, 'Can delete procrastinate worker', 224, 'delete_procrastinateworker'),
	(778, 'Can view procrastinate worker', 224, 'view_procrastinateworker'),
	(779, 'Can add permission', 225, 'add_permission'),
	(780, 'Can change permission', 225, 'change_permission'),
	(781, 'Can delete permission', 225, 'delete_permission'),
	(782, 'Can view permission', 225, 'view_permission'),
	(783, 'Can add group', 226, 'add_group'),
	(784, 'Can change group', 226, 'change_group'),
	(785, 'Can delete group', 226, 'delete_group'),
	(786, 'Can view group', 226, 'view_group'),
	(787, 'Can add content type', 227, 'add_contenttype'),
	(788, 'Can change content type', 227, 'change_contenttype'),
	(789, 'Can delete content type', 227, 'delete_contenttype'),
	(790, 'Can view content type', 227, 'view_contenttype'),
	(791, 'Can add session', 228, 'add_session'),
	(792, 'Can change session', 228, 'change_session'),
	(793, 'Can delete session', 228, 'delete_session'),
	(794, 'Can view session', 228, 'view_session'),
	(795, 'Can add version d’une convention', 229, 'add_conventionversion'),
	(796, 'Can change version d’une convention', 229, 'change_conventionversion'),
	(797, 'Can delete version d’une convention', 229, 'delete_conventionversion'),
	(798, 'Can view version d’une convention', 229, 'view_conventionversion'),
	(799, 'Can add dérogation d’accueil', 230, 'add_stayderogation'),
	(800, 'Can change dérogation d’accueil', 230, 'change_stayderogation');
INSERT INTO public.auth_permission VALUES
	(801, 'Can delete dérogation d’accueil', 230, 'delete_stayderogation'),
	(802, 'Can view dérogation d’accueil', 230, 'view_stayderogation'),
	(803, 'Can add personnes à éviter', 231, 'add_peopletoavoid'),
	(804, 'Can change personnes à éviter', 231, 'change_peopletoavoid'),
	(805, 'Can delete personnes à éviter', 231, 'delete_peopletoavoid'),
	(806, 'Can view personnes à éviter', 231, 'view_peopletoavoid'),
	(807, 'Can add parole d’un enfant', 232, 'add_voicemessage'),
	(808, 'Can change parole d’un enfant', 232, 'change_voicemessage'),
	(809, 'Can delete parole d’un enfant', 232, 'delete_voicemessage'),
	(810, 'Can view parole d’un enfant', 232, 'view_voicemessage'),
	(811, 'Can add réponse à la parole d’un enfant', 233, 'add_voicereply'),
	(812, 'Can change réponse à la parole d’un enfant', 233, 'change_voicereply'),
	(813, 'Can delete réponse à la parole d’un enfant', 233, 'delete_voicereply'),
	(814, 'Can view réponse à la parole d’un enfant', 233, 'view_voicereply'),
	(815, 'Can add identité donnée', 234, 'add_identitygiven'),
	(816, 'Can change identité donnée', 234, 'change_identitygiven'),
	(817, 'Can delete identité donnée', 234, 'delete_identitygiven'),
	(818, 'Can view identité donnée', 234, 'view_identitygiven'),
	(819, 'Can add version de convention tripartite', 235, 'add_linkingversion'),
	(820, 'Can change version de convention tripartite', 235, 'change_linkingversion'),
	(821, 'Can delete version de convention tripartite', 235, 'delete_linkingversion'),
	(822, 'Can view version de convention tripartite', 235, 'view_linkingversion');

INSERT INTO public.django_content_type VALUES
	(1, 'wagtailcore', 'page'),
	(2, 'wagtailcore', 'groupapprovaltask'),
	(3, 'wagtailcore', 'locale'),
	(4, 'wagtailcore', 'site'),
	(5, 'wagtailcore', 'groupsitepermission'),
	(6, 'wagtailcore', 'apitoken'),
	(7, 'wagtailcore', 'modellogentry'),
	(8, 'wagtailcore', 'revision'),
	(9, 'wagtailcore', 'collectionviewrestriction'),
	(10, 'wagtailcore', 'collection'),
	(11, 'wagtailcore', 'groupcollectionpermission'),
	(12, 'wagtailcore', 'uploadedfile'),
	(13, 'wagtailcore', 'workflowcontenttype'),
	(14, 'wagtailcore', 'workflowstate'),
	(15, 'wagtailcore', 'workflow'),
	(16, 'wagtailcore', 'workflowtask'),
	(17, 'wagtailcore', 'task'),
	(18, 'wagtailcore', 'taskstate'),
	(19, 'wagtailcore', 'grouppagepermission'),
	(20, 'wagtailcore', 'pageviewrestriction'),
	(21, 'wagtailcore', 'workflowpage'),
	(22, 'wagtailcore', 'pagelogentry'),
	(23, 'wagtailcore', 'comment'),
	(24, 'wagtailcore', 'commentreply'),
	(25, 'wagtailcore', 'pagesubscription'),
	(26, 'wagtailcore', 'referenceindex'),
	(27, 'wagtailadmin', 'admin'),
	(28, 'wagtaildocs', 'document'),
	(29, 'wagtailimages', 'image'),
	(30, 'journal', 'journalline'),
	(31, 'journal', 'journalhold'),
	(32, 'journal', 'journalmonth'),
	(33, 'journal', 'journalcut'),
	(34, 'values', 'valuelist'),
	(35, 'values', 'configversion'),
	(36, 'values', 'settingversion'),
	(37, 'values', 'value'),
	(38, 'users', 'user'),
	(39, 'territory', 'aseauthority'),
	(40, 'territory', 'region'),
	(41, 'territory', 'territory'),
	(42, 'territory', 'asecoverage'),
	(43, 'territory', 'aseauthorityname'),
	(44, 'access', 'alert'),
	(45, 'access', 'apitoken'),
	(46, 'access', 'counter'),
	(47, 'access', 'displaytoken'),
	(48, 'access', 'draft'),
	(49, 'access', 'grant'),
	(50, 'access', 'reveal'),
	(51, 'access', 'signin'),
	(52, 'files', 'attachment'),
	(53, 'exports', 'export'),
	(54, 'notify', 'duty'),
	(55, 'notify', 'dutyswap'),
	(56, 'notify', 'messagetext'),
	(57, 'notify', 'notificationchoice'),
	(58, 'notify', 'obligation'),
	(59, 'notify', 'ring'),
	(60, 'notify', 'ringstep'),
	(61, 'notify', 'sending'),
	(62, 'retention', 'retentionkind'),
	(63, 'retention', 'legalhold'),
	(64, 'retention', 'retentiondone'),
	(65, 'retention', 'retentionrun'),
	(66, 'retention', 'retentionwarning'),
	(67, 'retention', 'retentionrow'),
	(68, 'retention', 'ruleversion'),
	(69, 'partners', 'contact'),
	(70, 'partners', 'convention'),
	(71, 'partners', 'membership'),
	(72, 'partners', 'partner'),
	(73, 'partners', 'place'),
	(74, 'partners', 'suspension'),
	(75, 'partners', 'conventionfollowup'),
	(76, 'partners', 'conventionstep'),
	(77, 'partners', 'partneridentity'),
	(78, 'partners', 'structureprofile'),
	(79, 'accounts', 'accountreview'),
	(80, 'accounts', 'accountsuspension'),
	(81, 'accounts', 'factorreset'),
	(82, 'accounts', 'invitation'),
	(83, 'accounts', 'rightschange'),
	(84, 'proconnect', 'accountrequest'),
	(85, 'home', 'homepage'),
	(86, 'home', 'textpage'),
	(87, 'documents', 'acknowledgement'),
	(88, 'documents', 'articlepage'),
	(89, 'documents', 'authorisedunit'),
	(90, 'documents', 'clauseversion'),
	(91, 'documents', 'document'),
	(92, 'documents', 'documentpage'),
	(93, 'documents', 'documentversion'),
	(94, 'documents', 'reading'),
	(95, 'documents', 'unitreview'),
	(96, 'documents', 'versionproposal'),
	(97, 'referentiel', 'campaign'),
	(98, 'referentiel', 'chapterpage'),
	(99, 'referentiel', 'confirmedmark'),
	(100, 'referentiel', 'derogation'),
	(101, 'referentiel', 'evidence'),
	(102, 'referentiel', 'exigencepage'),
	(103, 'referentiel', 'mark'),
	(104, 'referentiel', 'observation'),
	(105, 'referentiel', 'planstep'),
	(106, 'referentiel', 'referentielindexpage'),
	(107, 'referentiel', 'visit'),
	(108, 'referentiel', 'visitmark'),
	(109, 'referentiel', 'assessment'),
	(110, 'formation', 'answersheet'),
	(111, 'formation', 'attendance'),
	(112, 'formation', 'attestation'),
	(113, 'formation', 'countersignature'),
	(114, 'formation', 'curriculumindexpage'),
	(115, 'formation', 'enrolment'),
	(116, 'formation', 'excuse'),
	(117, 'formation', 'halfday'),
	(118, 'formation', 'modulepage'),
	(119, 'formation', 'professional'),
	(120, 'formation', 'professionalapart'),
	(121, 'formation', 'professionalmerge'),
	(122, 'formation', 'satisfaction'),
	(123, 'formation', 'session'),
	(124, 'formation', 'sessioninvitation'),
	(125, 'formation', 'sessionnotice'),
	(126, 'formation', 'sessiontrainer'),
	(127, 'formation', 'signature'),
	(128, 'formation', 'supportact'),
	(129, 'formation', 'waitingentry'),
	(130, 'formation', 'walkin'),
	(131, 'formation', 'yearplan'),
	(132, 'formation', 'yearplanline'),
	(133, 'cases', 'absence'),
	(134, 'cases', 'authoritynotice'),
	(135, 'cases', 'authoritywaiver'),
	(136, 'cases', 'case'),
	(137, 'cases', 'caseapart'),
	(138, 'cases', 'caseform'),
	(139, 'cases', 'caselanguage'),
	(140, 'cases', 'casemerge'),
	(141, 'cases', 'casename'),
	(142, 'cases', 'caseneed'),
	(143, 'cases', 'casesound'),
	(144, 'cases', 'circuit'),
	(145, 'cases', 'circuitstep'),
	(146, 'cases', 'circuittemplate'),
	(147, 'cases', 'circuitversion'),
	(148, 'cases', 'extraanswer'),
	(149, 'cases', 'extrafield'),
	(150, 'cases', 'filledgrid'),
	(151, 'cases', 'gridversion'),
	(152, 'cases', 'incident'),
	(153, 'cases', 'incidentcause'),
	(154, 'cases', 'incidentchild'),
	(155, 'cases', 'incidentevent'),
	(156, 'cases', 'incidentpair'),
	(157, 'cases', 'incidentreview'),
	(158, 'cases', 'incidenttask'),
	(159, 'cases', 'journey'),
	(160, 'cases', 'keepaway'),
	(161, 'cases', 'legalframe'),
	(162, 'cases', 'linking'),
	(163, 'cases', 'linkingagreement'),
	(164, 'cases', 'linkingcheck'),
	(165, 'cases', 'matching'),
	(166, 'cases', 'matchingrules'),
	(167, 'cases', 'noticeproof'),
	(168, 'cases', 'orientation'),
	(169, 'cases', 'payeragreement'),
	(170, 'cases', 'placeconfirmation'),
	(171, 'cases', 'placement'),
	(172, 'cases', 'proposal'),
	(173, 'cases', 'runawaydelay'),
	(174, 'cases', 'runawayreturn'),
	(175, 'cases', 'severitytargets'),
	(176, 'cases', 'sollicitation'),
	(177, 'cases', 'sollicitationform'),
	(178, 'cases', 'sollicitationmessage'),
	(179, 'cases', 'stayreview'),
	(180, 'cases', 'switchboardcall'),
	(181, 'cases', 'unmetneed'),
	(182, 'cases', 'unverifiedrequest'),
	(183, 'cases', 'afterstay'),
	(184, 'cases', 'caseidentity'),
	(185, 'cases', 'incidentdetail'),
	(186, 'cases', 'runaway'),
	(187, 'cases', 'sollicitationdetail'),
	(188, 'dashboards', 'indicator'),
	(189, 'dashboards', 'figuremark'),
	(190, 'dashboards', 'savedtable'),
	(191, 'dashboards', 'trace'),
	(192, 'dashboards', 'keptresult'),
	(193, 'reporting', 'closedperiod'),
	(194, 'reporting', 'closedrows'),
	(195, 'reporting', 'committee'),
	(196, 'reporting', 'historyimport'),
	(197, 'reporting', 'release'),
	(198, 'reporting', 'revision'),
	(199, 'reporting', 'statequestion'),
	(200, 'reporting', 'target');
INSERT INTO public.django_content_type VALUES
	(201, 'rights', 'accessreview'),
	(202, 'rights', 'alertreceipt'),
	(203, 'rights', 'filecopy'),
	(204, 'rights', 'nightcheck'),
	(205, 'rights', 'rightsrequest'),
	(206, 'rights', 'rightsstep'),
	(207, 'rights', 'rightsdetail'),
	(208, 'account', 'emailaddress'),
	(209, 'account', 'emailconfirmation'),
	(210, 'mfa', 'authenticator'),
	(211, 'socialaccount', 'socialaccount'),
	(212, 'socialaccount', 'socialapp'),
	(213, 'socialaccount', 'socialtoken'),
	(214, 'wagtailusers', 'userprofile'),
	(215, 'wagtailimages', 'rendition'),
	(216, 'wagtailsearch', 'indexentry'),
	(217, 'wagtailadmin', 'editingsession'),
	(218, 'wagtailadmin', 'formstate'),
	(219, 'taggit', 'tag'),
	(220, 'taggit', 'taggeditem'),
	(221, 'procrastinate', 'procrastinateevent'),
	(222, 'procrastinate', 'procrastinatejob'),
	(223, 'procrastinate', 'procrastinateperiodicdefer'),
	(224, 'procrastinate', 'procrastinateworker'),
	(225, 'auth', 'permission'),
	(226, 'auth', 'group'),
	(227, 'contenttypes', 'contenttype'),
	(228, 'sessions', 'session'),
	(229, 'partners', 'conventionversion'),
	(230, 'cases', 'stayderogation'),
	(231, 'cases', 'peopletoavoid'),
	(232, 'cases', 'voicemessage'),
	(233, 'cases', 'voicereply'),
	(234, 'cases', 'identitygiven'),
	(235, 'cases', 'linkingversion');

INSERT INTO public.django_migrations VALUES
	(1, 'values', '0001_initial', '2026-12-02 02:27:16.706682+00'),
	(2, 'contenttypes', '0001_initial', '2026-12-02 02:27:16.725237+00'),
	(3, 'contenttypes', '0002_remove_content_type_name', '2026-12-02 02:27:16.749803+00'),
	(4, 'auth', '0001_initial', '2026-12-02 02:27:16.814624+00'),
	(5, 'auth', '0002_alter_permission_name_max_length', '2026-12-02 02:27:16.830133+00'),
	(6, 'auth', '0003_alter_user_email_max_length', '2026-12-02 02:27:16.84688+00'),
	(7, 'auth', '0004_alter_user_username_opts', '2026-12-02 02:27:16.863495+00'),
	(8, 'auth', '0005_alter_user_last_login_null', '2026-12-02 02:27:16.878456+00'),
	(9, 'auth', '0006_require_contenttypes_0002', '2026-12-02 02:27:16.880187+00'),
	(10, 'auth', '0007_alter_validators_add_error_messages', '2026-12-02 02:27:16.900615+00'),
	(11, 'auth', '0008_alter_user_username_max_length', '2026-12-02 02:27:16.914568+00'),
	(12, 'auth', '0009_alter_user_last_name_max_length', '2026-12-02 02:27:16.924776+00'),
	(13, 'auth', '0010_alter_group_name_max_length', '2026-12-02 02:27:16.935216+00'),
	(14, 'auth', '0011_update_proxy_permissions', '2026-12-02 02:27:16.949823+00'),
	(15, 'auth', '0012_alter_user_first_name_max_length', '2026-12-02 02:27:16.959052+00'),
	(16, 'users', '0001_initial', '2026-12-02 02:27:17.231388+00'),
	(17, 'territory', '0001_initial', '2026-12-02 02:27:17.424143+00'),
	(18, 'rights', '0001_initial', '2026-12-02 02:27:17.461106+00'),
	(19, 'partners', '0001_initial', '2026-12-02 02:27:17.540263+00'),
	(20, 'cases', '0001_initial', '2026-12-02 02:27:18.161455+00'),
	(21, 'cases', '0002_initial', '2026-12-02 02:28:38.1705+00'),
	(22, 'access', '0001_initial', '2026-12-02 02:28:38.226712+00'),
	(23, 'access', '0002_initial', '2026-12-02 02:28:41.412809+00'),
	(24, 'rights', '0002_initial', '2026-12-02 02:28:44.565177+00'),
	(25, 'retention', '0001_initial', '2026-12-02 02:28:44.77383+00'),
	(26, 'reporting', '0001_initial', '2026-12-02 02:28:45.24085+00'),
	(27, 'partners', '0002_initial', '2026-12-02 02:28:52.062184+00'),
	(28, 'reporting', '0002_initial', '2026-12-02 02:29:04.412971+00'),
	(29, 'wagtailcore', '0001_initial', '2026-12-02 02:29:09.249393+00'),
	(30, 'wagtailcore', '0002_initial_data', '2026-12-02 02:29:09.250272+00'),
	(31, 'wagtailcore', '0003_add_uniqueness_constraint_on_group_page_permission', '2026-12-02 02:29:09.250864+00'),
	(32, 'wagtailcore', '0004_page_locked', '2026-12-02 02:29:09.251295+00'),
	(33, 'wagtailcore', '0005_add_page_lock_permission_to_moderators', '2026-12-02 02:29:09.251652+00'),
	(34, 'wagtailcore', '0006_add_lock_page_permission', '2026-12-02 02:29:09.252228+00'),
	(35, 'wagtailcore', '0007_page_latest_revision_created_at', '2026-12-02 02:29:09.252847+00'),
	(36, 'wagtailcore', '0008_populate_latest_revision_created_at', '2026-12-02 02:29:09.253462+00'),
	(37, 'wagtailcore', '0009_remove_auto_now_add_from_pagerevision_created_at', '2026-12-02 02:29:09.254079+00'),
	(38, 'wagtailcore', '0010_change_page_owner_to_null_on_delete', '2026-12-02 02:29:09.254668+00'),
	(39, 'wagtailcore', '0011_page_first_published_at', '2026-12-02 02:29:09.255286+00'),
	(40, 'wagtailcore', '0012_extend_page_slug_field', '2026-12-02 02:29:09.25589+00'),
	(41, 'wagtailcore', '0013_update_golive_expire_help_text', '2026-12-02 02:29:09.256486+00'),
	(42, 'wagtailcore', '0014_add_verbose_name', '2026-12-02 02:29:09.257087+00'),
	(43, 'wagtailcore', '0015_add_more_verbose_names', '2026-12-02 02:29:09.25764+00'),
	(44, 'wagtailcore', '0016_change_page_url_path_to_text_field', '2026-12-02 02:29:09.258247+00'),
	(45, 'wagtailcore', '0017_change_edit_page_permission_description', '2026-12-02 02:29:09.282883+00'),
	(46, 'wagtailcore', '0018_pagerevision_submitted_for_moderation_index', '2026-12-02 02:29:09.637407+00'),
	(47, 'wagtailcore', '0019_verbose_names_cleanup', '2026-12-02 02:29:10.434894+00'),
	(48, 'wagtailcore', '0020_add_index_on_page_first_published_at', '2026-12-02 02:29:10.661327+00'),
	(49, 'wagtailcore', '0021_capitalizeverbose', '2026-12-02 02:29:19.047603+00'),
	(50, 'wagtailcore', '0022_add_site_name', '2026-12-02 02:29:19.101096+00'),
	(51, 'wagtailcore', '0023_alter_page_revision_on_delete_behaviour', '2026-12-02 02:29:19.259564+00'),
	(52, 'wagtailcore', '0024_collection', '2026-12-02 02:29:19.267792+00'),
	(53, 'wagtailcore', '0025_collection_initial_data', '2026-12-02 02:29:19.899723+00'),
	(54, 'wagtailcore', '0026_group_collection_permission', '2026-12-02 02:29:20.206172+00'),
	(55, 'wagtailcore', '0027_fix_collection_path_collation', '2026-12-02 02:29:20.473444+00'),
	(56, 'wagtailcore', '0024_alter_page_content_type_on_delete_behaviour', '2026-12-02 02:29:20.653116+00'),
	(57, 'wagtailcore', '0028_merge', '2026-12-02 02:29:20.654119+00'),
	(58, 'wagtailcore', '0029_unicode_slugfield_dj19', '2026-12-02 02:29:20.749992+00'),
	(59, 'wagtailcore', '0030_index_on_pagerevision_created_at', '2026-12-02 02:29:20.898789+00'),
	(60, 'wagtailcore', '0031_add_page_view_restriction_types', '2026-12-02 02:29:21.077043+00'),
	(61, 'wagtailcore', '0032_add_bulk_delete_page_permission', '2026-12-02 02:29:21.095676+00'),
	(62, 'wagtailcore', '0033_remove_golive_expiry_help_text', '2026-12-02 02:29:21.240695+00'),
	(63, 'wagtailcore', '0034_page_live_revision', '2026-12-02 02:29:21.74812+00'),
	(64, 'wagtailcore', '0035_page_last_published_at', '2026-12-02 02:29:21.819437+00'),
	(65, 'wagtailcore', '0036_populate_page_last_published_at', '2026-12-02 02:29:21.970662+00'),
	(66, 'wagtailcore', '0037_set_page_owner_editable', '2026-12-02 02:29:22.122805+00'),
	(67, 'wagtailcore', '0038_make_first_published_at_editable', '2026-12-02 02:29:22.209066+00'),
	(68, 'wagtailcore', '0039_collectionviewrestriction', '2026-12-02 02:29:22.742933+00'),
	(69, 'wagtailcore', '0040_page_draft_title', '2026-12-02 02:29:23.044578+00'),
	(70, 'wagtailcore', '0041_group_collection_permissions_verbose_name_plural', '2026-12-02 02:29:23.069861+00'),
	(71, 'wagtailcore', '0042_index_on_pagerevision_approved_go_live_at', '2026-12-02 02:29:23.489401+00'),
	(72, 'wagtailcore', '0043_lock_fields', '2026-12-02 02:29:23.731937+00'),
	(73, 'wagtailcore', '0044_add_unlock_grouppagepermission', '2026-12-02 02:29:23.773615+00'),
	(74, 'wagtailcore', '0045_assign_unlock_grouppagepermission', '2026-12-02 02:29:24.217417+00'),
	(75, 'wagtailcore', '0046_site_name_remove_null', '2026-12-02 02:29:24.244442+00'),
	(76, 'wagtailcore', '0047_add_workflow_models', '2026-12-02 02:29:26.254045+00'),
	(77, 'wagtailcore', '0048_add_default_workflows', '2026-12-02 02:29:26.411717+00'),
	(78, 'wagtailcore', '0049_taskstate_finished_by', '2026-12-02 02:29:26.660889+00'),
	(79, 'wagtailcore', '0050_workflow_rejected_to_needs_changes', '2026-12-02 02:29:27.577658+00'),
	(80, 'wagtailcore', '0051_taskstate_comment', '2026-12-02 02:29:27.886644+00'),
	(81, 'wagtailcore', '0052_pagelogentry', '2026-12-02 02:29:28.18156+00'),
	(82, 'wagtailcore', '0053_locale_model', '2026-12-02 02:29:28.191339+00'),
	(83, 'wagtailcore', '0054_initial_locale', '2026-12-02 02:29:28.431673+00'),
	(84, 'wagtailcore', '0055_page_locale_fields', '2026-12-02 02:29:29.138892+00'),
	(85, 'wagtailcore', '0056_page_locale_fields_populate', '2026-12-02 02:29:29.445808+00'),
	(86, 'wagtailcore', '0057_page_locale_fields_notnull', '2026-12-02 02:29:30.637088+00'),
	(87, 'wagtailcore', '0058_page_alias_of', '2026-12-02 02:29:30.906758+00'),
	(88, 'wagtailcore', '0059_apply_collection_ordering', '2026-12-02 02:29:31.073008+00'),
	(89, 'wagtailcore', '0060_fix_workflow_unique_constraint', '2026-12-02 02:29:31.41549+00'),
	(90, 'wagtailcore', '0061_change_promote_tab_helpt_text_and_verbose_names', '2026-12-02 02:29:31.651261+00'),
	(91, 'wagtailcore', '0062_comment_models_and_pagesubscription', '2026-12-02 02:29:32.763973+00'),
	(92, 'wagtailcore', '0063_modellogentry', '2026-12-02 02:29:33.287551+00'),
	(93, 'wagtailcore', '0064_log_timestamp_indexes', '2026-12-02 02:29:33.786904+00'),
	(94, 'wagtailcore', '0065_log_entry_uuid', '2026-12-02 02:29:34.024831+00'),
	(95, 'wagtailcore', '0066_collection_management_permissions', '2026-12-02 02:29:34.259161+00'),
	(96, 'wagtailcore', '0067_alter_pagerevision_content_json', '2026-12-02 02:29:34.515478+00'),
	(97, 'wagtailcore', '0068_log_entry_empty_object', '2026-12-02 02:29:35.046416+00'),
	(98, 'wagtailcore', '0069_log_entry_jsonfield', '2026-12-02 02:29:35.59507+00'),
	(99, 'wagtailcore', '0070_rename_pagerevision_revision', '2026-12-02 02:29:37.654495+00'),
	(100, 'wagtailcore', '0071_populate_revision_content_type', '2026-12-02 02:29:37.869979+00'),
	(101, 'wagtailcore', '0072_alter_revision_content_type_notnull', '2026-12-02 02:29:38.300904+00'),
	(102, 'wagtailcore', '0073_page_latest_revision', '2026-12-02 02:29:39.005423+00'),
	(103, 'wagtailcore', '0074_revision_object_str', '2026-12-02 02:29:39.138267+00'),
	(104, 'wagtailcore', '0075_populate_latest_revision_and_revision_object_str', '2026-12-02 02:29:39.545055+00'),
	(105, 'wagtailcore', '0076_modellogentry_revision', '2026-12-02 02:29:39.749573+00'),
	(106, 'wagtailcore', '0077_alter_revision_user', '2026-12-02 02:29:39.949559+00'),
	(107, 'wagtailcore', '0078_referenceindex', '2026-12-02 02:29:40.160824+00'),
	(108, 'wagtailcore', '0079_rename_taskstate_page_revision', '2026-12-02 02:29:40.293873+00'),
	(109, 'wagtailcore', '0080_generic_workflowstate', '2026-12-02 02:29:41.725701+00'),
	(110, 'wagtailcore', '0081_populate_workflowstate_content_type', '2026-12-02 02:29:41.900585+00'),
	(111, 'wagtailcore', '0082_alter_workflowstate_content_type_notnull', '2026-12-02 02:29:42.6186+00'),
	(112, 'wagtailcore', '0083_workflowcontenttype', '2026-12-02 02:29:42.810488+00'),
	(113, 'wagtailcore', '0084_add_default_page_permissions', '2026-12-02 02:29:42.938275+00'),
	(114, 'wagtailcore', '0085_add_grouppagepermission_permission', '2026-12-02 02:29:43.089878+00'),
	(115, 'wagtailcore', '0086_populate_grouppagepermission_permission', '2026-12-02 02:29:43.462521+00'),
	(116, 'wagtailcore', '0087_alter_grouppagepermission_unique_together_and_more', '2026-12-02 02:29:43.597228+00'),
	(117, 'wagtailcore', '0088_fix_log_entry_json_timestamps', '2026-12-02 02:29:44.391867+00'),
	(118, 'wagtailcore', '0089_log_entry_data_json_null_to_object', '2026-12-02 02:29:44.582855+00'),
	(119, 'wagtailcore', '0090_remove_grouppagepermission_permission_type', '2026-12-02 02:29:44.915941+00'),
	(120, 'wagtailcore', '0091_remove_revision_submitted_for_moderation', '2026-12-02 02:29:45.017875+00'),
	(121, 'wagtailcore', '0092_alter_collectionviewrestriction_password_and_more', '2026-12-02 02:29:45.137535+00'),
	(122, 'wagtailcore', '0093_uploadedfile', '2026-12-02 02:29:45.306101+00'),
	(123, 'wagtailcore', '0094_alter_page_locale', '2026-12-02 02:29:45.457106+00'),
	(124, 'wagtailcore', '0095_groupsitepermission', '2026-12-02 02:29:45.932669+00'),
	(125, 'wagtailcore', '0096_referenceindex_referenceindex_source_object_and_more', '2026-12-02 02:29:45.979886+00'),
	(126, 'wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes', '2026-12-02 02:29:46.189856+00'),
	(127, 'wagtailcore', '0098_apitoken', '2026-12-02 02:29:46.341347+00'),
	(128, 'referentiel', '0001_initial', '2026-12-02 02:29:47.378621+00'),
	(129, 'documents', '0001_initial', '2026-12-02 02:29:47.546473+00'),
	(130, 'documents', '0002_initial', '2026-12-02 02:29:48.31025+00'),
	(131, 'documents', '0003_initial', '2026-12-02 02:29:54.096838+00'),
	(132, 'referentiel', '0002_initial', '2026-12-02 02:30:12.944883+00'),
	(133, 'proconnect', '0001_initial', '2026-12-02 02:30:12.996107+00'),
	(134, 'proconnect', '0002_initial', '2026-12-02 02:30:16.642298+00'),
	(135, 'notify', '0001_initial', '2026-12-02 02:30:16.833093+00'),
	(136, 'notify', '0002_initial', '2026-12-02 02:30:32.102385+00'),
	(137, 'journal', '0001_initial', '2026-12-02 02:30:32.158603+00'),
	(138, 'home', '0001_initial', '2026-12-02 02:30:32.713743+00'),
	(139, 'formation', '0001_initial', '2026-12-02 02:30:33.762395+00'),
	(140, 'formation', '0002_initial', '2026-12-02 02:31:04.905857+00'),
	(141, 'files', '0001_initial', '2026-12-02 02:31:04.916757+00'),
	(142, 'files', '0002_initial', '2026-12-02 02:31:06.129772+00'),
	(143, 'exports', '0001_initial', '2026-12-02 02:31:06.143267+00'),
	(144, 'exports', '0002_initial', '2026-12-02 02:31:07.521047+00'),
	(145, 'dashboards', '0001_initial', '2026-12-02 02:31:07.548741+00'),
	(146, 'dashboards', '0002_initial', '2026-12-02 02:31:08.520559+00'),
	(147, 'accounts', '0001_initial', '2026-12-02 02:31:08.564255+00'),
	(148, 'accounts', '0002_initial', '2026-12-02 02:31:27.222785+00'),
	(149, 'journal', '0002_wall', '2026-12-02 02:31:27.285959+00'),
	(150, 'access', '0003_wall', '2026-12-02 02:31:27.313655+00'),
	(151, 'account', '0001_initial', '2026-12-02 02:31:29.1849+00'),
	(152, 'account', '0002_email_max_length', '2026-12-02 02:31:29.516543+00'),
	(153, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-12-02 02:31:30.088374+00'),
	(154, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-12-02 02:31:30.332626+00'),
	(155, 'account', '0005_emailaddress_idx_upper_email', '2026-12-02 02:31:30.667301+00'),
	(156, 'account', '0006_emailaddress_lower', '2026-12-02 02:31:31.528793+00'),
	(157, 'account', '0007_emailaddress_idx_email', '2026-12-02 02:31:31.855467+00'),
	(158, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-12-02 02:31:32.112921+00'),
	(159, 'account', '0009_emailaddress_unique_primary_email', '2026-12-02 02:31:32.294629+00'),
	(160, 'socialaccount', '0001_initial', '2026-12-02 02:31:33.800771+00'),
	(161, 'socialaccount', '0002_token_max_lengths', '2026-12-02 02:31:34.272408+00'),
	(162, 'socialaccount', '0003_extra_data_default_dict', '2026-12-02 02:31:34.595291+00'),
	(163, 'socialaccount', '0004_app_provider_id_settings', '2026-12-02 02:31:35.04989+00'),
	(164, 'socialaccount', '0005_socialtoken_nullable_app', '2026-12-02 02:31:35.450791+00'),
	(165, 'socialaccount', '0006_alter_socialaccount_extra_data', '2026-12-02 02:31:36.335458+00'),
	(166, 'values', '0002_wall', '2026-12-02 02:31:36.346699+00'),
	(167, 'files', '0003_wall', '2026-12-02 02:31:36.364216+00'),
	(168, 'exports', '0003_wall', '2026-12-02 02:31:36.378576+00'),
	(169, 'notify', '0003_wall', '2026-12-02 02:31:36.404113+00'),
	(170, 'retention', '0002_wall', '2026-12-02 02:31:36.431474+00'),
	(171, 'partners', '0003_wall', '2026-12-02 02:31:36.478789+00'),
	(172, 'proconnect', '0003_wall', '2026-12-02 02:31:36.500288+00'),
	(173, 'accounts', '0003_wall', '2026-12-02 02:31:36.525329+00'),
	(174, 'documents', '0004_wall', '2026-12-02 02:31:36.563197+00'),
	(175, 'referentiel', '0003_wall', '2026-12-02 02:31:36.608801+00'),
	(176, 'formation', '0003_wall', '2026-12-02 02:31:36.68086+00'),
	(179, 'mfa', '0001_initial', '2026-12-02 02:31:37.482383+00'),
	(180, 'mfa', '0002_authenticator_timestamps', '2026-12-02 02:31:38.272797+00'),
	(181, 'mfa', '0003_authenticator_type_uniq', '2026-12-02 02:31:39.432483+00'),
	(182, 'procrastinate', '0001_initial', '2026-12-02 02:31:39.457357+00'),
	(183, 'procrastinate', '0002_drop_started_at_column', '2026-12-02 02:31:39.469153+00'),
	(184, 'procrastinate', '0003_drop_started_at_column', '2026-12-02 02:31:39.480947+00'),
	(185, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-12-02 02:31:39.490814+00'),
	(186, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-12-02 02:31:39.499781+00'),
	(187, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-12-02 02:31:39.508591+00'),
	(188, 'procrastinate', '0007_add_queueing_lock_column', '2026-12-02 02:31:39.516868+00'),
	(189, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-12-02 02:31:39.524118+00'),
	(190, 'procrastinate', '0009_add_defer_job_function', '2026-12-02 02:31:39.527633+00'),
	(191, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-12-02 02:31:39.539451+00'),
	(192, 'procrastinate', '0011_add_foreign_key_index', '2026-12-02 02:31:39.544839+00'),
	(193, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-12-02 02:31:39.553383+00'),
	(194, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-12-02 02:31:39.560837+00'),
	(195, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-12-02 02:31:39.564384+00'),
	(196, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-12-02 02:31:39.570269+00'),
	(197, 'procrastinate', '0016_delete_finished_jobs', '2026-12-02 02:31:39.576997+00'),
	(198, 'procrastinate', '0017_add_checks_to_finish_job', '2026-12-02 02:31:39.57953+00'),
	(199, 'procrastinate', '0018_add_checks_to_retry_job', '2026-12-02 02:31:39.586088+00'),
	(200, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-12-02 02:31:39.589187+00'),
	(201, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-12-02 02:31:40.342663+00'),
	(202, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-12-02 02:31:40.360844+00');
INSERT INTO public.django_migrations VALUES
	(203, 'procrastinate', '0022_null_locks_excluded', '2026-12-02 02:31:40.3733+00'),
	(204, 'procrastinate', '0023_remove_old_finish_job_function', '2026-12-02 02:31:40.38478+00'),
	(205, 'procrastinate', '0024_job_id_bigint', '2026-12-02 02:31:40.400342+00'),
	(206, 'procrastinate', '0025_add_models', '2026-12-02 02:31:40.437301+00'),
	(207, 'procrastinate', '0026_add_job_priority', '2026-12-02 02:31:40.471906+00'),
	(208, 'procrastinate', '0027_add_periodic_job_priority', '2026-12-02 02:31:40.481542+00'),
	(209, 'procrastinate', '0028_add_cancel_states', '2026-12-02 02:31:40.545767+00'),
	(210, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-12-02 02:31:40.560772+00'),
	(211, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-12-02 02:31:40.584765+00'),
	(212, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-12-02 02:31:40.602814+00'),
	(213, 'procrastinate', '0032_pre_cancel_notification', '2026-12-02 02:31:40.638438+00'),
	(214, 'procrastinate', '0033_post_cancel_notification', '2026-12-02 02:31:40.694788+00'),
	(215, 'procrastinate', '0034_pre_add_heartbeat', '2026-12-02 02:31:40.742338+00'),
	(216, 'procrastinate', '0035_post_add_heartbeat', '2026-12-02 02:31:40.752651+00'),
	(217, 'procrastinate', '0036_add_worker_model', '2026-12-02 02:31:40.789712+00'),
	(218, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-12-02 02:31:40.805312+00'),
	(219, 'procrastinate', '0038_post_batch_defer_jobs', '2026-12-02 02:31:40.812427+00'),
	(220, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-12-02 02:31:40.824956+00'),
	(221, 'procrastinate', '0040_pre_retry_failed_job', '2026-12-02 02:31:40.833324+00'),
	(222, 'procrastinate', '0041_post_retry_failed_job', '2026-12-02 02:31:40.845154+00'),
	(223, 'reporting', '0003_wall', '2026-12-02 02:31:40.880537+00'),
	(224, 'rights', '0003_wall', '2026-12-02 02:31:40.91092+00'),
	(225, 'sessions', '0001_initial', '2026-12-02 02:31:40.93733+00'),
	(226, 'taggit', '0001_initial', '2026-12-02 02:31:41.447243+00'),
	(227, 'taggit', '0002_auto_20150616_2121', '2026-12-02 02:31:41.531076+00'),
	(228, 'taggit', '0003_taggeditem_add_unique_index', '2026-12-02 02:31:41.607227+00'),
	(229, 'taggit', '0004_alter_taggeditem_content_type_alter_taggeditem_tag', '2026-12-02 02:31:42.578248+00'),
	(230, 'taggit', '0005_auto_20220424_2025', '2026-12-02 02:31:42.606177+00'),
	(231, 'taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx', '2026-12-02 02:31:42.686471+00'),
	(232, 'wagtailadmin', '0001_create_admin_access_permissions', '2026-12-02 02:31:43.862619+00'),
	(233, 'wagtailadmin', '0002_admin', '2026-12-02 02:31:43.880792+00'),
	(234, 'wagtailadmin', '0003_admin_managed', '2026-12-02 02:31:43.910242+00'),
	(235, 'wagtailadmin', '0004_editingsession', '2026-12-02 02:31:44.432847+00'),
	(236, 'wagtailadmin', '0005_editingsession_is_editing', '2026-12-02 02:31:44.766137+00'),
	(237, 'wagtailadmin', '0006_formstate', '2026-12-02 02:31:45.165714+00'),
	(238, 'wagtaildocs', '0001_initial', '2026-12-02 02:31:45.722312+00'),
	(239, 'wagtaildocs', '0002_initial_data', '2026-12-02 02:31:47.020549+00'),
	(240, 'wagtaildocs', '0003_add_verbose_names', '2026-12-02 02:31:48.376009+00'),
	(241, 'wagtaildocs', '0004_capitalizeverbose', '2026-12-02 02:31:51.487702+00'),
	(242, 'wagtaildocs', '0005_document_collection', '2026-12-02 02:31:51.976028+00'),
	(243, 'wagtaildocs', '0006_copy_document_permissions_to_collections', '2026-12-02 02:31:52.71072+00'),
	(244, 'wagtaildocs', '0005_alter_uploaded_by_user_on_delete_action', '2026-12-02 02:31:53.874819+00'),
	(245, 'wagtaildocs', '0007_merge', '2026-12-02 02:31:53.876306+00'),
	(246, 'wagtaildocs', '0008_document_file_size', '2026-12-02 02:31:54.183416+00'),
	(247, 'wagtaildocs', '0009_document_verbose_name_plural', '2026-12-02 02:31:54.421402+00'),
	(248, 'wagtaildocs', '0010_document_file_hash', '2026-12-02 02:31:54.676814+00'),
	(249, 'wagtaildocs', '0011_add_choose_permissions', '2026-12-02 02:31:56.363656+00'),
	(250, 'wagtaildocs', '0012_uploadeddocument', '2026-12-02 02:31:56.90892+00'),
	(251, 'wagtaildocs', '0013_delete_uploadeddocument', '2026-12-02 02:31:56.920084+00'),
	(252, 'wagtaildocs', '0014_alter_document_file_size', '2026-12-02 02:31:57.261193+00'),
	(253, 'wagtailimages', '0001_initial', '2026-12-02 02:31:59.896982+00'),
	(254, 'wagtailimages', '0002_initial_data', '2026-12-02 02:31:59.899306+00'),
	(255, 'wagtailimages', '0003_fix_focal_point_fields', '2026-12-02 02:31:59.900112+00'),
	(256, 'wagtailimages', '0004_make_focal_point_key_not_nullable', '2026-12-02 02:31:59.900772+00'),
	(257, 'wagtailimages', '0005_make_filter_spec_unique', '2026-12-02 02:31:59.902445+00'),
	(258, 'wagtailimages', '0006_add_verbose_names', '2026-12-02 02:31:59.903073+00'),
	(259, 'wagtailimages', '0007_image_file_size', '2026-12-02 02:31:59.904518+00'),
	(260, 'wagtailimages', '0008_image_created_at_index', '2026-12-02 02:31:59.905526+00'),
	(261, 'wagtailimages', '0009_capitalizeverbose', '2026-12-02 02:31:59.907351+00'),
	(262, 'wagtailimages', '0010_change_on_delete_behaviour', '2026-12-02 02:31:59.908061+00'),
	(263, 'wagtailimages', '0011_image_collection', '2026-12-02 02:31:59.909585+00'),
	(264, 'wagtailimages', '0012_copy_image_permissions_to_collections', '2026-12-02 02:31:59.910726+00'),
	(265, 'wagtailimages', '0013_make_rendition_upload_callable', '2026-12-02 02:31:59.914032+00'),
	(266, 'wagtailimages', '0014_add_filter_spec_field', '2026-12-02 02:31:59.914913+00'),
	(267, 'wagtailimages', '0015_fill_filter_spec_field', '2026-12-02 02:31:59.915666+00'),
	(268, 'wagtailimages', '0016_deprecate_rendition_filter_relation', '2026-12-02 02:31:59.917522+00'),
	(269, 'wagtailimages', '0017_reduce_focal_point_key_max_length', '2026-12-02 02:31:59.918147+00'),
	(270, 'wagtailimages', '0018_remove_rendition_filter', '2026-12-02 02:31:59.918773+00'),
	(271, 'wagtailimages', '0019_delete_filter', '2026-12-02 02:31:59.919346+00'),
	(272, 'wagtailimages', '0020_add-verbose-name', '2026-12-02 02:31:59.919932+00'),
	(273, 'wagtailimages', '0021_image_file_hash', '2026-12-02 02:31:59.921623+00'),
	(274, 'wagtailimages', '0022_uploadedimage', '2026-12-02 02:32:00.528875+00'),
	(275, 'wagtailimages', '0023_add_choose_permissions', '2026-12-02 02:32:02.865051+00'),
	(276, 'wagtailimages', '0024_index_image_file_hash', '2026-12-02 02:32:03.129603+00'),
	(277, 'wagtailimages', '0025_alter_image_file_alter_rendition_file', '2026-12-02 02:32:03.462432+00'),
	(278, 'wagtailimages', '0026_delete_uploadedimage', '2026-12-02 02:32:03.476799+00'),
	(279, 'wagtailimages', '0027_image_description', '2026-12-02 02:32:03.819584+00'),
	(280, 'wagtailsearch', '0001_initial', '2026-12-02 02:32:05.931295+00'),
	(281, 'wagtailsearch', '0002_add_verbose_names', '2026-12-02 02:32:06.662285+00'),
	(282, 'wagtailsearch', '0003_remove_editors_pick', '2026-12-02 02:32:06.666558+00'),
	(283, 'wagtailsearch', '0004_querydailyhits_verbose_name_plural', '2026-12-02 02:32:06.699443+00'),
	(284, 'wagtailsearch', '0005_create_indexentry', '2026-12-02 02:32:07.355518+00'),
	(285, 'wagtailsearch', '0006_customise_indexentry', '2026-12-02 02:32:07.837446+00'),
	(286, 'wagtailsearch', '0007_delete_editorspick', '2026-12-02 02:32:07.863035+00'),
	(287, 'wagtailsearch', '0008_remove_query_and_querydailyhits_models', '2026-12-02 02:32:07.965133+00'),
	(288, 'wagtailsearch', '0009_remove_ngram_autocomplete', '2026-12-02 02:32:07.967774+00'),
	(289, 'wagtailsearch', '0010_add_text_fields', '2026-12-02 02:32:08.203659+00'),
	(290, 'wagtailusers', '0001_initial', '2026-12-02 02:32:09.653536+00'),
	(291, 'wagtailusers', '0002_add_verbose_name_on_userprofile', '2026-12-02 02:32:10.747236+00'),
	(292, 'wagtailusers', '0003_add_verbose_names', '2026-12-02 02:32:11.190159+00'),
	(293, 'wagtailusers', '0004_capitalizeverbose', '2026-12-02 02:32:13.277106+00'),
	(294, 'wagtailusers', '0005_make_related_name_wagtail_specific', '2026-12-02 02:32:13.720796+00'),
	(295, 'wagtailusers', '0006_userprofile_prefered_language', '2026-12-02 02:32:14.13071+00'),
	(296, 'wagtailusers', '0007_userprofile_current_time_zone', '2026-12-02 02:32:14.464292+00'),
	(297, 'wagtailusers', '0008_userprofile_avatar', '2026-12-02 02:32:14.846773+00'),
	(298, 'wagtailusers', '0009_userprofile_verbose_name_plural', '2026-12-02 02:32:16.003542+00'),
	(299, 'wagtailusers', '0010_userprofile_updated_comments_notifications', '2026-12-02 02:32:16.361797+00'),
	(300, 'wagtailusers', '0011_userprofile_dismissibles', '2026-12-02 02:32:16.639232+00'),
	(301, 'wagtailusers', '0012_userprofile_theme', '2026-12-02 02:32:17.084371+00'),
	(302, 'wagtailusers', '0013_userprofile_density', '2026-12-02 02:32:17.280287+00'),
	(303, 'wagtailusers', '0014_userprofile_contrast', '2026-12-02 02:32:17.569004+00'),
	(304, 'wagtailusers', '0015_userprofile_keyboard_shortcuts', '2026-12-02 02:32:18.479221+00'),
	(305, 'wagtailimages', '0001_squashed_0021', '2026-12-02 02:32:18.486476+00'),
	(306, 'wagtailcore', '0001_squashed_0016_change_page_url_path_to_text_field', '2026-12-02 02:32:18.490218+00'),
	(307, 'files', '0004_portrait', '2026-12-02 07:17:56.661999+00'),
	(308, 'files', '0005_portrait_wall', '2026-12-02 07:17:56.673463+00'),
	(309, 'cases', '0003_guard', '2026-12-02 07:18:05.203653+00'),
	(310, 'cases', '0004_money', '2026-12-02 07:18:28.887295+00'),
	(311, 'cases', '0005_requests', '2026-12-02 07:18:40.890977+00'),
	(312, 'cases', '0006_voice', '2026-12-02 07:18:42.87949+00'),
	(313, 'cases', '0007_papers', '2026-12-02 07:18:50.431385+00'),
	(314, 'cases', '0009_wall', '2026-12-02 07:18:50.572264+00'),
	(315, 'dashboards', '0003_wall', '2026-12-02 07:18:50.63268+00'),
	(316, 'partners', '0004_writing', '2026-12-02 07:18:51.211746+00'),
	(317, 'partners', '0005_writing_wall', '2026-12-02 07:18:51.222168+00');

INSERT INTO public.journal_kind VALUES
	('journal_hold', 'journal_hold'),
	('journal_month', 'journal_month'),
	('display', 'access_displaytoken'),
	('export', 'exports_export'),
	('obligation', 'notify_obligation'),
	('duty', 'notify_duty'),
	('ring', 'notify_ring'),
	('retention_rule', 'retention_ruleversion'),
	('retention_run', 'retention_run'),
	('contact', 'partners_contact'),
	('partner', 'partners_partner'),
	('convention', 'partners_convention'),
	('account_request', 'proconnect_accountrequest'),
	('invitation', 'accounts_invitation'),
	('rights_change', 'accounts_rightschange'),
	('user', 'users_user'),
	('version', 'documents_documentversion'),
	('version_proposal', 'documents_versionproposal'),
	('acknowledgement', 'documents_acknowledgement'),
	('reading', 'documents_reading'),
	('assessment', 'referentiel_assessment'),
	('campaign', 'referentiel_campaign'),
	('evidence', 'referentiel_evidence'),
	('derogation', 'referentiel_derogation'),
	('enrolment', 'formation_enrolment'),
	('halfday', 'formation_halfday'),
	('session', 'formation_session'),
	('session_invitation', 'formation_sessioninvitation'),
	('professional', 'formation_professional'),
	('supportact', 'formation_supportact'),
	('yearplan', 'formation_yearplan'),
	('walkin', 'formation_walkin'),
	('attestation', 'formation_attestation'),
	('closedperiod', 'reporting_closedperiod'),
	('release', 'reporting_release'),
	('committee', 'reporting_committee'),
	('statequestion', 'reporting_statequestion'),
	('historyimport', 'reporting_historyimport'),
	('access_review', 'rights_accessreview'),
	('rights_request', 'rights_rightsrequest'),
	('alert', 'access_alert'),
	('reveal', 'access_reveal'),
	('visit', 'referentiel_visit'),
	('attachment', 'files_attachment'),
	('case', 'cases_case'),
	('stayderogation', 'cases_stayderogation'),
	('sollicitation', 'cases_sollicitation'),
	('unverified', 'cases_unverifiedrequest'),
	('extrafield', 'cases_extrafield'),
	('orientation', 'cases_orientation'),
	('proposal', 'cases_proposal'),
	('unmetneed', 'cases_unmetneed'),
	('placement', 'cases_placement'),
	('journey', 'cases_journey'),
	('linking', 'cases_linking'),
	('circuit', 'cases_circuit'),
	('circuitstep', 'cases_circuitstep'),
	('circuittemplate', 'cases_circuittemplate'),
	('incident', 'cases_incident'),
	('voice', 'cases_voicemessage'),
	('saved_table', 'dashboards_savedtable');

INSERT INTO public.retention_kind VALUES
	('account', 'user', 'users_user', 'compte d’une personne partie', 'la fin du dernier rattachement, ou la dernière connexion', 'anonymise', 'SELECT u.id AS object_id, '''' AS reference,
  CASE WHEN EXISTS (SELECT FROM users_user_groups g WHERE g.user_id = u.id)
         OR EXISTS (SELECT FROM partners_membership m WHERE m.user_id = u.id
                    AND (m.ends_on IS NULL OR m.ends_on >= current_date)) THEN NULL
       ELSE greatest((u.date_joined AT TIME ZONE ''Europe/Paris'')::date, (u.last_login AT TIME ZONE ''Europe/Paris'')::date,
                     (SELECT max(m.ends_on) FROM partners_membership m WHERE m.user_id = u.id)) END AS starts_on,
  ARRAY[u.id] AS together
FROM users_user u', 'account_forget', 24, 'Deux ans après un départ, le compte ne sert plus ; ce que la personne a écrit reste, sous le nom « Ancien membre ».', 'CNIL, référentiel protection de l’enfance, délibération 2022-008', 70),
	('reveal', 'reveal', 'access_reveal', 'motif d’ouverture d’une identité ou d’une adresse', 'la fin de l’ouverture', 'destroy', 'SELECT r.id AS object_id, '''' AS reference, (r.ends_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
     ARRAY[r.id, r.object_id] AS together FROM access_reveal r', 'reveal_forget', 12, 'Une année suffit au contrôle des ouvertures ; le journal en garde la trace aussi longtemps que lui.', 'CNIL, délibération 2021-122 sur la journalisation', 80),
	('ring', 'ring', 'notify_ring', 'appels de l’astreinte', 'la fin de l’appel', 'destroy', 'SELECT r.id AS object_id, '''' AS reference, (r.closed_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
     ARRAY[r.id, r.object_id] AS together FROM notify_ring r', 'ring_forget', 12, 'Une année d’appels suffit pour savoir si l’astreinte répond, et rendre compte d’une nuit.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 85),
	('obligation', 'obligation', 'notify_obligation', 'notifications', 'la fin de ce qui attendait', 'destroy', 'SELECT o.id AS object_id, '''' AS reference, (o.closed_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
     ARRAY[o.id, o.object_id] AS together FROM notify_obligation o', 'obligation_forget', 6, 'Six mois suffisent pour savoir qui a été prévenu, et quand.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 86),
	('contact', 'contact', 'partners_contact', 'contact d’un partenaire sorti du carnet', 'la sortie du partenaire', 'destroy', 'SELECT c.id AS object_id, '''' AS reference, p.closed_on AS starts_on, ARRAY[c.id, p.id] AS together
FROM partners_contact c JOIN partners_partner p ON p.id = c.partner_id', 'contact_forget', 12, 'Un partenaire parti n’est plus à appeler : un an suffit pour régler ce qui restait.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 75),
	('account_request', 'account_request', 'proconnect_accountrequest', 'demande de compte venue de ProConnect', 'la réponse, ou la demande si personne n’a répondu', 'destroy', 'SELECT r.id AS object_id, '''' AS reference,
  (coalesce(r.decided_at, r.asked_at) AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
  array_remove(ARRAY[r.id, r.user_id], NULL) AS together
FROM proconnect_accountrequest r', 'account_request_forget', 12, 'Un an suffit pour revenir sur une réponse ; la personne peut toujours demander de nouveau.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 72),
	('invitation', 'invitation', 'accounts_invitation', 'invitation à ouvrir un compte', 'son acceptation, son annulation ou la fin de son lien', 'destroy', 'SELECT i.id AS object_id, '''' AS reference,
  (coalesce(i.accepted_at, i.cancelled_at, i.expires_at) AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
  array_remove(ARRAY[i.id, i.accepted_by_id], NULL) AS together
FROM accounts_invitation i', 'invitation_forget', 6, 'Une invitation close ne sert plus ; six mois suffisent pour savoir qui a été invité, et par qui.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 73),
	('reading', 'reading', 'documents_reading', 'lecture d’un chapitre par une personne', 'l’entrée en vigueur de la version majeure suivante', 'destroy', 'SELECT r.id AS object_id, '''' AS reference,
  (SELECT min(n.effective_on) FROM documents_documentversion n WHERE n.document_id = v.document_id AND n.is_major
     AND n.sequence > v.sequence AND n.effective_on <= current_date) AS starts_on, ARRAY[r.id] AS together
FROM documents_reading r JOIN documents_documentversion v ON v.id = r.version_id', 'reading_forget', 24, 'La lecture prépare la signature ; une fois la version remplacée, seule la signature fait preuve.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 90),
	('unit_contact', 'partner', 'partners_partner', 'contact d’une unité sortie du carnet', 'la sortie de l’unité', 'anonymise', 'SELECT u.partner_id AS object_id, '''' AS reference,
     CASE WHEN u.contact_name <> ''Ancien contact'' THEN p.closed_on END AS starts_on, ARRAY[u.partner_id] AS together
   FROM documents_authorisedunit u JOIN partners_partner p ON p.id = u.partner_id', 'unit_contact_forget', 12, 'Une unité partie n’est plus à appeler : un an suffit pour régler ce qui restait.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 92),
	('assessment', 'assessment', 'referentiel_assessment', 'auto-évaluation et ses preuves', 'la fin de la campagne', 'destroy', 'SELECT a.id AS object_id, '''' AS reference,
  CASE WHEN EXISTS (SELECT FROM referentiel_visit v WHERE v.assessment_id = a.id) THEN NULL ELSE c.closes_on END AS starts_on,
  ARRAY[a.id, a.partner_id] AS together
FROM referentiel_assessment a JOIN referentiel_campaign c ON c.id = a.campaign_id', 'assessment_forget', 60, 'Cinq ans : deux visites et leurs suites peuvent s’y comparer.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 92),
	('derogation', 'derogation', 'referentiel_derogation', 'dérogation à une exigence', 'sa fin ou sa levée', 'destroy', 'SELECT d.id AS object_id, '''' AS reference,
  CASE WHEN d.revoked_at IS NOT NULL THEN (d.revoked_at AT TIME ZONE ''Europe/Paris'')::date WHEN d.agreed_at IS NOT NULL THEN d.ends_on END AS starts_on,
  ARRAY[d.id, d.partner_id] AS together
FROM referentiel_derogation d', 'derogation_forget', 60, 'Cinq ans : qui a laissé travailler une structure, jusqu’à quand et pourquoi.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 94),
	('session_invitation', 'session_invitation', 'formation_sessioninvitation', 'invitation d’une structure à une session', 'le dernier jour de la session', 'destroy', 'SELECT i.id AS object_id, '''' AS reference, CASE WHEN s.ends_on < current_date THEN s.ends_on END AS starts_on,
     ARRAY[i.id] AS together FROM formation_sessioninvitation i JOIN formation_session s ON s.id = i.session_id', 'sessioninvitation_forget', 24, 'La session passée, l’invitation ne dit plus rien que les inscriptions ne disent.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 62),
	('professional', 'professional', 'formation_professional', 'nom d’une personne formée ou accompagnée', 'la dernière session ou le dernier acte d’accompagnement', 'anonymise', 'SELECT p.id AS object_id, '''' AS reference,
  CASE WHEN coalesce(u.is_active, false) THEN NULL ELSE greatest(e.last_on, a.last_on) END AS starts_on,
  ARRAY[p.id] AS together
FROM formation_professional p LEFT JOIN users_user u ON u.id = p.user_id
LEFT JOIN LATERAL (SELECT max(s.ends_on) AS last_on FROM formation_enrolment x
  JOIN formation_session s ON s.id = x.session_id WHERE x.professional_id = p.id) e ON true
LEFT JOIN LATERAL (SELECT max(x.happened_on) AS last_on FROM formation_supportact x
  WHERE x.professional_id = p.id) a ON true', 'professional_forget', 60, 'Cinq ans pour prouver une présence ; ensuite le nombre suffit.', 'Code civil, article 2224 (prescription de cinq ans)', 60),
	('opinions', 'session', 'formation_session', 'mots libres des avis sur une session', 'le dernier jour de la session', 'anonymise', 'SELECT s.id AS object_id, '''' AS reference, s.ends_on AS starts_on, ARRAY[s.id] AS together FROM formation_session s
     WHERE EXISTS (SELECT 1 FROM formation_satisfaction f WHERE f.session_id = s.id AND f.comment <> '''')', 'opinions_forget', 24, 'Ces mots servent à améliorer les sessions suivantes ; les notes restent, sans personne.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 62),
	('walkin', 'walkin', 'formation_walkin', 'personne venue à une session sans inscription', 'sa venue, tant que personne n’a décidé', 'destroy', 'SELECT w.id AS object_id, '''' AS reference, CASE WHEN w.state = ''pending'' THEN w.asked_at::date END AS starts_on,
     ARRAY[w.id] AS together FROM formation_walkin w', 'walkin_forget', 6, 'Une session se clôt en quelques jours ; ensuite le nom de qui n’a pas été retenu ne sert plus.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 61),
	('sollicitation', 'sollicitation', 'cases_sollicitation', 'demande sans suite, jamais rattachée à un dossier', 'la clôture de la demande, ou sa dernière relance', 'anonymise', 'SELECT q.id AS object_id, q.reference,
  CASE WHEN q.state = ''closed'' THEN greatest(q.received_on, (q.closed_at AT TIME ZONE ''Europe/Paris'')::date, r.last_on) END AS starts_on,
  ARRAY[q.id] || coalesce(r.ids, ''{}'') AS together
FROM cases_sollicitation q
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(x.received_on) AS last_on
  FROM cases_sollicitation x WHERE x.relance_of_id = q.id) r ON true
WHERE q.case_id IS NULL', 'sollicitation_forget', 12, 'La demande n’a pas eu de suite : un an suffit pour y revenir si le service rappelle.', 'CNIL, référentiel protection de l’enfance, délibération 2022-008', 30),
	('shared_document', 'attachment', 'files_attachment', 'document partagé avec l’État', 'la réponse à la question, ou le jour du comité', 'destroy', 'SELECT a.id AS object_id, '''' AS reference,
  CASE WHEN a.object_kind = ''statequestion'' AND q.answered_at IS NOT NULL
       THEN greatest((q.answered_at AT TIME ZONE ''Europe/Paris'')::date, (a.added_at AT TIME ZONE ''Europe/Paris'')::date)
       WHEN a.object_kind = ''committee'' AND c.held_on < current_date
       THEN greatest(c.held_on, (a.added_at AT TIME ZONE ''Europe/Paris'')::date) END AS starts_on,
  ARRAY[a.id, a.object_id] AS together
FROM files_attachment a
LEFT JOIN reporting_statequestion q ON a.object_kind = ''statequestion'' AND q.id = a.object_id
LEFT JOIN reporting_committee c ON a.object_kind = ''committee'' AND c.id = a.object_id
WHERE a.object_kind IN (''statequestion'', ''committee'')', 'shared_document_forget', 60, 'Cinq ans : le temps de la convention et du contrôle de son emploi.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 97),
	('historyimport', 'historyimport', 'reporting_historyimport', 'demande de chargement du registre d’une année passée', 'la demande', 'destroy', 'SELECT h.id AS object_id, '''' AS reference, (h.asked_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on, ARRAY[h.id] AS together
FROM reporting_historyimport h', 'historyimport_forget', 6, 'Six mois pour décider ; ce qui est chargé suit la règle des demandes et des dossiers.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 96),
	('rights_request', 'rights_request', 'rights_rightsrequest', 'demande de droits', 'la réponse donnée', 'anonymise', 'SELECT r.id AS object_id, r.reference, r.closed_on AS starts_on, array_remove(ARRAY[r.id, r.case_id], NULL) AS together
FROM rights_rightsrequest r', 'rights_request_forget', 60, 'Cinq ans pour montrer que la réponse a été donnée, et à temps ; les mots partent, les dates restent pour le bilan.', 'Code civil, article 2224 (prescription de cinq ans)', 60),
	('visit', 'visit', 'referentiel_visit', 'visite du référentiel', 'la clôture de la visite ; rien tant qu’une cotation suspend les arrivées', 'destroy', 'SELECT v.id AS object_id, '''' AS reference,
  CASE WHEN v.state NOT IN (''closed'', ''cancelled'') OR EXISTS (
         SELECT FROM referentiel_confirmedmark m WHERE m.visit_id = v.id AND m.level = ''imperative'' AND m.value IN (''1'', ''2'')
           AND NOT EXISTS (SELECT FROM referentiel_confirmedmark n WHERE n.partner_id = m.partner_id AND n.code = m.code
             AND n.decided_at > m.decided_at)) THEN NULL
       ELSE (coalesce(v.closed_at, v.cancelled_at) AT TIME ZONE ''Europe/Paris'')::date END AS starts_on,
  array_remove(ARRAY[v.id, v.partner_id, v.assessment_id], NULL) AS together
FROM referentiel_visit v', 'visit_forget', 60, 'Cinq ans : le temps de la convention et de la visite suivante.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 93),
	('case', 'case', 'cases_case', 'dossier d’un mineur orienté ou accueilli', 'le dernier fait du dossier : demande, orientation, séjour, incident ou clôture', 'anonymise', 'SELECT f.object_id, f.reference, f.starts_on, f.together FROM (SELECT c.id AS object_id, c.reference, o.n IS NOT NULL OR p.n IS NOT NULL AS is_followed,
  CASE WHEN coalesce(s.waits, false) OR coalesce(p.lasts, false) OR coalesce(i.waits, false) THEN NULL
       ELSE greatest(k.last_on, s.last_on, o.last_on, p.last_on, i.last_on) END AS starts_on,
  k.ids || coalesce(s.ids, ''{}'') || coalesce(o.ids, ''{}'') || coalesce(p.ids, ''{}'') || coalesce(i.ids, ''{}'')
    AS together
FROM cases_case c
JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(greatest(x.opened_on, x.closed_on)) AS last_on
  FROM cases_case x WHERE x.person_key = c.person_key) k ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state IN (''received'', ''in_charge'')) AS waits,
    max(greatest(x.received_on, (x.closed_at AT TIME ZONE ''Europe/Paris'')::date)) AS last_on
  FROM cases_sollicitation x WHERE x.case_id = ANY (k.ids)) s ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n,
    max(greatest(x.decided_on, (x.cancelled_at AT TIME ZONE ''Europe/Paris'')::date)) AS last_on
  FROM cases_orientation x WHERE x.case_id = ANY (k.ids)) o ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n, bool_or(x.ended_on IS NULL) AS lasts,
    max(greatest(x.arrived_on, x.ended_on)) AS last_on
  FROM cases_placement x WHERE x.case_id = ANY (k.ids)) p ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state <> ''closed'') AS waits,
    max(greatest(x.declared_on, (x.closed_at AT TIME ZONE ''Europe/Paris'')::date)) AS last_on
  FROM cases_incident x WHERE x.placement_id = ANY (p.ids) OR EXISTS (
    SELECT 1 FROM cases_incidentchild h
     WHERE h.incident_id = x.id AND (h.placement_id = ANY (p.ids) OR h.case_id = ANY (k.ids)))) i ON true) AS f WHERE f.is_followed', 'case_forget', 24, 'Deux ans après le dernier contact, le réseau n’a plus à savoir de qui il s’agit ; les chiffres restent.', 'CNIL, référentiel protection de l’enfance, délibération 2022-008', 10),
	('case_unfollowed', 'case', 'cases_case', 'dossier d’un mineur sans orientation ni séjour', 'le dernier fait du dossier', 'anonymise', 'SELECT f.object_id, f.reference, f.starts_on, f.together FROM (SELECT c.id AS object_id, c.reference, o.n IS NOT NULL OR p.n IS NOT NULL AS is_followed,
  CASE WHEN coalesce(s.waits, false) OR coalesce(p.lasts, false) OR coalesce(i.waits, false) THEN NULL
       ELSE greatest(k.last_on, s.last_on, o.last_on, p.last_on, i.last_on) END AS starts_on,
  k.ids || coalesce(s.ids, ''{}'') || coalesce(o.ids, ''{}'') || coalesce(p.ids, ''{}'') || coalesce(i.ids, ''{}'')
    AS together
FROM cases_case c
JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(greatest(x.opened_on, x.closed_on)) AS last_on
  FROM cases_case x WHERE x.person_key = c.person_key) k ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state IN (''received'', ''in_charge'')) AS waits,
    max(greatest(x.received_on, (x.closed_at AT TIME ZONE ''Europe/Paris'')::date)) AS last_on
  FROM cases_sollicitation x WHERE x.case_id = ANY (k.ids)) s ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n,
    max(greatest(x.decided_on, (x.cancelled_at AT TIME ZONE ''Europe/Paris'')::date)) AS last_on
  FROM cases_orientation x WHERE x.case_id = ANY (k.ids)) o ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n, bool_or(x.ended_on IS NULL) AS lasts,
    max(greatest(x.arrived_on, x.ended_on)) AS last_on
  FROM cases_placement x WHERE x.case_id = ANY (k.ids)) p ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state <> ''closed'') AS waits,
    max(greatest(x.declared_on, (x.closed_at AT TIME ZONE ''Europe/Paris'')::date)) AS last_on
  FROM cases_incident x WHERE x.placement_id = ANY (p.ids) OR EXISTS (
    SELECT 1 FROM cases_incidentchild h
     WHERE h.incident_id = x.id AND (h.placement_id = ANY (p.ids) OR h.case_id = ANY (k.ids)))) i ON true) AS f WHERE NOT f.is_followed', 'case_forget', 12, 'Le réseau n’a pas accompagné ce mineur : un an suffit pour répondre à une nouvelle demande.', 'CNIL, référentiel protection de l’enfance, délibération 2022-008', 20),
	('sollicitation_words', 'sollicitation', 'cases_sollicitation', 'récit et personne à rappeler, dans une demande rattachée à un dossier', 'la clôture de la demande ou du dossier, la plus tardive', 'destroy', 'SELECT q.id AS object_id, q.reference,
  CASE WHEN q.state = ''closed'' OR c.closed_on IS NOT NULL
       THEN greatest(q.received_on, (q.closed_at AT TIME ZONE ''Europe/Paris'')::date, c.closed_on) END AS starts_on,
  ARRAY[q.id, c.id] AS together
FROM cases_sollicitationdetail d JOIN cases_sollicitation q ON q.id = d.sollicitation_id JOIN cases_case c ON c.id = q.case_id', 'sollicitation_words_forget', 12, 'Le récit sert à décider : une fois la demande close depuis un an, le dossier suffit.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 40),
	('unverified', 'unverified', 'cases_unverifiedrequest', 'demande envoyée sans compte', 'le rappel par le standard, ou la réception si personne n’a rappelé', 'destroy', 'SELECT u.id AS object_id, u.reference, (coalesce(u.decided_at, u.received_at) AT TIME ZONE ''Europe/Paris'')::date
  AS starts_on, array_remove(ARRAY[u.id, u.sollicitation_id], NULL) AS together FROM cases_unverifiedrequest u', 'unverified_forget', 12, 'Vérifiée, elle vit dans la demande qu’elle est devenue ; écartée, un an suffit pour reconnaître qui recommence.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 35),
	('incident', 'incident', 'cases_incident', 'incident', 'la clôture de l’incident', 'anonymise', 'SELECT n.id AS object_id, n.reference,
  CASE WHEN n.state = ''closed'' THEN greatest(n.declared_on, (n.closed_at AT TIME ZONE ''Europe/Paris'')::date) END AS starts_on,
  array_remove(ARRAY[n.id, p.id, p.case_id], NULL) || ARRAY(
    SELECT v FROM cases_incidentchild h LEFT JOIN cases_placement q ON q.id = h.placement_id
      CROSS JOIN LATERAL unnest(ARRAY[h.placement_id, q.case_id, h.case_id]) AS v
     WHERE h.incident_id = n.id AND v IS NOT NULL) AS together
FROM cases_incident n LEFT JOIN cases_placement p ON p.id = n.placement_id', 'incident_forget', 60, 'Cinq ans pour répondre de ce qui a été fait ; une procédure en cours justifie une conservation forcée.', 'Code civil, article 2224 (prescription de cinq ans)', 50),
	('voice', 'voice', 'cases_voicemessage', 'parole d’un enfant', 'le dernier mot de l’enfant, ou la clôture', 'destroy', 'SELECT v.id AS object_id, v.reference, (greatest(v.heard_at, v.closed_at) AT TIME ZONE ''Europe/Paris'')::date
  AS starts_on, ARRAY[v.id] AS together FROM cases_voicemessage v', 'voice_forget', 12, 'Un an pour que l’enfant relise la réponse et que la coordination veille aux suites ; ce qui en a été fait vit dans la situation préoccupante.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 36);

INSERT INTO public.wagtailcore_collection VALUES
	(1, '0001', 1, 0, 'Root');

INSERT INTO public.wagtailcore_groupapprovaltask VALUES
	(1);

INSERT INTO public.wagtailcore_groupapprovaltask_groups VALUES
	(1, 1, 1);

INSERT INTO public.wagtailcore_groupcollectionpermission VALUES
	(1, 1, 1, 110),
	(2, 1, 2, 110),
	(3, 1, 1, 111),
	(4, 1, 2, 111),
	(5, 1, 1, 113),
	(6, 1, 2, 113),
	(7, 1, 1, 114),
	(8, 1, 2, 114),
	(9, 1, 1, 115),
	(10, 1, 2, 115),
	(11, 1, 1, 117),
	(12, 1, 2, 117);

INSERT INTO public.wagtailcore_grouppagepermission VALUES
	(1, 1, 1, 69),
	(2, 1, 1, 70),
	(3, 1, 1, 75),
	(4, 2, 1, 69),
	(5, 2, 1, 70),
	(6, 1, 1, 74),
	(7, 1, 1, 76);

INSERT INTO public.wagtailcore_locale VALUES
	(1, 'fr');

INSERT INTO public.wagtailcore_page VALUES
	(1, '0001', 1, 1, 'Root', 'root', true, false, '/', '', false, '', NULL, NULL, false, 1, NULL, false, NULL, NULL, NULL, NULL, 'Root', NULL, NULL, 'f326bdd5-1a86-496e-bb94-1f7647bd1919', 1, NULL, NULL),
	(2, '00010001', 2, 0, 'Welcome to your new Wagtail site!', 'home', true, false, '/home/', '', false, '', NULL, NULL, false, 1, NULL, false, NULL, NULL, NULL, NULL, 'Welcome to your new Wagtail site!', NULL, NULL, '9c22e067-1a45-4049-8731-d4487e215c30', 1, NULL, NULL);

INSERT INTO public.wagtailcore_site VALUES
	(1, 'localhost', 80, true, 2, '');

INSERT INTO public.wagtailcore_task VALUES
	(1, 'Moderators approval', true, 2);

INSERT INTO public.wagtailcore_workflow VALUES
	(1, 'Moderators approval', true);

INSERT INTO public.wagtailcore_workflowpage VALUES
	(1, 1);

INSERT INTO public.wagtailcore_workflowtask VALUES
	(1, 0, 1, 1);

SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);

SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_id_seq', 2, true);

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 18, true);

SELECT pg_catalog.setval('public.auth_permission_id_seq', 822, true);

SELECT pg_catalog.setval('public.dashboards_figuremark_id_seq', 1, false);

SELECT pg_catalog.setval('public.dashboards_keptresult_id_seq', 1, false);

SELECT pg_catalog.setval('public.django_content_type_id_seq', 235, true);

SELECT pg_catalog.setval('public.django_migrations_id_seq', 317, true);

SELECT pg_catalog.setval('public.journal_line_id_seq', 1, false);

SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);

SELECT pg_catalog.setval('public.partners_structureprofile_contraindications_id_seq', 1, false);

SELECT pg_catalog.setval('public.partners_structureprofile_forms_id_seq', 1, false);

SELECT pg_catalog.setval('public.partners_structureprofile_languages_id_seq', 1, false);

SELECT pg_catalog.setval('public.partners_structureprofile_sexes_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);

SELECT pg_catalog.setval('public.retention_done_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialaccount_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialapp_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialtoken_id_seq', 1, false);

SELECT pg_catalog.setval('public.taggit_tag_id_seq', 1, false);

SELECT pg_catalog.setval('public.taggit_taggeditem_id_seq', 1, false);

SELECT pg_catalog.setval('public.territory_aseauthorityname_id_seq', 1, false);

SELECT pg_catalog.setval('public.territory_asecoverage_id_seq', 1, false);

SELECT pg_catalog.setval('public.territory_territory_neighbours_id_seq', 1, false);

SELECT pg_catalog.setval('public.users_user_groups_id_seq', 1, false);

SELECT pg_catalog.setval('public.users_user_user_permissions_id_seq', 1, false);

SELECT pg_catalog.setval('public.values_configversion_id_seq', 1, false);

SELECT pg_catalog.setval('public.values_settingversion_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailadmin_admin_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailadmin_editingsession_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailadmin_formstate_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_apitoken_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_collection_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtailcore_collectionviewrestriction_groups_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_collectionviewrestriction_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_comment_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_commentreply_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_groupapprovaltask_groups_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtailcore_groupcollectionpermission_id_seq', 12, true);

SELECT pg_catalog.setval('public.wagtailcore_grouppagepermission_id_seq', 7, true);

SELECT pg_catalog.setval('public.wagtailcore_groupsitepermission_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_locale_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtailcore_modellogentry_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_page_id_seq', 2, true);

SELECT pg_catalog.setval('public.wagtailcore_pagelogentry_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_pagerevision_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_pagesubscription_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_pageviewrestriction_groups_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_pageviewrestriction_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_referenceindex_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_site_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtailcore_task_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtailcore_taskstate_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_uploadedfile_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_workflow_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtailcore_workflowstate_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailcore_workflowtask_id_seq', 1, true);

SELECT pg_catalog.setval('public.wagtaildocs_document_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailimages_image_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailimages_rendition_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailsearch_indexentry_id_seq', 1, false);

SELECT pg_catalog.setval('public.wagtailusers_userprofile_id_seq', 1, false);

ALTER TABLE ONLY public.cases_absence
    ADD CONSTRAINT absence_no_overlap EXCLUDE USING gist (placement_id WITH =, daterange(starts_on, ends_on) WITH &&);

ALTER TABLE ONLY public.access_alert
    ADD CONSTRAINT access_alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_apitoken
    ADD CONSTRAINT access_apitoken_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.access_apitoken
    ADD CONSTRAINT access_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_counter
    ADD CONSTRAINT access_counter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_displaytoken
    ADD CONSTRAINT access_displaytoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_displaytoken
    ADD CONSTRAINT access_displaytoken_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.access_draft
    ADD CONSTRAINT access_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_reveal
    ADD CONSTRAINT access_reveal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_signin
    ADD CONSTRAINT access_signin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rights_accessreview
    ADD CONSTRAINT accessreview_once UNIQUE (month, signed_by_id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_accountreview
    ADD CONSTRAINT accounts_accountreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_accountsuspension
    ADD CONSTRAINT accounts_accountsuspension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.accounts_rightschange
    ADD CONSTRAINT accounts_rightschange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT acknowledgement_unique UNIQUE (version_id, partner_id);

ALTER TABLE ONLY public.formation_answersheet
    ADD CONSTRAINT answersheet_once UNIQUE (enrolment_id, moment);

ALTER TABLE ONLY public.formation_answersheet
    ADD CONSTRAINT answersheet_once_walk_in UNIQUE (walk_in_id, moment);

ALTER TABLE ONLY public.territory_asecoverage
    ADD CONSTRAINT ase_coverage_once UNIQUE (authority_id, territory_id);

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT assessment_unique UNIQUE (campaign_id, partner_id);

ALTER TABLE ONLY public.formation_attendance
    ADD CONSTRAINT attendance_unique UNIQUE (enrolment_id, half_day_id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT authoritywaiver_once UNIQUE NULLS NOT DISTINCT (incident_id, authority_id, ase_authority_id);

ALTER TABLE ONLY public.cases_caseform
    ADD CONSTRAINT caseform_unique UNIQUE (case_id, form_id);

ALTER TABLE ONLY public.cases_caselanguage
    ADD CONSTRAINT caselanguage_unique UNIQUE (case_id, language_id);

ALTER TABLE ONLY public.cases_casename
    ADD CONSTRAINT casename_unique UNIQUE (case_id, digest);

ALTER TABLE ONLY public.cases_caseneed
    ADD CONSTRAINT caseneed_unique UNIQUE (case_id, need_id);

ALTER TABLE ONLY public.cases_absence
    ADD CONSTRAINT cases_absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_afterstay
    ADD CONSTRAINT cases_afterstay_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_afterstay
    ADD CONSTRAINT cases_afterstay_placement_id_key UNIQUE (placement_id);

ALTER TABLE ONLY public.cases_authoritynotice
    ADD CONSTRAINT cases_authoritynotice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT cases_authoritywaiver_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.cases_caseapart
    ADD CONSTRAINT cases_caseapart_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_caseform
    ADD CONSTRAINT cases_caseform_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_caseidentity
    ADD CONSTRAINT cases_caseidentity_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.cases_caselanguage
    ADD CONSTRAINT cases_caselanguage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casename
    ADD CONSTRAINT cases_casename_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_caseneed
    ADD CONSTRAINT cases_caseneed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casesound
    ADD CONSTRAINT cases_casesound_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_circuit
    ADD CONSTRAINT cases_circuit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_circuitstep
    ADD CONSTRAINT cases_circuitstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_circuittemplate
    ADD CONSTRAINT cases_circuittemplate_label_key UNIQUE (label);

ALTER TABLE ONLY public.cases_circuittemplate
    ADD CONSTRAINT cases_circuittemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_circuitversion
    ADD CONSTRAINT cases_circuitversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_extraanswer
    ADD CONSTRAINT cases_extraanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_extrafield
    ADD CONSTRAINT cases_extrafield_code_key UNIQUE (code);

ALTER TABLE ONLY public.cases_extrafield
    ADD CONSTRAINT cases_extrafield_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_filledgrid
    ADD CONSTRAINT cases_filledgrid_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_gridversion
    ADD CONSTRAINT cases_gridversion_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.cases_identitygiven
    ADD CONSTRAINT cases_identitygiven_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_idempotency_key_key UNIQUE (idempotency_key);

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.cases_incidentcause
    ADD CONSTRAINT cases_incidentcause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incidentchild
    ADD CONSTRAINT cases_incidentchild_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incidentdetail
    ADD CONSTRAINT cases_incidentdetail_pkey PRIMARY KEY (incident_id);

ALTER TABLE ONLY public.cases_incidentevent
    ADD CONSTRAINT cases_incidentevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incidentpair
    ADD CONSTRAINT cases_incidentpair_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incidentreview
    ADD CONSTRAINT cases_incidentreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_incidenttask
    ADD CONSTRAINT cases_incidenttask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_journey
    ADD CONSTRAINT cases_journey_linking_id_key UNIQUE (linking_id);

ALTER TABLE ONLY public.cases_journey
    ADD CONSTRAINT cases_journey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_keepaway
    ADD CONSTRAINT cases_keepaway_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_legalframe
    ADD CONSTRAINT cases_legalframe_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_placement_id_key UNIQUE (placement_id);

ALTER TABLE ONLY public.cases_linkingagreement
    ADD CONSTRAINT cases_linkingagreement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_linkingcheck
    ADD CONSTRAINT cases_linkingcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_linkingversion
    ADD CONSTRAINT cases_linkingversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_matching
    ADD CONSTRAINT cases_matching_orientation_id_key UNIQUE (orientation_id);

ALTER TABLE ONLY public.cases_matching
    ADD CONSTRAINT cases_matching_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_matchingrules
    ADD CONSTRAINT cases_matchingrules_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.cases_noticeproof
    ADD CONSTRAINT cases_noticeproof_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_payeragreement
    ADD CONSTRAINT cases_payeragreement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_peopletoavoid
    ADD CONSTRAINT cases_peopletoavoid_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.cases_placeconfirmation
    ADD CONSTRAINT cases_placeconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT cases_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_runaway
    ADD CONSTRAINT cases_runaway_absence_id_key UNIQUE (absence_id);

ALTER TABLE ONLY public.cases_runaway
    ADD CONSTRAINT cases_runaway_pkey PRIMARY KEY (incident_id);

ALTER TABLE ONLY public.cases_runawaydelay
    ADD CONSTRAINT cases_runawaydelay_pkey PRIMARY KEY (territory_id);

ALTER TABLE ONLY public.cases_runawayreturn
    ADD CONSTRAINT cases_runawayreturn_absence_id_key UNIQUE (absence_id);

ALTER TABLE ONLY public.cases_runawayreturn
    ADD CONSTRAINT cases_runawayreturn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_severitytargets
    ADD CONSTRAINT cases_severitytargets_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_idempotency_key_key UNIQUE (idempotency_key);

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.cases_sollicitationdetail
    ADD CONSTRAINT cases_sollicitationdetail_pkey PRIMARY KEY (sollicitation_id);

ALTER TABLE ONLY public.cases_sollicitationform
    ADD CONSTRAINT cases_sollicitationform_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_sollicitationmessage
    ADD CONSTRAINT cases_sollicitationmessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_stayderogation
    ADD CONSTRAINT cases_stayderogation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_switchboardcall
    ADD CONSTRAINT cases_switchboardcall_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_sollicitation_id_key UNIQUE (sollicitation_id);

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequest_key_hash_key UNIQUE (key_hash);

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequest_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequest_sollicitation_id_key UNIQUE (sollicitation_id);

ALTER TABLE ONLY public.cases_voicemessage
    ADD CONSTRAINT cases_voicemessage_code_hash_key UNIQUE (code_hash);

ALTER TABLE ONLY public.cases_voicemessage
    ADD CONSTRAINT cases_voicemessage_key_hash_key UNIQUE (key_hash);

ALTER TABLE ONLY public.cases_voicemessage
    ADD CONSTRAINT cases_voicemessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_voicemessage
    ADD CONSTRAINT cases_voicemessage_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.cases_voicereply
    ADD CONSTRAINT cases_voicereply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casesound
    ADD CONSTRAINT casesound_unique UNIQUE (case_id, part, digest);

ALTER TABLE ONLY public.cases_circuitstep
    ADD CONSTRAINT circuitstep_once UNIQUE (circuit_id, measure_id);

ALTER TABLE ONLY public.cases_circuitversion
    ADD CONSTRAINT circuitversion_number_unique UNIQUE (template_id, number);

ALTER TABLE ONLY public.documents_clauseversion
    ADD CONSTRAINT clause_code_unique UNIQUE (version_id, code);

ALTER TABLE ONLY public.reporting_closedrows
    ADD CONSTRAINT closedrows_once UNIQUE (period_id, code);

ALTER TABLE ONLY public.referentiel_confirmedmark
    ADD CONSTRAINT confirmed_mark_once UNIQUE (visit_id, code);

ALTER TABLE ONLY public.partners_convention
    ADD CONSTRAINT convention_no_overlap EXCLUDE USING gist (partner_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&) WHERE ((((stage)::text = 'signed'::text) AND (starts_on IS NOT NULL)));

ALTER TABLE ONLY public.partners_conventionversion
    ADD CONSTRAINT conventionversion_number_unique UNIQUE (convention_id, number);

ALTER TABLE ONLY public.formation_countersignature
    ADD CONSTRAINT countersignature_rank UNIQUE (half_day_id, rank);

ALTER TABLE ONLY public.dashboards_figuremark
    ADD CONSTRAINT dashboards_figuremark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dashboards_keptresult
    ADD CONSTRAINT dashboards_keptresult_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dashboards_savedtable
    ADD CONSTRAINT dashboards_savedtable_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dashboards_trace
    ADD CONSTRAINT dashboards_trace_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT documents_acknowledgement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_articlepage
    ADD CONSTRAINT documents_articlepage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.documents_authorisedunit
    ADD CONSTRAINT documents_authorisedunit_pkey PRIMARY KEY (partner_id);

ALTER TABLE ONLY public.documents_clauseversion
    ADD CONSTRAINT documents_clauseversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_document
    ADD CONSTRAINT documents_document_kind_key UNIQUE (kind);

ALTER TABLE ONLY public.documents_document
    ADD CONSTRAINT documents_document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_documentpage
    ADD CONSTRAINT documents_documentpage_kind_key UNIQUE (kind);

ALTER TABLE ONLY public.documents_documentpage
    ADD CONSTRAINT documents_documentpage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.documents_documentversion
    ADD CONSTRAINT documents_documentversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_reading
    ADD CONSTRAINT documents_reading_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_unitreview
    ADD CONSTRAINT documents_unitreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_versionproposal
    ADD CONSTRAINT documents_versionproposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents_versionproposal
    ADD CONSTRAINT documents_versionproposal_version_id_key UNIQUE (version_id);

ALTER TABLE ONLY public.access_draft
    ADD CONSTRAINT draft_one_per_form UNIQUE (user_id, address);

ALTER TABLE ONLY public.notify_duty
    ADD CONSTRAINT duty_one_person_a_rank EXCLUDE USING gist (rank WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((cancelled_at IS NULL));

ALTER TABLE ONLY public.notify_duty
    ADD CONSTRAINT duty_one_rank_a_person EXCLUDE USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((cancelled_at IS NULL)) DEFERRABLE;

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT enrolment_unique UNIQUE (session_id, professional_id);

ALTER TABLE ONLY public.formation_excuse
    ADD CONSTRAINT excuse_once UNIQUE (enrolment_id, half_day_id, sequence);

ALTER TABLE ONLY public.exports_export
    ADD CONSTRAINT exports_export_number_key UNIQUE (number);

ALTER TABLE ONLY public.exports_export
    ADD CONSTRAINT exports_export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_extraanswer
    ADD CONSTRAINT extraanswer_once_case UNIQUE (field_id, case_id);

ALTER TABLE ONLY public.cases_extraanswer
    ADD CONSTRAINT extraanswer_once_sollicitation UNIQUE (field_id, sollicitation_id);

ALTER TABLE ONLY public.files_attachment
    ADD CONSTRAINT files_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.files_attachment
    ADD CONSTRAINT files_attachment_stored_name_key UNIQUE (stored_name);

ALTER TABLE ONLY public.formation_answersheet
    ADD CONSTRAINT formation_answersheet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_attendance
    ADD CONSTRAINT formation_attendance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestation_number_key UNIQUE (number);

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestation_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.formation_countersignature
    ADD CONSTRAINT formation_countersignature_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_curriculumindexpage
    ADD CONSTRAINT formation_curriculumindexpage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT formation_enrolment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_excuse
    ADD CONSTRAINT formation_excuse_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_halfday
    ADD CONSTRAINT formation_halfday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_modulepage
    ADD CONSTRAINT formation_modulepage_code_key UNIQUE (code);

ALTER TABLE ONLY public.formation_modulepage
    ADD CONSTRAINT formation_modulepage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_professional_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_professional_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.formation_professionalapart
    ADD CONSTRAINT formation_professionalapart_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_professionalmerge
    ADD CONSTRAINT formation_professionalmerge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_satisfaction
    ADD CONSTRAINT formation_satisfaction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_session
    ADD CONSTRAINT formation_session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_sessioninvitation
    ADD CONSTRAINT formation_sessioninvitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_sessionnotice
    ADD CONSTRAINT formation_sessionnotice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_sessiontrainer
    ADD CONSTRAINT formation_sessiontrainer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_signature
    ADD CONSTRAINT formation_signature_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_supportact
    ADD CONSTRAINT formation_supportact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_waitingentry
    ADD CONSTRAINT formation_waitingentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_walkin
    ADD CONSTRAINT formation_walkin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_yearplan
    ADD CONSTRAINT formation_yearplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_yearplan
    ADD CONSTRAINT formation_yearplan_year_key UNIQUE (year);

ALTER TABLE ONLY public.formation_yearplanline
    ADD CONSTRAINT formation_yearplanline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_halfday
    ADD CONSTRAINT halfday_unique UNIQUE (session_id, day, period) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.home_homepage
    ADD CONSTRAINT home_homepage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.home_textpage
    ADD CONSTRAINT home_textpage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.cases_incidentcause
    ADD CONSTRAINT incidentcause_once UNIQUE (incident_id, cause_id);

ALTER TABLE ONLY public.cases_incidentchild
    ADD CONSTRAINT incidentchild_one_file UNIQUE (incident_id, case_id);

ALTER TABLE ONLY public.cases_incidentchild
    ADD CONSTRAINT incidentchild_one_stay UNIQUE (incident_id, placement_id);

ALTER TABLE ONLY public.cases_incidentpair
    ADD CONSTRAINT incidentpair_once UNIQUE (first_id, second_id);

ALTER TABLE ONLY public.journal_cut
    ADD CONSTRAINT journal_cut_first_seq_key UNIQUE (first_seq);

ALTER TABLE ONLY public.journal_cut
    ADD CONSTRAINT journal_cut_last_seq_key UNIQUE (last_seq);

ALTER TABLE ONLY public.journal_cut
    ADD CONSTRAINT journal_cut_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_hold
    ADD CONSTRAINT journal_hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_kind
    ADD CONSTRAINT journal_kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.journal_line
    ADD CONSTRAINT journal_line_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.journal_line_default
    ADD CONSTRAINT journal_line_default_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.journal_month
    ADD CONSTRAINT journal_month_month_key UNIQUE (month);

ALTER TABLE ONLY public.journal_month
    ADD CONSTRAINT journal_month_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dashboards_keptresult
    ADD CONSTRAINT keptresult_once UNIQUE (code, first, last);

ALTER TABLE ONLY public.cases_linkingcheck
    ADD CONSTRAINT linkingcheck_unique UNIQUE (linking_id, item_id);

ALTER TABLE ONLY public.cases_linkingversion
    ADD CONSTRAINT linkingversion_number_unique UNIQUE (linking_id, number);

ALTER TABLE ONLY public.referentiel_mark
    ADD CONSTRAINT mark_unique UNIQUE (assessment_id, code);

ALTER TABLE ONLY public.partners_membership
    ADD CONSTRAINT membership_no_overlap EXCLUDE USING gist (user_id WITH =, partner_id WITH =, role WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&) WHERE ((revoked_at IS NULL));

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_notificationchoice
    ADD CONSTRAINT notificationchoice_once UNIQUE (person_id, kind);

ALTER TABLE ONLY public.notify_duty
    ADD CONSTRAINT notify_duty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_dutyswap
    ADD CONSTRAINT notify_dutyswap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_messagetext
    ADD CONSTRAINT notify_messagetext_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_notificationchoice
    ADD CONSTRAINT notify_notificationchoice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_obligation
    ADD CONSTRAINT notify_obligation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_ring
    ADD CONSTRAINT notify_ring_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_ringstep
    ADD CONSTRAINT notify_ringstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_sending
    ADD CONSTRAINT notify_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_observation
    ADD CONSTRAINT observation_unique UNIQUE (visit_id, code);

ALTER TABLE ONLY public.partners_contact
    ADD CONSTRAINT partners_contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_convention
    ADD CONSTRAINT partners_convention_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_convention
    ADD CONSTRAINT partners_convention_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.partners_conventionfollowup
    ADD CONSTRAINT partners_conventionfollowup_pkey PRIMARY KEY (convention_id);

ALTER TABLE ONLY public.partners_conventionstep
    ADD CONSTRAINT partners_conventionstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_conventionversion
    ADD CONSTRAINT partners_conventionversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_membership
    ADD CONSTRAINT partners_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_ase_authority_id_key UNIQUE (ase_authority_id);

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_code_name_key UNIQUE (code_name);

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_partneridentity
    ADD CONSTRAINT partners_partneridentity_pkey PRIMARY KEY (partner_id);

ALTER TABLE ONLY public.partners_place
    ADD CONSTRAINT partners_place_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_structureprofile_forms
    ADD CONSTRAINT partners_structureprofil_structureprofile_id_valu_2a04451e_uniq UNIQUE (structureprofile_id, value_id);

ALTER TABLE ONLY public.partners_structureprofile_contraindications
    ADD CONSTRAINT partners_structureprofil_structureprofile_id_valu_81adee98_uniq UNIQUE (structureprofile_id, value_id);

ALTER TABLE ONLY public.partners_structureprofile_languages
    ADD CONSTRAINT partners_structureprofil_structureprofile_id_valu_8788846f_uniq UNIQUE (structureprofile_id, value_id);

ALTER TABLE ONLY public.partners_structureprofile_sexes
    ADD CONSTRAINT partners_structureprofil_structureprofile_id_valu_eec9d869_uniq UNIQUE (structureprofile_id, value_id);

ALTER TABLE ONLY public.partners_structureprofile_contraindications
    ADD CONSTRAINT partners_structureprofile_contraindications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_structureprofile_forms
    ADD CONSTRAINT partners_structureprofile_forms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_structureprofile_languages
    ADD CONSTRAINT partners_structureprofile_languages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_structureprofile
    ADD CONSTRAINT partners_structureprofile_pkey PRIMARY KEY (partner_id);

ALTER TABLE ONLY public.partners_structureprofile_sexes
    ADD CONSTRAINT partners_structureprofile_sexes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_suspension
    ADD CONSTRAINT partners_suspension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners_place
    ADD CONSTRAINT place_label_unique UNIQUE (partner_id, label);

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT placement_no_overlap EXCLUDE USING gist (case_id WITH =, daterange(arrived_on, ended_on) WITH &&) WHERE (((follows_id IS NULL) OR (confirmed_at IS NOT NULL)));

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT placement_one_per_place EXCLUDE USING gist (place_id WITH =, daterange(arrived_on, ended_on) WITH &&) WHERE ((place_id IS NOT NULL));

ALTER TABLE ONLY public.referentiel_planstep
    ADD CONSTRAINT plan_step_unique UNIQUE (assessment_id, code);

ALTER TABLE ONLY public.proconnect_accountrequest
    ADD CONSTRAINT proconnect_accountrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.proconnect_accountrequest
    ADD CONSTRAINT proconnect_accountrequest_sub_key UNIQUE (sub);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.formation_professionalapart
    ADD CONSTRAINT professionalapart_once UNIQUE (first_id, second_id);

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT proposal_once_per_structure UNIQUE (orientation_id, partner_id);

ALTER TABLE ONLY public.documents_reading
    ADD CONSTRAINT reading_unique UNIQUE (user_id, version_id, chapter);

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT referentiel_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_campaign
    ADD CONSTRAINT referentiel_campaign_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_campaign
    ADD CONSTRAINT referentiel_campaign_year_key UNIQUE (year);

ALTER TABLE ONLY public.referentiel_chapterpage
    ADD CONSTRAINT referentiel_chapterpage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.referentiel_confirmedmark
    ADD CONSTRAINT referentiel_confirmedmark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_derogation
    ADD CONSTRAINT referentiel_derogation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_evidence
    ADD CONSTRAINT referentiel_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_evidence
    ADD CONSTRAINT referentiel_evidence_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.referentiel_exigencepage
    ADD CONSTRAINT referentiel_exigencepage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.referentiel_mark
    ADD CONSTRAINT referentiel_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_observation
    ADD CONSTRAINT referentiel_observation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_planstep
    ADD CONSTRAINT referentiel_planstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_referentielindexpage
    ADD CONSTRAINT referentiel_referentielindexpage_pkey PRIMARY KEY (page_ptr_id);

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referentiel_visitmark
    ADD CONSTRAINT referentiel_visitmark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_closedperiod
    ADD CONSTRAINT reporting_closedperiod_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_closedrows
    ADD CONSTRAINT reporting_closedrows_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_committee
    ADD CONSTRAINT reporting_committee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_historyimport
    ADD CONSTRAINT reporting_historyimport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_release
    ADD CONSTRAINT reporting_release_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_revision
    ADD CONSTRAINT reporting_revision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_statequestion
    ADD CONSTRAINT reporting_statequestion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_target
    ADD CONSTRAINT reporting_target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_done
    ADD CONSTRAINT retention_done_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_kind
    ADD CONSTRAINT retention_kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.retention_legalhold
    ADD CONSTRAINT retention_legalhold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_row
    ADD CONSTRAINT retention_row_once UNIQUE (run_id, kind_id, object_id);

ALTER TABLE ONLY public.retention_row
    ADD CONSTRAINT retention_row_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_ruleversion
    ADD CONSTRAINT retention_ruleversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_run
    ADD CONSTRAINT retention_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_warning
    ADD CONSTRAINT retention_warning_once UNIQUE (kind, object_id, due_on, days);

ALTER TABLE ONLY public.retention_warning
    ADD CONSTRAINT retention_warning_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_accountreview
    ADD CONSTRAINT review_once UNIQUE (membership_id, quarter);

ALTER TABLE ONLY public.rights_accessreview
    ADD CONSTRAINT rights_accessreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rights_alertreceipt
    ADD CONSTRAINT rights_alertreceipt_alert_id_key UNIQUE (alert_id);

ALTER TABLE ONLY public.rights_alertreceipt
    ADD CONSTRAINT rights_alertreceipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rights_filecopy
    ADD CONSTRAINT rights_filecopy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rights_nightcheck
    ADD CONSTRAINT rights_nightcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rights_rightsdetail
    ADD CONSTRAINT rights_rightsdetail_pkey PRIMARY KEY (request_id);

ALTER TABLE ONLY public.rights_rightsrequest
    ADD CONSTRAINT rights_rightsrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rights_rightsrequest
    ADD CONSTRAINT rights_rightsrequest_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.rights_rightsstep
    ADD CONSTRAINT rights_rightsstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notify_ringstep
    ADD CONSTRAINT ringstep_once UNIQUE (ring_id, rung, person_id, channel);

ALTER TABLE ONLY public.notify_sending
    ADD CONSTRAINT sending_once UNIQUE NULLS NOT DISTINCT (obligation_id, step);

ALTER TABLE ONLY public.formation_sessioninvitation
    ADD CONSTRAINT sessioninvitation_once UNIQUE (session_id, partner_id);

ALTER TABLE ONLY public.formation_sessionnotice
    ADD CONSTRAINT sessionnotice_once UNIQUE (enrolment_id, kind, sequence);

ALTER TABLE ONLY public.formation_sessiontrainer
    ADD CONSTRAINT sessiontrainer_unique UNIQUE (session_id, trainer_id);

ALTER TABLE ONLY public.formation_signature
    ADD CONSTRAINT signature_once UNIQUE (half_day_id, enrolment_id);

ALTER TABLE ONLY public.formation_signature
    ADD CONSTRAINT signature_once_walk_in UNIQUE (half_day_id, walk_in_id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);

ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_sollicitationform
    ADD CONSTRAINT sollicitationform_unique UNIQUE (sollicitation_id, form_id);

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT stayreview_once UNIQUE (placement_id, milestone);

ALTER TABLE ONLY public.partners_suspension
    ADD CONSTRAINT suspension_no_overlap EXCLUDE USING gist (partner_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&);

ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_name_key UNIQUE (name);

ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uni UNIQUE (content_type_id, object_id, tag_id);

ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_target
    ADD CONSTRAINT target_once UNIQUE (year, code);

ALTER TABLE ONLY public.territory_aseauthority
    ADD CONSTRAINT territory_aseauthority_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.territory_aseauthorityname
    ADD CONSTRAINT territory_aseauthorityname_name_key UNIQUE (name);

ALTER TABLE ONLY public.territory_aseauthorityname
    ADD CONSTRAINT territory_aseauthorityname_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.territory_asecoverage
    ADD CONSTRAINT territory_asecoverage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.territory_region
    ADD CONSTRAINT territory_region_name_key UNIQUE (name);

ALTER TABLE ONLY public.territory_region
    ADD CONSTRAINT territory_region_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.territory_territory
    ADD CONSTRAINT territory_territory_name_key UNIQUE (name);

ALTER TABLE ONLY public.territory_territory_neighbours
    ADD CONSTRAINT territory_territory_neig_from_territory_id_to_ter_f3ec863f_uniq UNIQUE (from_territory_id, to_territory_id);

ALTER TABLE ONLY public.territory_territory_neighbours
    ADD CONSTRAINT territory_territory_neighbours_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.territory_territory
    ADD CONSTRAINT territory_territory_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT unique_permission UNIQUE (group_id, page_id, permission_id);

ALTER TABLE ONLY public.users_user
    ADD CONSTRAINT users_user_email_key UNIQUE (email);

ALTER TABLE ONLY public.users_user_groups
    ADD CONSTRAINT users_user_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_user_groups
    ADD CONSTRAINT users_user_groups_user_id_group_id_b88eab82_uniq UNIQUE (user_id, group_id);

ALTER TABLE ONLY public.users_user
    ADD CONSTRAINT users_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_user_user_permissions
    ADD CONSTRAINT users_user_user_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_user_user_permissions
    ADD CONSTRAINT users_user_user_permissions_user_id_permission_id_43338c45_uniq UNIQUE (user_id, permission_id);

ALTER TABLE ONLY public.values_value
    ADD CONSTRAINT value_code_unique UNIQUE (list_code, code);

ALTER TABLE ONLY public.values_configversion
    ADD CONSTRAINT values_configversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.values_settingversion
    ADD CONSTRAINT values_settingversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.values_value
    ADD CONSTRAINT values_value_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.values_valuelist
    ADD CONSTRAINT values_valuelist_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.documents_documentversion
    ADD CONSTRAINT version_number_unique UNIQUE (document_id, number);

ALTER TABLE ONLY public.documents_documentversion
    ADD CONSTRAINT version_sequence_unique UNIQUE (document_id, sequence);

ALTER TABLE ONLY public.referentiel_visitmark
    ADD CONSTRAINT visit_mark_unique UNIQUE (visit_id, code);

ALTER TABLE ONLY public.wagtailadmin_admin
    ADD CONSTRAINT wagtailadmin_admin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editingsession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formstate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_apitoken
    ADD CONSTRAINT wagtailcore_apitoken_key_hash_key UNIQUE (key_hash);

ALTER TABLE ONLY public.wagtailcore_apitoken
    ADD CONSTRAINT wagtailcore_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_collection
    ADD CONSTRAINT wagtailcore_collection_path_key UNIQUE (path);

ALTER TABLE ONLY public.wagtailcore_collection
    ADD CONSTRAINT wagtailcore_collection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collectionvi_collectionviewrestrictio_988995ae_uniq UNIQUE (collectionviewrestriction_id, group_id);

ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collectionviewrestriction_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction
    ADD CONSTRAINT wagtailcore_collectionviewrestriction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentreply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapprova_groupapprovaltask_id_gro_bb5ee7eb_uniq UNIQUE (groupapprovaltask_id, group_id);

ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapprovaltask_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_groupapprovaltask
    ADD CONSTRAINT wagtailcore_groupapprovaltask_pkey PRIMARY KEY (task_ptr_id);

ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcollect_group_id_collection_id_p_a21cefe9_uniq UNIQUE (group_id, collection_id, permission_id);

ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcollectionpermission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppagepermission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsiteper_group_id_site_id_permiss_a58ee30d_uniq UNIQUE (group_id, site_id, permission_id);

ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsitepermission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_locale
    ADD CONSTRAINT wagtailcore_locale_language_code_key UNIQUE (language_code);

ALTER TABLE ONLY public.wagtailcore_locale
    ADD CONSTRAINT wagtailcore_locale_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_modellogentry
    ADD CONSTRAINT wagtailcore_modellogentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_path_key UNIQUE (path);

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_translation_key_locale_id_9b041bad_uniq UNIQUE (translation_key, locale_id);

ALTER TABLE ONLY public.wagtailcore_pagelogentry
    ADD CONSTRAINT wagtailcore_pagelogentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_pagerevision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_page_id_user_id_0cef73ed_uniq UNIQUE (page_id, user_id);

ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageviewrest_pageviewrestriction_id_g_d23f80bb_uniq UNIQUE (pageviewrestriction_id, group_id);

ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageviewrestriction_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_pageviewrestriction
    ADD CONSTRAINT wagtailcore_pageviewrestriction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenceind_base_content_type_id_obj_9e6ccd6a_uniq UNIQUE (base_content_type_id, object_id, to_content_type_id, to_object_id, content_path_hash);

ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenceindex_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_hostname_port_2c626d70_uniq UNIQUE (hostname, port);

ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_task
    ADD CONSTRAINT wagtailcore_task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploadedfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_workflow
    ADD CONSTRAINT wagtailcore_workflow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflowcontenttype_pkey PRIMARY KEY (content_type_id);

ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflowpage_pkey PRIMARY KEY (page_id);

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflowstate_current_task_state_id_key UNIQUE (current_task_state_id);

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflowstate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflowtask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflowtask_workflow_id_task_id_4ec7a62b_uniq UNIQUE (workflow_id, task_id);

ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendition_image_id_filter_spec_foc_323c8fe0_uniq UNIQUE (image_id, filter_spec, focal_point_key);

ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexentry_content_type_id_object_i_bcd7ba73_uniq UNIQUE (content_type_id, object_id);

ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.formation_yearplanline
    ADD CONSTRAINT yearplanline_once UNIQUE NULLS NOT DISTINCT (plan_id, module_code, quarter, audience_id, region_id);

CREATE INDEX access_alert_raised_by_id_d6a5e32c ON public.access_alert USING btree (raised_by_id);

CREATE INDEX access_apitoken_digest_0fad3de1_like ON public.access_apitoken USING btree (digest varchar_pattern_ops);

CREATE INDEX access_apitoken_user_id_9f3b952b ON public.access_apitoken USING btree (user_id);

CREATE INDEX access_counter_id_2bc7f0b7_like ON public.access_counter USING btree (id varchar_pattern_ops);

CREATE INDEX access_displaytoken_opened_by_id_8b815f71 ON public.access_displaytoken USING btree (opened_by_id);

CREATE INDEX access_displaytoken_token_hash_a9124ee3_like ON public.access_displaytoken USING btree (token_hash varchar_pattern_ops);

CREATE INDEX access_draft_user_id_791398d0 ON public.access_draft USING btree (user_id);

CREATE INDEX access_grant_user_id_d8a84bc9 ON public.access_grant USING btree (user_id);

CREATE INDEX access_reveal_user_id_ad80c3d6 ON public.access_reveal USING btree (user_id);

CREATE INDEX access_signin_user_id_b64893e0 ON public.access_signin USING btree (user_id);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX account_request_waiting ON public.proconnect_accountrequest USING btree (state, asked_at);

CREATE UNIQUE INDEX account_suspension_one_open ON public.accounts_accountsuspension USING btree (user_id) WHERE (ended_at IS NULL);

CREATE INDEX accounts_accountreview_confirmed_by_id_94211f18 ON public.accounts_accountreview USING btree (confirmed_by_id);

CREATE INDEX accounts_accountreview_membership_id_f8baacc6 ON public.accounts_accountreview USING btree (membership_id);

CREATE INDEX accounts_accountreview_user_id_9870c242 ON public.accounts_accountreview USING btree (user_id);

CREATE INDEX accounts_accountsuspension_ended_by_id_6d5decc9 ON public.accounts_accountsuspension USING btree (ended_by_id);

CREATE INDEX accounts_accountsuspension_started_by_id_bbfdd1ef ON public.accounts_accountsuspension USING btree (started_by_id);

CREATE INDEX accounts_accountsuspension_user_id_25344fe9 ON public.accounts_accountsuspension USING btree (user_id);

CREATE INDEX accounts_factorreset_asked_by_id_cbee6414 ON public.accounts_factorreset USING btree (asked_by_id);

CREATE INDEX accounts_factorreset_decided_by_id_dad42956 ON public.accounts_factorreset USING btree (decided_by_id);

CREATE INDEX accounts_factorreset_user_id_e684bddb ON public.accounts_factorreset USING btree (user_id);

CREATE INDEX accounts_invitation_accepted_by_id_ba632539 ON public.accounts_invitation USING btree (accepted_by_id);

CREATE INDEX accounts_invitation_cancelled_by_id_953c6dc3 ON public.accounts_invitation USING btree (cancelled_by_id);

CREATE INDEX accounts_invitation_invited_by_id_94a21efc ON public.accounts_invitation USING btree (invited_by_id);

CREATE INDEX accounts_invitation_partner_id_2efec63f ON public.accounts_invitation USING btree (partner_id);

CREATE INDEX accounts_invitation_token_hash_3d59d75c_like ON public.accounts_invitation USING btree (token_hash varchar_pattern_ops);

CREATE INDEX accounts_rightschange_asked_by_id_7eb493b4 ON public.accounts_rightschange USING btree (asked_by_id);

CREATE INDEX accounts_rightschange_decided_by_id_04df4f2a ON public.accounts_rightschange USING btree (decided_by_id);

CREATE INDEX accounts_rightschange_user_id_4777d35e ON public.accounts_rightschange USING btree (user_id);

CREATE UNIQUE INDEX ase_coverage_one_whole ON public.territory_asecoverage USING btree (territory_id) WHERE ((portion)::text = 'entier'::text);

CREATE UNIQUE INDEX ase_name_one_open_end ON public.territory_aseauthorityname USING btree (authority_id) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX ase_name_one_open_start ON public.territory_aseauthorityname USING btree (authority_id) WHERE (valid_from IS NULL);

CREATE INDEX attachment_by_object ON public.files_attachment USING btree (object_kind, object_id);

CREATE INDEX attachment_to_destroy ON public.files_attachment USING btree (removed_at) WHERE ((destroyed_at IS NULL) AND (removed_at IS NOT NULL));

CREATE UNIQUE INDEX attestation_first_once ON public.formation_attestation USING btree (enrolment_id) WHERE (replaces_id IS NULL);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX base_content_object_idx ON public.wagtailcore_revision USING btree (base_content_type_id, object_id);

CREATE INDEX case_by_person ON public.cases_case USING btree (person_key);

CREATE UNIQUE INDEX caseapart_once ON public.cases_caseapart USING btree (first_id, second_id) WHERE (lifted_at IS NULL);

CREATE UNIQUE INDEX caseform_one_main ON public.cases_caseform USING btree (case_id) WHERE is_main;

CREATE UNIQUE INDEX casemerge_once ON public.cases_casemerge USING btree (LEAST(kept_id, merged_id), GREATEST(kept_id, merged_id)) WHERE ((dismissed_at IS NULL) AND (undone_at IS NULL));

CREATE INDEX casemerge_waiting ON public.cases_casemerge USING btree (asked_at) WHERE ((agreed_at IS NULL) AND (dismissed_at IS NULL));

CREATE INDEX cases_absence_placement_id_8c3034be ON public.cases_absence USING btree (placement_id);

CREATE INDEX cases_afterstay_exploitation_id_1f512939 ON public.cases_afterstay USING btree (exploitation_id);

CREATE INDEX cases_afterstay_exploitation_id_1f512939_like ON public.cases_afterstay USING btree (exploitation_id varchar_pattern_ops);

CREATE INDEX cases_afterstay_noted_by_id_d05c4f9f ON public.cases_afterstay USING btree (noted_by_id);

CREATE INDEX cases_authoritynotice_ase_authority_id_c458acd1 ON public.cases_authoritynotice USING btree (ase_authority_id);

CREATE INDEX cases_authoritynotice_ase_authority_id_c458acd1_like ON public.cases_authoritynotice USING btree (ase_authority_id varchar_pattern_ops);

CREATE INDEX cases_authoritynotice_authority_id_f3580474 ON public.cases_authoritynotice USING btree (authority_id);

CREATE INDEX cases_authoritynotice_authority_id_f3580474_like ON public.cases_authoritynotice USING btree (authority_id varchar_pattern_ops);

CREATE INDEX cases_authoritynotice_channel_id_98cea411 ON public.cases_authoritynotice USING btree (channel_id);

CREATE INDEX cases_authoritynotice_channel_id_98cea411_like ON public.cases_authoritynotice USING btree (channel_id varchar_pattern_ops);

CREATE INDEX cases_authoritynotice_incident_id_0510bfee ON public.cases_authoritynotice USING btree (incident_id);

CREATE INDEX cases_authoritynotice_told_by_id_5d0337a1 ON public.cases_authoritynotice USING btree (told_by_id);

CREATE INDEX cases_authoritywaiver_ase_authority_id_2eb66148 ON public.cases_authoritywaiver USING btree (ase_authority_id);

CREATE INDEX cases_authoritywaiver_ase_authority_id_2eb66148_like ON public.cases_authoritywaiver USING btree (ase_authority_id varchar_pattern_ops);

CREATE INDEX cases_authoritywaiver_authority_id_fd23c68a ON public.cases_authoritywaiver USING btree (authority_id);

CREATE INDEX cases_authoritywaiver_authority_id_fd23c68a_like ON public.cases_authoritywaiver USING btree (authority_id varchar_pattern_ops);

CREATE INDEX cases_authoritywaiver_decided_by_id_b3ae0717 ON public.cases_authoritywaiver USING btree (decided_by_id);

CREATE INDEX cases_authoritywaiver_incident_id_573462d4 ON public.cases_authoritywaiver USING btree (incident_id);

CREATE INDEX cases_authoritywaiver_reason_id_79f2661e ON public.cases_authoritywaiver USING btree (reason_id);

CREATE INDEX cases_authoritywaiver_reason_id_79f2661e_like ON public.cases_authoritywaiver USING btree (reason_id varchar_pattern_ops);

CREATE INDEX cases_case_adhesion_id_ab6a3683 ON public.cases_case USING btree (adhesion_id);

CREATE INDEX cases_case_adhesion_id_ab6a3683_like ON public.cases_case USING btree (adhesion_id varchar_pattern_ops);

CREATE INDEX cases_case_age_precision_id_6df57d9a ON public.cases_case USING btree (age_precision_id);

CREATE INDEX cases_case_age_precision_id_6df57d9a_like ON public.cases_case USING btree (age_precision_id varchar_pattern_ops);

CREATE INDEX cases_case_closing_reason_id_949617b0 ON public.cases_case USING btree (closing_reason_id);

CREATE INDEX cases_case_closing_reason_id_949617b0_like ON public.cases_case USING btree (closing_reason_id varchar_pattern_ops);

CREATE INDEX cases_case_containment_id_508342de ON public.cases_case USING btree (containment_id);

CREATE INDEX cases_case_containment_id_508342de_like ON public.cases_case USING btree (containment_id varchar_pattern_ops);

CREATE INDEX cases_case_exploitation_place_id_9b2da56b ON public.cases_case USING btree (exploitation_place_id);

CREATE INDEX cases_case_exploitation_place_id_9b2da56b_like ON public.cases_case USING btree (exploitation_place_id varchar_pattern_ops);

CREATE INDEX cases_case_identification_level_id_f3715c9a ON public.cases_case USING btree (identification_level_id);

CREATE INDEX cases_case_identification_level_id_f3715c9a_like ON public.cases_case USING btree (identification_level_id varchar_pattern_ops);

CREATE INDEX cases_case_legal_frame_id_51b58396 ON public.cases_case USING btree (legal_frame_id);

CREATE INDEX cases_case_legal_frame_id_51b58396_like ON public.cases_case USING btree (legal_frame_id varchar_pattern_ops);

CREATE INDEX cases_case_nationality_zone_id_b65e495a ON public.cases_case USING btree (nationality_zone_id);

CREATE INDEX cases_case_nationality_zone_id_b65e495a_like ON public.cases_case USING btree (nationality_zone_id varchar_pattern_ops);

CREATE INDEX cases_case_origin_id_88b5dce9 ON public.cases_case USING btree (origin_id);

CREATE INDEX cases_case_origin_id_88b5dce9_like ON public.cases_case USING btree (origin_id varchar_pattern_ops);

CREATE INDEX cases_case_prior_follow_up_id_154961a9 ON public.cases_case USING btree (prior_follow_up_id);

CREATE INDEX cases_case_prior_follow_up_id_154961a9_like ON public.cases_case USING btree (prior_follow_up_id varchar_pattern_ops);

CREATE INDEX cases_case_reference_cb43aa34_like ON public.cases_case USING btree (reference varchar_pattern_ops);

CREATE INDEX cases_case_sex_id_02346d6c ON public.cases_case USING btree (sex_id);

CREATE INDEX cases_case_sex_id_02346d6c_like ON public.cases_case USING btree (sex_id varchar_pattern_ops);

CREATE INDEX cases_caseapart_first_id_cdbc790c ON public.cases_caseapart USING btree (first_id);

CREATE INDEX cases_caseapart_lifted_by_id_59001dfb ON public.cases_caseapart USING btree (lifted_by_id);

CREATE INDEX cases_caseapart_said_by_id_4a67f6a8 ON public.cases_caseapart USING btree (said_by_id);

CREATE INDEX cases_caseapart_second_id_977b6cd5 ON public.cases_caseapart USING btree (second_id);

CREATE INDEX cases_caseform_case_id_89511392 ON public.cases_caseform USING btree (case_id);

CREATE INDEX cases_caseform_form_id_fcb47639 ON public.cases_caseform USING btree (form_id);

CREATE INDEX cases_caseform_form_id_fcb47639_like ON public.cases_caseform USING btree (form_id varchar_pattern_ops);

CREATE INDEX cases_caselanguage_case_id_c3537aaf ON public.cases_caselanguage USING btree (case_id);

CREATE INDEX cases_caselanguage_language_id_7a168b0c ON public.cases_caselanguage USING btree (language_id);

CREATE INDEX cases_caselanguage_language_id_7a168b0c_like ON public.cases_caselanguage USING btree (language_id varchar_pattern_ops);

CREATE INDEX cases_casemerge_agreed_by_id_2ef47682 ON public.cases_casemerge USING btree (agreed_by_id);

CREATE INDEX cases_casemerge_asked_by_id_8fc875af ON public.cases_casemerge USING btree (asked_by_id);

CREATE INDEX cases_casemerge_dismissed_by_id_cb046f17 ON public.cases_casemerge USING btree (dismissed_by_id);

CREATE INDEX cases_casemerge_kept_id_6fcb0a96 ON public.cases_casemerge USING btree (kept_id);

CREATE INDEX cases_casemerge_merged_id_81618ab6 ON public.cases_casemerge USING btree (merged_id);

CREATE INDEX cases_casemerge_undone_by_id_1ad0f9b0 ON public.cases_casemerge USING btree (undone_by_id);

CREATE INDEX cases_casename_case_id_1cb0bb1a ON public.cases_casename USING btree (case_id);

CREATE INDEX cases_casename_digest_1d1afedd ON public.cases_casename USING btree (digest);

CREATE INDEX cases_casename_digest_1d1afedd_like ON public.cases_casename USING btree (digest varchar_pattern_ops);

CREATE INDEX cases_caseneed_case_id_deb0a719 ON public.cases_caseneed USING btree (case_id);

CREATE INDEX cases_caseneed_need_id_e5a38e7d ON public.cases_caseneed USING btree (need_id);

CREATE INDEX cases_caseneed_need_id_e5a38e7d_like ON public.cases_caseneed USING btree (need_id varchar_pattern_ops);

CREATE INDEX cases_casesound_case_id_41d5d78a ON public.cases_casesound USING btree (case_id);

CREATE INDEX cases_circuit_case_id_0143545f ON public.cases_circuit USING btree (case_id);

CREATE INDEX cases_circuit_version_id_344912e5 ON public.cases_circuit USING btree (version_id);

CREATE INDEX cases_circuitstep_circuit_id_befbf9e4 ON public.cases_circuitstep USING btree (circuit_id);

CREATE INDEX cases_circuitstep_measure_id_007d564a ON public.cases_circuitstep USING btree (measure_id);

CREATE INDEX cases_circuitstep_measure_id_007d564a_like ON public.cases_circuitstep USING btree (measure_id varchar_pattern_ops);

CREATE INDEX cases_circuittemplate_label_1df6e005_like ON public.cases_circuittemplate USING btree (label varchar_pattern_ops);

CREATE INDEX cases_circuitversion_published_by_id_9af89e79 ON public.cases_circuitversion USING btree (published_by_id);

CREATE INDEX cases_circuitversion_template_id_f30ec351 ON public.cases_circuitversion USING btree (template_id);

CREATE INDEX cases_extraanswer_case_id_0e465ccb ON public.cases_extraanswer USING btree (case_id);

CREATE INDEX cases_extraanswer_field_id_84b36e00 ON public.cases_extraanswer USING btree (field_id);

CREATE INDEX cases_extraanswer_sollicitation_id_2fcec818 ON public.cases_extraanswer USING btree (sollicitation_id);

CREATE INDEX cases_extrafield_code_04edf753_like ON public.cases_extrafield USING btree (code varchar_pattern_ops);

CREATE INDEX cases_extrafield_unseal_agreed_by_id_2e88de7a ON public.cases_extrafield USING btree (unseal_agreed_by_id);

CREATE INDEX cases_extrafield_unseal_asked_by_id_4d1b6d74 ON public.cases_extrafield USING btree (unseal_asked_by_id);

CREATE INDEX cases_filledgrid_filled_by_id_d9149902 ON public.cases_filledgrid USING btree (filled_by_id);

CREATE INDEX cases_filledgrid_sollicitation_id_7d43ac6b ON public.cases_filledgrid USING btree (sollicitation_id);

CREATE INDEX cases_filledgrid_version_id_b6d78b65 ON public.cases_filledgrid USING btree (version_id);

CREATE INDEX cases_gridversion_published_by_id_80a0ae88 ON public.cases_gridversion USING btree (published_by_id);

CREATE INDEX cases_identitygiven_case_id_55a35ab7 ON public.cases_identitygiven USING btree (case_id);

CREATE INDEX cases_identitygiven_given_by_id_da2e504b ON public.cases_identitygiven USING btree (given_by_id);

CREATE INDEX cases_identitygiven_partner_id_29e7c288 ON public.cases_identitygiven USING btree (partner_id);

CREATE INDEX cases_incident_acknowledged_by_id_0fae24ae ON public.cases_incident USING btree (acknowledged_by_id);

CREATE INDEX cases_incident_declared_by_id_b5ce19af ON public.cases_incident USING btree (declared_by_id);

CREATE INDEX cases_incident_incident_type_id_2a53af7e ON public.cases_incident USING btree (incident_type_id);

CREATE INDEX cases_incident_incident_type_id_2a53af7e_like ON public.cases_incident USING btree (incident_type_id varchar_pattern_ops);

CREATE INDEX cases_incident_partner_id_15924229 ON public.cases_incident USING btree (partner_id);

CREATE INDEX cases_incident_placement_id_a3cfdab2 ON public.cases_incident USING btree (placement_id);

CREATE INDEX cases_incident_reference_7bdf95ee_like ON public.cases_incident USING btree (reference varchar_pattern_ops);

CREATE INDEX cases_incident_service_id_4b8690aa ON public.cases_incident USING btree (service_id);

CREATE INDEX cases_incident_severity_id_e8a47f74 ON public.cases_incident USING btree (severity_id);

CREATE INDEX cases_incident_severity_id_e8a47f74_like ON public.cases_incident USING btree (severity_id varchar_pattern_ops);

CREATE INDEX cases_incidentcause_cause_id_99d76180 ON public.cases_incidentcause USING btree (cause_id);

CREATE INDEX cases_incidentcause_cause_id_99d76180_like ON public.cases_incidentcause USING btree (cause_id varchar_pattern_ops);

CREATE INDEX cases_incidentcause_incident_id_66a78534 ON public.cases_incidentcause USING btree (incident_id);

CREATE INDEX cases_incidentchild_case_id_287dd6ff ON public.cases_incidentchild USING btree (case_id);

CREATE INDEX cases_incidentchild_incident_id_76466938 ON public.cases_incidentchild USING btree (incident_id);

CREATE INDEX cases_incidentchild_placement_id_a3f69109 ON public.cases_incidentchild USING btree (placement_id);

CREATE INDEX cases_incidentevent_author_id_e177f1d0 ON public.cases_incidentevent USING btree (author_id);

CREATE INDEX cases_incidentevent_incident_id_92a8c4d4 ON public.cases_incidentevent USING btree (incident_id);

CREATE INDEX cases_incidentpair_first_id_3a142f1d ON public.cases_incidentpair USING btree (first_id);

CREATE INDEX cases_incidentpair_said_by_id_72f98e70 ON public.cases_incidentpair USING btree (said_by_id);

CREATE INDEX cases_incidentpair_second_id_e623df6f ON public.cases_incidentpair USING btree (second_id);

CREATE INDEX cases_incidentreview_incident_id_2072979d ON public.cases_incidentreview USING btree (incident_id);

CREATE INDEX cases_incidentreview_written_by_id_e985caf0 ON public.cases_incidentreview USING btree (written_by_id);

CREATE INDEX cases_incidenttask_done_by_id_d4b88039 ON public.cases_incidenttask USING btree (done_by_id);

CREATE INDEX cases_incidenttask_incident_id_348961e6 ON public.cases_incidenttask USING btree (incident_id);

CREATE INDEX cases_incidenttask_owner_id_f4590354 ON public.cases_incidenttask USING btree (owner_id);

CREATE INDEX cases_journey_driver_id_b5e3f123 ON public.cases_journey USING btree (driver_id);

CREATE INDEX cases_journey_driver_id_b5e3f123_like ON public.cases_journey USING btree (driver_id varchar_pattern_ops);

CREATE INDEX cases_journey_shelter_id_822c3b90 ON public.cases_journey USING btree (shelter_id);

CREATE INDEX cases_journey_shelter_id_822c3b90_like ON public.cases_journey USING btree (shelter_id varchar_pattern_ops);

CREATE INDEX cases_keepaway_case_id_99fb20af ON public.cases_keepaway USING btree (case_id);

CREATE INDEX cases_keepaway_reason_id_14fa4ad5 ON public.cases_keepaway USING btree (reason_id);

CREATE INDEX cases_keepaway_reason_id_14fa4ad5_like ON public.cases_keepaway USING btree (reason_id varchar_pattern_ops);

CREATE INDEX cases_keepaway_territory_id_31a4b967 ON public.cases_keepaway USING btree (territory_id);

CREATE INDEX cases_keepaway_territory_id_31a4b967_like ON public.cases_keepaway USING btree (territory_id varchar_pattern_ops);

CREATE INDEX cases_legalframe_case_id_abcb211a ON public.cases_legalframe USING btree (case_id);

CREATE INDEX cases_legalframe_decider_id_a1271656 ON public.cases_legalframe USING btree (decider_id);

CREATE INDEX cases_legalframe_decider_id_a1271656_like ON public.cases_legalframe USING btree (decider_id varchar_pattern_ops);

CREATE INDEX cases_legalframe_frame_id_bc961628 ON public.cases_legalframe USING btree (frame_id);

CREATE INDEX cases_legalframe_frame_id_bc961628_like ON public.cases_legalframe USING btree (frame_id varchar_pattern_ops);

CREATE INDEX cases_linking_case_id_23cb7f3c ON public.cases_linking USING btree (case_id);

CREATE INDEX cases_linking_guardian_id_2e045d10 ON public.cases_linking USING btree (guardian_id);

CREATE INDEX cases_linking_orientation_id_546b2625 ON public.cases_linking USING btree (orientation_id);

CREATE INDEX cases_linking_partner_id_d4e7e1ed ON public.cases_linking USING btree (partner_id);

CREATE INDEX cases_linking_payer_id_312fcb2c ON public.cases_linking USING btree (payer_id);

CREATE INDEX cases_linking_payer_id_312fcb2c_like ON public.cases_linking USING btree (payer_id varchar_pattern_ops);

CREATE INDEX cases_linking_payer_kind_id_d4b92e0e ON public.cases_linking USING btree (payer_kind_id);

CREATE INDEX cases_linking_payer_kind_id_d4b92e0e_like ON public.cases_linking USING btree (payer_kind_id varchar_pattern_ops);

CREATE INDEX cases_linking_requester_id_e4d92a0f ON public.cases_linking USING btree (requester_id);

CREATE INDEX cases_linking_waived_by_id_8731d732 ON public.cases_linking USING btree (waived_by_id);

CREATE INDEX cases_linking_waiver_reason_id_ef58378d ON public.cases_linking USING btree (waiver_reason_id);

CREATE INDEX cases_linking_waiver_reason_id_ef58378d_like ON public.cases_linking USING btree (waiver_reason_id varchar_pattern_ops);

CREATE INDEX cases_linkingagreement_given_by_id_72444f71 ON public.cases_linkingagreement USING btree (given_by_id);

CREATE INDEX cases_linkingagreement_linking_id_4d717645 ON public.cases_linkingagreement USING btree (linking_id);

CREATE INDEX cases_linkingagreement_version_id_dd3dcc45 ON public.cases_linkingagreement USING btree (version_id);

CREATE INDEX cases_linkingcheck_item_id_157ce390 ON public.cases_linkingcheck USING btree (item_id);

CREATE INDEX cases_linkingcheck_item_id_157ce390_like ON public.cases_linkingcheck USING btree (item_id varchar_pattern_ops);

CREATE INDEX cases_linkingcheck_linking_id_17fe4c18 ON public.cases_linkingcheck USING btree (linking_id);

CREATE INDEX cases_linkingversion_linking_id_e8a8b4fb ON public.cases_linkingversion USING btree (linking_id);

CREATE INDEX cases_linkingversion_written_by_id_13b6e055 ON public.cases_linkingversion USING btree (written_by_id);

CREATE INDEX cases_matching_sollicitation_id_d48385d5 ON public.cases_matching USING btree (sollicitation_id);

CREATE INDEX cases_matchingrules_changed_by_id_5e384842 ON public.cases_matchingrules USING btree (changed_by_id);

CREATE INDEX cases_noticeproof_added_by_id_e8a07efa ON public.cases_noticeproof USING btree (added_by_id);

CREATE INDEX cases_noticeproof_notice_id_db6aa028 ON public.cases_noticeproof USING btree (notice_id);

CREATE INDEX cases_orientation_case_id_28d3b804 ON public.cases_orientation USING btree (case_id);

CREATE INDEX cases_orientation_decided_by_id_79eb4152 ON public.cases_orientation USING btree (decided_by_id);

CREATE INDEX cases_orientation_decision_id_d32f4472 ON public.cases_orientation USING btree (decision_id);

CREATE INDEX cases_orientation_decision_id_d32f4472_like ON public.cases_orientation USING btree (decision_id varchar_pattern_ops);

CREATE INDEX cases_orientation_identification_level_id_c06c71bf ON public.cases_orientation USING btree (identification_level_id);

CREATE INDEX cases_orientation_identification_level_id_c06c71bf_like ON public.cases_orientation USING btree (identification_level_id varchar_pattern_ops);

CREATE INDEX cases_orientation_ordinary_service_id_f3e7d72b ON public.cases_orientation USING btree (ordinary_service_id);

CREATE INDEX cases_orientation_ordinary_service_id_f3e7d72b_like ON public.cases_orientation USING btree (ordinary_service_id varchar_pattern_ops);

CREATE INDEX cases_orientation_sollicitation_id_fa0b8d93 ON public.cases_orientation USING btree (sollicitation_id);

CREATE INDEX cases_payeragreement_given_by_id_d111d0c4 ON public.cases_payeragreement USING btree (given_by_id);

CREATE INDEX cases_payeragreement_linking_id_15867771 ON public.cases_payeragreement USING btree (linking_id);

CREATE INDEX cases_payeragreement_payer_id_d9c87982 ON public.cases_payeragreement USING btree (payer_id);

CREATE INDEX cases_payeragreement_payer_id_d9c87982_like ON public.cases_payeragreement USING btree (payer_id varchar_pattern_ops);

CREATE INDEX cases_peopletoavoid_written_by_id_6db0c9ef ON public.cases_peopletoavoid USING btree (written_by_id);

CREATE INDEX cases_placeconfirmation_confirmed_by_id_e581a68c ON public.cases_placeconfirmation USING btree (confirmed_by_id);

CREATE INDEX cases_placeconfirmation_partner_id_ca176503 ON public.cases_placeconfirmation USING btree (partner_id);

CREATE INDEX cases_placement_case_id_00fab9d8 ON public.cases_placement USING btree (case_id);

CREATE INDEX cases_placement_confirmed_by_id_37a1ed1d ON public.cases_placement USING btree (confirmed_by_id);

CREATE INDEX cases_placement_convention_id_23ce92b7 ON public.cases_placement USING btree (convention_id);

CREATE INDEX cases_placement_end_reason_id_cfc69bce ON public.cases_placement USING btree (end_reason_id);

CREATE INDEX cases_placement_end_reason_id_cfc69bce_like ON public.cases_placement USING btree (end_reason_id varchar_pattern_ops);

CREATE INDEX cases_placement_follows_id_f45c395f ON public.cases_placement USING btree (follows_id);

CREATE INDEX cases_placement_legal_frame_id_2486bbf6 ON public.cases_placement USING btree (legal_frame_id);

CREATE INDEX cases_placement_legal_frame_id_2486bbf6_like ON public.cases_placement USING btree (legal_frame_id varchar_pattern_ops);

CREATE INDEX cases_placement_orientation_id_617f635b ON public.cases_placement USING btree (orientation_id);

CREATE INDEX cases_placement_outside_reason_id_bb77e5a2 ON public.cases_placement USING btree (outside_reason_id);

CREATE INDEX cases_placement_outside_reason_id_bb77e5a2_like ON public.cases_placement USING btree (outside_reason_id varchar_pattern_ops);

CREATE INDEX cases_placement_partner_id_b5be738e ON public.cases_placement USING btree (partner_id);

CREATE INDEX cases_placement_place_id_478be579 ON public.cases_placement USING btree (place_id);

CREATE INDEX cases_proposal_answer_id_b5900faf ON public.cases_proposal USING btree (answer_id);

CREATE INDEX cases_proposal_answer_id_b5900faf_like ON public.cases_proposal USING btree (answer_id varchar_pattern_ops);

CREATE INDEX cases_proposal_answered_by_id_51bc151a ON public.cases_proposal USING btree (answered_by_id);

CREATE INDEX cases_proposal_orientation_id_81ee7e23 ON public.cases_proposal USING btree (orientation_id);

CREATE INDEX cases_proposal_partner_id_c3659acd ON public.cases_proposal USING btree (partner_id);

CREATE INDEX cases_proposal_refusal_reason_id_3846fab2 ON public.cases_proposal USING btree (refusal_reason_id);

CREATE INDEX cases_proposal_refusal_reason_id_3846fab2_like ON public.cases_proposal USING btree (refusal_reason_id varchar_pattern_ops);

CREATE INDEX cases_runawaydelay_territory_id_3cf49d41_like ON public.cases_runawaydelay USING btree (territory_id varchar_pattern_ops);

CREATE INDEX cases_runawayreturn_recorded_by_id_de95e675 ON public.cases_runawayreturn USING btree (recorded_by_id);

CREATE INDEX cases_severitytargets_changed_by_id_1d076ec9 ON public.cases_severitytargets USING btree (changed_by_id);

CREATE INDEX cases_sollicitation_age_precision_id_0dcc0297 ON public.cases_sollicitation USING btree (age_precision_id);

CREATE INDEX cases_sollicitation_age_precision_id_0dcc0297_like ON public.cases_sollicitation USING btree (age_precision_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_case_id_60fc36fc ON public.cases_sollicitation USING btree (case_id);

CREATE INDEX cases_sollicitation_channel_id_88d9ed01 ON public.cases_sollicitation USING btree (channel_id);

CREATE INDEX cases_sollicitation_channel_id_88d9ed01_like ON public.cases_sollicitation USING btree (channel_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_current_place_id_163710ba ON public.cases_sollicitation USING btree (current_place_id);

CREATE INDEX cases_sollicitation_current_place_id_163710ba_like ON public.cases_sollicitation USING btree (current_place_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_detected_by_id_d8cc2ca8 ON public.cases_sollicitation USING btree (detected_by_id);

CREATE INDEX cases_sollicitation_detected_by_id_d8cc2ca8_like ON public.cases_sollicitation USING btree (detected_by_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_exploitation_place_id_a8661c3f ON public.cases_sollicitation USING btree (exploitation_place_id);

CREATE INDEX cases_sollicitation_exploitation_place_id_a8661c3f_like ON public.cases_sollicitation USING btree (exploitation_place_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_identification_level_id_cd9c2c52 ON public.cases_sollicitation USING btree (identification_level_id);

CREATE INDEX cases_sollicitation_identification_level_id_cd9c2c52_like ON public.cases_sollicitation USING btree (identification_level_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_language_id_fbe9566c ON public.cases_sollicitation USING btree (language_id);

CREATE INDEX cases_sollicitation_language_id_fbe9566c_like ON public.cases_sollicitation USING btree (language_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_nationality_zone_id_d57a56fd ON public.cases_sollicitation USING btree (nationality_zone_id);

CREATE INDEX cases_sollicitation_nationality_zone_id_d57a56fd_like ON public.cases_sollicitation USING btree (nationality_zone_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_nature_id_32d0d290 ON public.cases_sollicitation USING btree (nature_id);

CREATE INDEX cases_sollicitation_nature_id_32d0d290_like ON public.cases_sollicitation USING btree (nature_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_origin_id_a516510d ON public.cases_sollicitation USING btree (origin_id);

CREATE INDEX cases_sollicitation_origin_id_a516510d_like ON public.cases_sollicitation USING btree (origin_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_outcome_id_afe6ceab ON public.cases_sollicitation USING btree (outcome_id);

CREATE INDEX cases_sollicitation_outcome_id_afe6ceab_like ON public.cases_sollicitation USING btree (outcome_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_prior_follow_up_id_f427e4c6 ON public.cases_sollicitation USING btree (prior_follow_up_id);

CREATE INDEX cases_sollicitation_prior_follow_up_id_f427e4c6_like ON public.cases_sollicitation USING btree (prior_follow_up_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_reference_76a3e61b_like ON public.cases_sollicitation USING btree (reference varchar_pattern_ops);

CREATE INDEX cases_sollicitation_relance_of_id_20ed5219 ON public.cases_sollicitation USING btree (relance_of_id);

CREATE INDEX cases_sollicitation_requester_id_c9c754ad ON public.cases_sollicitation USING btree (requester_id);

CREATE INDEX cases_sollicitation_requester_type_id_8b53a7da ON public.cases_sollicitation USING btree (requester_type_id);

CREATE INDEX cases_sollicitation_requester_type_id_8b53a7da_like ON public.cases_sollicitation USING btree (requester_type_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_sex_id_27740db2 ON public.cases_sollicitation USING btree (sex_id);

CREATE INDEX cases_sollicitation_sex_id_27740db2_like ON public.cases_sollicitation USING btree (sex_id varchar_pattern_ops);

CREATE INDEX cases_sollicitation_submitted_by_id_2ae06f64 ON public.cases_sollicitation USING btree (submitted_by_id);

CREATE INDEX cases_sollicitation_taken_by_id_fa60d8ad ON public.cases_sollicitation USING btree (taken_by_id);

CREATE INDEX cases_sollicitation_urgency_id_2a278979 ON public.cases_sollicitation USING btree (urgency_id);

CREATE INDEX cases_sollicitation_urgency_id_2a278979_like ON public.cases_sollicitation USING btree (urgency_id varchar_pattern_ops);

CREATE INDEX cases_sollicitationform_form_id_39520841 ON public.cases_sollicitationform USING btree (form_id);

CREATE INDEX cases_sollicitationform_form_id_39520841_like ON public.cases_sollicitationform USING btree (form_id varchar_pattern_ops);

CREATE INDEX cases_sollicitationform_sollicitation_id_13e2c0d0 ON public.cases_sollicitationform USING btree (sollicitation_id);

CREATE INDEX cases_sollicitationmessage_sollicitation_id_47a17cb2 ON public.cases_sollicitationmessage USING btree (sollicitation_id);

CREATE INDEX cases_sollicitationmessage_written_by_id_24dc69c7 ON public.cases_sollicitationmessage USING btree (written_by_id);

CREATE INDEX cases_stayderogation_agreed_by_id_eca48746 ON public.cases_stayderogation USING btree (agreed_by_id);

CREATE INDEX cases_stayderogation_asked_by_id_3f36a169 ON public.cases_stayderogation USING btree (asked_by_id);

CREATE INDEX cases_stayderogation_case_id_acc68b3f ON public.cases_stayderogation USING btree (case_id);

CREATE INDEX cases_stayderogation_partner_id_6c857d29 ON public.cases_stayderogation USING btree (partner_id);

CREATE INDEX cases_stayderogation_refused_by_id_b4bd2965 ON public.cases_stayderogation USING btree (refused_by_id);

CREATE INDEX cases_stayreview_adhesion_id_a68488b7 ON public.cases_stayreview USING btree (adhesion_id);

CREATE INDEX cases_stayreview_adhesion_id_a68488b7_like ON public.cases_stayreview USING btree (adhesion_id varchar_pattern_ops);

CREATE INDEX cases_stayreview_next_goal_id_d1b5a7b9 ON public.cases_stayreview USING btree (next_goal_id);

CREATE INDEX cases_stayreview_next_goal_id_d1b5a7b9_like ON public.cases_stayreview USING btree (next_goal_id varchar_pattern_ops);

CREATE INDEX cases_stayreview_placement_id_3081178d ON public.cases_stayreview USING btree (placement_id);

CREATE INDEX cases_stayreview_safety_id_44b988fa ON public.cases_stayreview USING btree (safety_id);

CREATE INDEX cases_stayreview_safety_id_44b988fa_like ON public.cases_stayreview USING btree (safety_id varchar_pattern_ops);

CREATE INDEX cases_stayreview_schooling_id_41ca17a9 ON public.cases_stayreview USING btree (schooling_id);

CREATE INDEX cases_stayreview_schooling_id_41ca17a9_like ON public.cases_stayreview USING btree (schooling_id varchar_pattern_ops);

CREATE INDEX cases_stayreview_written_by_id_5d382686 ON public.cases_stayreview USING btree (written_by_id);

CREATE INDEX cases_switchboardcall_called_by_id_261a804b ON public.cases_switchboardcall USING btree (called_by_id);

CREATE INDEX cases_switchboardcall_request_id_03cb5bf6 ON public.cases_switchboardcall USING btree (request_id);

CREATE INDEX cases_unmetneed_form_id_83ef34a5 ON public.cases_unmetneed USING btree (form_id);

CREATE INDEX cases_unmetneed_form_id_83ef34a5_like ON public.cases_unmetneed USING btree (form_id varchar_pattern_ops);

CREATE INDEX cases_unmetneed_noted_by_id_9227c3aa ON public.cases_unmetneed USING btree (noted_by_id);

CREATE INDEX cases_unmetneed_reason_id_55e18e22 ON public.cases_unmetneed USING btree (reason_id);

CREATE INDEX cases_unmetneed_reason_id_55e18e22_like ON public.cases_unmetneed USING btree (reason_id varchar_pattern_ops);

CREATE INDEX cases_unmetneed_region_id_6377c442 ON public.cases_unmetneed USING btree (region_id);

CREATE INDEX cases_unmetneed_region_id_6377c442_like ON public.cases_unmetneed USING btree (region_id varchar_pattern_ops);

CREATE INDEX cases_unverifiedrequest_decided_by_id_aaa75686 ON public.cases_unverifiedrequest USING btree (decided_by_id);

CREATE INDEX cases_unverifiedrequest_key_hash_69658233_like ON public.cases_unverifiedrequest USING btree (key_hash varchar_pattern_ops);

CREATE INDEX cases_unverifiedrequest_reference_45b6a8d6_like ON public.cases_unverifiedrequest USING btree (reference varchar_pattern_ops);

CREATE INDEX cases_unverifiedrequest_unit_type_id_e9f7ae85 ON public.cases_unverifiedrequest USING btree (unit_type_id);

CREATE INDEX cases_unverifiedrequest_unit_type_id_e9f7ae85_like ON public.cases_unverifiedrequest USING btree (unit_type_id varchar_pattern_ops);

CREATE INDEX cases_unverifiedrequest_urgency_id_40c5e4b4 ON public.cases_unverifiedrequest USING btree (urgency_id);

CREATE INDEX cases_unverifiedrequest_urgency_id_40c5e4b4_like ON public.cases_unverifiedrequest USING btree (urgency_id varchar_pattern_ops);

CREATE INDEX cases_voicemessage_code_hash_23567ff3_like ON public.cases_voicemessage USING btree (code_hash varchar_pattern_ops);

CREATE INDEX cases_voicemessage_incident_id_ad0032d6 ON public.cases_voicemessage USING btree (incident_id);

CREATE INDEX cases_voicemessage_key_hash_e05b392b_like ON public.cases_voicemessage USING btree (key_hash varchar_pattern_ops);

CREATE INDEX cases_voicemessage_reference_374c2aa3_like ON public.cases_voicemessage USING btree (reference varchar_pattern_ops);

CREATE INDEX cases_voicemessage_taken_by_id_2a9c6e23 ON public.cases_voicemessage USING btree (taken_by_id);

CREATE INDEX cases_voicereply_message_id_37867dbf ON public.cases_voicereply USING btree (message_id);

CREATE INDEX cases_voicereply_written_by_id_dafcfe2d ON public.cases_voicereply USING btree (written_by_id);

CREATE INDEX casesound_by_digest ON public.cases_casesound USING btree (digest);

CREATE UNIQUE INDEX circuit_one_running ON public.cases_circuit USING btree (case_id) WHERE (closed_on IS NULL);

CREATE INDEX circuitstep_running ON public.cases_circuitstep USING btree (due_on) WHERE ((state)::text = ANY (ARRAY[('to_do'::character varying)::text, ('doing'::character varying)::text, ('blocked'::character varying)::text]));

CREATE UNIQUE INDEX closedperiod_once ON public.reporting_closedperiod USING btree (first, last) WHERE (dismissed_at IS NULL);

CREATE INDEX configversion_latest ON public.values_configversion USING btree (part, key, changed_at DESC);

CREATE INDEX confirmed_mark_latest ON public.referentiel_confirmedmark USING btree (partner_id, code, decided_at DESC);

CREATE INDEX content_object_idx ON public.wagtailcore_revision USING btree (content_type_id, object_id);

CREATE INDEX dashboards_savedtable_author_id_fc9c0fe4 ON public.dashboards_savedtable USING btree (author_id);

CREATE INDEX dashboards_trace_code_ac668e62_like ON public.dashboards_trace USING btree (code varchar_pattern_ops);

CREATE UNIQUE INDEX derogation_one_pending ON public.referentiel_derogation USING btree (partner_id, code) WHERE ((agreed_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX display_by_opener ON public.access_displaytoken USING btree (opened_by_id, ends_at);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX documents_acknowledgement_partner_id_a188c8bb ON public.documents_acknowledgement USING btree (partner_id);

CREATE INDEX documents_acknowledgement_previous_id_a26bbc32 ON public.documents_acknowledgement USING btree (previous_id);

CREATE INDEX documents_acknowledgement_recorded_by_id_b963b029 ON public.documents_acknowledgement USING btree (recorded_by_id);

CREATE INDEX documents_acknowledgement_signed_by_id_21357a5f ON public.documents_acknowledgement USING btree (signed_by_id);

CREATE INDEX documents_acknowledgement_version_id_0b75de8a ON public.documents_acknowledgement USING btree (version_id);

CREATE INDEX documents_authorisedunit_network_contact_id_dbc2b3a3 ON public.documents_authorisedunit USING btree (network_contact_id);

CREATE INDEX documents_authorisedunit_review_on_304dbda8 ON public.documents_authorisedunit USING btree (review_on);

CREATE INDEX documents_clauseversion_version_id_9140533e ON public.documents_clauseversion USING btree (version_id);

CREATE INDEX documents_document_kind_afe720e3_like ON public.documents_document USING btree (kind varchar_pattern_ops);

CREATE INDEX documents_documentpage_kind_e0bc3bea_like ON public.documents_documentpage USING btree (kind varchar_pattern_ops);

CREATE INDEX documents_documentversion_document_id_42757b7a ON public.documents_documentversion USING btree (document_id);

CREATE INDEX documents_documentversion_published_by_id_d8707a3d ON public.documents_documentversion USING btree (published_by_id);

CREATE INDEX documents_reading_user_id_6ee7c6a5 ON public.documents_reading USING btree (user_id);

CREATE INDEX documents_reading_version_id_2f45601e ON public.documents_reading USING btree (version_id);

CREATE INDEX documents_unitreview_recorded_by_id_aa905fbf ON public.documents_unitreview USING btree (recorded_by_id);

CREATE INDEX documents_unitreview_unit_id_b09a8401 ON public.documents_unitreview USING btree (unit_id);

CREATE INDEX documents_versionproposal_document_id_93dbcdce ON public.documents_versionproposal USING btree (document_id);

CREATE INDEX documents_versionproposal_proposed_by_id_677fc4b5 ON public.documents_versionproposal USING btree (proposed_by_id);

CREATE INDEX documents_versionproposal_validator_id_42243b29 ON public.documents_versionproposal USING btree (validator_id);

CREATE INDEX draft_by_age ON public.access_draft USING btree (saved_at);

CREATE UNIQUE INDEX dutyswap_one_waiting ON public.notify_dutyswap USING btree (duty_id) WHERE (answered_at IS NULL);

CREATE INDEX export_of_author ON public.exports_export USING btree (author_id, asked_at DESC);

CREATE INDEX export_to_remove ON public.exports_export USING btree (expires_at) WHERE ((state)::text = 'ready'::text);

CREATE INDEX exports_export_author_id_d128d5c1 ON public.exports_export USING btree (author_id);

CREATE INDEX exports_export_number_80480863_like ON public.exports_export USING btree (number varchar_pattern_ops);

CREATE UNIQUE INDEX factor_one_pending ON public.accounts_factorreset USING btree (user_id) WHERE ((state)::text = 'pending'::text);

CREATE INDEX files_attachment_added_by_id_caebfd01 ON public.files_attachment USING btree (added_by_id);

CREATE INDEX files_attachment_removed_by_id_13cfdfe5 ON public.files_attachment USING btree (removed_by_id);

CREATE INDEX files_attachment_stored_name_569a1e04_like ON public.files_attachment USING btree (stored_name varchar_pattern_ops);

CREATE INDEX formation_answersheet_enrolment_id_f32b94a9 ON public.formation_answersheet USING btree (enrolment_id);

CREATE INDEX formation_answersheet_walk_in_id_0138f44d ON public.formation_answersheet USING btree (walk_in_id);

CREATE INDEX formation_attendance_enrolment_id_51381df5 ON public.formation_attendance USING btree (enrolment_id);

CREATE INDEX formation_attendance_half_day_id_d6fe62f4 ON public.formation_attendance USING btree (half_day_id);

CREATE INDEX formation_attendance_recorded_by_id_032ea64c ON public.formation_attendance USING btree (recorded_by_id);

CREATE INDEX formation_attestation_enrolment_id_37230d06 ON public.formation_attestation USING btree (enrolment_id);

CREATE INDEX formation_attestation_issued_by_id_1d3893c7 ON public.formation_attestation USING btree (issued_by_id);

CREATE INDEX formation_attestation_number_4e945843_like ON public.formation_attestation USING btree (number varchar_pattern_ops);

CREATE INDEX formation_attestation_withdrawn_by_id_f0ae2ffc ON public.formation_attestation USING btree (withdrawn_by_id);

CREATE INDEX formation_countersignature_half_day_id_98ad5780 ON public.formation_countersignature USING btree (half_day_id);

CREATE INDEX formation_countersignature_signed_by_id_25bb9201 ON public.formation_countersignature USING btree (signed_by_id);

CREATE INDEX formation_enrolment_employer_id_b7ad7281 ON public.formation_enrolment USING btree (employer_id);

CREATE INDEX formation_enrolment_employer_type_id_312a2ad4 ON public.formation_enrolment USING btree (employer_type_id);

CREATE INDEX formation_enrolment_employer_type_id_312a2ad4_like ON public.formation_enrolment USING btree (employer_type_id varchar_pattern_ops);

CREATE INDEX formation_enrolment_profession_id_6cab85fd ON public.formation_enrolment USING btree (profession_id);

CREATE INDEX formation_enrolment_profession_id_6cab85fd_like ON public.formation_enrolment USING btree (profession_id varchar_pattern_ops);

CREATE INDEX formation_enrolment_professional_id_6c84aeef ON public.formation_enrolment USING btree (professional_id);

CREATE INDEX formation_enrolment_session_id_f7da9641 ON public.formation_enrolment USING btree (session_id);

CREATE INDEX formation_excuse_enrolment_id_7efc86ca ON public.formation_excuse USING btree (enrolment_id);

CREATE INDEX formation_excuse_half_day_id_460146fa ON public.formation_excuse USING btree (half_day_id);

CREATE INDEX formation_excuse_told_by_id_9108401c ON public.formation_excuse USING btree (told_by_id);

CREATE INDEX formation_halfday_session_id_17143960 ON public.formation_halfday USING btree (session_id);

CREATE INDEX formation_modulepage_code_16402fdd_like ON public.formation_modulepage USING btree (code varchar_pattern_ops);

CREATE INDEX formation_professional_employer_id_fdc000f2 ON public.formation_professional USING btree (employer_id);

CREATE INDEX formation_professional_employer_type_id_e6d6a0de ON public.formation_professional USING btree (employer_type_id);

CREATE INDEX formation_professional_employer_type_id_e6d6a0de_like ON public.formation_professional USING btree (employer_type_id varchar_pattern_ops);

CREATE INDEX formation_professional_merged_into_id_440c4ad1 ON public.formation_professional USING btree (merged_into_id);

CREATE INDEX formation_professional_profession_id_81de2e93 ON public.formation_professional USING btree (profession_id);

CREATE INDEX formation_professional_profession_id_81de2e93_like ON public.formation_professional USING btree (profession_id varchar_pattern_ops);

CREATE INDEX formation_professional_territory_id_481b6dd0 ON public.formation_professional USING btree (territory_id);

CREATE INDEX formation_professional_territory_id_481b6dd0_like ON public.formation_professional USING btree (territory_id varchar_pattern_ops);

CREATE INDEX formation_professionalapart_first_id_1100231b ON public.formation_professionalapart USING btree (first_id);

CREATE INDEX formation_professionalapart_said_by_id_452a793b ON public.formation_professionalapart USING btree (said_by_id);

CREATE INDEX formation_professionalapart_second_id_0b11b5f0 ON public.formation_professionalapart USING btree (second_id);

CREATE INDEX formation_professionalmerge_kept_id_c2a76e34 ON public.formation_professionalmerge USING btree (kept_id);

CREATE INDEX formation_professionalmerge_merged_by_id_bf8694a6 ON public.formation_professionalmerge USING btree (merged_by_id);

CREATE INDEX formation_professionalmerge_merged_id_5ed499b1 ON public.formation_professionalmerge USING btree (merged_id);

CREATE INDEX formation_professionalmerge_undone_by_id_88f109a0 ON public.formation_professionalmerge USING btree (undone_by_id);

CREATE INDEX formation_satisfaction_session_id_135e6e69 ON public.formation_satisfaction USING btree (session_id);

CREATE INDEX formation_session_clause_id_0ccc4137 ON public.formation_session USING btree (clause_id);

CREATE INDEX formation_session_territory_id_466374c8 ON public.formation_session USING btree (territory_id);

CREATE INDEX formation_session_territory_id_466374c8_like ON public.formation_session USING btree (territory_id varchar_pattern_ops);

CREATE INDEX formation_sessioninvitation_declined_by_id_cc373bf5 ON public.formation_sessioninvitation USING btree (declined_by_id);

CREATE INDEX formation_sessioninvitation_invited_by_id_d35d2119 ON public.formation_sessioninvitation USING btree (invited_by_id);

CREATE INDEX formation_sessioninvitation_partner_id_e6911191 ON public.formation_sessioninvitation USING btree (partner_id);

CREATE INDEX formation_sessioninvitation_session_id_2d3f58b2 ON public.formation_sessioninvitation USING btree (session_id);

CREATE INDEX formation_sessionnotice_enrolment_id_0e3299a1 ON public.formation_sessionnotice USING btree (enrolment_id);

CREATE INDEX formation_sessiontrainer_session_id_90433cb8 ON public.formation_sessiontrainer USING btree (session_id);

CREATE INDEX formation_sessiontrainer_trainer_id_daade7ed ON public.formation_sessiontrainer USING btree (trainer_id);

CREATE INDEX formation_signature_enrolment_id_61b1e18e ON public.formation_signature USING btree (enrolment_id);

CREATE INDEX formation_signature_half_day_id_35e40cc2 ON public.formation_signature USING btree (half_day_id);

CREATE INDEX formation_signature_walk_in_id_68ae1ce6 ON public.formation_signature USING btree (walk_in_id);

CREATE INDEX formation_supportact_kind_id_af4ebdea ON public.formation_supportact USING btree (kind_id);

CREATE INDEX formation_supportact_kind_id_af4ebdea_like ON public.formation_supportact USING btree (kind_id varchar_pattern_ops);

CREATE INDEX formation_supportact_partner_id_12f45e78 ON public.formation_supportact USING btree (partner_id);

CREATE INDEX formation_supportact_professional_id_b1e4b964 ON public.formation_supportact USING btree (professional_id);

CREATE INDEX formation_supportact_recorded_by_id_23d0219f ON public.formation_supportact USING btree (recorded_by_id);

CREATE INDEX formation_waitingentry_asked_by_id_eec6cedf ON public.formation_waitingentry USING btree (asked_by_id);

CREATE INDEX formation_waitingentry_enrolment_id_3d3e6ce4 ON public.formation_waitingentry USING btree (enrolment_id);

CREATE INDEX formation_waitingentry_professional_id_b5aa9c38 ON public.formation_waitingentry USING btree (professional_id);

CREATE INDEX formation_waitingentry_session_id_69ed84a0 ON public.formation_waitingentry USING btree (session_id);

CREATE INDEX formation_walkin_decided_by_id_395d289b ON public.formation_walkin USING btree (decided_by_id);

CREATE INDEX formation_walkin_employer_type_id_e4dc46f3 ON public.formation_walkin USING btree (employer_type_id);

CREATE INDEX formation_walkin_employer_type_id_e4dc46f3_like ON public.formation_walkin USING btree (employer_type_id varchar_pattern_ops);

CREATE INDEX formation_walkin_enrolment_id_131033fa ON public.formation_walkin USING btree (enrolment_id);

CREATE INDEX formation_walkin_profession_id_a176b01c ON public.formation_walkin USING btree (profession_id);

CREATE INDEX formation_walkin_profession_id_a176b01c_like ON public.formation_walkin USING btree (profession_id varchar_pattern_ops);

CREATE INDEX formation_walkin_session_id_b446a4bc ON public.formation_walkin USING btree (session_id);

CREATE INDEX formation_yearplan_published_by_id_2350b8c5 ON public.formation_yearplan USING btree (published_by_id);

CREATE INDEX formation_yearplanline_audience_id_fce8be23 ON public.formation_yearplanline USING btree (audience_id);

CREATE INDEX formation_yearplanline_audience_id_fce8be23_like ON public.formation_yearplanline USING btree (audience_id varchar_pattern_ops);

CREATE INDEX formation_yearplanline_plan_id_11928a76 ON public.formation_yearplanline USING btree (plan_id);

CREATE INDEX formation_yearplanline_region_id_6600c2dc ON public.formation_yearplanline USING btree (region_id);

CREATE INDEX formation_yearplanline_region_id_6600c2dc_like ON public.formation_yearplanline USING btree (region_id varchar_pattern_ops);

CREATE INDEX formstate_user_object ON public.wagtailadmin_formstate USING btree (user_id, content_type_id, object_id, parent_object_id);

CREATE INDEX grant_by_object ON public.access_grant USING btree (object_kind, object_id);

CREATE INDEX grant_by_partner ON public.access_grant USING btree (partner_id, object_kind);

CREATE INDEX grant_by_user ON public.access_grant USING btree (user_id, object_kind);

CREATE UNIQUE INDEX historyimport_once ON public.reporting_historyimport USING btree (content_hash) WHERE (dismissed_at IS NULL);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX incident_by_day ON public.cases_incident USING btree (declared_on);

CREATE INDEX incident_repeated ON public.cases_incident USING btree (partner_id, incident_type_id, declared_at);

CREATE INDEX incidenttask_waiting ON public.cases_incidenttask USING btree (due_on) WHERE (done_at IS NULL);

CREATE UNIQUE INDEX invitation_once ON public.accounts_invitation USING btree (partner_id, email, role) WHERE ((accepted_at IS NULL) AND (cancelled_at IS NULL));

CREATE INDEX journal_cut_month_id_ff70106b ON public.journal_cut USING btree (month_id);

CREATE INDEX journal_line_actor ON ONLY public.journal_line USING btree (actor_id, at);

CREATE INDEX journal_line_at ON ONLY public.journal_line USING btree (at, id);

CREATE INDEX journal_line_default_actor_id_at_idx ON public.journal_line_default USING btree (actor_id, at);

CREATE INDEX journal_line_default_at_id_idx ON public.journal_line_default USING btree (at, id);

CREATE INDEX journal_line_unsealed ON ONLY public.journal_line USING btree (at, id) WHERE (hash IS NULL);

CREATE INDEX journal_line_default_at_id_idx1 ON public.journal_line_default USING btree (at, id) WHERE (hash IS NULL);

CREATE INDEX journal_line_object ON ONLY public.journal_line USING btree (object_id, at);

CREATE INDEX journal_line_default_object_id_at_idx ON public.journal_line_default USING btree (object_id, at);

CREATE INDEX journal_line_seq ON ONLY public.journal_line USING btree (seq);

CREATE INDEX journal_line_default_seq_idx ON public.journal_line_default USING btree (seq);

CREATE UNIQUE INDEX keepaway_once ON public.cases_keepaway USING btree (case_id, territory_id, reason_id) WHERE (lifted_on IS NULL);

CREATE UNIQUE INDEX legalframe_one_in_force ON public.cases_legalframe USING btree (case_id) WHERE (replaced_at IS NULL);

CREATE INDEX legalframe_running ON public.cases_legalframe USING btree (due_at) WHERE ((due_at IS NOT NULL) AND (met_at IS NULL) AND (replaced_at IS NULL));

CREATE UNIQUE INDEX linking_one_waiting ON public.cases_linking USING btree (case_id, partner_id) WHERE ((cancelled_at IS NULL) AND (placement_id IS NULL));

CREATE INDEX linking_waived ON public.cases_linking USING btree (waived_at) WHERE (waived_at IS NOT NULL);

CREATE UNIQUE INDEX linkingagreement_once ON public.cases_linkingagreement USING btree (linking_id, party, version_id) NULLS NOT DISTINCT WHERE ((reply)::text = 'agreed'::text);

CREATE INDEX messagetext_latest ON public.notify_messagetext USING btree (kind, written_at DESC);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX night_check_last ON public.rights_nightcheck USING btree (at DESC);

CREATE INDEX notify_duty_person_id_8d7b645c ON public.notify_duty USING btree (person_id);

CREATE INDEX notify_dutyswap_duty_id_45906a23 ON public.notify_dutyswap USING btree (duty_id);

CREATE INDEX notify_dutyswap_in_exchange_id_a6a541e2 ON public.notify_dutyswap USING btree (in_exchange_id);

CREATE INDEX notify_dutyswap_proposed_by_id_506ff3b6 ON public.notify_dutyswap USING btree (proposed_by_id);

CREATE INDEX notify_dutyswap_proposed_to_id_dc4987e0 ON public.notify_dutyswap USING btree (proposed_to_id);

CREATE INDEX notify_messagetext_written_by_id_a060ae0b ON public.notify_messagetext USING btree (written_by_id);

CREATE INDEX notify_notificationchoice_person_id_bc6aba9c ON public.notify_notificationchoice USING btree (person_id);

CREATE INDEX notify_obligation_person_id_6756173c ON public.notify_obligation USING btree (person_id);

CREATE INDEX notify_ring_acknowledged_by_id_6ef84ac5 ON public.notify_ring USING btree (acknowledged_by_id);

CREATE INDEX notify_ring_open ON public.notify_ring USING btree (opened_at) WHERE (closed_at IS NULL);

CREATE INDEX notify_ringstep_person_id_eb6304e9 ON public.notify_ringstep USING btree (person_id);

CREATE INDEX notify_ringstep_ring_id_7bcc35ba ON public.notify_ringstep USING btree (ring_id);

CREATE INDEX notify_sending_obligation_id_1859e002 ON public.notify_sending USING btree (obligation_id);

CREATE INDEX obligation_inbox ON public.notify_obligation USING btree (person_id, owed_at DESC) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX obligation_one_open ON public.notify_obligation USING btree (kind, object_id, person_id, partner_id, address) NULLS NOT DISTINCT WHERE (closed_at IS NULL);

CREATE INDEX orientation_by_day ON public.cases_orientation USING btree (decided_on);

CREATE INDEX partners_contact_partner_id_813fcef7 ON public.partners_contact USING btree (partner_id);

CREATE INDEX partners_convention_partner_id_490f923b ON public.partners_convention USING btree (partner_id);

CREATE INDEX partners_convention_reference_fa349dc1_like ON public.partners_convention USING btree (reference varchar_pattern_ops);

CREATE INDEX partners_conventionfollowup_owner_id_041220b3 ON public.partners_conventionfollowup USING btree (owner_id);

CREATE INDEX partners_conventionstep_convention_id_af0c7523 ON public.partners_conventionstep USING btree (convention_id);

CREATE INDEX partners_conventionstep_recorded_by_id_a9708efc ON public.partners_conventionstep USING btree (recorded_by_id);

CREATE INDEX partners_conventionversion_convention_id_9ce535dc ON public.partners_conventionversion USING btree (convention_id);

CREATE INDEX partners_conventionversion_written_by_id_0860f449 ON public.partners_conventionversion USING btree (written_by_id);

CREATE INDEX partners_membership_partner_id_47b47bdb ON public.partners_membership USING btree (partner_id);

CREATE INDEX partners_membership_user_id_4e1fffe4 ON public.partners_membership USING btree (user_id);

CREATE INDEX partners_partner_ase_authority_id_845754bc_like ON public.partners_partner USING btree (ase_authority_id varchar_pattern_ops);

CREATE INDEX partners_partner_code_name_61b20a12_like ON public.partners_partner USING btree (code_name varchar_pattern_ops);

CREATE INDEX partners_partner_requester_type_id_dcd7a3de ON public.partners_partner USING btree (requester_type_id);

CREATE INDEX partners_partner_requester_type_id_dcd7a3de_like ON public.partners_partner USING btree (requester_type_id varchar_pattern_ops);

CREATE INDEX partners_partner_structure_type_id_467fa1b8 ON public.partners_partner USING btree (structure_type_id);

CREATE INDEX partners_partner_structure_type_id_467fa1b8_like ON public.partners_partner USING btree (structure_type_id varchar_pattern_ops);

CREATE INDEX partners_partner_territory_id_4f385bb7 ON public.partners_partner USING btree (territory_id);

CREATE INDEX partners_partner_territory_id_4f385bb7_like ON public.partners_partner USING btree (territory_id varchar_pattern_ops);

CREATE INDEX partners_place_partner_id_1f25b8fd ON public.partners_place USING btree (partner_id);

CREATE INDEX partners_structureprofil_value_id_58c15f72_like ON public.partners_structureprofile_contraindications USING btree (value_id varchar_pattern_ops);

CREATE INDEX partners_structureprofile__structureprofile_id_6d287624 ON public.partners_structureprofile_languages USING btree (structureprofile_id);

CREATE INDEX partners_structureprofile__structureprofile_id_e915ff75 ON public.partners_structureprofile_contraindications USING btree (structureprofile_id);

CREATE INDEX partners_structureprofile_containment_id_2b4fbe6d ON public.partners_structureprofile USING btree (containment_id);

CREATE INDEX partners_structureprofile_containment_id_2b4fbe6d_like ON public.partners_structureprofile USING btree (containment_id varchar_pattern_ops);

CREATE INDEX partners_structureprofile_contraindications_value_id_58c15f72 ON public.partners_structureprofile_contraindications USING btree (value_id);

CREATE INDEX partners_structureprofile_forms_structureprofile_id_4913fadc ON public.partners_structureprofile_forms USING btree (structureprofile_id);

CREATE INDEX partners_structureprofile_forms_value_id_70b09f16 ON public.partners_structureprofile_forms USING btree (value_id);

CREATE INDEX partners_structureprofile_forms_value_id_70b09f16_like ON public.partners_structureprofile_forms USING btree (value_id varchar_pattern_ops);

CREATE INDEX partners_structureprofile_habilitation_id_0bf40bca ON public.partners_structureprofile USING btree (habilitation_id);

CREATE INDEX partners_structureprofile_habilitation_id_0bf40bca_like ON public.partners_structureprofile USING btree (habilitation_id varchar_pattern_ops);

CREATE INDEX partners_structureprofile_languages_value_id_f0561377 ON public.partners_structureprofile_languages USING btree (value_id);

CREATE INDEX partners_structureprofile_languages_value_id_f0561377_like ON public.partners_structureprofile_languages USING btree (value_id varchar_pattern_ops);

CREATE INDEX partners_structureprofile_sexes_structureprofile_id_bd21823a ON public.partners_structureprofile_sexes USING btree (structureprofile_id);

CREATE INDEX partners_structureprofile_sexes_value_id_5a1d240f ON public.partners_structureprofile_sexes USING btree (value_id);

CREATE INDEX partners_structureprofile_sexes_value_id_5a1d240f_like ON public.partners_structureprofile_sexes USING btree (value_id varchar_pattern_ops);

CREATE INDEX partners_suspension_partner_id_c7fc11f0 ON public.partners_suspension USING btree (partner_id);

CREATE UNIQUE INDEX payeragreement_once ON public.cases_payeragreement USING btree (linking_id, payer_id, daily_price_cents, ends_on) NULLS NOT DISTINCT WHERE ((reply)::text = 'agreed'::text);

CREATE INDEX placeconfirmation_latest ON public.cases_placeconfirmation USING btree (partner_id, confirmed_at DESC);

CREATE INDEX placement_by_day ON public.cases_placement USING btree (arrived_on);

CREATE INDEX placement_by_structure ON public.cases_placement USING btree (partner_id, arrived_on);

CREATE UNIQUE INDEX placement_one_announced ON public.cases_placement USING btree (case_id) WHERE ((confirmed_at IS NULL) AND (ended_on IS NULL) AND (follows_id IS NOT NULL));

CREATE INDEX proconnect_accountrequest_decided_by_id_20a3bdfb ON public.proconnect_accountrequest USING btree (decided_by_id);

CREATE INDEX proconnect_accountrequest_sub_9a5d0601_like ON public.proconnect_accountrequest USING btree (sub varchar_pattern_ops);

CREATE INDEX proconnect_accountrequest_user_id_38b43889 ON public.proconnect_accountrequest USING btree (user_id);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE UNIQUE INDEX professional_email_unique ON public.formation_professional USING btree (lower((email)::text)) WHERE (NOT ((email)::text = ''::text));

CREATE UNIQUE INDEX professionalmerge_once ON public.formation_professionalmerge USING btree (merged_id) WHERE (undone_at IS NULL);

CREATE INDEX proposal_by_structure ON public.cases_proposal USING btree (partner_id, answer_by);

CREATE UNIQUE INDEX proposal_one_confirmed ON public.cases_proposal USING btree (orientation_id) WHERE (confirmed_at IS NOT NULL);

CREATE UNIQUE INDEX proposal_open_unique ON public.documents_versionproposal USING btree (document_id) WHERE ((state)::text = ANY (ARRAY[('proposed'::character varying)::text, ('validated'::character varying)::text]));

CREATE INDEX referenceindex_source_object ON public.wagtailcore_referenceindex USING btree (base_content_type_id, object_id);

CREATE INDEX referenceindex_target_object ON public.wagtailcore_referenceindex USING btree (to_content_type_id, to_object_id);

CREATE INDEX referentiel_assessment_campaign_id_7685b8be ON public.referentiel_assessment USING btree (campaign_id);

CREATE INDEX referentiel_assessment_partner_id_3356fee1 ON public.referentiel_assessment USING btree (partner_id);

CREATE INDEX referentiel_assessment_started_by_id_14c267d5 ON public.referentiel_assessment USING btree (started_by_id);

CREATE INDEX referentiel_assessment_submitted_by_id_0f25a92b ON public.referentiel_assessment USING btree (submitted_by_id);

CREATE INDEX referentiel_assessment_version_id_375ea867 ON public.referentiel_assessment USING btree (version_id);

CREATE INDEX referentiel_campaign_opened_by_id_96a73f88 ON public.referentiel_campaign USING btree (opened_by_id);

CREATE INDEX referentiel_campaign_version_id_3acec8dd ON public.referentiel_campaign USING btree (version_id);

CREATE INDEX referentiel_confirmedmark_decided_by_id_2d11673a ON public.referentiel_confirmedmark USING btree (decided_by_id);

CREATE INDEX referentiel_confirmedmark_partner_id_edb8b5e5 ON public.referentiel_confirmedmark USING btree (partner_id);

CREATE INDEX referentiel_confirmedmark_visit_id_06cfbcf2 ON public.referentiel_confirmedmark USING btree (visit_id);

CREATE INDEX referentiel_derogation_agreed_by_id_4e9bec48 ON public.referentiel_derogation USING btree (agreed_by_id);

CREATE INDEX referentiel_derogation_asked_by_id_2d7fffb1 ON public.referentiel_derogation USING btree (asked_by_id);

CREATE INDEX referentiel_derogation_partner_id_d73a497a ON public.referentiel_derogation USING btree (partner_id);

CREATE INDEX referentiel_derogation_revoked_by_id_d39129cd ON public.referentiel_derogation USING btree (revoked_by_id);

CREATE INDEX referentiel_evidence_added_by_id_97705a4f ON public.referentiel_evidence USING btree (added_by_id);

CREATE INDEX referentiel_evidence_assessment_id_2657f5b3 ON public.referentiel_evidence USING btree (assessment_id);

CREATE INDEX referentiel_mark_assessment_id_0e648aee ON public.referentiel_mark USING btree (assessment_id);

CREATE INDEX referentiel_mark_marked_by_id_1763daaf ON public.referentiel_mark USING btree (marked_by_id);

CREATE INDEX referentiel_observation_visit_id_2f2a0d66 ON public.referentiel_observation USING btree (visit_id);

CREATE INDEX referentiel_observation_written_by_id_ac4907c6 ON public.referentiel_observation USING btree (written_by_id);

CREATE INDEX referentiel_planstep_assessment_id_2e6bd551 ON public.referentiel_planstep USING btree (assessment_id);

CREATE INDEX referentiel_visit_answered_by_id_f29e0919 ON public.referentiel_visit USING btree (answered_by_id);

CREATE INDEX referentiel_visit_assessment_id_94d00dae ON public.referentiel_visit USING btree (assessment_id);

CREATE INDEX referentiel_visit_cancelled_by_id_83a8c47e ON public.referentiel_visit USING btree (cancelled_by_id);

CREATE INDEX referentiel_visit_closed_by_id_9823c3b6 ON public.referentiel_visit USING btree (closed_by_id);

CREATE INDEX referentiel_visit_opened_by_id_d1c8ced1 ON public.referentiel_visit USING btree (opened_by_id);

CREATE INDEX referentiel_visit_partner_id_12df285e ON public.referentiel_visit USING btree (partner_id);

CREATE INDEX referentiel_visit_sent_by_id_b286b6d2 ON public.referentiel_visit USING btree (sent_by_id);

CREATE INDEX referentiel_visit_version_id_bcd635eb ON public.referentiel_visit USING btree (version_id);

CREATE INDEX referentiel_visitmark_marked_by_id_0e64e4ac ON public.referentiel_visitmark USING btree (marked_by_id);

CREATE INDEX referentiel_visitmark_visit_id_83a79919 ON public.referentiel_visitmark USING btree (visit_id);

CREATE UNIQUE INDEX release_once ON public.reporting_release USING btree (period_id) WHERE (dismissed_at IS NULL);

CREATE INDEX reporting_closedperiod_agreed_by_id_b9d0f9b1 ON public.reporting_closedperiod USING btree (agreed_by_id);

CREATE INDEX reporting_closedperiod_asked_by_id_cfaa36fb ON public.reporting_closedperiod USING btree (asked_by_id);

CREATE INDEX reporting_closedperiod_dismissed_by_id_6f545773 ON public.reporting_closedperiod USING btree (dismissed_by_id);

CREATE INDEX reporting_closedrows_period_id_fa4762df ON public.reporting_closedrows USING btree (period_id);

CREATE INDEX reporting_committee_written_by_id_6e3c65a6 ON public.reporting_committee USING btree (written_by_id);

CREATE INDEX reporting_historyimport_agreed_by_id_3636626d ON public.reporting_historyimport USING btree (agreed_by_id);

CREATE INDEX reporting_historyimport_asked_by_id_2cbde1ab ON public.reporting_historyimport USING btree (asked_by_id);

CREATE INDEX reporting_historyimport_dismissed_by_id_9d594231 ON public.reporting_historyimport USING btree (dismissed_by_id);

CREATE INDEX reporting_release_agreed_by_id_8c473e5e ON public.reporting_release USING btree (agreed_by_id);

CREATE INDEX reporting_release_asked_by_id_3937f207 ON public.reporting_release USING btree (asked_by_id);

CREATE INDEX reporting_release_dismissed_by_id_69554b95 ON public.reporting_release USING btree (dismissed_by_id);

CREATE INDEX reporting_release_period_id_8ffbc602 ON public.reporting_release USING btree (period_id);

CREATE INDEX reporting_revision_noted_by_id_a7c647f8 ON public.reporting_revision USING btree (noted_by_id);

CREATE INDEX reporting_revision_period_id_9a992a95 ON public.reporting_revision USING btree (period_id);

CREATE INDEX reporting_statequestion_answered_by_id_fad6c5ab ON public.reporting_statequestion USING btree (answered_by_id);

CREATE INDEX reporting_statequestion_asked_by_id_d144d95a ON public.reporting_statequestion USING btree (asked_by_id);

CREATE INDEX reporting_statequestion_partner_id_d6088ea5 ON public.reporting_statequestion USING btree (partner_id);

CREATE INDEX reporting_target_set_by_id_d34c938d ON public.reporting_target USING btree (set_by_id);

CREATE INDEX retention_done_object ON public.retention_done USING btree (object_id);

CREATE INDEX retention_hold_live ON public.retention_legalhold USING btree (object_id) WHERE (lifted_at IS NULL);

CREATE INDEX retention_kind_kind_369657ae_like ON public.retention_kind USING btree (kind varchar_pattern_ops);

CREATE INDEX retention_row_kind_id_c83bcd75 ON public.retention_row USING btree (kind_id);

CREATE INDEX retention_row_kind_id_c83bcd75_like ON public.retention_row USING btree (kind_id varchar_pattern_ops);

CREATE INDEX retention_row_run_id_020c34e0 ON public.retention_row USING btree (run_id);

CREATE UNIQUE INDEX retention_rule_one_waiting ON public.retention_ruleversion USING btree (kind_id) WHERE ((dismissed_at IS NULL) AND (in_force_at IS NULL));

CREATE INDEX retention_ruleversion_kind_id_84251125 ON public.retention_ruleversion USING btree (kind_id);

CREATE INDEX retention_ruleversion_kind_id_84251125_like ON public.retention_ruleversion USING btree (kind_id varchar_pattern_ops);

CREATE UNIQUE INDEX retention_run_one_at_a_time ON public.retention_run USING btree ((true)) WHERE ((finished_at IS NULL) AND (dismissed_at IS NULL));

CREATE INDEX reveal_by_object ON public.access_reveal USING btree (object_kind, object_id);

CREATE INDEX reveal_by_user ON public.access_reveal USING btree (user_id, object_kind, ends_at);

CREATE UNIQUE INDEX review_of_network_once ON public.accounts_accountreview USING btree (user_id, quarter) WHERE (membership_id IS NULL);

CREATE INDEX rights_accessreview_signed_by_id_1db215b1 ON public.rights_accessreview USING btree (signed_by_id);

CREATE INDEX rights_alertreceipt_by_id_df4f0924 ON public.rights_alertreceipt USING btree (by_id);

CREATE INDEX rights_filecopy_agreed_by_id_278f2088 ON public.rights_filecopy USING btree (agreed_by_id);

CREATE INDEX rights_filecopy_asked_by_id_9454cff2 ON public.rights_filecopy USING btree (asked_by_id);

CREATE INDEX rights_filecopy_request_id_e8873294 ON public.rights_filecopy USING btree (request_id);

CREATE UNIQUE INDEX rights_one_pending ON public.accounts_rightschange USING btree (user_id, role) WHERE ((state)::text = 'pending'::text);

CREATE INDEX rights_request_waiting ON public.rights_rightsrequest USING btree (due_on) WHERE ((state)::text = 'open'::text);

CREATE INDEX rights_rightsrequest_case_id_a5dfa118 ON public.rights_rightsrequest USING btree (case_id);

CREATE INDEX rights_rightsrequest_reference_294d5332_like ON public.rights_rightsrequest USING btree (reference varchar_pattern_ops);

CREATE INDEX rights_rightsrequest_registered_by_id_84e8061f ON public.rights_rightsrequest USING btree (registered_by_id);

CREATE INDEX rights_rightsstep_by_id_bc62b50a ON public.rights_rightsstep USING btree (by_id);

CREATE INDEX rights_rightsstep_request_id_e14e20ec ON public.rights_rightsstep USING btree (request_id);

CREATE UNIQUE INDEX ring_one_open_an_object ON public.notify_ring USING btree (kind, object_id) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX savedtable_title_of_author ON public.dashboards_savedtable USING btree (author_id, title) WHERE (removed_at IS NULL);

CREATE INDEX session_by_last_day ON public.formation_session USING btree (ends_on);

CREATE INDEX sessionnotice_owed ON public.formation_sessionnotice USING btree (asked_at) WHERE (sent_at IS NULL);

CREATE INDEX setting_latest ON public.values_settingversion USING btree (key, changed_at DESC);

CREATE INDEX signin_by_start ON public.access_signin USING btree (started_at);

CREATE INDEX signin_live_by_user ON public.access_signin USING btree (user_id) WHERE (ended_at IS NULL);

CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);

CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);

CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);

CREATE INDEX sollicitation_by_callback ON public.cases_sollicitationdetail USING btree (callback_digest) WHERE (NOT ((callback_digest)::text = ''::text));

CREATE INDEX sollicitation_by_day ON public.cases_sollicitation USING btree (received_on);

CREATE INDEX sollicitation_by_group ON public.cases_sollicitation USING btree (group_id) WHERE (group_id IS NOT NULL);

CREATE INDEX sollicitation_open ON public.cases_sollicitation USING btree (state, received_at);

CREATE UNIQUE INDEX sollicitationform_one_main ON public.cases_sollicitationform USING btree (sollicitation_id) WHERE is_main;

CREATE UNIQUE INDEX stayderogation_one_waiting ON public.cases_stayderogation USING btree (case_id, partner_id) WHERE ((agreed_at IS NULL) AND (refused_at IS NULL));

CREATE INDEX taggit_tag_name_58eb2ed9_like ON public.taggit_tag USING btree (name varchar_pattern_ops);

CREATE INDEX taggit_tag_slug_6be58b2c_like ON public.taggit_tag USING btree (slug varchar_pattern_ops);

CREATE INDEX taggit_tagg_content_8fc721_idx ON public.taggit_taggeditem USING btree (content_type_id, object_id);

CREATE INDEX taggit_taggeditem_content_type_id_9957a03c ON public.taggit_taggeditem USING btree (content_type_id);

CREATE INDEX taggit_taggeditem_object_id_e2d7d1df ON public.taggit_taggeditem USING btree (object_id);

CREATE INDEX taggit_taggeditem_tag_id_f4f5b767 ON public.taggit_taggeditem USING btree (tag_id);

CREATE INDEX territory_aseauthority_code_84e6a4ed_like ON public.territory_aseauthority USING btree (code varchar_pattern_ops);

CREATE INDEX territory_aseauthorityname_authority_id_fccbccac ON public.territory_aseauthorityname USING btree (authority_id);

CREATE INDEX territory_aseauthorityname_authority_id_fccbccac_like ON public.territory_aseauthorityname USING btree (authority_id varchar_pattern_ops);

CREATE INDEX territory_aseauthorityname_name_0ff22636_like ON public.territory_aseauthorityname USING btree (name varchar_pattern_ops);

CREATE INDEX territory_asecoverage_authority_id_e14eec3c ON public.territory_asecoverage USING btree (authority_id);

CREATE INDEX territory_asecoverage_authority_id_e14eec3c_like ON public.territory_asecoverage USING btree (authority_id varchar_pattern_ops);

CREATE INDEX territory_asecoverage_territory_id_c03b063d ON public.territory_asecoverage USING btree (territory_id);

CREATE INDEX territory_asecoverage_territory_id_c03b063d_like ON public.territory_asecoverage USING btree (territory_id varchar_pattern_ops);

CREATE INDEX territory_region_code_5ce4f312_like ON public.territory_region USING btree (code varchar_pattern_ops);

CREATE INDEX territory_region_name_e49cce01_like ON public.territory_region USING btree (name varchar_pattern_ops);

CREATE INDEX territory_territory_code_c2edf54b_like ON public.territory_territory USING btree (code varchar_pattern_ops);

CREATE INDEX territory_territory_name_883734bf_like ON public.territory_territory USING btree (name varchar_pattern_ops);

CREATE INDEX territory_territory_neighbours_from_territory_id_29589bfb ON public.territory_territory_neighbours USING btree (from_territory_id);

CREATE INDEX territory_territory_neighbours_from_territory_id_29589bfb_like ON public.territory_territory_neighbours USING btree (from_territory_id varchar_pattern_ops);

CREATE INDEX territory_territory_neighbours_to_territory_id_3cf79367 ON public.territory_territory_neighbours USING btree (to_territory_id);

CREATE INDEX territory_territory_neighbours_to_territory_id_3cf79367_like ON public.territory_territory_neighbours USING btree (to_territory_id varchar_pattern_ops);

CREATE INDEX territory_territory_region_id_73889476 ON public.territory_territory USING btree (region_id);

CREATE INDEX territory_territory_region_id_73889476_like ON public.territory_territory USING btree (region_id varchar_pattern_ops);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));

CREATE UNIQUE INDEX unique_in_progress_workflow ON public.wagtailcore_workflowstate USING btree (base_content_type_id, object_id) WHERE ((status)::text = ANY (ARRAY[('in_progress'::character varying)::text, ('needs_changes'::character varying)::text]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX unmetneed_waiting ON public.cases_unmetneed USING btree (noted_at) WHERE (met_on IS NULL);

CREATE INDEX unverified_by_callback ON public.cases_unverifiedrequest USING btree (callback_digest) WHERE (NOT ((callback_digest)::text = ''::text));

CREATE INDEX unverified_waiting ON public.cases_unverifiedrequest USING btree (state, received_at);

CREATE UNIQUE INDEX user_email_unique ON public.users_user USING btree (lower((email)::text));

CREATE INDEX users_user_email_243f6e77_like ON public.users_user USING btree (email varchar_pattern_ops);

CREATE INDEX users_user_groups_group_id_9afc8d0e ON public.users_user_groups USING btree (group_id);

CREATE INDEX users_user_groups_user_id_5f6f5a90 ON public.users_user_groups USING btree (user_id);

CREATE INDEX users_user_user_permissions_permission_id_0b93982e ON public.users_user_user_permissions USING btree (permission_id);

CREATE INDEX users_user_user_permissions_user_id_20aca447 ON public.users_user_user_permissions USING btree (user_id);

CREATE INDEX values_configversion_part_f2d101a7 ON public.values_configversion USING btree (part);

CREATE INDEX values_configversion_part_f2d101a7_like ON public.values_configversion USING btree (part varchar_pattern_ops);

CREATE INDEX values_value_id_b66f8b90_like ON public.values_value USING btree (id varchar_pattern_ops);

CREATE INDEX values_value_list_code_9c7d9aba ON public.values_value USING btree (list_code);

CREATE INDEX values_value_list_code_9c7d9aba_like ON public.values_value USING btree (list_code varchar_pattern_ops);

CREATE INDEX values_value_parent_id_8971b767 ON public.values_value USING btree (parent_id);

CREATE INDEX values_value_parent_id_8971b767_like ON public.values_value USING btree (parent_id varchar_pattern_ops);

CREATE INDEX values_valuelist_code_a81d25af_like ON public.values_valuelist USING btree (code varchar_pattern_ops);

CREATE UNIQUE INDEX visit_one_open ON public.referentiel_visit USING btree (partner_id) WHERE ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('sent'::character varying)::text, ('unanswered'::character varying)::text, ('answered'::character varying)::text]));

CREATE INDEX voice_waiting ON public.cases_voicemessage USING btree (state, heard_at);

CREATE INDEX wagtailadmi_content_717955_idx ON public.wagtailadmin_editingsession USING btree (content_type_id, object_id);

CREATE INDEX wagtailadmin_editingsession_content_type_id_4df7730e ON public.wagtailadmin_editingsession USING btree (content_type_id);

CREATE INDEX wagtailadmin_editingsession_user_id_6e1a9b70 ON public.wagtailadmin_editingsession USING btree (user_id);

CREATE INDEX wagtailadmin_formstate_content_type_id_e32438b3 ON public.wagtailadmin_formstate USING btree (content_type_id);

CREATE INDEX wagtailadmin_formstate_user_id_b910adc2 ON public.wagtailadmin_formstate USING btree (user_id);

CREATE INDEX wagtailcore_apitoken_key_hash_65979b78_like ON public.wagtailcore_apitoken USING btree (key_hash varchar_pattern_ops);

CREATE INDEX wagtailcore_apitoken_user_id_49b1141b ON public.wagtailcore_apitoken USING btree (user_id);

CREATE INDEX wagtailcore_collection_path_d848dc19_like ON public.wagtailcore_collection USING btree (path varchar_pattern_ops);

CREATE INDEX wagtailcore_collectionview_collectionviewrestriction__47320efd ON public.wagtailcore_collectionviewrestriction_groups USING btree (collectionviewrestriction_id);

CREATE INDEX wagtailcore_collectionviewrestriction_collection_id_761908ec ON public.wagtailcore_collectionviewrestriction USING btree (collection_id);

CREATE INDEX wagtailcore_collectionviewrestriction_groups_group_id_1823f2a3 ON public.wagtailcore_collectionviewrestriction_groups USING btree (group_id);

CREATE INDEX wagtailcore_comment_page_id_108444b5 ON public.wagtailcore_comment USING btree (page_id);

CREATE INDEX wagtailcore_comment_resolved_by_id_a282aa0e ON public.wagtailcore_comment USING btree (resolved_by_id);

CREATE INDEX wagtailcore_comment_revision_created_id_1d058279 ON public.wagtailcore_comment USING btree (revision_created_id);

CREATE INDEX wagtailcore_comment_user_id_0c577ca6 ON public.wagtailcore_comment USING btree (user_id);

CREATE INDEX wagtailcore_commentreply_comment_id_afc7e027 ON public.wagtailcore_commentreply USING btree (comment_id);

CREATE INDEX wagtailcore_commentreply_user_id_d0b3b9c3 ON public.wagtailcore_commentreply USING btree (user_id);

CREATE INDEX wagtailcore_groupapprovalt_groupapprovaltask_id_9a9255ea ON public.wagtailcore_groupapprovaltask_groups USING btree (groupapprovaltask_id);

CREATE INDEX wagtailcore_groupapprovaltask_groups_group_id_2e64b61f ON public.wagtailcore_groupapprovaltask_groups USING btree (group_id);

CREATE INDEX wagtailcore_groupcollectionpermission_collection_id_5423575a ON public.wagtailcore_groupcollectionpermission USING btree (collection_id);

CREATE INDEX wagtailcore_groupcollectionpermission_group_id_05d61460 ON public.wagtailcore_groupcollectionpermission USING btree (group_id);

CREATE INDEX wagtailcore_groupcollectionpermission_permission_id_1b626275 ON public.wagtailcore_groupcollectionpermission USING btree (permission_id);

CREATE INDEX wagtailcore_grouppagepermission_group_id_fc07e671 ON public.wagtailcore_grouppagepermission USING btree (group_id);

CREATE INDEX wagtailcore_grouppagepermission_page_id_710b114a ON public.wagtailcore_grouppagepermission USING btree (page_id);

CREATE INDEX wagtailcore_grouppagepermission_permission_id_05acb22e ON public.wagtailcore_grouppagepermission USING btree (permission_id);

CREATE INDEX wagtailcore_groupsitepermission_group_id_e5cdbee4 ON public.wagtailcore_groupsitepermission USING btree (group_id);

CREATE INDEX wagtailcore_groupsitepermission_permission_id_459b1f38 ON public.wagtailcore_groupsitepermission USING btree (permission_id);

CREATE INDEX wagtailcore_groupsitepermission_site_id_245de488 ON public.wagtailcore_groupsitepermission USING btree (site_id);

CREATE INDEX wagtailcore_locale_language_code_03149338_like ON public.wagtailcore_locale USING btree (language_code varchar_pattern_ops);

CREATE INDEX wagtailcore_modellogentry_action_d2d856ee ON public.wagtailcore_modellogentry USING btree (action);

CREATE INDEX wagtailcore_modellogentry_action_d2d856ee_like ON public.wagtailcore_modellogentry USING btree (action varchar_pattern_ops);

CREATE INDEX wagtailcore_modellogentry_content_changed_8bc39742 ON public.wagtailcore_modellogentry USING btree (content_changed);

CREATE INDEX wagtailcore_modellogentry_content_type_id_68849e77 ON public.wagtailcore_modellogentry USING btree (content_type_id);

CREATE INDEX wagtailcore_modellogentry_object_id_e0e7d4ef ON public.wagtailcore_modellogentry USING btree (object_id);

CREATE INDEX wagtailcore_modellogentry_object_id_e0e7d4ef_like ON public.wagtailcore_modellogentry USING btree (object_id varchar_pattern_ops);

CREATE INDEX wagtailcore_modellogentry_revision_id_df6ca33a ON public.wagtailcore_modellogentry USING btree (revision_id);

CREATE INDEX wagtailcore_modellogentry_timestamp_9694521b ON public.wagtailcore_modellogentry USING btree ("timestamp");

CREATE INDEX wagtailcore_modellogentry_user_id_0278d1bf ON public.wagtailcore_modellogentry USING btree (user_id);

CREATE INDEX wagtailcore_page_alias_of_id_12945502 ON public.wagtailcore_page USING btree (alias_of_id);

CREATE INDEX wagtailcore_page_content_type_id_c28424df ON public.wagtailcore_page USING btree (content_type_id);

CREATE INDEX wagtailcore_page_first_published_at_2b5dd637 ON public.wagtailcore_page USING btree (first_published_at);

CREATE INDEX wagtailcore_page_latest_revision_id_e60fef51 ON public.wagtailcore_page USING btree (latest_revision_id);

CREATE INDEX wagtailcore_page_live_revision_id_930bd822 ON public.wagtailcore_page USING btree (live_revision_id);

CREATE INDEX wagtailcore_page_locale_id_3c7e30a6 ON public.wagtailcore_page USING btree (locale_id);

CREATE INDEX wagtailcore_page_locked_by_id_bcb86245 ON public.wagtailcore_page USING btree (locked_by_id);

CREATE INDEX wagtailcore_page_owner_id_fbf7c332 ON public.wagtailcore_page USING btree (owner_id);

CREATE INDEX wagtailcore_page_path_98eba2c8_like ON public.wagtailcore_page USING btree (path varchar_pattern_ops);

CREATE INDEX wagtailcore_page_slug_e7c11b8f ON public.wagtailcore_page USING btree (slug);

CREATE INDEX wagtailcore_page_slug_e7c11b8f_like ON public.wagtailcore_page USING btree (slug varchar_pattern_ops);

CREATE INDEX wagtailcore_pagelogentry_action_c2408198 ON public.wagtailcore_pagelogentry USING btree (action);

CREATE INDEX wagtailcore_pagelogentry_action_c2408198_like ON public.wagtailcore_pagelogentry USING btree (action varchar_pattern_ops);

CREATE INDEX wagtailcore_pagelogentry_content_changed_99f27ade ON public.wagtailcore_pagelogentry USING btree (content_changed);

CREATE INDEX wagtailcore_pagelogentry_content_type_id_74e7708a ON public.wagtailcore_pagelogentry USING btree (content_type_id);

CREATE INDEX wagtailcore_pagelogentry_page_id_8464e327 ON public.wagtailcore_pagelogentry USING btree (page_id);

CREATE INDEX wagtailcore_pagelogentry_revision_id_8043d103 ON public.wagtailcore_pagelogentry USING btree (revision_id);

CREATE INDEX wagtailcore_pagelogentry_timestamp_deb774c4 ON public.wagtailcore_pagelogentry USING btree ("timestamp");

CREATE INDEX wagtailcore_pagelogentry_user_id_604ccfd8 ON public.wagtailcore_pagelogentry USING btree (user_id);

CREATE INDEX wagtailcore_pagerevision_approved_go_live_at_e56afc67 ON public.wagtailcore_revision USING btree (approved_go_live_at);

CREATE INDEX wagtailcore_pagerevision_created_at_66954e3b ON public.wagtailcore_revision USING btree (created_at);

CREATE INDEX wagtailcore_pagerevision_user_id_2409d2f4 ON public.wagtailcore_revision USING btree (user_id);

CREATE INDEX wagtailcore_pagesubscription_page_id_a085e7a6 ON public.wagtailcore_pagesubscription USING btree (page_id);

CREATE INDEX wagtailcore_pagesubscription_user_id_89d7def9 ON public.wagtailcore_pagesubscription USING btree (user_id);

CREATE INDEX wagtailcore_pageviewrestri_pageviewrestriction_id_f147a99a ON public.wagtailcore_pageviewrestriction_groups USING btree (pageviewrestriction_id);

CREATE INDEX wagtailcore_pageviewrestriction_groups_group_id_6460f223 ON public.wagtailcore_pageviewrestriction_groups USING btree (group_id);

CREATE INDEX wagtailcore_pageviewrestriction_page_id_15a8bea6 ON public.wagtailcore_pageviewrestriction USING btree (page_id);

CREATE INDEX wagtailcore_referenceindex_base_content_type_id_313cf40f ON public.wagtailcore_referenceindex USING btree (base_content_type_id);

CREATE INDEX wagtailcore_referenceindex_content_type_id_766e0336 ON public.wagtailcore_referenceindex USING btree (content_type_id);

CREATE INDEX wagtailcore_referenceindex_to_content_type_id_93690bbd ON public.wagtailcore_referenceindex USING btree (to_content_type_id);

CREATE INDEX wagtailcore_revision_base_content_type_id_5b4ef7bd ON public.wagtailcore_revision USING btree (base_content_type_id);

CREATE INDEX wagtailcore_revision_content_type_id_c8cb69c0 ON public.wagtailcore_revision USING btree (content_type_id);

CREATE INDEX wagtailcore_site_hostname_96b20b46 ON public.wagtailcore_site USING btree (hostname);

CREATE INDEX wagtailcore_site_hostname_96b20b46_like ON public.wagtailcore_site USING btree (hostname varchar_pattern_ops);

CREATE INDEX wagtailcore_site_root_page_id_e02fb95c ON public.wagtailcore_site USING btree (root_page_id);

CREATE INDEX wagtailcore_task_content_type_id_249ab8ba ON public.wagtailcore_task USING btree (content_type_id);

CREATE INDEX wagtailcore_taskstate_content_type_id_0a758fdc ON public.wagtailcore_taskstate USING btree (content_type_id);

CREATE INDEX wagtailcore_taskstate_finished_by_id_13f98229 ON public.wagtailcore_taskstate USING btree (finished_by_id);

CREATE INDEX wagtailcore_taskstate_page_revision_id_9f52c88e ON public.wagtailcore_taskstate USING btree (revision_id);

CREATE INDEX wagtailcore_taskstate_task_id_c3677c34 ON public.wagtailcore_taskstate USING btree (task_id);

CREATE INDEX wagtailcore_taskstate_workflow_state_id_9239a775 ON public.wagtailcore_taskstate USING btree (workflow_state_id);

CREATE INDEX wagtailcore_uploadedfile_for_content_type_id_b0fc87b2 ON public.wagtailcore_uploadedfile USING btree (for_content_type_id);

CREATE INDEX wagtailcore_uploadedfile_uploaded_by_user_id_c7580fe8 ON public.wagtailcore_uploadedfile USING btree (uploaded_by_user_id);

CREATE INDEX wagtailcore_uuid_06a44d_idx ON public.wagtailcore_pagelogentry USING btree (uuid, action, "timestamp" DESC);

CREATE INDEX wagtailcore_uuid_d6363b_idx ON public.wagtailcore_modellogentry USING btree (uuid, action, "timestamp" DESC);

CREATE INDEX wagtailcore_workflowcontenttype_workflow_id_9aad7cd2 ON public.wagtailcore_workflowcontenttype USING btree (workflow_id);

CREATE INDEX wagtailcore_workflowpage_workflow_id_56f56ff6 ON public.wagtailcore_workflowpage USING btree (workflow_id);

CREATE INDEX wagtailcore_workflowstate_base_content_type_id_a30dc576 ON public.wagtailcore_workflowstate USING btree (base_content_type_id);

CREATE INDEX wagtailcore_workflowstate_content_type_id_2bb78ce1 ON public.wagtailcore_workflowstate USING btree (content_type_id);

CREATE INDEX wagtailcore_workflowstate_requested_by_id_4090bca3 ON public.wagtailcore_workflowstate USING btree (requested_by_id);

CREATE INDEX wagtailcore_workflowstate_workflow_id_1f18378f ON public.wagtailcore_workflowstate USING btree (workflow_id);

CREATE INDEX wagtailcore_workflowtask_task_id_ce7716fe ON public.wagtailcore_workflowtask USING btree (task_id);

CREATE INDEX wagtailcore_workflowtask_workflow_id_b9717175 ON public.wagtailcore_workflowtask USING btree (workflow_id);

CREATE INDEX wagtaildocs_document_collection_id_23881625 ON public.wagtaildocs_document USING btree (collection_id);

CREATE INDEX wagtaildocs_document_uploaded_by_user_id_17258b41 ON public.wagtaildocs_document USING btree (uploaded_by_user_id);

CREATE INDEX wagtailimages_image_collection_id_c2f8af7e ON public.wagtailimages_image USING btree (collection_id);

CREATE INDEX wagtailimages_image_created_at_86fa6cd4 ON public.wagtailimages_image USING btree (created_at);

CREATE INDEX wagtailimages_image_file_hash_fb5bbb23 ON public.wagtailimages_image USING btree (file_hash);

CREATE INDEX wagtailimages_image_file_hash_fb5bbb23_like ON public.wagtailimages_image USING btree (file_hash varchar_pattern_ops);

CREATE INDEX wagtailimages_image_uploaded_by_user_id_5d73dc75 ON public.wagtailimages_image USING btree (uploaded_by_user_id);

CREATE INDEX wagtailimages_rendition_filter_spec_1cba3201 ON public.wagtailimages_rendition USING btree (filter_spec);

CREATE INDEX wagtailimages_rendition_filter_spec_1cba3201_like ON public.wagtailimages_rendition USING btree (filter_spec varchar_pattern_ops);

CREATE INDEX wagtailimages_rendition_image_id_3e1fd774 ON public.wagtailimages_rendition USING btree (image_id);

CREATE INDEX wagtailsear_autocom_476c89_gin ON public.wagtailsearch_indexentry USING gin (autocomplete);

CREATE INDEX wagtailsear_body_90c85d_gin ON public.wagtailsearch_indexentry USING gin (body);

CREATE INDEX wagtailsear_title_9caae0_gin ON public.wagtailsearch_indexentry USING gin (title);

CREATE INDEX wagtailsearch_indexentry_content_type_id_62ed694f ON public.wagtailsearch_indexentry USING btree (content_type_id);

CREATE UNIQUE INDEX waitingentry_once ON public.formation_waitingentry USING btree (session_id, professional_id) WHERE ((enrolment_id IS NULL) AND (left_at IS NULL));

CREATE UNIQUE INDEX walkin_once_a_session ON public.formation_walkin USING btree (session_id, lower((email)::text)) WHERE (((state)::text = 'pending'::text) AND (NOT ((email)::text = ''::text)));

CREATE INDEX workflowstate_base_ct_id_idx ON public.wagtailcore_workflowstate USING btree (base_content_type_id, object_id);

CREATE INDEX workflowstate_ct_id_idx ON public.wagtailcore_workflowstate USING btree (content_type_id, object_id);

ALTER INDEX public.journal_line_actor ATTACH PARTITION public.journal_line_default_actor_id_at_idx;

ALTER INDEX public.journal_line_at ATTACH PARTITION public.journal_line_default_at_id_idx;

ALTER INDEX public.journal_line_unsealed ATTACH PARTITION public.journal_line_default_at_id_idx1;

ALTER INDEX public.journal_line_object ATTACH PARTITION public.journal_line_default_object_id_at_idx;

ALTER INDEX public.journal_line_pkey ATTACH PARTITION public.journal_line_default_pkey;

ALTER INDEX public.journal_line_seq ATTACH PARTITION public.journal_line_default_seq_idx;

CREATE CONSTRAINT TRIGGER absence_coherent AFTER INSERT OR UPDATE ON public.cases_absence DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.absence_check();

CREATE TRIGGER account_guard BEFORE INSERT OR UPDATE ON public.users_user FOR EACH ROW EXECUTE FUNCTION public.account_guard();

CREATE CONSTRAINT TRIGGER afterstay_coherent AFTER INSERT OR UPDATE ON public.cases_afterstay DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((NOT public.retention_erases())) EXECUTE FUNCTION public.afterstay_check();

CREATE TRIGGER answersheet_check BEFORE INSERT ON public.formation_answersheet FOR EACH ROW EXECUTE FUNCTION public.answersheet_check();

CREATE TRIGGER answersheet_frozen BEFORE UPDATE ON public.formation_answersheet FOR EACH ROW EXECUTE FUNCTION public.answersheet_frozen();

CREATE TRIGGER assessment_frozen BEFORE UPDATE ON public.referentiel_assessment FOR EACH ROW EXECUTE FUNCTION public.assessment_freeze();

CREATE TRIGGER attachment_frozen BEFORE UPDATE ON public.files_attachment FOR EACH ROW EXECUTE FUNCTION public.attachment_freeze();

CREATE CONSTRAINT TRIGGER attendance_enrolled AFTER INSERT OR UPDATE ON public.formation_attendance DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.attendance_check();

CREATE TRIGGER attestation_frozen BEFORE DELETE OR UPDATE ON public.formation_attestation FOR EACH ROW EXECUTE FUNCTION public.attestation_frozen();

CREATE TRIGGER casemerge_guard BEFORE UPDATE ON public.cases_casemerge FOR EACH ROW EXECUTE FUNCTION public.two_people_guard('moved');

CREATE TRIGGER circuitstep_frozen BEFORE UPDATE ON public.cases_circuitstep FOR EACH ROW EXECUTE FUNCTION public.circuitstep_freeze();

CREATE TRIGGER closedperiod_guard BEFORE DELETE OR UPDATE ON public.reporting_closedperiod FOR EACH ROW EXECUTE FUNCTION public.two_people_guard();

CREATE TRIGGER countersignature_frozen BEFORE DELETE OR UPDATE ON public.formation_countersignature FOR EACH ROW EXECUTE FUNCTION public.countersignature_frozen();

CREATE TRIGGER derogation_guard BEFORE UPDATE ON public.referentiel_derogation FOR EACH ROW EXECUTE FUNCTION public.two_people_guard();

CREATE TRIGGER documents_acknowledgement_frozen BEFORE DELETE OR UPDATE ON public.documents_acknowledgement FOR EACH ROW EXECUTE FUNCTION public.documents_refuse_change();

CREATE TRIGGER documents_clauseversion_frozen BEFORE DELETE OR UPDATE ON public.documents_clauseversion FOR EACH ROW EXECUTE FUNCTION public.documents_refuse_change();

CREATE TRIGGER documents_documentversion_frozen BEFORE DELETE OR UPDATE ON public.documents_documentversion FOR EACH ROW EXECUTE FUNCTION public.documents_refuse_change();

CREATE TRIGGER documents_reading_frozen BEFORE UPDATE ON public.documents_reading FOR EACH ROW EXECUTE FUNCTION public.documents_refuse_change();

CREATE TRIGGER documents_versionproposal_step BEFORE UPDATE ON public.documents_versionproposal FOR EACH ROW EXECUTE FUNCTION public.documents_proposal_step();

CREATE TRIGGER enrolment_capacity AFTER INSERT OR UPDATE OF cancelled_at ON public.formation_enrolment FOR EACH ROW EXECUTE FUNCTION public.enrolment_check();

CREATE TRIGGER enrolment_facts BEFORE INSERT OR UPDATE ON public.formation_enrolment FOR EACH ROW EXECUTE FUNCTION public.enrolment_facts_check();

CREATE TRIGGER extrafield_guarded BEFORE UPDATE ON public.cases_extrafield FOR EACH ROW EXECUTE FUNCTION public.extrafield_guard();

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_absence FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_absence ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_afterstay FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_afterstay ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_authoritynotice FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_authoritynotice ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_case FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_case ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_caseform FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_caseform ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_incident FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_incident ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_incidentpair FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_incidentpair ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_incidenttask FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_incidenttask ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_orientation FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_orientation ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_placement FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_placement ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_proposal FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_proposal ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_sollicitation FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_sollicitation ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_sollicitationform FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_sollicitationform ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.cases_unmetneed FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.cases_unmetneed ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.documents_acknowledgement FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.documents_acknowledgement ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.documents_document FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.documents_document ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.documents_documentversion FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.documents_documentversion ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_answersheet FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_answersheet ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_enrolment FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_enrolment ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_halfday FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_halfday ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_professional FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_professional ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_satisfaction FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_satisfaction ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_session FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_session ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_sessiontrainer FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_sessiontrainer ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_supportact FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_supportact ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_yearplan FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_yearplan ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.formation_yearplanline FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.formation_yearplanline ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_convention FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_convention ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_conventionstep FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_conventionstep ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_membership FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_membership ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_partner FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_partner ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_place FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_place ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_structureprofile FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_structureprofile ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_structureprofile_forms FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_structureprofile_forms ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.partners_suspension FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.partners_suspension ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.territory_aseauthority FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.territory_aseauthority ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.territory_aseauthorityname FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.territory_aseauthorityname ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.territory_asecoverage FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.territory_asecoverage ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.territory_region FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.territory_region ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.territory_territory FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.territory_territory ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.territory_territory_neighbours FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.territory_territory_neighbours ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.values_settingversion FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.values_settingversion ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER figures_mark AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.values_value FOR EACH STATEMENT EXECUTE FUNCTION public.figures_mark();

ALTER TABLE public.values_value ENABLE ALWAYS TRIGGER figures_mark;

CREATE TRIGGER filecopy_guard BEFORE UPDATE ON public.rights_filecopy FOR EACH ROW EXECUTE FUNCTION public.two_people_guard();

CREATE TRIGGER gridversion_frozen BEFORE DELETE OR UPDATE ON public.cases_gridversion FOR EACH ROW EXECUTE FUNCTION public.gridversion_freeze();

CREATE TRIGGER halfday_times BEFORE INSERT OR UPDATE OF day, period, hours, starts_at, session_id ON public.formation_halfday FOR EACH ROW EXECUTE FUNCTION public.halfday_times();

CREATE CONSTRAINT TRIGGER halfday_within AFTER INSERT OR UPDATE ON public.formation_halfday DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.halfday_check();

CREATE TRIGGER historyimport_guard BEFORE DELETE OR UPDATE ON public.reporting_historyimport FOR EACH ROW WHEN ((NOT public.retention_erases())) EXECUTE FUNCTION public.two_people_guard('content');

CREATE TRIGGER hours_present_guarded BEFORE INSERT OR UPDATE OF hours_present ON public.formation_enrolment FOR EACH ROW EXECUTE FUNCTION public.hours_present_guard();

CREATE TRIGGER hours_present_kept AFTER INSERT OR DELETE OR UPDATE OF status, half_day_id, enrolment_id ON public.formation_attendance FOR EACH ROW EXECUTE FUNCTION public.hours_present_keep();

CREATE CONSTRAINT TRIGGER incident_coherent AFTER INSERT OR UPDATE ON public.cases_incident DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.incident_check();

CREATE CONSTRAINT TRIGGER incidentchild_coherent AFTER INSERT ON public.cases_incidentchild DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.incidentchild_check();

CREATE TRIGGER incidenttask_frozen BEFORE UPDATE ON public.cases_incidenttask FOR EACH ROW WHEN ((CURRENT_USER = 'havre_app'::name)) EXECUTE FUNCTION public.incidenttask_freeze();

CREATE TRIGGER invitation_guard BEFORE UPDATE ON public.accounts_invitation FOR EACH ROW EXECUTE FUNCTION public.invitation_guard();

CREATE TRIGGER journal_no_change BEFORE DELETE OR UPDATE ON public.journal_line FOR EACH ROW EXECUTE FUNCTION public.journal_line_guard();

CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.journal_line FOR EACH STATEMENT EXECUTE FUNCTION public.journal_line_guard();

CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.journal_line_default FOR EACH STATEMENT EXECUTE FUNCTION public.journal_line_guard();

CREATE CONSTRAINT TRIGGER linking_coherent AFTER INSERT OR UPDATE ON public.cases_linking DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.linking_check();

CREATE TRIGGER linking_frozen BEFORE UPDATE ON public.cases_linking FOR EACH ROW EXECUTE FUNCTION public.linking_freeze();

CREATE TRIGGER membership_guard BEFORE UPDATE ON public.partners_membership FOR EACH ROW EXECUTE FUNCTION public.membership_guard();

CREATE TRIGGER obligation_frozen BEFORE UPDATE ON public.notify_obligation FOR EACH ROW EXECUTE FUNCTION public.obligation_freeze();

CREATE CONSTRAINT TRIGGER orientation_coherent AFTER INSERT OR UPDATE ON public.cases_orientation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.orientation_check();

CREATE TRIGGER people_to_avoid_forgotten AFTER UPDATE OF reference ON public.cases_case FOR EACH ROW WHEN (starts_with((new.reference)::text, 'X-'::text)) EXECUTE FUNCTION public.people_to_avoid_forget();

CREATE CONSTRAINT TRIGGER place_coherent AFTER INSERT OR UPDATE ON public.partners_place DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.place_check();

CREATE CONSTRAINT TRIGGER placement_coherent AFTER INSERT OR UPDATE ON public.cases_placement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.placement_check();

CREATE TRIGGER placement_frozen BEFORE UPDATE ON public.cases_placement FOR EACH ROW WHEN ((NOT public.retention_erases())) EXECUTE FUNCTION public.placement_freeze();

CREATE CONSTRAINT TRIGGER placement_linked AFTER INSERT ON public.cases_placement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.placement_linked();

CREATE TRIGGER placement_queued BEFORE INSERT ON public.cases_placement FOR EACH ROW EXECUTE FUNCTION public.placement_queue();

CREATE CONSTRAINT TRIGGER placement_secured AFTER INSERT ON public.cases_placement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.placement_guard();

CREATE TRIGGER plan_step_frozen BEFORE UPDATE ON public.referentiel_planstep FOR EACH ROW EXECUTE FUNCTION public.plan_step_freeze();

CREATE TRIGGER proconnect_link_stays BEFORE UPDATE ON public.socialaccount_socialaccount FOR EACH ROW EXECUTE FUNCTION public.proconnect_link_stays();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER professional_facts BEFORE INSERT OR UPDATE ON public.formation_professional FOR EACH ROW EXECUTE FUNCTION public.professional_facts_check();

CREATE TRIGGER proposal_frozen BEFORE UPDATE ON public.cases_proposal FOR EACH ROW WHEN (((NOT public.retention_erases()) AND (NOT public.vault_reseals()))) EXECUTE FUNCTION public.proposal_freeze();

CREATE TRIGGER proposal_grants AFTER UPDATE ON public.cases_proposal FOR EACH ROW WHEN ((((old.answer_id)::text IS DISTINCT FROM (new.answer_id)::text) OR (old.withdrawn_at IS DISTINCT FROM new.withdrawn_at))) EXECUTE FUNCTION public.proposal_grants_follow();

CREATE TRIGGER proposal_note_forgotten BEFORE UPDATE OF sheet ON public.cases_proposal FOR EACH ROW WHEN ((new.sheet = '{}'::jsonb)) EXECUTE FUNCTION public.proposal_note_forget();

CREATE TRIGGER proposal_sheet AFTER INSERT ON public.cases_proposal FOR EACH ROW EXECUTE FUNCTION public.proposal_grants_follow();

CREATE TRIGGER release_guard BEFORE DELETE OR UPDATE ON public.reporting_release FOR EACH ROW EXECUTE FUNCTION public.two_people_guard();

CREATE TRIGGER rights_closed BEFORE INSERT OR DELETE OR UPDATE ON public.auth_group FOR EACH ROW WHEN ((public.scope_user_id() IS NOT NULL)) EXECUTE FUNCTION public.rights_closed();

CREATE TRIGGER rights_closed BEFORE INSERT OR DELETE OR UPDATE ON public.auth_group_permissions FOR EACH ROW WHEN ((public.scope_user_id() IS NOT NULL)) EXECUTE FUNCTION public.rights_closed();

CREATE TRIGGER rights_closed BEFORE INSERT OR UPDATE ON public.users_user_user_permissions FOR EACH ROW EXECUTE FUNCTION public.rights_closed();

CREATE TRIGGER rights_guard BEFORE INSERT OR DELETE OR UPDATE ON public.users_user_groups FOR EACH ROW EXECUTE FUNCTION public.rights_guard();

CREATE TRIGGER ring_frozen BEFORE UPDATE ON public.notify_ring FOR EACH ROW EXECUTE FUNCTION public.ring_freeze();

CREATE TRIGGER session_hours_guarded BEFORE INSERT OR UPDATE OF total_hours ON public.formation_session FOR EACH ROW EXECUTE FUNCTION public.session_hours_guard();

CREATE TRIGGER session_hours_kept AFTER INSERT OR DELETE OR UPDATE OF hours, session_id ON public.formation_halfday FOR EACH ROW EXECUTE FUNCTION public.session_hours_keep();

CREATE TRIGGER sessioninvitation_guarded BEFORE UPDATE ON public.formation_sessioninvitation FOR EACH ROW EXECUTE FUNCTION public.sessioninvitation_guard();

CREATE TRIGGER signature_check BEFORE INSERT ON public.formation_signature FOR EACH ROW EXECUTE FUNCTION public.signature_check();

CREATE TRIGGER signature_frozen BEFORE UPDATE ON public.formation_signature FOR EACH ROW EXECUTE FUNCTION public.signature_frozen();

CREATE CONSTRAINT TRIGGER sollicitation_coherent AFTER INSERT OR UPDATE ON public.cases_sollicitation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.sollicitation_check();

CREATE TRIGGER sollicitation_extra_forgotten AFTER DELETE ON public.cases_sollicitationdetail FOR EACH ROW EXECUTE FUNCTION public.sollicitation_extra_forget();

CREATE TRIGGER sollicitation_grids_forgotten AFTER UPDATE OF reference ON public.cases_sollicitation FOR EACH ROW WHEN (starts_with((new.reference)::text, 'X-'::text)) EXECUTE FUNCTION public.sollicitation_grids_forget('id');

CREATE TRIGGER sollicitation_grids_forgotten AFTER DELETE ON public.cases_sollicitationdetail FOR EACH ROW EXECUTE FUNCTION public.sollicitation_grids_forget('sollicitation_id');

CREATE TRIGGER sollicitation_messages_forgotten AFTER DELETE ON public.cases_sollicitationdetail FOR EACH ROW EXECUTE FUNCTION public.sollicitation_messages_forget();

CREATE TRIGGER sollicitation_tonight_forgotten BEFORE UPDATE OF reference ON public.cases_sollicitation FOR EACH ROW WHEN (starts_with((new.reference)::text, 'X-'::text)) EXECUTE FUNCTION public.sollicitation_tonight_forget();

CREATE CONSTRAINT TRIGGER sollicitation_unmet_told AFTER UPDATE OF state ON public.cases_sollicitation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.state)::text <> 'closed'::text) AND ((new.state)::text = 'closed'::text) AND ((new.outcome_id)::text <> ALL ((ARRAY['decision:RESEAU'::character varying, 'decision:DROIT-COMMUN'::character varying])::text[])))) EXECUTE FUNCTION public.sollicitation_unmet_told();

CREATE TRIGGER statequestion_guard BEFORE DELETE OR UPDATE ON public.reporting_statequestion FOR EACH ROW EXECUTE FUNCTION public.statequestion_guard();

CREATE TRIGGER stayderogation_frozen BEFORE UPDATE ON public.cases_stayderogation FOR EACH ROW WHEN (((NOT public.retention_erases()) AND (NOT public.vault_reseals()))) EXECUTE FUNCTION public.stayderogation_freeze();

CREATE CONSTRAINT TRIGGER stayreview_coherent AFTER INSERT ON public.cases_stayreview DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.stayreview_check();

CREATE CONSTRAINT TRIGGER trainer_in_one_place AFTER INSERT OR UPDATE ON public.formation_halfday DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.trainer_overlap_check();

CREATE CONSTRAINT TRIGGER trainer_in_one_place AFTER INSERT ON public.formation_sessiontrainer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.trainer_overlap_check();

CREATE TRIGGER unverified_called_back BEFORE UPDATE ON public.cases_unverifiedrequest FOR EACH ROW EXECUTE FUNCTION public.unverified_guard();

CREATE TRIGGER visit_guarded BEFORE UPDATE ON public.referentiel_visit FOR EACH ROW EXECUTE FUNCTION public.visit_guard();

CREATE TRIGGER voice_kept_as_said BEFORE UPDATE ON public.cases_voicemessage FOR EACH ROW WHEN ((NOT public.vault_reseals())) EXECUTE FUNCTION public.voice_guard();

ALTER TABLE ONLY public.access_alert
    ADD CONSTRAINT access_alert_raised_by_id_d6a5e32c_fk_users_user_id FOREIGN KEY (raised_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_apitoken
    ADD CONSTRAINT access_apitoken_user_id_9f3b952b_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_displaytoken
    ADD CONSTRAINT access_displaytoken_opened_by_id_8b815f71_fk_users_user_id FOREIGN KEY (opened_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_draft
    ADD CONSTRAINT access_draft_user_id_791398d0_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_user_id_d8a84bc9_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_reveal
    ADD CONSTRAINT access_reveal_user_id_ad80c3d6_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_signin
    ADD CONSTRAINT access_signin_user_id_b64893e0_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_accountreview
    ADD CONSTRAINT accounts_accountrevi_confirmed_by_id_94211f18_fk_users_use FOREIGN KEY (confirmed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_accountreview
    ADD CONSTRAINT accounts_accountrevi_membership_id_f8baacc6_fk_partners_ FOREIGN KEY (membership_id) REFERENCES public.partners_membership(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_accountreview
    ADD CONSTRAINT accounts_accountreview_user_id_9870c242_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_accountsuspension
    ADD CONSTRAINT accounts_accountsusp_ended_by_id_6d5decc9_fk_users_use FOREIGN KEY (ended_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_accountsuspension
    ADD CONSTRAINT accounts_accountsusp_started_by_id_bbfdd1ef_fk_users_use FOREIGN KEY (started_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_accountsuspension
    ADD CONSTRAINT accounts_accountsuspension_user_id_25344fe9_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_asked_by_id_cbee6414_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_decided_by_id_dad42956_fk_users_user_id FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_user_id_e684bddb_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_accepted_by_id_ba632539_fk_users_user_id FOREIGN KEY (accepted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_cancelled_by_id_953c6dc3_fk_users_user_id FOREIGN KEY (cancelled_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_invited_by_id_94a21efc_fk_users_user_id FOREIGN KEY (invited_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_partner_id_2efec63f_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_rightschange
    ADD CONSTRAINT accounts_rightschange_asked_by_id_7eb493b4_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_rightschange
    ADD CONSTRAINT accounts_rightschange_decided_by_id_04df4f2a_fk_users_user_id FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_rightschange
    ADD CONSTRAINT accounts_rightschange_user_id_4777d35e_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_absence
    ADD CONSTRAINT cases_absence_placement_id_8c3034be_fk_cases_placement_id FOREIGN KEY (placement_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_afterstay
    ADD CONSTRAINT cases_afterstay_exploitation_id_1f512939_fk_values_value_id FOREIGN KEY (exploitation_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_afterstay
    ADD CONSTRAINT cases_afterstay_noted_by_id_d05c4f9f_fk_users_user_id FOREIGN KEY (noted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_afterstay
    ADD CONSTRAINT cases_afterstay_placement_id_d1006599_fk_cases_placement_id FOREIGN KEY (placement_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritynotice
    ADD CONSTRAINT cases_authoritynotic_ase_authority_id_c458acd1_fk_territory FOREIGN KEY (ase_authority_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritynotice
    ADD CONSTRAINT cases_authoritynotice_authority_id_f3580474_fk_values_value_id FOREIGN KEY (authority_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritynotice
    ADD CONSTRAINT cases_authoritynotice_channel_id_98cea411_fk_values_value_id FOREIGN KEY (channel_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritynotice
    ADD CONSTRAINT cases_authoritynotice_incident_id_0510bfee_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritynotice
    ADD CONSTRAINT cases_authoritynotice_told_by_id_5d0337a1_fk_users_user_id FOREIGN KEY (told_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT cases_authoritywaive_ase_authority_id_2eb66148_fk_territory FOREIGN KEY (ase_authority_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT cases_authoritywaiver_authority_id_fd23c68a_fk_values_value_id FOREIGN KEY (authority_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT cases_authoritywaiver_decided_by_id_b3ae0717_fk_users_user_id FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT cases_authoritywaiver_incident_id_573462d4_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_authoritywaiver
    ADD CONSTRAINT cases_authoritywaiver_reason_id_79f2661e_fk_values_value_id FOREIGN KEY (reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_adhesion_id_ab6a3683_fk_values_value_id FOREIGN KEY (adhesion_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_age_precision_id_6df57d9a_fk_values_value_id FOREIGN KEY (age_precision_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_closing_reason_id_949617b0_fk_values_value_id FOREIGN KEY (closing_reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_containment_id_508342de_fk_values_value_id FOREIGN KEY (containment_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_exploitation_place_i_9b2da56b_fk_territory FOREIGN KEY (exploitation_place_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_identification_level_id_f3715c9a_fk_values_value_id FOREIGN KEY (identification_level_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_legal_frame_id_51b58396_fk_values_value_id FOREIGN KEY (legal_frame_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_nationality_zone_id_b65e495a_fk_values_value_id FOREIGN KEY (nationality_zone_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_origin_id_88b5dce9_fk_territory_territory_code FOREIGN KEY (origin_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_prior_follow_up_id_154961a9_fk_values_value_id FOREIGN KEY (prior_follow_up_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_sex_id_02346d6c_fk_values_value_id FOREIGN KEY (sex_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseapart
    ADD CONSTRAINT cases_caseapart_first_id_cdbc790c_fk_cases_case_id FOREIGN KEY (first_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseapart
    ADD CONSTRAINT cases_caseapart_lifted_by_id_59001dfb_fk_users_user_id FOREIGN KEY (lifted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseapart
    ADD CONSTRAINT cases_caseapart_said_by_id_4a67f6a8_fk_users_user_id FOREIGN KEY (said_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseapart
    ADD CONSTRAINT cases_caseapart_second_id_977b6cd5_fk_cases_case_id FOREIGN KEY (second_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseform
    ADD CONSTRAINT cases_caseform_case_id_89511392_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseform
    ADD CONSTRAINT cases_caseform_form_id_fcb47639_fk_values_value_id FOREIGN KEY (form_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseidentity
    ADD CONSTRAINT cases_caseidentity_case_id_07ebd6d0_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caselanguage
    ADD CONSTRAINT cases_caselanguage_case_id_c3537aaf_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caselanguage
    ADD CONSTRAINT cases_caselanguage_language_id_7a168b0c_fk_values_value_id FOREIGN KEY (language_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_agreed_by_id_2ef47682_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_asked_by_id_8fc875af_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_dismissed_by_id_cb046f17_fk_users_user_id FOREIGN KEY (dismissed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_kept_id_6fcb0a96_fk_cases_case_id FOREIGN KEY (kept_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_merged_id_81618ab6_fk_cases_case_id FOREIGN KEY (merged_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casemerge
    ADD CONSTRAINT cases_casemerge_undone_by_id_1ad0f9b0_fk_users_user_id FOREIGN KEY (undone_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casename
    ADD CONSTRAINT cases_casename_case_id_1cb0bb1a_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseneed
    ADD CONSTRAINT cases_caseneed_case_id_deb0a719_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caseneed
    ADD CONSTRAINT cases_caseneed_need_id_e5a38e7d_fk_values_value_id FOREIGN KEY (need_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casesound
    ADD CONSTRAINT cases_casesound_case_id_41d5d78a_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_circuit
    ADD CONSTRAINT cases_circuit_case_id_0143545f_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_circuit
    ADD CONSTRAINT cases_circuit_version_id_344912e5_fk_cases_circuitversion_id FOREIGN KEY (version_id) REFERENCES public.cases_circuitversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_circuitstep
    ADD CONSTRAINT cases_circuitstep_circuit_id_befbf9e4_fk_cases_circuit_id FOREIGN KEY (circuit_id) REFERENCES public.cases_circuit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_circuitstep
    ADD CONSTRAINT cases_circuitstep_measure_id_007d564a_fk_values_value_id FOREIGN KEY (measure_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_circuitversion
    ADD CONSTRAINT cases_circuitversion_published_by_id_9af89e79_fk_users_user_id FOREIGN KEY (published_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_circuitversion
    ADD CONSTRAINT cases_circuitversion_template_id_f30ec351_fk_cases_cir FOREIGN KEY (template_id) REFERENCES public.cases_circuittemplate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extraanswer
    ADD CONSTRAINT cases_extraanswer_case_id_0e465ccb_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extraanswer
    ADD CONSTRAINT cases_extraanswer_field_id_84b36e00_fk_cases_extrafield_id FOREIGN KEY (field_id) REFERENCES public.cases_extrafield(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extraanswer
    ADD CONSTRAINT cases_extraanswer_sollicitation_id_2fcec818_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extrafield
    ADD CONSTRAINT cases_extrafield_unseal_agreed_by_id_2e88de7a_fk_users_user_id FOREIGN KEY (unseal_agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extrafield
    ADD CONSTRAINT cases_extrafield_unseal_asked_by_id_4d1b6d74_fk_users_user_id FOREIGN KEY (unseal_asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_filledgrid
    ADD CONSTRAINT cases_filledgrid_filled_by_id_d9149902_fk_users_user_id FOREIGN KEY (filled_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_filledgrid
    ADD CONSTRAINT cases_filledgrid_sollicitation_id_7d43ac6b_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_filledgrid
    ADD CONSTRAINT cases_filledgrid_version_id_b6d78b65_fk_cases_gri FOREIGN KEY (version_id) REFERENCES public.cases_gridversion(number) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_gridversion
    ADD CONSTRAINT cases_gridversion_published_by_id_80a0ae88_fk_users_user_id FOREIGN KEY (published_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_identitygiven
    ADD CONSTRAINT cases_identitygiven_case_id_55a35ab7_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_identitygiven
    ADD CONSTRAINT cases_identitygiven_given_by_id_da2e504b_fk_users_user_id FOREIGN KEY (given_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_identitygiven
    ADD CONSTRAINT cases_identitygiven_partner_id_29e7c288_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_acknowledged_by_id_0fae24ae_fk_users_user_id FOREIGN KEY (acknowledged_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_declared_by_id_b5ce19af_fk_users_user_id FOREIGN KEY (declared_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_incident_type_id_2a53af7e_fk_values_value_id FOREIGN KEY (incident_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_partner_id_15924229_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_placement_id_a3cfdab2_fk_cases_placement_id FOREIGN KEY (placement_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_service_id_4b8690aa_fk_partners_partner_id FOREIGN KEY (service_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incident
    ADD CONSTRAINT cases_incident_severity_id_e8a47f74_fk_values_value_id FOREIGN KEY (severity_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentcause
    ADD CONSTRAINT cases_incidentcause_cause_id_99d76180_fk_values_value_id FOREIGN KEY (cause_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentcause
    ADD CONSTRAINT cases_incidentcause_incident_id_66a78534_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentchild
    ADD CONSTRAINT cases_incidentchild_case_id_287dd6ff_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentchild
    ADD CONSTRAINT cases_incidentchild_incident_id_76466938_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentchild
    ADD CONSTRAINT cases_incidentchild_placement_id_a3f69109_fk_cases_placement_id FOREIGN KEY (placement_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentdetail
    ADD CONSTRAINT cases_incidentdetail_incident_id_bdb68a95_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentevent
    ADD CONSTRAINT cases_incidentevent_author_id_e177f1d0_fk_users_user_id FOREIGN KEY (author_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentevent
    ADD CONSTRAINT cases_incidentevent_incident_id_92a8c4d4_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentpair
    ADD CONSTRAINT cases_incidentpair_first_id_3a142f1d_fk_cases_incident_id FOREIGN KEY (first_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentpair
    ADD CONSTRAINT cases_incidentpair_said_by_id_72f98e70_fk_users_user_id FOREIGN KEY (said_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentpair
    ADD CONSTRAINT cases_incidentpair_second_id_e623df6f_fk_cases_incident_id FOREIGN KEY (second_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentreview
    ADD CONSTRAINT cases_incidentreview_incident_id_2072979d_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidentreview
    ADD CONSTRAINT cases_incidentreview_written_by_id_e985caf0_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidenttask
    ADD CONSTRAINT cases_incidenttask_done_by_id_d4b88039_fk_users_user_id FOREIGN KEY (done_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidenttask
    ADD CONSTRAINT cases_incidenttask_incident_id_348961e6_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_incidenttask
    ADD CONSTRAINT cases_incidenttask_owner_id_f4590354_fk_users_user_id FOREIGN KEY (owner_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_journey
    ADD CONSTRAINT cases_journey_driver_id_b5e3f123_fk_values_value_id FOREIGN KEY (driver_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_journey
    ADD CONSTRAINT cases_journey_linking_id_b0885f8c_fk_cases_linking_id FOREIGN KEY (linking_id) REFERENCES public.cases_linking(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_journey
    ADD CONSTRAINT cases_journey_shelter_id_822c3b90_fk_values_value_id FOREIGN KEY (shelter_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_keepaway
    ADD CONSTRAINT cases_keepaway_case_id_99fb20af_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_keepaway
    ADD CONSTRAINT cases_keepaway_reason_id_14fa4ad5_fk_values_value_id FOREIGN KEY (reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_keepaway
    ADD CONSTRAINT cases_keepaway_territory_id_31a4b967_fk_territory FOREIGN KEY (territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_legalframe
    ADD CONSTRAINT cases_legalframe_case_id_abcb211a_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_legalframe
    ADD CONSTRAINT cases_legalframe_decider_id_a1271656_fk_values_value_id FOREIGN KEY (decider_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_legalframe
    ADD CONSTRAINT cases_legalframe_frame_id_bc961628_fk_values_value_id FOREIGN KEY (frame_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_case_id_23cb7f3c_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_guardian_id_2e045d10_fk_partners_partner_id FOREIGN KEY (guardian_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_orientation_id_546b2625_fk_cases_orientation_id FOREIGN KEY (orientation_id) REFERENCES public.cases_orientation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_partner_id_d4e7e1ed_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_payer_id_312fcb2c_fk_territory_aseauthority_code FOREIGN KEY (payer_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_payer_kind_id_d4b92e0e_fk_values_value_id FOREIGN KEY (payer_kind_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_placement_id_c175b2a1_fk_cases_placement_id FOREIGN KEY (placement_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_requester_id_e4d92a0f_fk_partners_partner_id FOREIGN KEY (requester_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_waived_by_id_8731d732_fk_users_user_id FOREIGN KEY (waived_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linking
    ADD CONSTRAINT cases_linking_waiver_reason_id_ef58378d_fk_values_value_id FOREIGN KEY (waiver_reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingagreement
    ADD CONSTRAINT cases_linkingagreeme_version_id_dd3dcc45_fk_cases_lin FOREIGN KEY (version_id) REFERENCES public.cases_linkingversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingagreement
    ADD CONSTRAINT cases_linkingagreement_given_by_id_72444f71_fk_users_user_id FOREIGN KEY (given_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingagreement
    ADD CONSTRAINT cases_linkingagreement_linking_id_4d717645_fk_cases_linking_id FOREIGN KEY (linking_id) REFERENCES public.cases_linking(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingcheck
    ADD CONSTRAINT cases_linkingcheck_item_id_157ce390_fk_values_value_id FOREIGN KEY (item_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingcheck
    ADD CONSTRAINT cases_linkingcheck_linking_id_17fe4c18_fk_cases_linking_id FOREIGN KEY (linking_id) REFERENCES public.cases_linking(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingversion
    ADD CONSTRAINT cases_linkingversion_linking_id_e8a8b4fb_fk_cases_linking_id FOREIGN KEY (linking_id) REFERENCES public.cases_linking(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_linkingversion
    ADD CONSTRAINT cases_linkingversion_written_by_id_13b6e055_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_matching
    ADD CONSTRAINT cases_matching_orientation_id_8ebdf950_fk_cases_orientation_id FOREIGN KEY (orientation_id) REFERENCES public.cases_orientation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_matching
    ADD CONSTRAINT cases_matching_sollicitation_id_d48385d5_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_matchingrules
    ADD CONSTRAINT cases_matchingrules_changed_by_id_5e384842_fk_users_user_id FOREIGN KEY (changed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_noticeproof
    ADD CONSTRAINT cases_noticeproof_added_by_id_e8a07efa_fk_users_user_id FOREIGN KEY (added_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_noticeproof
    ADD CONSTRAINT cases_noticeproof_notice_id_db6aa028_fk_cases_aut FOREIGN KEY (notice_id) REFERENCES public.cases_authoritynotice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_case_id_28d3b804_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_decided_by_id_79eb4152_fk_users_user_id FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_decision_id_d32f4472_fk_values_value_id FOREIGN KEY (decision_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_identification_level_c06c71bf_fk_values_va FOREIGN KEY (identification_level_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_ordinary_service_id_f3e7d72b_fk_values_va FOREIGN KEY (ordinary_service_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_orientation
    ADD CONSTRAINT cases_orientation_sollicitation_id_fa0b8d93_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_payeragreement
    ADD CONSTRAINT cases_payeragreement_given_by_id_d111d0c4_fk_users_user_id FOREIGN KEY (given_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_payeragreement
    ADD CONSTRAINT cases_payeragreement_linking_id_15867771_fk_cases_linking_id FOREIGN KEY (linking_id) REFERENCES public.cases_linking(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_payeragreement
    ADD CONSTRAINT cases_payeragreement_payer_id_d9c87982_fk_territory FOREIGN KEY (payer_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_peopletoavoid
    ADD CONSTRAINT cases_peopletoavoid_case_id_404b6961_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_peopletoavoid
    ADD CONSTRAINT cases_peopletoavoid_written_by_id_6db0c9ef_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placeconfirmation
    ADD CONSTRAINT cases_placeconfirmat_confirmed_by_id_e581a68c_fk_users_use FOREIGN KEY (confirmed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placeconfirmation
    ADD CONSTRAINT cases_placeconfirmat_partner_id_ca176503_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_case_id_00fab9d8_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_confirmed_by_id_37a1ed1d_fk_users_user_id FOREIGN KEY (confirmed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_convention_id_23ce92b7_fk_partners_ FOREIGN KEY (convention_id) REFERENCES public.partners_convention(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_end_reason_id_cfc69bce_fk_values_value_id FOREIGN KEY (end_reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_follows_id_f45c395f_fk_cases_placement_id FOREIGN KEY (follows_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_legal_frame_id_2486bbf6_fk_values_value_id FOREIGN KEY (legal_frame_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_orientation_id_617f635b_fk_cases_orientation_id FOREIGN KEY (orientation_id) REFERENCES public.cases_orientation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_outside_reason_id_bb77e5a2_fk_values_value_id FOREIGN KEY (outside_reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_partner_id_b5be738e_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_placement
    ADD CONSTRAINT cases_placement_place_id_478be579_fk_partners_place_id FOREIGN KEY (place_id) REFERENCES public.partners_place(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT cases_proposal_answer_id_b5900faf_fk_values_value_id FOREIGN KEY (answer_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT cases_proposal_answered_by_id_51bc151a_fk_users_user_id FOREIGN KEY (answered_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT cases_proposal_orientation_id_81ee7e23_fk_cases_orientation_id FOREIGN KEY (orientation_id) REFERENCES public.cases_orientation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT cases_proposal_partner_id_c3659acd_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_proposal
    ADD CONSTRAINT cases_proposal_refusal_reason_id_3846fab2_fk_values_value_id FOREIGN KEY (refusal_reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_runaway
    ADD CONSTRAINT cases_runaway_absence_id_6dcce10e_fk_cases_absence_id FOREIGN KEY (absence_id) REFERENCES public.cases_absence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_runaway
    ADD CONSTRAINT cases_runaway_incident_id_04338d44_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_runawaydelay
    ADD CONSTRAINT cases_runawaydelay_territory_id_3cf49d41_fk_territory FOREIGN KEY (territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_runawayreturn
    ADD CONSTRAINT cases_runawayreturn_absence_id_4e0131a4_fk_cases_absence_id FOREIGN KEY (absence_id) REFERENCES public.cases_absence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_runawayreturn
    ADD CONSTRAINT cases_runawayreturn_recorded_by_id_de95e675_fk_users_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_severitytargets
    ADD CONSTRAINT cases_severitytargets_changed_by_id_1d076ec9_fk_users_user_id FOREIGN KEY (changed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_age_precision_id_0dcc0297_fk_values_va FOREIGN KEY (age_precision_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_case_id_60fc36fc_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_channel_id_88d9ed01_fk_values_value_id FOREIGN KEY (channel_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_current_place_id_163710ba_fk_territory FOREIGN KEY (current_place_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_detected_by_id_d8cc2ca8_fk_values_value_id FOREIGN KEY (detected_by_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_exploitation_place_i_a8661c3f_fk_territory FOREIGN KEY (exploitation_place_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_identification_level_cd9c2c52_fk_values_va FOREIGN KEY (identification_level_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_language_id_fbe9566c_fk_values_value_id FOREIGN KEY (language_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_nationality_zone_id_d57a56fd_fk_values_va FOREIGN KEY (nationality_zone_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_nature_id_32d0d290_fk_values_value_id FOREIGN KEY (nature_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_origin_id_a516510d_fk_territory FOREIGN KEY (origin_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_outcome_id_afe6ceab_fk_values_value_id FOREIGN KEY (outcome_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_prior_follow_up_id_f427e4c6_fk_values_va FOREIGN KEY (prior_follow_up_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_relance_of_id_20ed5219_fk_cases_sol FOREIGN KEY (relance_of_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_requester_id_c9c754ad_fk_partners_ FOREIGN KEY (requester_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_requester_type_id_8b53a7da_fk_values_va FOREIGN KEY (requester_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_sex_id_27740db2_fk_values_value_id FOREIGN KEY (sex_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_submitted_by_id_2ae06f64_fk_users_user_id FOREIGN KEY (submitted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_taken_by_id_fa60d8ad_fk_users_user_id FOREIGN KEY (taken_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitation
    ADD CONSTRAINT cases_sollicitation_urgency_id_2a278979_fk_values_value_id FOREIGN KEY (urgency_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitationdetail
    ADD CONSTRAINT cases_sollicitationd_sollicitation_id_b3b6fe3f_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitationform
    ADD CONSTRAINT cases_sollicitationf_sollicitation_id_13e2c0d0_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitationform
    ADD CONSTRAINT cases_sollicitationform_form_id_39520841_fk_values_value_id FOREIGN KEY (form_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitationmessage
    ADD CONSTRAINT cases_sollicitationm_sollicitation_id_47a17cb2_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_sollicitationmessage
    ADD CONSTRAINT cases_sollicitationm_written_by_id_24dc69c7_fk_users_use FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayderogation
    ADD CONSTRAINT cases_stayderogation_agreed_by_id_eca48746_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayderogation
    ADD CONSTRAINT cases_stayderogation_asked_by_id_3f36a169_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayderogation
    ADD CONSTRAINT cases_stayderogation_case_id_acc68b3f_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayderogation
    ADD CONSTRAINT cases_stayderogation_partner_id_6c857d29_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayderogation
    ADD CONSTRAINT cases_stayderogation_refused_by_id_b4bd2965_fk_users_user_id FOREIGN KEY (refused_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_adhesion_id_a68488b7_fk_values_value_id FOREIGN KEY (adhesion_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_next_goal_id_d1b5a7b9_fk_values_value_id FOREIGN KEY (next_goal_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_placement_id_3081178d_fk_cases_placement_id FOREIGN KEY (placement_id) REFERENCES public.cases_placement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_safety_id_44b988fa_fk_values_value_id FOREIGN KEY (safety_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_schooling_id_41ca17a9_fk_values_value_id FOREIGN KEY (schooling_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_stayreview
    ADD CONSTRAINT cases_stayreview_written_by_id_5d382686_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_switchboardcall
    ADD CONSTRAINT cases_switchboardcal_request_id_03cb5bf6_fk_cases_unv FOREIGN KEY (request_id) REFERENCES public.cases_unverifiedrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_switchboardcall
    ADD CONSTRAINT cases_switchboardcall_called_by_id_261a804b_fk_users_user_id FOREIGN KEY (called_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_form_id_83ef34a5_fk_values_value_id FOREIGN KEY (form_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_noted_by_id_9227c3aa_fk_users_user_id FOREIGN KEY (noted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_reason_id_55e18e22_fk_values_value_id FOREIGN KEY (reason_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_region_id_6377c442_fk_territory_region_code FOREIGN KEY (region_id) REFERENCES public.territory_region(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unmetneed
    ADD CONSTRAINT cases_unmetneed_sollicitation_id_5d0a8ad0_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequ_sollicitation_id_f6fdeb28_fk_cases_sol FOREIGN KEY (sollicitation_id) REFERENCES public.cases_sollicitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequ_unit_type_id_e9f7ae85_fk_values_va FOREIGN KEY (unit_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequest_decided_by_id_aaa75686_fk_users_user_id FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_unverifiedrequest
    ADD CONSTRAINT cases_unverifiedrequest_urgency_id_40c5e4b4_fk_values_value_id FOREIGN KEY (urgency_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_voicemessage
    ADD CONSTRAINT cases_voicemessage_incident_id_ad0032d6_fk_cases_incident_id FOREIGN KEY (incident_id) REFERENCES public.cases_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_voicemessage
    ADD CONSTRAINT cases_voicemessage_taken_by_id_2a9c6e23_fk_users_user_id FOREIGN KEY (taken_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_voicereply
    ADD CONSTRAINT cases_voicereply_message_id_37867dbf_fk_cases_voicemessage_id FOREIGN KEY (message_id) REFERENCES public.cases_voicemessage(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_voicereply
    ADD CONSTRAINT cases_voicereply_written_by_id_dafcfe2d_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.dashboards_savedtable
    ADD CONSTRAINT dashboards_savedtable_author_id_fc9c0fe4_fk_users_user_id FOREIGN KEY (author_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT documents_acknowledg_partner_id_a188c8bb_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT documents_acknowledg_previous_id_a26bbc32_fk_documents FOREIGN KEY (previous_id) REFERENCES public.documents_acknowledgement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT documents_acknowledg_recorded_by_id_b963b029_fk_users_use FOREIGN KEY (recorded_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT documents_acknowledg_signed_by_id_21357a5f_fk_users_use FOREIGN KEY (signed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_acknowledgement
    ADD CONSTRAINT documents_acknowledg_version_id_0b75de8a_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_articlepage
    ADD CONSTRAINT documents_articlepag_page_ptr_id_6334ba09_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_authorisedunit
    ADD CONSTRAINT documents_authorised_network_contact_id_dbc2b3a3_fk_users_use FOREIGN KEY (network_contact_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_authorisedunit
    ADD CONSTRAINT documents_authorised_partner_id_c7ac3213_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_clauseversion
    ADD CONSTRAINT documents_clausevers_version_id_9140533e_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_documentpage
    ADD CONSTRAINT documents_documentpa_page_ptr_id_968f5229_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_documentversion
    ADD CONSTRAINT documents_documentve_document_id_42757b7a_fk_documents FOREIGN KEY (document_id) REFERENCES public.documents_document(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_documentversion
    ADD CONSTRAINT documents_documentve_published_by_id_d8707a3d_fk_users_use FOREIGN KEY (published_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_reading
    ADD CONSTRAINT documents_reading_user_id_6ee7c6a5_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_reading
    ADD CONSTRAINT documents_reading_version_id_2f45601e_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_unitreview
    ADD CONSTRAINT documents_unitreview_recorded_by_id_aa905fbf_fk_users_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_unitreview
    ADD CONSTRAINT documents_unitreview_unit_id_b09a8401_fk_documents FOREIGN KEY (unit_id) REFERENCES public.documents_authorisedunit(partner_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_versionproposal
    ADD CONSTRAINT documents_versionpro_document_id_93dbcdce_fk_documents FOREIGN KEY (document_id) REFERENCES public.documents_document(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_versionproposal
    ADD CONSTRAINT documents_versionpro_proposed_by_id_677fc4b5_fk_users_use FOREIGN KEY (proposed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_versionproposal
    ADD CONSTRAINT documents_versionpro_validator_id_42243b29_fk_users_use FOREIGN KEY (validator_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.documents_versionproposal
    ADD CONSTRAINT documents_versionpro_version_id_3b403935_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.exports_export
    ADD CONSTRAINT exports_export_author_id_d128d5c1_fk_users_user_id FOREIGN KEY (author_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.files_attachment
    ADD CONSTRAINT files_attachment_added_by_id_caebfd01_fk_users_user_id FOREIGN KEY (added_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.files_attachment
    ADD CONSTRAINT files_attachment_removed_by_id_13cfdfe5_fk_users_user_id FOREIGN KEY (removed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_answersheet
    ADD CONSTRAINT formation_answershee_enrolment_id_f32b94a9_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_answersheet
    ADD CONSTRAINT formation_answershee_walk_in_id_0138f44d_fk_formation FOREIGN KEY (walk_in_id) REFERENCES public.formation_walkin(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attendance
    ADD CONSTRAINT formation_attendance_enrolment_id_51381df5_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attendance
    ADD CONSTRAINT formation_attendance_half_day_id_d6fe62f4_fk_formation FOREIGN KEY (half_day_id) REFERENCES public.formation_halfday(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attendance
    ADD CONSTRAINT formation_attendance_recorded_by_id_032ea64c_fk_users_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestatio_enrolment_id_37230d06_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestatio_replaces_id_93e37f2e_fk_formation FOREIGN KEY (replaces_id) REFERENCES public.formation_attestation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestation_issued_by_id_1d3893c7_fk_users_user_id FOREIGN KEY (issued_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_attestation
    ADD CONSTRAINT formation_attestation_withdrawn_by_id_f0ae2ffc_fk_users_user_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_countersignature
    ADD CONSTRAINT formation_countersig_half_day_id_98ad5780_fk_formation FOREIGN KEY (half_day_id) REFERENCES public.formation_halfday(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_countersignature
    ADD CONSTRAINT formation_countersig_signed_by_id_25bb9201_fk_users_use FOREIGN KEY (signed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_curriculumindexpage
    ADD CONSTRAINT formation_curriculum_page_ptr_id_6218d564_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT formation_enrolment_employer_id_b7ad7281_fk_partners_partner_id FOREIGN KEY (employer_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT formation_enrolment_employer_type_id_312a2ad4_fk_values_va FOREIGN KEY (employer_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT formation_enrolment_profession_id_6cab85fd_fk_values_value_id FOREIGN KEY (profession_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT formation_enrolment_professional_id_6c84aeef_fk_formation FOREIGN KEY (professional_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_enrolment
    ADD CONSTRAINT formation_enrolment_session_id_f7da9641_fk_formation_session_id FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_excuse
    ADD CONSTRAINT formation_excuse_enrolment_id_7efc86ca_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_excuse
    ADD CONSTRAINT formation_excuse_half_day_id_460146fa_fk_formation_halfday_id FOREIGN KEY (half_day_id) REFERENCES public.formation_halfday(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_excuse
    ADD CONSTRAINT formation_excuse_told_by_id_9108401c_fk_users_user_id FOREIGN KEY (told_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_halfday
    ADD CONSTRAINT formation_halfday_session_id_17143960_fk_formation_session_id FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_modulepage
    ADD CONSTRAINT formation_modulepage_page_ptr_id_16507842_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_profession_employer_id_fdc000f2_fk_partners_ FOREIGN KEY (employer_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_profession_employer_type_id_e6d6a0de_fk_values_va FOREIGN KEY (employer_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalapart
    ADD CONSTRAINT formation_profession_first_id_1100231b_fk_formation FOREIGN KEY (first_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalmerge
    ADD CONSTRAINT formation_profession_kept_id_c2a76e34_fk_formation FOREIGN KEY (kept_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalmerge
    ADD CONSTRAINT formation_profession_merged_by_id_bf8694a6_fk_users_use FOREIGN KEY (merged_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalmerge
    ADD CONSTRAINT formation_profession_merged_id_5ed499b1_fk_formation FOREIGN KEY (merged_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_profession_merged_into_id_440c4ad1_fk_formation FOREIGN KEY (merged_into_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_profession_profession_id_81de2e93_fk_values_va FOREIGN KEY (profession_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalapart
    ADD CONSTRAINT formation_profession_said_by_id_452a793b_fk_users_use FOREIGN KEY (said_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalapart
    ADD CONSTRAINT formation_profession_second_id_0b11b5f0_fk_formation FOREIGN KEY (second_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_profession_territory_id_481b6dd0_fk_territory FOREIGN KEY (territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professionalmerge
    ADD CONSTRAINT formation_profession_undone_by_id_88f109a0_fk_users_use FOREIGN KEY (undone_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_professional
    ADD CONSTRAINT formation_professional_user_id_9ef0b015_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_satisfaction
    ADD CONSTRAINT formation_satisfacti_session_id_135e6e69_fk_formation FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_session
    ADD CONSTRAINT formation_session_clause_id_0ccc4137_fk_documents FOREIGN KEY (clause_id) REFERENCES public.documents_clauseversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_session
    ADD CONSTRAINT formation_session_territory_id_466374c8_fk_territory FOREIGN KEY (territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessioninvitation
    ADD CONSTRAINT formation_sessioninv_declined_by_id_cc373bf5_fk_users_use FOREIGN KEY (declined_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessioninvitation
    ADD CONSTRAINT formation_sessioninv_invited_by_id_d35d2119_fk_users_use FOREIGN KEY (invited_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessioninvitation
    ADD CONSTRAINT formation_sessioninv_partner_id_e6911191_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessioninvitation
    ADD CONSTRAINT formation_sessioninv_session_id_2d3f58b2_fk_formation FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessionnotice
    ADD CONSTRAINT formation_sessionnot_enrolment_id_0e3299a1_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessiontrainer
    ADD CONSTRAINT formation_sessiontra_session_id_90433cb8_fk_formation FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_sessiontrainer
    ADD CONSTRAINT formation_sessiontrainer_trainer_id_daade7ed_fk_users_user_id FOREIGN KEY (trainer_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_signature
    ADD CONSTRAINT formation_signature_enrolment_id_61b1e18e_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_signature
    ADD CONSTRAINT formation_signature_half_day_id_35e40cc2_fk_formation FOREIGN KEY (half_day_id) REFERENCES public.formation_halfday(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_signature
    ADD CONSTRAINT formation_signature_walk_in_id_68ae1ce6_fk_formation_walkin_id FOREIGN KEY (walk_in_id) REFERENCES public.formation_walkin(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_supportact
    ADD CONSTRAINT formation_supportact_kind_id_af4ebdea_fk_values_value_id FOREIGN KEY (kind_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_supportact
    ADD CONSTRAINT formation_supportact_partner_id_12f45e78_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_supportact
    ADD CONSTRAINT formation_supportact_professional_id_b1e4b964_fk_formation FOREIGN KEY (professional_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_supportact
    ADD CONSTRAINT formation_supportact_recorded_by_id_23d0219f_fk_users_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_waitingentry
    ADD CONSTRAINT formation_waitingent_enrolment_id_3d3e6ce4_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_waitingentry
    ADD CONSTRAINT formation_waitingent_professional_id_b5aa9c38_fk_formation FOREIGN KEY (professional_id) REFERENCES public.formation_professional(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_waitingentry
    ADD CONSTRAINT formation_waitingent_session_id_69ed84a0_fk_formation FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_waitingentry
    ADD CONSTRAINT formation_waitingentry_asked_by_id_eec6cedf_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_walkin
    ADD CONSTRAINT formation_walkin_decided_by_id_395d289b_fk_users_user_id FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_walkin
    ADD CONSTRAINT formation_walkin_employer_type_id_e4dc46f3_fk_values_value_id FOREIGN KEY (employer_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_walkin
    ADD CONSTRAINT formation_walkin_enrolment_id_131033fa_fk_formation FOREIGN KEY (enrolment_id) REFERENCES public.formation_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_walkin
    ADD CONSTRAINT formation_walkin_profession_id_a176b01c_fk_values_value_id FOREIGN KEY (profession_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_walkin
    ADD CONSTRAINT formation_walkin_session_id_b446a4bc_fk_formation_session_id FOREIGN KEY (session_id) REFERENCES public.formation_session(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_yearplan
    ADD CONSTRAINT formation_yearplan_published_by_id_2350b8c5_fk_users_user_id FOREIGN KEY (published_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_yearplanline
    ADD CONSTRAINT formation_yearplanli_plan_id_11928a76_fk_formation FOREIGN KEY (plan_id) REFERENCES public.formation_yearplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_yearplanline
    ADD CONSTRAINT formation_yearplanli_region_id_6600c2dc_fk_territory FOREIGN KEY (region_id) REFERENCES public.territory_region(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.formation_yearplanline
    ADD CONSTRAINT formation_yearplanline_audience_id_fce8be23_fk_values_value_id FOREIGN KEY (audience_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.home_homepage
    ADD CONSTRAINT home_homepage_page_ptr_id_e5b77cf7_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.home_textpage
    ADD CONSTRAINT home_textpage_page_ptr_id_cc9f620d_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journal_cut
    ADD CONSTRAINT journal_cut_month_id_ff70106b_fk_journal_month_id FOREIGN KEY (month_id) REFERENCES public.journal_month(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_duty
    ADD CONSTRAINT notify_duty_person_id_8d7b645c_fk_users_user_id FOREIGN KEY (person_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_dutyswap
    ADD CONSTRAINT notify_dutyswap_duty_id_45906a23_fk_notify_duty_id FOREIGN KEY (duty_id) REFERENCES public.notify_duty(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_dutyswap
    ADD CONSTRAINT notify_dutyswap_in_exchange_id_a6a541e2_fk_notify_duty_id FOREIGN KEY (in_exchange_id) REFERENCES public.notify_duty(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_dutyswap
    ADD CONSTRAINT notify_dutyswap_proposed_by_id_506ff3b6_fk_users_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_dutyswap
    ADD CONSTRAINT notify_dutyswap_proposed_to_id_dc4987e0_fk_users_user_id FOREIGN KEY (proposed_to_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_messagetext
    ADD CONSTRAINT notify_messagetext_written_by_id_a060ae0b_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_notificationchoice
    ADD CONSTRAINT notify_notificationchoice_person_id_bc6aba9c_fk_users_user_id FOREIGN KEY (person_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_obligation
    ADD CONSTRAINT notify_obligation_person_id_6756173c_fk_users_user_id FOREIGN KEY (person_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_ring
    ADD CONSTRAINT notify_ring_acknowledged_by_id_6ef84ac5_fk_users_user_id FOREIGN KEY (acknowledged_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_ringstep
    ADD CONSTRAINT notify_ringstep_person_id_eb6304e9_fk_users_user_id FOREIGN KEY (person_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_ringstep
    ADD CONSTRAINT notify_ringstep_ring_id_7bcc35ba_fk_notify_ring_id FOREIGN KEY (ring_id) REFERENCES public.notify_ring(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notify_sending
    ADD CONSTRAINT notify_sending_obligation_id_1859e002_fk_notify_obligation_id FOREIGN KEY (obligation_id) REFERENCES public.notify_obligation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_contact
    ADD CONSTRAINT partners_contact_partner_id_813fcef7_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_convention
    ADD CONSTRAINT partners_convention_partner_id_490f923b_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_conventionfollowup
    ADD CONSTRAINT partners_conventionf_convention_id_d41bde0c_fk_partners_ FOREIGN KEY (convention_id) REFERENCES public.partners_convention(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_conventionfollowup
    ADD CONSTRAINT partners_conventionfollowup_owner_id_041220b3_fk_users_user_id FOREIGN KEY (owner_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_conventionstep
    ADD CONSTRAINT partners_conventions_convention_id_af0c7523_fk_partners_ FOREIGN KEY (convention_id) REFERENCES public.partners_convention(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_conventionstep
    ADD CONSTRAINT partners_conventions_recorded_by_id_a9708efc_fk_users_use FOREIGN KEY (recorded_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_conventionversion
    ADD CONSTRAINT partners_conventionv_convention_id_9ce535dc_fk_partners_ FOREIGN KEY (convention_id) REFERENCES public.partners_convention(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_conventionversion
    ADD CONSTRAINT partners_conventionv_written_by_id_0860f449_fk_users_use FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_membership
    ADD CONSTRAINT partners_membership_partner_id_47b47bdb_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_membership
    ADD CONSTRAINT partners_membership_user_id_4e1fffe4_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_ase_authority_id_845754bc_fk_territory FOREIGN KEY (ase_authority_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_requester_type_id_dcd7a3de_fk_values_value_id FOREIGN KEY (requester_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_structure_type_id_467fa1b8_fk_values_value_id FOREIGN KEY (structure_type_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_partner
    ADD CONSTRAINT partners_partner_territory_id_4f385bb7_fk_territory FOREIGN KEY (territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_partneridentity
    ADD CONSTRAINT partners_partneriden_partner_id_ad54fa3c_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_place
    ADD CONSTRAINT partners_place_partner_id_1f25b8fd_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile
    ADD CONSTRAINT partners_structurepr_containment_id_2b4fbe6d_fk_values_va FOREIGN KEY (containment_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile
    ADD CONSTRAINT partners_structurepr_habilitation_id_0bf40bca_fk_values_va FOREIGN KEY (habilitation_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile
    ADD CONSTRAINT partners_structurepr_partner_id_228eaaa9_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_forms
    ADD CONSTRAINT partners_structurepr_structureprofile_id_4913fadc_fk_partners_ FOREIGN KEY (structureprofile_id) REFERENCES public.partners_structureprofile(partner_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_languages
    ADD CONSTRAINT partners_structurepr_structureprofile_id_6d287624_fk_partners_ FOREIGN KEY (structureprofile_id) REFERENCES public.partners_structureprofile(partner_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_sexes
    ADD CONSTRAINT partners_structurepr_structureprofile_id_bd21823a_fk_partners_ FOREIGN KEY (structureprofile_id) REFERENCES public.partners_structureprofile(partner_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_contraindications
    ADD CONSTRAINT partners_structurepr_structureprofile_id_e915ff75_fk_partners_ FOREIGN KEY (structureprofile_id) REFERENCES public.partners_structureprofile(partner_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_contraindications
    ADD CONSTRAINT partners_structurepr_value_id_58c15f72_fk_values_va FOREIGN KEY (value_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_sexes
    ADD CONSTRAINT partners_structurepr_value_id_5a1d240f_fk_values_va FOREIGN KEY (value_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_forms
    ADD CONSTRAINT partners_structurepr_value_id_70b09f16_fk_values_va FOREIGN KEY (value_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_structureprofile_languages
    ADD CONSTRAINT partners_structurepr_value_id_f0561377_fk_values_va FOREIGN KEY (value_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partners_suspension
    ADD CONSTRAINT partners_suspension_partner_id_c7fc11f0_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.proconnect_accountrequest
    ADD CONSTRAINT proconnect_accountre_decided_by_id_20a3bdfb_fk_users_use FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.proconnect_accountrequest
    ADD CONSTRAINT proconnect_accountrequest_user_id_38b43889_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT referentiel_assessme_campaign_id_7685b8be_fk_referenti FOREIGN KEY (campaign_id) REFERENCES public.referentiel_campaign(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT referentiel_assessme_partner_id_3356fee1_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT referentiel_assessme_submitted_by_id_0f25a92b_fk_users_use FOREIGN KEY (submitted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT referentiel_assessme_version_id_375ea867_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_assessment
    ADD CONSTRAINT referentiel_assessment_started_by_id_14c267d5_fk_users_user_id FOREIGN KEY (started_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_campaign
    ADD CONSTRAINT referentiel_campaign_opened_by_id_96a73f88_fk_users_user_id FOREIGN KEY (opened_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_campaign
    ADD CONSTRAINT referentiel_campaign_version_id_3acec8dd_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_chapterpage
    ADD CONSTRAINT referentiel_chapterp_page_ptr_id_dcbab66a_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_confirmedmark
    ADD CONSTRAINT referentiel_confirme_decided_by_id_2d11673a_fk_users_use FOREIGN KEY (decided_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_confirmedmark
    ADD CONSTRAINT referentiel_confirme_partner_id_edb8b5e5_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_confirmedmark
    ADD CONSTRAINT referentiel_confirme_visit_id_06cfbcf2_fk_referenti FOREIGN KEY (visit_id) REFERENCES public.referentiel_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_derogation
    ADD CONSTRAINT referentiel_derogati_partner_id_d73a497a_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_derogation
    ADD CONSTRAINT referentiel_derogation_agreed_by_id_4e9bec48_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_derogation
    ADD CONSTRAINT referentiel_derogation_asked_by_id_2d7fffb1_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_derogation
    ADD CONSTRAINT referentiel_derogation_revoked_by_id_d39129cd_fk_users_user_id FOREIGN KEY (revoked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_evidence
    ADD CONSTRAINT referentiel_evidence_added_by_id_97705a4f_fk_users_user_id FOREIGN KEY (added_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_evidence
    ADD CONSTRAINT referentiel_evidence_assessment_id_2657f5b3_fk_referenti FOREIGN KEY (assessment_id) REFERENCES public.referentiel_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_evidence
    ADD CONSTRAINT referentiel_evidence_replaces_id_558025e0_fk_referenti FOREIGN KEY (replaces_id) REFERENCES public.referentiel_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_exigencepage
    ADD CONSTRAINT referentiel_exigence_page_ptr_id_d0eb6688_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_mark
    ADD CONSTRAINT referentiel_mark_assessment_id_0e648aee_fk_referenti FOREIGN KEY (assessment_id) REFERENCES public.referentiel_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_mark
    ADD CONSTRAINT referentiel_mark_marked_by_id_1763daaf_fk_users_user_id FOREIGN KEY (marked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_observation
    ADD CONSTRAINT referentiel_observat_visit_id_2f2a0d66_fk_referenti FOREIGN KEY (visit_id) REFERENCES public.referentiel_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_observation
    ADD CONSTRAINT referentiel_observation_written_by_id_ac4907c6_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_planstep
    ADD CONSTRAINT referentiel_planstep_assessment_id_2e6bd551_fk_referenti FOREIGN KEY (assessment_id) REFERENCES public.referentiel_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_referentielindexpage
    ADD CONSTRAINT referentiel_referent_page_ptr_id_69e13dae_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_answered_by_id_f29e0919_fk_users_user_id FOREIGN KEY (answered_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_assessment_id_94d00dae_fk_referenti FOREIGN KEY (assessment_id) REFERENCES public.referentiel_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_cancelled_by_id_83a8c47e_fk_users_user_id FOREIGN KEY (cancelled_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_closed_by_id_9823c3b6_fk_users_user_id FOREIGN KEY (closed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_opened_by_id_d1c8ced1_fk_users_user_id FOREIGN KEY (opened_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_partner_id_12df285e_fk_partners_partner_id FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_sent_by_id_b286b6d2_fk_users_user_id FOREIGN KEY (sent_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visit
    ADD CONSTRAINT referentiel_visit_version_id_bcd635eb_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_documentversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visitmark
    ADD CONSTRAINT referentiel_visitmark_marked_by_id_0e64e4ac_fk_users_user_id FOREIGN KEY (marked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referentiel_visitmark
    ADD CONSTRAINT referentiel_visitmark_visit_id_83a79919_fk_referentiel_visit_id FOREIGN KEY (visit_id) REFERENCES public.referentiel_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_closedperiod
    ADD CONSTRAINT reporting_closedperi_dismissed_by_id_6f545773_fk_users_use FOREIGN KEY (dismissed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_closedperiod
    ADD CONSTRAINT reporting_closedperiod_agreed_by_id_b9d0f9b1_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_closedperiod
    ADD CONSTRAINT reporting_closedperiod_asked_by_id_cfaa36fb_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_closedrows
    ADD CONSTRAINT reporting_closedrows_period_id_fa4762df_fk_reporting FOREIGN KEY (period_id) REFERENCES public.reporting_closedperiod(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_committee
    ADD CONSTRAINT reporting_committee_written_by_id_6e3c65a6_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_historyimport
    ADD CONSTRAINT reporting_historyimp_dismissed_by_id_9d594231_fk_users_use FOREIGN KEY (dismissed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_historyimport
    ADD CONSTRAINT reporting_historyimport_agreed_by_id_3636626d_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_historyimport
    ADD CONSTRAINT reporting_historyimport_asked_by_id_2cbde1ab_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_release
    ADD CONSTRAINT reporting_release_agreed_by_id_8c473e5e_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_release
    ADD CONSTRAINT reporting_release_asked_by_id_3937f207_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_release
    ADD CONSTRAINT reporting_release_dismissed_by_id_69554b95_fk_users_user_id FOREIGN KEY (dismissed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_release
    ADD CONSTRAINT reporting_release_period_id_8ffbc602_fk_reporting FOREIGN KEY (period_id) REFERENCES public.reporting_closedperiod(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_revision
    ADD CONSTRAINT reporting_revision_noted_by_id_a7c647f8_fk_users_user_id FOREIGN KEY (noted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_revision
    ADD CONSTRAINT reporting_revision_period_id_9a992a95_fk_reporting FOREIGN KEY (period_id) REFERENCES public.reporting_closedperiod(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_statequestion
    ADD CONSTRAINT reporting_statequest_answered_by_id_fad6c5ab_fk_users_use FOREIGN KEY (answered_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_statequestion
    ADD CONSTRAINT reporting_statequest_partner_id_d6088ea5_fk_partners_ FOREIGN KEY (partner_id) REFERENCES public.partners_partner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_statequestion
    ADD CONSTRAINT reporting_statequestion_asked_by_id_d144d95a_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_target
    ADD CONSTRAINT reporting_target_set_by_id_d34c938d_fk_users_user_id FOREIGN KEY (set_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.retention_row
    ADD CONSTRAINT retention_row_kind_id_c83bcd75_fk_retention_kind_kind FOREIGN KEY (kind_id) REFERENCES public.retention_kind(kind) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.retention_row
    ADD CONSTRAINT retention_row_run_id_020c34e0_fk_retention_run_id FOREIGN KEY (run_id) REFERENCES public.retention_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.retention_ruleversion
    ADD CONSTRAINT retention_ruleversion_kind_id_84251125_fk_retention_kind_kind FOREIGN KEY (kind_id) REFERENCES public.retention_kind(kind) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_accessreview
    ADD CONSTRAINT rights_accessreview_signed_by_id_1db215b1_fk_users_user_id FOREIGN KEY (signed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_alertreceipt
    ADD CONSTRAINT rights_alertreceipt_alert_id_b2e740f3_fk_access_alert_id FOREIGN KEY (alert_id) REFERENCES public.access_alert(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_alertreceipt
    ADD CONSTRAINT rights_alertreceipt_by_id_df4f0924_fk_users_user_id FOREIGN KEY (by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_filecopy
    ADD CONSTRAINT rights_filecopy_agreed_by_id_278f2088_fk_users_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_filecopy
    ADD CONSTRAINT rights_filecopy_asked_by_id_9454cff2_fk_users_user_id FOREIGN KEY (asked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_filecopy
    ADD CONSTRAINT rights_filecopy_request_id_e8873294_fk_rights_rightsrequest_id FOREIGN KEY (request_id) REFERENCES public.rights_rightsrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_rightsdetail
    ADD CONSTRAINT rights_rightsdetail_request_id_44a976be_fk_rights_ri FOREIGN KEY (request_id) REFERENCES public.rights_rightsrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_rightsrequest
    ADD CONSTRAINT rights_rightsrequest_case_id_a5dfa118_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_rightsrequest
    ADD CONSTRAINT rights_rightsrequest_registered_by_id_84e8061f_fk_users_user_id FOREIGN KEY (registered_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_rightsstep
    ADD CONSTRAINT rights_rightsstep_by_id_bc62b50a_fk_users_user_id FOREIGN KEY (by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rights_rightsstep
    ADD CONSTRAINT rights_rightsstep_request_id_e14e20ec_fk_rights_ri FOREIGN KEY (request_id) REFERENCES public.rights_rightsrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_user_id_8146e70c_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_content_type_id_9957a03c_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_tag_id_f4f5b767_fk_taggit_tag_id FOREIGN KEY (tag_id) REFERENCES public.taggit_tag(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.territory_aseauthorityname
    ADD CONSTRAINT territory_aseauthori_authority_id_fccbccac_fk_territory FOREIGN KEY (authority_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.territory_asecoverage
    ADD CONSTRAINT territory_asecoverag_authority_id_e14eec3c_fk_territory FOREIGN KEY (authority_id) REFERENCES public.territory_aseauthority(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.territory_asecoverage
    ADD CONSTRAINT territory_asecoverag_territory_id_c03b063d_fk_territory FOREIGN KEY (territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.territory_territory_neighbours
    ADD CONSTRAINT territory_territory__from_territory_id_29589bfb_fk_territory FOREIGN KEY (from_territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.territory_territory_neighbours
    ADD CONSTRAINT territory_territory__to_territory_id_3cf79367_fk_territory FOREIGN KEY (to_territory_id) REFERENCES public.territory_territory(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.territory_territory
    ADD CONSTRAINT territory_territory_region_id_73889476_fk_territory_region_code FOREIGN KEY (region_id) REFERENCES public.territory_region(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_user_groups
    ADD CONSTRAINT users_user_groups_group_id_9afc8d0e_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_user_groups
    ADD CONSTRAINT users_user_groups_user_id_5f6f5a90_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_user_user_permissions
    ADD CONSTRAINT users_user_user_perm_permission_id_0b93982e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_user_user_permissions
    ADD CONSTRAINT users_user_user_permissions_user_id_20aca447_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.values_value
    ADD CONSTRAINT values_value_list_code_9c7d9aba_fk_values_valuelist_code FOREIGN KEY (list_code) REFERENCES public.values_valuelist(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.values_value
    ADD CONSTRAINT values_value_parent_id_8971b767_fk_values_value_id FOREIGN KEY (parent_id) REFERENCES public.values_value(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editing_content_type_id_4df7730e_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editingsession_user_id_6e1a9b70_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formsta_content_type_id_e32438b3_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formstate_user_id_b910adc2_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_apitoken
    ADD CONSTRAINT wagtailcore_apitoken_user_id_49b1141b_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction
    ADD CONSTRAINT wagtailcore_collecti_collection_id_761908ec_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collecti_collectionviewrestri_47320efd_fk_wagtailco FOREIGN KEY (collectionviewrestriction_id) REFERENCES public.wagtailcore_collectionviewrestriction(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collecti_group_id_1823f2a3_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_page_id_108444b5_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_resolved_by_id_a282aa0e_fk_users_user_id FOREIGN KEY (resolved_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_revision_created_id_1d058279_fk_wagtailco FOREIGN KEY (revision_created_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_user_id_0c577ca6_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentr_comment_id_afc7e027_fk_wagtailco FOREIGN KEY (comment_id) REFERENCES public.wagtailcore_comment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentreply_user_id_d0b3b9c3_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapp_group_id_2e64b61f_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapp_groupapprovaltask_id_9a9255ea_fk_wagtailco FOREIGN KEY (groupapprovaltask_id) REFERENCES public.wagtailcore_groupapprovaltask(task_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupapprovaltask
    ADD CONSTRAINT wagtailcore_groupapp_task_ptr_id_cfe58781_fk_wagtailco FOREIGN KEY (task_ptr_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_collection_id_5423575a_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_group_id_05d61460_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_permission_id_1b626275_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_group_id_fc07e671_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_page_id_710b114a_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_permission_id_05acb22e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_group_id_e5cdbee4_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_permission_id_459b1f38_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_site_id_245de488_fk_wagtailco FOREIGN KEY (site_id) REFERENCES public.wagtailcore_site(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_modellogentry
    ADD CONSTRAINT wagtailcore_modellog_content_type_id_68849e77_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_alias_of_id_12945502_fk_wagtailcore_page_id FOREIGN KEY (alias_of_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_content_type_id_c28424df_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_latest_revision_id_e60fef51_fk_wagtailco FOREIGN KEY (latest_revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_live_revision_id_930bd822_fk_wagtailco FOREIGN KEY (live_revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_locale_id_3c7e30a6_fk_wagtailcore_locale_id FOREIGN KEY (locale_id) REFERENCES public.wagtailcore_locale(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_locked_by_id_bcb86245_fk_users_user_id FOREIGN KEY (locked_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_owner_id_fbf7c332_fk_users_user_id FOREIGN KEY (owner_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_pagelogentry
    ADD CONSTRAINT wagtailcore_pageloge_content_type_id_74e7708a_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_pagerevision_user_id_2409d2f4_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubs_page_id_a085e7a6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_user_id_89d7def9_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageview_group_id_6460f223_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_pageviewrestriction
    ADD CONSTRAINT wagtailcore_pageview_page_id_15a8bea6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageview_pageviewrestriction__f147a99a_fk_wagtailco FOREIGN KEY (pageviewrestriction_id) REFERENCES public.wagtailcore_pageviewrestriction(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_base_content_type_id_313cf40f_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_content_type_id_766e0336_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_to_content_type_id_93690bbd_fk_django_co FOREIGN KEY (to_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_revision_base_content_type_id_5b4ef7bd_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_revision_content_type_id_c8cb69c0_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_root_page_id_e02fb95c_fk_wagtailcore_page_id FOREIGN KEY (root_page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_task
    ADD CONSTRAINT wagtailcore_task_content_type_id_249ab8ba_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_content_type_id_0a758fdc_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_revision_id_df25a499_fk_wagtailco FOREIGN KEY (revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_workflow_state_id_9239a775_fk_wagtailco FOREIGN KEY (workflow_state_id) REFERENCES public.wagtailcore_workflowstate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_finished_by_id_13f98229_fk_users_user_id FOREIGN KEY (finished_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_task_id_c3677c34_fk_wagtailcore_task_id FOREIGN KEY (task_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploaded_for_content_type_id_b0fc87b2_fk_django_co FOREIGN KEY (for_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploaded_uploaded_by_user_id_c7580fe8_fk_users_use FOREIGN KEY (uploaded_by_user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_base_content_type_id_a30dc576_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_content_type_id_2bb78ce1_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflow_content_type_id_b261bb37_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_current_task_state_i_3a1a0632_fk_wagtailco FOREIGN KEY (current_task_state_id) REFERENCES public.wagtailcore_taskstate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflow_page_id_81e7bab6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_requested_by_id_4090bca3_fk_users_use FOREIGN KEY (requested_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflow_task_id_ce7716fe_fk_wagtailco FOREIGN KEY (task_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_1f18378f_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_56f56ff6_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_9aad7cd2_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_b9717175_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_collection_id_23881625_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_uploaded_by_user_id_17258b41_fk_users_use FOREIGN KEY (uploaded_by_user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_collection_id_c2f8af7e_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_uploaded_by_user_id_5d73dc75_fk_users_use FOREIGN KEY (uploaded_by_user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendit_image_id_3e1fd774_fk_wagtailim FOREIGN KEY (image_id) REFERENCES public.wagtailimages_image(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexe_content_type_id_62ed694f_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_user_id_59c92331_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.access_alert ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.access_apitoken ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.access_displaytoken ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.access_draft ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.access_grant ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.access_reveal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.access_signin ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts_accountreview ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts_accountsuspension ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts_factorreset ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts_invitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts_rightschange ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_absence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_afterstay ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_authoritynotice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_authoritywaiver ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_case ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_caseapart ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_caseform ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_caseidentity ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_caselanguage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_casemerge ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_casename ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_caseneed ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_casesound ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_circuit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_circuitstep ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_circuittemplate ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_circuitversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_extraanswer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_extrafield ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_filledgrid ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_gridversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_identitygiven ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incident ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidentcause ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidentchild ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidentdetail ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidentevent ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidentpair ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidentreview ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_incidenttask ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_journey ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_keepaway ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_legalframe ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_linking ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_linkingagreement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_linkingcheck ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_linkingversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_matching ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_matchingrules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_noticeproof ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_orientation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_payeragreement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_peopletoavoid ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_placeconfirmation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_placement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_runaway ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_runawaydelay ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_runawayreturn ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_severitytargets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_sollicitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_sollicitationdetail ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_sollicitationform ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_sollicitationmessage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_stayderogation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_stayreview ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_switchboardcall ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_unmetneed ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_unverifiedrequest ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_voicemessage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases_voicereply ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dashboards_figuremark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dashboards_keptresult ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dashboards_savedtable ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dashboards_trace ENABLE ROW LEVEL SECURITY;

CREATE POLICY delete_rows ON public.access_alert FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.access_apitoken FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.access_displaytoken FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.access_draft FOR DELETE USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY delete_rows ON public.access_grant FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.access_reveal FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.access_signin FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.accounts_accountreview FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.accounts_accountsuspension FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.accounts_factorreset FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.accounts_invitation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.accounts_rightschange FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_absence FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_afterstay FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_authoritynotice FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_authoritywaiver FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_case FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_caseapart FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_caseform FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_caseidentity FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_caselanguage FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_casemerge FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_casename FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_caseneed FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_casesound FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_circuit FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_circuitstep FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_circuittemplate FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_circuitversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_extraanswer FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (NOT is_sealed)));

CREATE POLICY delete_rows ON public.cases_extrafield FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_filledgrid FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_gridversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_identitygiven FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incident FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidentcause FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidentchild FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidentdetail FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidentevent FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidentpair FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidentreview FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_incidenttask FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_journey FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_keepaway FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_legalframe FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_linking FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_linkingagreement FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_linkingcheck FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_linkingversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_matching FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_matchingrules FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_noticeproof FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_orientation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_payeragreement FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_peopletoavoid FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_placeconfirmation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_placement FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_proposal FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_runaway FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_runawaydelay FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_runawayreturn FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_severitytargets FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_sollicitation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_sollicitationdetail FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_sollicitationform FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.cases_sollicitationmessage FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_stayderogation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_stayreview FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_switchboardcall FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_unmetneed FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_unverifiedrequest FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_voicemessage FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.cases_voicereply FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.dashboards_figuremark FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.dashboards_keptresult FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.dashboards_savedtable FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.dashboards_trace FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_acknowledgement FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_authorisedunit FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_clauseversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_documentversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_reading FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_unitreview FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.documents_versionproposal FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.exports_export FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.files_attachment FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_answersheet FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_attendance FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_attestation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_countersignature FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_enrolment FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_excuse FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_halfday FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_professional FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_professionalapart FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_professionalmerge FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_satisfaction FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_session FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_sessioninvitation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_sessionnotice FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_sessiontrainer FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.formation_signature FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_supportact FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_waitingentry FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_walkin FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_yearplan FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.formation_yearplanline FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_duty FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_dutyswap FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_messagetext FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_notificationchoice FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_obligation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_ring FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_ringstep FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.notify_sending FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_contact FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY delete_rows ON public.partners_convention FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_conventionfollowup FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_conventionstep FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_conventionversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_membership FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_partner FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_partneridentity FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_place FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_structureprofile FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.partners_structureprofile_contraindications FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY delete_rows ON public.partners_structureprofile_forms FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY delete_rows ON public.partners_structureprofile_languages FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY delete_rows ON public.partners_structureprofile_sexes FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY delete_rows ON public.partners_suspension FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.proconnect_accountrequest FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_assessment FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_campaign FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_confirmedmark FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_derogation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_evidence FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_mark FOR DELETE USING (public.writes_assessment(assessment_id));

CREATE POLICY delete_rows ON public.referentiel_observation FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_planstep FOR DELETE USING (public.writes_assessment(assessment_id));

CREATE POLICY delete_rows ON public.referentiel_visit FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.referentiel_visitmark FOR DELETE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.visit_is_in(visit_id, ARRAY['draft'::text])));

CREATE POLICY delete_rows ON public.reporting_closedperiod FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_closedrows FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_committee FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_historyimport FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_release FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_revision FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_statequestion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.reporting_target FOR DELETE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY delete_rows ON public.retention_done FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.retention_kind FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.retention_legalhold FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.retention_row FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.retention_ruleversion FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.retention_run FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.retention_warning FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_accessreview FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_alertreceipt FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_filecopy FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_nightcheck FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_rightsdetail FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_rightsrequest FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.rights_rightsstep FOR DELETE USING (false);

CREATE POLICY delete_rows ON public.socialaccount_socialaccount FOR DELETE USING (false);

ALTER TABLE public.documents_acknowledgement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents_authorisedunit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents_clauseversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents_documentversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents_reading ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents_unitreview ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents_versionproposal ENABLE ROW LEVEL SECURITY;

CREATE POLICY dpo_rows ON public.access_grant FOR SELECT USING (( SELECT public.scope_has_role('dpo'::text) AS scope_has_role));

ALTER TABLE public.exports_export ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_answersheet ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_attendance ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_attestation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_countersignature ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_enrolment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_excuse ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_halfday ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_professional ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_professionalapart ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_professionalmerge ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_satisfaction ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_session ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_sessioninvitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_sessionnotice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_sessiontrainer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_signature ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_supportact ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_waitingentry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_walkin ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_yearplan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.formation_yearplanline ENABLE ROW LEVEL SECURITY;

CREATE POLICY insert_rows ON public.access_alert FOR INSERT WITH CHECK (((raised_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.reveal_may_open((object_kind)::text, object_id, 'identity'::text, true)));

CREATE POLICY insert_rows ON public.access_apitoken FOR INSERT WITH CHECK ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY insert_rows ON public.access_displaytoken FOR INSERT WITH CHECK ((opened_by_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY insert_rows ON public.access_draft FOR INSERT WITH CHECK ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY insert_rows ON public.access_grant FOR INSERT WITH CHECK (public.scope_manages_cases());

CREATE POLICY insert_rows ON public.access_reveal FOR INSERT WITH CHECK (((user_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (starts_at <= (statement_timestamp() + '00:01:00'::interval)) AND public.reveal_may_open((object_kind)::text, object_id, (what)::text, is_break_glass)));

CREATE POLICY insert_rows ON public.access_signin FOR INSERT WITH CHECK ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY insert_rows ON public.accounts_accountreview FOR INSERT WITH CHECK (((confirmed_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (user_id <> ( SELECT public.scope_user_id() AS scope_user_id)) AND public.review_may_confirm(membership_id, user_id) AND ((membership_id IS NULL) OR public.can_see_membership(membership_id))));

CREATE POLICY insert_rows ON public.accounts_accountsuspension FOR INSERT WITH CHECK ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'accounts'::text), false) AND ((why)::text = 'dormant'::text) AND (starts_at IS NULL)));

CREATE POLICY insert_rows ON public.accounts_factorreset FOR INSERT WITH CHECK (((asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ((state)::text = 'pending'::text) AND (expires_at <= (now() + '8 days'::interval)) AND public.account_under(user_id)));

CREATE POLICY insert_rows ON public.accounts_invitation FOR INSERT WITH CHECK (((invited_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (accepted_at IS NULL) AND (cancelled_at IS NULL) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (((role)::text = 'structure_educator'::text) AND (NOT can_sign) AND (ends_on IS NOT NULL) AND (ends_on <= public.directs_until(partner_id)))) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.accounts_rightschange FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (user_id <> ( SELECT public.scope_user_id() AS scope_user_id)) AND ((state)::text = 'pending'::text) AND (expires_at <= (now() + '31 days'::interval))));

CREATE POLICY insert_rows ON public.cases_absence FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (placement_id IN ( SELECT public.placement_housed_ids() AS placement_housed_ids))) AND public.can_see_placement(placement_id)));

CREATE POLICY insert_rows ON public.cases_afterstay FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (noted_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_placement(placement_id)));

CREATE POLICY insert_rows ON public.cases_authoritynotice FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((told_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (incident_id IN ( SELECT public.incident_housed_ids() AS incident_housed_ids)))) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_authoritywaiver FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (decided_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_case FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.cases_caseapart FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (said_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (lifted_at IS NULL) AND (public.can_see_case(first_id) AND public.can_see_case(second_id))));

CREATE POLICY insert_rows ON public.cases_caseform FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_caseidentity FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_caselanguage FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_casemerge FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (agreed_at IS NULL) AND (dismissed_at IS NULL) AND (public.can_see_case(kept_id) AND public.can_see_case(merged_id))));

CREATE POLICY insert_rows ON public.cases_casename FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_caseneed FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_casesound FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_circuit FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_circuitversion(version_id))));

CREATE POLICY insert_rows ON public.cases_circuitstep FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_circuit(circuit_id)));

CREATE POLICY insert_rows ON public.cases_circuittemplate FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR public.scope_is_reference()));

CREATE POLICY insert_rows ON public.cases_circuitversion FOR INSERT WITH CHECK ((((public.scope_is_reference() AND (published_by_id IS NULL)) OR (( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (published_by_id = ( SELECT public.scope_user_id() AS scope_user_id)))) AND public.can_see_circuittemplate(template_id)));

CREATE POLICY insert_rows ON public.cases_extraanswer FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_written_ids() AS sollicitation_written_ids))) AND (((sollicitation_id IS NULL) OR public.can_see_sollicitation(sollicitation_id)) AND ((case_id IS NULL) OR public.can_see_case(case_id)))));

CREATE POLICY insert_rows ON public.cases_extrafield FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.cases_filledgrid FOR INSERT WITH CHECK (((filled_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_asked_open_ids() AS sollicitation_asked_open_ids))) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY insert_rows ON public.cases_gridversion FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (published_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) OR (( SELECT public.scope_is_reference() AS scope_is_reference) AND (published_by_id IS NULL))));

CREATE POLICY insert_rows ON public.cases_identitygiven FOR INSERT WITH CHECK (((given_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (taken_at IS NULL) AND (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[])) AND (public.can_see_partner(partner_id) AND public.can_see_case_to_name(case_id))));

CREATE POLICY insert_rows ON public.cases_incident FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((NOT is_test) AND (((declared_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND is_from_outside AND is_confidential AND (partner_id IS NULL) AND (placement_id IS NULL) AND (service_id IS NULL) AND ((state)::text = 'declared'::text)) OR ((NOT is_from_outside) AND (((declared_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]))) AND (service_id IS NULL)) OR ((declared_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (service_id = ANY (public.scope_partners_as(VARIADIC ARRAY['requester'::text]))) AND (placement_id IN ( SELECT public.placement_of_own_minor_ids() AS placement_of_own_minor_ids)))))))) AND (((partner_id IS NULL) OR public.can_see_partner(partner_id) OR ((declared_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (service_id = ANY (public.scope_partners_as(VARIADIC ARRAY['requester'::text]))) AND (placement_id IN ( SELECT public.placement_of_own_minor_ids() AS placement_of_own_minor_ids)))) AND ((placement_id IS NULL) OR public.can_see_placement(placement_id)) AND ((service_id IS NULL) OR public.can_see_partner(service_id)))));

CREATE POLICY insert_rows ON public.cases_incidentcause FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_incidentchild FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (incident_id IN ( SELECT public.incident_written_ids() AS incident_written_ids))) AND (public.can_see_incident(incident_id) AND ((placement_id IS NULL) OR public.can_see_placement(placement_id)) AND ((case_id IS NULL) OR public.can_see_case(case_id)))));

CREATE POLICY insert_rows ON public.cases_incidentdetail FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (incident_id IN ( SELECT public.incident_written_ids() AS incident_written_ids))) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_incidentevent FOR INSERT WITH CHECK (((author_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (is_shared AND (incident_id IN ( SELECT public.incident_housed_ids() AS incident_housed_ids)))) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_incidentpair FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (said_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (public.can_see_incident(first_id) AND public.can_see_incident(second_id))));

CREATE POLICY insert_rows ON public.cases_incidentreview FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_incidenttask FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_incident(incident_id)));

CREATE POLICY insert_rows ON public.cases_journey FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_linking(linking_id)));

CREATE POLICY insert_rows ON public.cases_keepaway FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_legalframe FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_linking FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (placement_id IS NULL) AND (waived_at IS NULL) AND (cancelled_at IS NULL) AND (public.can_see_case(case_id) AND public.can_see_partner(partner_id) AND ((requester_id IS NULL) OR public.can_see_partner(requester_id)) AND ((guardian_id IS NULL) OR (public.can_see_partner(guardian_id) AND public.may_entrust(guardian_id))) AND ((orientation_id IS NULL) OR public.can_see_orientation(orientation_id)) AND ((placement_id IS NULL) OR public.can_see_placement(placement_id)))));

CREATE POLICY insert_rows ON public.cases_linkingagreement FOR INSERT WITH CHECK (((given_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (((party)::text <> 'requester'::text) OR public.linking_has_guardian(linking_id))) OR (((way)::text = 'online'::text) AND ((reply)::text = 'agreed'::text) AND ((((party)::text = 'structure'::text) AND (linking_id IN ( SELECT public.linking_housed_ids() AS linking_housed_ids))) OR (((party)::text = 'requester'::text) AND (linking_id IN ( SELECT public.linking_entrusted_ids() AS linking_entrusted_ids)))))) AND (NOT (version_id IS DISTINCT FROM public.linkingversion_latest(linking_id))) AND (public.can_see_linking(linking_id) AND ((version_id IS NULL) OR public.can_see_linkingversion(version_id)))));

CREATE POLICY insert_rows ON public.cases_linkingcheck FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_linking(linking_id)));

CREATE POLICY insert_rows ON public.cases_linkingversion FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_linking(linking_id)));

CREATE POLICY insert_rows ON public.cases_matching FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_orientation(orientation_id) AND public.can_see_sollicitation(sollicitation_id))));

CREATE POLICY insert_rows ON public.cases_matchingrules FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.cases_noticeproof FOR INSERT WITH CHECK (((added_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (notice_id IN ( SELECT public.notice_housed_ids() AS notice_housed_ids))) AND public.can_see_notice(notice_id)));

CREATE POLICY insert_rows ON public.cases_orientation FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_sollicitation(sollicitation_id))));

CREATE POLICY insert_rows ON public.cases_payeragreement FOR INSERT WITH CHECK (((given_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (((reply)::text <> 'agreed'::text) OR public.payer_agreement_holds(linking_id, (payer_id)::text, daily_price_cents, ends_on)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (((way)::text = 'online'::text) AND ((reply)::text = 'agreed'::text) AND (linking_id IN ( SELECT public.linking_paid_ids() AS linking_paid_ids)))) AND public.can_see_linking(linking_id)));

CREATE POLICY insert_rows ON public.cases_peopletoavoid FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_case(case_id)));

CREATE POLICY insert_rows ON public.cases_placeconfirmation FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.cases_placement FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_partner(partner_id) AND (public.can_see_case(case_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND ((orientation_id IS NULL) OR public.can_see_orientation(orientation_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND ((follows_id IS NULL) OR public.can_see_placement(follows_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND ((place_id IS NULL) OR public.can_see_place(place_id)) AND ((convention_id IS NULL) OR public.can_see_convention(convention_id)))));

CREATE POLICY insert_rows ON public.cases_proposal FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_partner(partner_id) AND (public.can_see_orientation(orientation_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))))));

CREATE POLICY insert_rows ON public.cases_runaway FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (incident_id IN ( SELECT public.incident_written_ids() AS incident_written_ids))) AND (public.can_see_incident(incident_id) AND ((absence_id IS NULL) OR public.can_see_absence(absence_id)))));

CREATE POLICY insert_rows ON public.cases_runawaydelay FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.cases_runawayreturn FOR INSERT WITH CHECK (((recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (absence_id IN ( SELECT public.absence_housed_ids() AS absence_housed_ids))) AND public.can_see_absence(absence_id)));

CREATE POLICY insert_rows ON public.cases_severitytargets FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (changed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY insert_rows ON public.cases_sollicitation FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((submitted_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (requester_id = ANY (public.scope_partners_as(VARIADIC ARRAY['requester'::text, 'transmitter'::text]))) AND (case_id IS NULL))) AND (public.can_see_partner(requester_id) AND ((case_id IS NULL) OR public.can_see_case(case_id)) AND ((relance_of_id IS NULL) OR public.can_see_sollicitation(relance_of_id)))));

CREATE POLICY insert_rows ON public.cases_sollicitationdetail FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_written_ids() AS sollicitation_written_ids))) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY insert_rows ON public.cases_sollicitationform FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_written_ids() AS sollicitation_written_ids))) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY insert_rows ON public.cases_sollicitationmessage FOR INSERT WITH CHECK ((((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ((kind)::text <> 'reply'::text)) OR (((kind)::text = 'reply'::text) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_reply_sollicitation(sollicitation_id))) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY insert_rows ON public.cases_stayderogation FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (agreed_at IS NULL) AND (refused_at IS NULL) AND (public.can_see_case(case_id) AND public.can_see_partner(partner_id))));

CREATE POLICY insert_rows ON public.cases_stayreview FOR INSERT WITH CHECK (((written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (placement_id IN ( SELECT public.placement_housed_ids() AS placement_housed_ids))) AND public.can_see_placement(placement_id)));

CREATE POLICY insert_rows ON public.cases_switchboardcall FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (called_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_unverified(request_id)));

CREATE POLICY insert_rows ON public.cases_unmetneed FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (noted_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY insert_rows ON public.cases_unverifiedrequest FOR INSERT WITH CHECK (((( SELECT public.scope_system() AS scope_system) = 'front_door'::text) AND ((state)::text = 'waiting'::text) AND ((sollicitation_id IS NULL) OR public.can_see_sollicitation(sollicitation_id))));

CREATE POLICY insert_rows ON public.cases_voicemessage FOR INSERT WITH CHECK ((false AND ((incident_id IS NULL) OR public.can_see_incident(incident_id))));

CREATE POLICY insert_rows ON public.cases_voicereply FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (NOT is_from_child) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_voice(message_id)));

CREATE POLICY insert_rows ON public.dashboards_figuremark FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.dashboards_keptresult FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.dashboards_savedtable FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (author_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY insert_rows ON public.dashboards_trace FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.documents_acknowledgement FOR INSERT WITH CHECK (((((signed_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (recorded_by_id IS NULL) AND (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'requester'::text])))) OR ((signed_by_id IS NULL) AND (recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases))) AND (public.can_see_partner(partner_id) AND public.can_see_documentversion(version_id) AND ((previous_id IS NULL) OR public.can_see_acknowledgement(previous_id)))));

CREATE POLICY insert_rows ON public.documents_authorisedunit FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.documents_clauseversion FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR ( SELECT public.scope_has_role('editor'::text) AS scope_has_role)) AND public.can_see_documentversion(version_id)));

CREATE POLICY insert_rows ON public.documents_documentversion FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR ( SELECT public.scope_has_role('editor'::text) AS scope_has_role)));

CREATE POLICY insert_rows ON public.documents_reading FOR INSERT WITH CHECK (((user_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (cardinality(public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text])) > 0) AND public.can_see_documentversion(version_id)));

CREATE POLICY insert_rows ON public.documents_unitreview FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_authorisedunit(unit_id)));

CREATE POLICY insert_rows ON public.documents_versionproposal FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('editor'::text) AS scope_has_role)) AND (proposed_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ((state)::text = 'proposed'::text) AND ((version_id IS NULL) OR public.can_see_documentversion(version_id))));

CREATE POLICY insert_rows ON public.exports_export FOR INSERT WITH CHECK ((author_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY insert_rows ON public.files_attachment FOR INSERT WITH CHECK (((added_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.attachment_may_add((object_kind)::text, object_id, is_portrait)));

CREATE POLICY insert_rows ON public.formation_answersheet FOR INSERT WITH CHECK ((false AND (((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)) AND ((walk_in_id IS NULL) OR public.can_see_walkin(walk_in_id)))));

CREATE POLICY insert_rows ON public.formation_attendance FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids)))) AND (public.can_see_enrolment(enrolment_id) AND public.can_see_halfday(half_day_id))));

CREATE POLICY insert_rows ON public.formation_attestation FOR INSERT WITH CHECK (((issued_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids))) AND (public.can_see_enrolment(enrolment_id) AND ((replaces_id IS NULL) OR public.can_see_attestation(replaces_id)))));

CREATE POLICY insert_rows ON public.formation_countersignature FOR INSERT WITH CHECK (((signed_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (half_day_id IN ( SELECT public.halfday_trained_ids() AS halfday_trained_ids))) AND public.can_see_halfday(half_day_id)));

CREATE POLICY insert_rows ON public.formation_enrolment FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (employer_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND (public.can_see_session(session_id) AND public.can_see_professional(professional_id) AND ((employer_id IS NULL) OR public.can_see_partner(employer_id) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids))))));

CREATE POLICY insert_rows ON public.formation_excuse FOR INSERT WITH CHECK (((told_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))) AND (public.can_see_halfday(half_day_id) AND public.can_see_enrolment(enrolment_id))));

CREATE POLICY insert_rows ON public.formation_halfday FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids))) AND public.can_see_session(session_id)));

CREATE POLICY insert_rows ON public.formation_professional FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((created_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_has_role('trainer'::text) AS scope_has_role) OR (employer_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))))) AND (((employer_id IS NULL) OR public.can_see_partner(employer_id)) AND ((merged_into_id IS NULL) OR public.can_see_professional(merged_into_id)))));

CREATE POLICY insert_rows ON public.formation_professionalapart FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (said_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (public.can_see_professional(first_id) AND public.can_see_professional(second_id))));

CREATE POLICY insert_rows ON public.formation_professionalmerge FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (merged_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (public.can_see_professional(kept_id) AND public.can_see_professional(merged_id))));

CREATE POLICY insert_rows ON public.formation_satisfaction FOR INSERT WITH CHECK ((false AND public.can_see_session(session_id)));

CREATE POLICY insert_rows ON public.formation_session FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('trainer'::text) AS scope_has_role)));

CREATE POLICY insert_rows ON public.formation_sessioninvitation FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (invited_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (declined_at IS NULL) AND (public.can_see_session(session_id) AND public.can_see_partner(partner_id))));

CREATE POLICY insert_rows ON public.formation_sessionnotice FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids)) OR (( SELECT public.scope_has_role('structure_director'::text) AS scope_has_role) AND (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids)))) AND public.can_see_enrolment(enrolment_id)));

CREATE POLICY insert_rows ON public.formation_sessiontrainer FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (( SELECT public.scope_has_role('trainer'::text) AS scope_has_role) AND (trainer_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (NOT public.session_has_trainer(session_id)))) AND public.can_see_session(session_id)));

CREATE POLICY insert_rows ON public.formation_signature FOR INSERT WITH CHECK ((((way)::text = 'device'::text) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (half_day_id IN ( SELECT public.halfday_trained_ids() AS halfday_trained_ids))) AND (public.can_see_halfday(half_day_id) AND ((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)) AND ((walk_in_id IS NULL) OR public.can_see_walkin(walk_in_id)))));

CREATE POLICY insert_rows ON public.formation_supportact FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_has_role('trainer'::text) AS scope_has_role))) AND (((partner_id IS NULL) OR public.can_see_partner(partner_id)) AND ((professional_id IS NULL) OR public.can_see_professional(professional_id)))));

CREATE POLICY insert_rows ON public.formation_waitingentry FOR INSERT WITH CHECK (((asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR ( SELECT public.scope_has_role('structure_director'::text) AS scope_has_role)) AND (public.can_see_session(session_id) AND public.can_see_professional(professional_id) AND ((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)))));

CREATE POLICY insert_rows ON public.formation_walkin FOR INSERT WITH CHECK ((false AND (public.can_see_session(session_id) AND ((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)))));

CREATE POLICY insert_rows ON public.formation_yearplan FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.formation_yearplanline FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_yearplan(plan_id)));

CREATE POLICY insert_rows ON public.notify_duty FOR INSERT WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY insert_rows ON public.notify_dutyswap FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (proposed_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (answered_at IS NULL) AND (public.can_see_duty(duty_id) AND ((in_exchange_id IS NULL) OR public.can_see_duty(in_exchange_id)))));

CREATE POLICY insert_rows ON public.notify_messagetext FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY insert_rows ON public.notify_notificationchoice FOR INSERT WITH CHECK ((person_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY insert_rows ON public.notify_obligation FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.notify_ring FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.notify_ringstep FOR INSERT WITH CHECK ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) AND public.can_see_ring(ring_id)));

CREATE POLICY insert_rows ON public.notify_sending FOR INSERT WITH CHECK ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) AND public.can_see_obligation(obligation_id)));

CREATE POLICY insert_rows ON public.partners_contact FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.partners_convention FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.partners_conventionfollowup FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_convention(convention_id)));

CREATE POLICY insert_rows ON public.partners_conventionstep FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_convention(convention_id)));

CREATE POLICY insert_rows ON public.partners_conventionversion FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_convention(convention_id)));

CREATE POLICY insert_rows ON public.partners_membership FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND (user_id IS DISTINCT FROM ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.partners_partner FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY insert_rows ON public.partners_partneridentity FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.partners_place FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.partners_structureprofile FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.partners_structureprofile_contraindications FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY insert_rows ON public.partners_structureprofile_forms FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY insert_rows ON public.partners_structureprofile_languages FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY insert_rows ON public.partners_structureprofile_sexes FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY insert_rows ON public.partners_suspension FOR INSERT WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.proconnect_accountrequest FOR INSERT WITH CHECK (((( SELECT public.scope_system() AS scope_system) = 'proconnect'::text) AND ((state)::text = 'pending'::text)));

CREATE POLICY insert_rows ON public.referentiel_assessment FOR INSERT WITH CHECK (((started_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[])) AND (public.can_see_partner(partner_id) AND public.can_see_campaign(campaign_id) AND public.can_see_documentversion(version_id))));

CREATE POLICY insert_rows ON public.referentiel_campaign FOR INSERT WITH CHECK (((opened_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases)));

CREATE POLICY insert_rows ON public.referentiel_confirmedmark FOR INSERT WITH CHECK (((decided_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.visit_is_in(visit_id, ARRAY['answered'::text, 'unanswered'::text]) AND (public.can_see_visit(visit_id) AND public.can_see_partner(partner_id) AND public.visit_is_of(visit_id, partner_id))));

CREATE POLICY insert_rows ON public.referentiel_derogation FOR INSERT WITH CHECK (((asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (agreed_at IS NULL) AND (revoked_at IS NULL) AND public.can_see_partner(partner_id)));

CREATE POLICY insert_rows ON public.referentiel_evidence FOR INSERT WITH CHECK (((added_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (public.writes_assessment(assessment_id) OR ((replaces_id IS NOT NULL) AND public.follows_assessment(assessment_id))) AND (public.can_see_assessment(assessment_id) AND ((replaces_id IS NULL) OR public.can_see_evidence(replaces_id)) AND ((replaces_id IS NULL) OR public.evidence_is_of(replaces_id, assessment_id, (code)::text)))));

CREATE POLICY insert_rows ON public.referentiel_mark FOR INSERT WITH CHECK (((marked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.writes_assessment(assessment_id) AND public.can_see_assessment(assessment_id)));

CREATE POLICY insert_rows ON public.referentiel_observation FOR INSERT WITH CHECK ((public.observes_exigence(visit_id, (code)::text) AND (public.can_see_visit(visit_id) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)))));

CREATE POLICY insert_rows ON public.referentiel_planstep FOR INSERT WITH CHECK ((public.writes_assessment(assessment_id) AND public.can_see_assessment(assessment_id)));

CREATE POLICY insert_rows ON public.referentiel_visit FOR INSERT WITH CHECK (((opened_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases) AND ((state)::text = 'draft'::text) AND (public.can_see_partner(partner_id) AND public.can_see_documentversion(version_id) AND ((assessment_id IS NULL) OR (public.can_see_assessment(assessment_id) AND public.assessment_is_of(assessment_id, partner_id))))));

CREATE POLICY insert_rows ON public.referentiel_visitmark FOR INSERT WITH CHECK (((marked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.visit_is_in(visit_id, ARRAY['draft'::text]) AND (public.can_see_visit(visit_id) AND (marked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)))));

CREATE POLICY insert_rows ON public.reporting_closedperiod FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (agreed_by_id IS NULL) AND (dismissed_by_id IS NULL) AND (((agreed_by_id IS NULL) OR (agreed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND ((dismissed_by_id IS NULL) OR (dismissed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))))));

CREATE POLICY insert_rows ON public.reporting_closedrows FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_closedperiod(period_id) AND public.can_fill_closedperiod(period_id))));

CREATE POLICY insert_rows ON public.reporting_committee FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY insert_rows ON public.reporting_historyimport FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (agreed_by_id IS NULL) AND (dismissed_by_id IS NULL) AND (((agreed_by_id IS NULL) OR (agreed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND ((dismissed_by_id IS NULL) OR (dismissed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))))));

CREATE POLICY insert_rows ON public.reporting_release FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (agreed_by_id IS NULL) AND (dismissed_by_id IS NULL) AND (((agreed_by_id IS NULL) OR (agreed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND ((dismissed_by_id IS NULL) OR (dismissed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.can_see_closedperiod(period_id))));

CREATE POLICY insert_rows ON public.reporting_revision FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (noted_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_closedperiod(period_id)));

CREATE POLICY insert_rows ON public.reporting_statequestion FOR INSERT WITH CHECK (((asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (answered_by_id IS NULL) AND ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND ((side)::text = 'network'::text)) OR ((partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['state_reader'::text]))) AND ((side)::text = 'state'::text))) AND (((answered_by_id IS NULL) OR (answered_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.can_see_partner(partner_id))));

CREATE POLICY insert_rows ON public.reporting_target FOR INSERT WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (set_by_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY insert_rows ON public.retention_done FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.retention_kind FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.retention_legalhold FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.retention_row FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.retention_ruleversion FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.retention_run FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.retention_warning FOR INSERT WITH CHECK (false);

CREATE POLICY insert_rows ON public.rights_accessreview FOR INSERT WITH CHECK (((signed_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)));

CREATE POLICY insert_rows ON public.rights_alertreceipt FOR INSERT WITH CHECK (((by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)) AND public.alert_is_of_another(alert_id) AND public.can_see_alert(alert_id)));

CREATE POLICY insert_rows ON public.rights_filecopy FOR INSERT WITH CHECK (((asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (agreed_at IS NULL) AND ( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_rights_request(request_id)));

CREATE POLICY insert_rows ON public.rights_nightcheck FOR INSERT WITH CHECK ((( SELECT public.scope_system() AS scope_system) = 'journal'::text));

CREATE POLICY insert_rows ON public.rights_rightsdetail FOR INSERT WITH CHECK (public.can_see_rights_request(request_id));

CREATE POLICY insert_rows ON public.rights_rightsrequest FOR INSERT WITH CHECK (((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('coordination'::text) AS scope_has_role)) AND (registered_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ((case_id IS NULL) OR public.can_see_rights_case(case_id))));

CREATE POLICY insert_rows ON public.rights_rightsstep FOR INSERT WITH CHECK (((by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_rights_request(request_id)));

CREATE POLICY insert_rows ON public.socialaccount_socialaccount FOR INSERT WITH CHECK (((user_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases)));

ALTER TABLE public.journal_cut ENABLE ROW LEVEL SECURITY;

CREATE POLICY journal_cut_read ON public.journal_cut FOR SELECT TO havre_app USING (((NULLIF(current_setting('app.system'::text, true), ''::text) IS NOT NULL) OR COALESCE(((NULLIF(current_setting('app.roles'::text, true), ''::text))::text[] && ARRAY['direction'::text, 'dpo'::text]), false)));

ALTER TABLE public.journal_hold ENABLE ROW LEVEL SECURITY;

CREATE POLICY journal_hold_read ON public.journal_hold FOR SELECT TO havre_app USING (((NULLIF(current_setting('app.system'::text, true), ''::text) IS NOT NULL) OR COALESCE(((NULLIF(current_setting('app.roles'::text, true), ''::text))::text[] && ARRAY['direction'::text, 'dpo'::text]), false)));

ALTER TABLE public.journal_kind ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.journal_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.journal_line_default ENABLE ROW LEVEL SECURITY;

CREATE POLICY journal_line_read ON public.journal_line FOR SELECT TO havre_app USING (((NULLIF(current_setting('app.system'::text, true), ''::text) IS NOT NULL) OR COALESCE(((NULLIF(current_setting('app.roles'::text, true), ''::text))::text[] && ARRAY['direction'::text, 'dpo'::text]), false)));

ALTER TABLE public.journal_month ENABLE ROW LEVEL SECURITY;

CREATE POLICY journal_month_read ON public.journal_month FOR SELECT TO havre_app USING (((NULLIF(current_setting('app.system'::text, true), ''::text) IS NOT NULL) OR COALESCE(((NULLIF(current_setting('app.roles'::text, true), ''::text))::text[] && ARRAY['direction'::text, 'dpo'::text]), false)));

ALTER TABLE public.notify_duty ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_dutyswap ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_messagetext ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_notificationchoice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_obligation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_ring ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_ringstep ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notify_sending ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_convention ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_conventionfollowup ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_conventionstep ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_conventionversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_membership ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_partner ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_partneridentity ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_place ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_structureprofile ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_structureprofile_contraindications ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_structureprofile_forms ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_structureprofile_languages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_structureprofile_sexes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partners_suspension ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.proconnect_accountrequest ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_assessment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_campaign ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_confirmedmark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_derogation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_mark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_observation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_planstep ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_visit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referentiel_visitmark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_closedperiod ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_closedrows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_committee ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_historyimport ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_release ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_revision ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_statequestion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reporting_target ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_done ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_kind ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_legalhold ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_row ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_ruleversion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_run ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention_warning ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_accessreview ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_alertreceipt ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_filecopy ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_nightcheck ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_rightsdetail ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_rightsrequest ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rights_rightsstep ENABLE ROW LEVEL SECURITY;

CREATE POLICY select_rows ON public.access_alert FOR SELECT USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)));

CREATE POLICY select_rows ON public.access_apitoken FOR SELECT USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY select_rows ON public.access_displaytoken FOR SELECT USING (((opened_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases)));

CREATE POLICY select_rows ON public.access_draft FOR SELECT USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY select_rows ON public.access_grant FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ((user_id = public.scope_user_id()) OR ((partner_id = ANY (public.scope_partner_ids())) AND (((role)::text = ''::text) OR (((partner_id || ':'::text) || (role)::text) = ANY (public.scope_memberships())))))));

CREATE POLICY select_rows ON public.access_reveal FOR SELECT USING (((user_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)));

CREATE POLICY select_rows ON public.access_signin FOR SELECT USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY select_rows ON public.accounts_accountreview FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'accounts'::text), false) OR public.directs_membership(membership_id, false)));

CREATE POLICY select_rows ON public.accounts_accountsuspension FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'accounts'::text), false) OR public.account_under(user_id)));

CREATE POLICY select_rows ON public.accounts_factorreset FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR (asked_by_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY select_rows ON public.accounts_invitation FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[]))));

CREATE POLICY select_rows ON public.accounts_rightschange FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR (user_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY select_rows ON public.cases_absence FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (placement_id IN ( SELECT public.placement_visible_ids() AS placement_visible_ids))));

CREATE POLICY select_rows ON public.cases_afterstay FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_authoritynotice FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids))));

CREATE POLICY select_rows ON public.cases_authoritywaiver FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids))));

CREATE POLICY select_rows ON public.cases_case FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_caseapart FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_caseform FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_caseidentity FOR SELECT USING (((case_id IN ( SELECT public.reveal_live_ids('case'::text, 'identity'::text) AS reveal_live_ids)) OR (( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (case_id = ( SELECT public.sealed_row_of('case'::text) AS sealed_row_of)))));

CREATE POLICY select_rows ON public.cases_caselanguage FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_casemerge FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_casename FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_caseneed FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_casesound FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_circuit FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.circuit_visible_ids() AS circuit_visible_ids))));

CREATE POLICY select_rows ON public.cases_circuitstep FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.circuitstep_visible_ids() AS circuitstep_visible_ids))));

CREATE POLICY select_rows ON public.cases_circuittemplate FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.scope_is_reference()));

CREATE POLICY select_rows ON public.cases_circuitversion FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.scope_is_reference()));

CREATE POLICY select_rows ON public.cases_extraanswer FOR SELECT USING ((((sollicitation_id IS NOT NULL) AND (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_asked_ids() AS sollicitation_asked_ids)))) OR ((case_id IS NOT NULL) AND (NOT is_sealed) AND (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids)))) OR ((case_id IS NOT NULL) AND is_sealed AND ((case_id IN ( SELECT public.reveal_live_ids('case'::text, 'identity'::text) AS reveal_live_ids)) OR (( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (case_id = ( SELECT public.sealed_row_of('case'::text) AS sealed_row_of)))))));

CREATE POLICY select_rows ON public.cases_extrafield FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.cases_filledgrid FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_asked_ids() AS sollicitation_asked_ids))));

CREATE POLICY select_rows ON public.cases_gridversion FOR SELECT USING (true);

CREATE POLICY select_rows ON public.cases_identitygiven FOR SELECT USING (((case_id IN ( SELECT public.reveal_live_ids('case'::text, 'identity'::text) AS reveal_live_ids)) OR (( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (case_id = ( SELECT public.sealed_row_of('case'::text) AS sealed_row_of))) OR ((given_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (case_id IN ( SELECT public.identity_open_ids() AS identity_open_ids)))));

CREATE POLICY select_rows ON public.cases_incident FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids)) OR (id IN ( SELECT public.incident_in_charge_ids() AS incident_in_charge_ids))));

CREATE POLICY select_rows ON public.cases_incidentcause FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids))));

CREATE POLICY select_rows ON public.cases_incidentchild FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids)) OR (id IN ( SELECT public.incidentchild_in_charge_ids() AS incidentchild_in_charge_ids))));

CREATE POLICY select_rows ON public.cases_incidentdetail FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids))));

CREATE POLICY select_rows ON public.cases_incidentevent FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (is_shared AND (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids)))));

CREATE POLICY select_rows ON public.cases_incidentpair FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_incidentreview FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids))));

CREATE POLICY select_rows ON public.cases_incidenttask FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ((owner_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids)))));

CREATE POLICY select_rows ON public.cases_journey FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.scope_granted_ids('journey'::text, 20) AS scope_granted_ids))));

CREATE POLICY select_rows ON public.cases_keepaway FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_legalframe FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_linking FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.linking_visible_ids() AS linking_visible_ids))));

CREATE POLICY select_rows ON public.cases_linkingagreement FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (linking_id IN ( SELECT public.linking_visible_ids() AS linking_visible_ids))));

CREATE POLICY select_rows ON public.cases_linkingcheck FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (linking_id IN ( SELECT public.linking_housed_ids() AS linking_housed_ids)) OR (linking_id IN ( SELECT public.linking_entrusted_ids() AS linking_entrusted_ids))));

CREATE POLICY select_rows ON public.cases_linkingversion FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.linkingversion_visible_ids() AS linkingversion_visible_ids))));

CREATE POLICY select_rows ON public.cases_matching FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_matchingrules FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_noticeproof FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (notice_id IN ( SELECT public.notice_visible_ids() AS notice_visible_ids))));

CREATE POLICY select_rows ON public.cases_orientation FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.orientation_visible_ids() AS orientation_visible_ids))));

CREATE POLICY select_rows ON public.cases_payeragreement FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (linking_id IN ( SELECT public.linking_visible_ids() AS linking_visible_ids))));

CREATE POLICY select_rows ON public.cases_peopletoavoid FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (case_id IN ( SELECT public.case_visible_ids() AS case_visible_ids))));

CREATE POLICY select_rows ON public.cases_placeconfirmation FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text])))));

CREATE POLICY select_rows ON public.cases_placement FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.placement_visible_ids() AS placement_visible_ids))));

CREATE POLICY select_rows ON public.cases_proposal FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ((partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]))) AND (id IN ( SELECT public.scope_granted_ids('proposal'::text, 10) AS scope_granted_ids)))));

CREATE POLICY select_rows ON public.cases_runaway FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (incident_id IN ( SELECT public.incident_visible_ids() AS incident_visible_ids))));

CREATE POLICY select_rows ON public.cases_runawaydelay FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.cases_runawayreturn FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (absence_id IN ( SELECT public.absence_housed_ids() AS absence_housed_ids))));

CREATE POLICY select_rows ON public.cases_severitytargets FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_sollicitation FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.sollicitation_visible_ids() AS sollicitation_visible_ids))));

CREATE POLICY select_rows ON public.cases_sollicitationdetail FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_asked_ids() AS sollicitation_asked_ids))));

CREATE POLICY select_rows ON public.cases_sollicitationform FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_visible_ids() AS sollicitation_visible_ids))));

CREATE POLICY select_rows ON public.cases_sollicitationmessage FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (sollicitation_id IN ( SELECT public.sollicitation_asked_ids() AS sollicitation_asked_ids))));

CREATE POLICY select_rows ON public.cases_stayderogation FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_stayreview FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (placement_id IN ( SELECT public.placement_housed_ids() AS placement_housed_ids))));

CREATE POLICY select_rows ON public.cases_switchboardcall FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_unmetneed FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.cases_unverifiedrequest FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_voicemessage FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.cases_voicereply FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.dashboards_figuremark FOR SELECT USING ((( SELECT public.scope_system() AS scope_system) = 'figures'::text));

CREATE POLICY select_rows ON public.dashboards_keptresult FOR SELECT USING ((( SELECT public.scope_system() AS scope_system) = 'figures'::text));

CREATE POLICY select_rows ON public.dashboards_savedtable FOR SELECT USING (((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (author_id = ( SELECT public.scope_user_id() AS scope_user_id))) OR (( SELECT public.scope_manages_cases() AS scope_manages_cases) AND is_shared AND (removed_at IS NULL))));

CREATE POLICY select_rows ON public.dashboards_trace FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.documents_acknowledgement FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.documents_authorisedunit FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_reminds() AS scope_reminds) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.documents_clauseversion FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.documents_documentversion FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.documents_reading FOR SELECT USING (((user_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR ( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (user_id IN ( SELECT public.directed_user_ids() AS directed_user_ids))));

CREATE POLICY select_rows ON public.documents_unitreview FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (unit_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.documents_versionproposal FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('editor'::text) AS scope_has_role) OR (( SELECT public.scope_reminds() AS scope_reminds) AND (scheduled_on IS NOT NULL))));

CREATE POLICY select_rows ON public.exports_export FOR SELECT USING (((author_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR (( SELECT public.scope_system() AS scope_system) = 'exports'::text) OR (( SELECT public.scope_system() AS scope_system) = 'files'::text)));

CREATE POLICY select_rows ON public.files_attachment FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_keeps_files() AS scope_keeps_files) OR (((removed_at IS NULL) OR (removed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.attachment_seen((object_kind)::text, object_id, added_by_id))));

CREATE POLICY select_rows ON public.formation_answersheet FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (enrolment_id IN ( SELECT public.enrolment_own_ids() AS enrolment_own_ids)) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids)) OR (walk_in_id IN ( SELECT public.walkin_trained_ids() AS walkin_trained_ids))));

CREATE POLICY select_rows ON public.formation_attendance FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))));

CREATE POLICY select_rows ON public.formation_attestation FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))));

CREATE POLICY select_rows ON public.formation_countersignature FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (half_day_id IN ( SELECT public.halfday_trained_ids() AS halfday_trained_ids))));

CREATE POLICY select_rows ON public.formation_enrolment FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))));

CREATE POLICY select_rows ON public.formation_excuse FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))));

CREATE POLICY select_rows ON public.formation_halfday FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.formation_professional FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (id IN ( SELECT public.professional_visible_ids() AS professional_visible_ids))));

CREATE POLICY select_rows ON public.formation_professionalapart FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.formation_professionalmerge FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.formation_satisfaction FOR SELECT USING (COALESCE((( SELECT public.scope_system() AS scope_system) = 'figures'::text), false));

CREATE POLICY select_rows ON public.formation_session FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.formation_sessioninvitation FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[]))));

CREATE POLICY select_rows ON public.formation_sessionnotice FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))));

CREATE POLICY select_rows ON public.formation_sessiontrainer FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.formation_signature FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (half_day_id IN ( SELECT public.halfday_trained_ids() AS halfday_trained_ids)) OR (enrolment_id IN ( SELECT public.enrolment_visible_ids() AS enrolment_visible_ids))));

CREATE POLICY select_rows ON public.formation_supportact FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.formation_waitingentry FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (professional_id IN ( SELECT public.professional_visible_ids() AS professional_visible_ids))));

CREATE POLICY select_rows ON public.formation_walkin FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids))));

CREATE POLICY select_rows ON public.formation_yearplan FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_has_role('trainer'::text) AS scope_has_role) OR ((published_at IS NOT NULL) AND ((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)))));

CREATE POLICY select_rows ON public.formation_yearplanline FOR SELECT USING (public.can_see_yearplan(plan_id));

CREATE POLICY select_rows ON public.notify_duty FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY select_rows ON public.notify_dutyswap FOR SELECT USING (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY select_rows ON public.notify_messagetext FOR SELECT USING ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases)));

CREATE POLICY select_rows ON public.notify_notificationchoice FOR SELECT USING ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY select_rows ON public.notify_obligation FOR SELECT USING ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY select_rows ON public.notify_ring FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (id IN ( SELECT public.ring_called_ids() AS ring_called_ids))));

CREATE POLICY select_rows ON public.notify_ringstep FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY select_rows ON public.notify_sending FOR SELECT USING (COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false));

CREATE POLICY select_rows ON public.partners_contact FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_convention FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_conventionfollowup FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.partners_conventionstep FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY select_rows ON public.partners_conventionversion FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.can_see_convention(convention_id)));

CREATE POLICY select_rows ON public.partners_membership FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (user_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_partner FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (id IN ( SELECT public.partner_visible_ids() AS partner_visible_ids))));

CREATE POLICY select_rows ON public.partners_partneridentity FOR SELECT USING (((partner_id IN ( SELECT public.reveal_live_ids('partner'::text, 'address'::text) AS reveal_live_ids)) OR ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND (partner_id = ( SELECT public.sealed_row_of('partner'::text) AS sealed_row_of)))));

CREATE POLICY select_rows ON public.partners_place FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_structureprofile FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_structureprofile_contraindications FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (structureprofile_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_structureprofile_forms FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (structureprofile_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_structureprofile_languages FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (structureprofile_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_structureprofile_sexes FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (structureprofile_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.partners_suspension FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (partner_id = ANY (( SELECT public.scope_partner_ids() AS scope_partner_ids)::uuid[]))));

CREATE POLICY select_rows ON public.proconnect_accountrequest FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (( SELECT public.scope_system() AS scope_system) = 'proconnect'::text)));

CREATE POLICY select_rows ON public.referentiel_assessment FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[]))));

CREATE POLICY select_rows ON public.referentiel_campaign FOR SELECT USING (((( SELECT public.scope_user_id() AS scope_user_id) IS NOT NULL) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.referentiel_confirmedmark FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.can_see_visit(visit_id)));

CREATE POLICY select_rows ON public.referentiel_derogation FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ((agreed_at IS NOT NULL) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[])))));

CREATE POLICY select_rows ON public.referentiel_evidence FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.can_see_assessment(assessment_id)));

CREATE POLICY select_rows ON public.referentiel_mark FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.can_see_assessment(assessment_id)));

CREATE POLICY select_rows ON public.referentiel_observation FOR SELECT USING (public.sees_observations(visit_id));

CREATE POLICY select_rows ON public.referentiel_planstep FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.can_see_assessment(assessment_id)));

CREATE POLICY select_rows ON public.referentiel_visit FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ((sent_at IS NOT NULL) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[])))));

CREATE POLICY select_rows ON public.referentiel_visitmark FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR public.can_see_visit(visit_id)));

CREATE POLICY select_rows ON public.reporting_closedperiod FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.reporting_closedrows FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.reporting_committee FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ( SELECT public.scope_has_role('state_reader'::text) AS scope_has_role)));

CREATE POLICY select_rows ON public.reporting_historyimport FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.reporting_release FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR ((agreed_at IS NOT NULL) AND ( SELECT public.scope_has_role('state_reader'::text) AS scope_has_role))));

CREATE POLICY select_rows ON public.reporting_revision FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.reporting_statequestion FOR SELECT USING ((( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['state_reader'::text])))));

CREATE POLICY select_rows ON public.reporting_target FOR SELECT USING (( SELECT public.scope_sees_all_cases() AS scope_sees_all_cases));

CREATE POLICY select_rows ON public.retention_done FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.retention_kind FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.retention_legalhold FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.retention_row FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.retention_ruleversion FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.retention_run FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.retention_warning FOR SELECT USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.journal_controls() AS journal_controls) OR (( SELECT public.scope_system() AS scope_system) IS NOT NULL)));

CREATE POLICY select_rows ON public.rights_accessreview FOR SELECT USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)));

CREATE POLICY select_rows ON public.rights_alertreceipt FOR SELECT USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)));

CREATE POLICY select_rows ON public.rights_filecopy FOR SELECT USING (public.can_see_rights_request(request_id));

CREATE POLICY select_rows ON public.rights_nightcheck FOR SELECT USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR (( SELECT public.scope_system() AS scope_system) = 'journal'::text)));

CREATE POLICY select_rows ON public.rights_rightsdetail FOR SELECT USING (public.can_see_rights_request(request_id));

CREATE POLICY select_rows ON public.rights_rightsrequest FOR SELECT USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR (( SELECT public.scope_has_role('coordination'::text) AS scope_has_role) AND is_with_coordination)));

CREATE POLICY select_rows ON public.rights_rightsstep FOR SELECT USING (public.can_see_rights_request(request_id));

CREATE POLICY select_rows ON public.socialaccount_socialaccount FOR SELECT USING (true);

ALTER TABLE public.socialaccount_socialaccount ENABLE ROW LEVEL SECURITY;

CREATE POLICY trainer_inserts ON public.documents_clauseversion FOR INSERT WITH CHECK ((( SELECT public.scope_has_role('trainer'::text) AS scope_has_role) AND public.version_is_curriculum(version_id)));

CREATE POLICY trainer_inserts ON public.documents_documentversion FOR INSERT WITH CHECK ((( SELECT public.scope_has_role('trainer'::text) AS scope_has_role) AND (EXISTS ( SELECT 1
   FROM public.documents_document d
  WHERE ((d.id = documents_documentversion.document_id) AND ((d.kind)::text = 'curriculum'::text))))));

CREATE POLICY update_rows ON public.access_alert FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.access_apitoken FOR UPDATE USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id))) WITH CHECK ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY update_rows ON public.access_displaytoken FOR UPDATE USING (((opened_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases))) WITH CHECK (((opened_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases)));

CREATE POLICY update_rows ON public.access_draft FOR UPDATE USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id))) WITH CHECK ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY update_rows ON public.access_grant FOR UPDATE USING (public.scope_moves_stays()) WITH CHECK (public.scope_moves_stays());

CREATE POLICY update_rows ON public.access_reveal FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.access_signin FOR UPDATE USING ((user_id = ( SELECT public.scope_user_id() AS scope_user_id))) WITH CHECK ((user_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY update_rows ON public.accounts_accountreview FOR UPDATE USING (false) WITH CHECK ((false AND ((membership_id IS NULL) OR public.can_see_membership(membership_id))));

CREATE POLICY update_rows ON public.accounts_accountsuspension FOR UPDATE USING ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'accounts'::text), false) AND (starts_at IS NULL))) WITH CHECK ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'accounts'::text), false) AND (starts_at IS NULL)));

CREATE POLICY update_rows ON public.accounts_factorreset FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.accounts_invitation FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (((role)::text = 'structure_educator'::text) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[]))))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (((role)::text = 'structure_educator'::text) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[])))) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.accounts_rightschange FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.cases_absence FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (placement_id IN ( SELECT public.placement_housed_ids() AS placement_housed_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (placement_id IN ( SELECT public.placement_housed_ids() AS placement_housed_ids))) AND public.can_see_placement(placement_id)));

CREATE POLICY update_rows ON public.cases_afterstay FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_placement(placement_id)));

CREATE POLICY update_rows ON public.cases_authoritynotice FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_authoritywaiver FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_case FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.cases_caseapart FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(first_id) AND public.can_see_case(second_id))));

CREATE POLICY update_rows ON public.cases_caseform FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_caseidentity FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_caselanguage FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_casemerge FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(kept_id) AND public.can_see_case(merged_id))));

CREATE POLICY update_rows ON public.cases_casename FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_caseneed FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_casesound FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_circuit FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_circuitversion(version_id))));

CREATE POLICY update_rows ON public.cases_circuitstep FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (id IN ( SELECT public.circuitstep_own_ids() AS circuitstep_own_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (id IN ( SELECT public.circuitstep_own_ids() AS circuitstep_own_ids))) AND public.can_see_circuit(circuit_id)));

CREATE POLICY update_rows ON public.cases_circuittemplate FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.cases_circuitversion FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_circuittemplate(template_id)));

CREATE POLICY update_rows ON public.cases_extraanswer FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (((sollicitation_id IS NULL) OR public.can_see_sollicitation(sollicitation_id)) AND ((case_id IS NULL) OR public.can_see_case(case_id)))));

CREATE POLICY update_rows ON public.cases_extrafield FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.cases_filledgrid FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY update_rows ON public.cases_gridversion FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.cases_identitygiven FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_partner(partner_id))));

CREATE POLICY update_rows ON public.cases_incident FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (((partner_id IS NULL) OR public.can_see_partner(partner_id) OR ((declared_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND (service_id = ANY (public.scope_partners_as(VARIADIC ARRAY['requester'::text]))) AND (placement_id IN ( SELECT public.placement_of_own_minor_ids() AS placement_of_own_minor_ids)))) AND ((placement_id IS NULL) OR public.can_see_placement(placement_id)) AND ((service_id IS NULL) OR public.can_see_partner(service_id)))));

CREATE POLICY update_rows ON public.cases_incidentcause FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_incidentchild FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_incident(incident_id) AND ((placement_id IS NULL) OR public.can_see_placement(placement_id)) AND ((case_id IS NULL) OR public.can_see_case(case_id)))));

CREATE POLICY update_rows ON public.cases_incidentdetail FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_incidentevent FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_incidentpair FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_incident(first_id) AND public.can_see_incident(second_id))));

CREATE POLICY update_rows ON public.cases_incidentreview FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_incidenttask FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (owner_id = ( SELECT public.scope_user_id() AS scope_user_id)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (owner_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.can_see_incident(incident_id)));

CREATE POLICY update_rows ON public.cases_journey FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_linking(linking_id)));

CREATE POLICY update_rows ON public.cases_keepaway FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_legalframe FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_linking FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_partner(partner_id) AND ((requester_id IS NULL) OR public.can_see_partner(requester_id)) AND ((guardian_id IS NULL) OR (public.can_see_partner(guardian_id) AND public.may_entrust(guardian_id))) AND ((orientation_id IS NULL) OR public.can_see_orientation(orientation_id)) AND ((placement_id IS NULL) OR public.can_see_placement(placement_id)))));

CREATE POLICY update_rows ON public.cases_linkingagreement FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_linking(linking_id) AND public.can_see_linkingversion(version_id))));

CREATE POLICY update_rows ON public.cases_linkingcheck FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_linking(linking_id)));

CREATE POLICY update_rows ON public.cases_linkingversion FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_linking(linking_id)));

CREATE POLICY update_rows ON public.cases_matching FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_orientation(orientation_id) AND public.can_see_sollicitation(sollicitation_id))));

CREATE POLICY update_rows ON public.cases_matchingrules FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.cases_noticeproof FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_notice(notice_id)));

CREATE POLICY update_rows ON public.cases_orientation FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_sollicitation(sollicitation_id))));

CREATE POLICY update_rows ON public.cases_payeragreement FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_linking(linking_id)));

CREATE POLICY update_rows ON public.cases_peopletoavoid FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_case(case_id)));

CREATE POLICY update_rows ON public.cases_placeconfirmation FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.cases_placement FOR UPDATE USING ((( SELECT public.scope_moves_stays() AS scope_moves_stays) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]))))) WITH CHECK (((( SELECT public.scope_moves_stays() AS scope_moves_stays) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND (public.can_see_partner(partner_id) AND (public.can_see_case(case_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND ((orientation_id IS NULL) OR public.can_see_orientation(orientation_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND ((follows_id IS NULL) OR public.can_see_placement(follows_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND ((place_id IS NULL) OR public.can_see_place(place_id)) AND ((convention_id IS NULL) OR public.can_see_convention(convention_id)))));

CREATE POLICY update_rows ON public.cases_proposal FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]))))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND (public.can_see_partner(partner_id) AND (public.can_see_orientation(orientation_id) OR (partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))))));

CREATE POLICY update_rows ON public.cases_runaway FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_incident(incident_id) AND ((absence_id IS NULL) OR public.can_see_absence(absence_id)))));

CREATE POLICY update_rows ON public.cases_runawaydelay FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.cases_runawayreturn FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_absence(absence_id)));

CREATE POLICY update_rows ON public.cases_severitytargets FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.cases_sollicitation FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_partner(requester_id) AND ((case_id IS NULL) OR public.can_see_case(case_id)) AND ((relance_of_id IS NULL) OR public.can_see_sollicitation(relance_of_id)))));

CREATE POLICY update_rows ON public.cases_sollicitationdetail FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY update_rows ON public.cases_sollicitationform FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY update_rows ON public.cases_sollicitationmessage FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY update_rows ON public.cases_stayderogation FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_case(case_id) AND public.can_see_partner(partner_id))));

CREATE POLICY update_rows ON public.cases_stayreview FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_placement(placement_id)));

CREATE POLICY update_rows ON public.cases_switchboardcall FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_unverified(request_id)));

CREATE POLICY update_rows ON public.cases_unmetneed FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_sollicitation(sollicitation_id)));

CREATE POLICY update_rows ON public.cases_unverifiedrequest FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND ((sollicitation_id IS NULL) OR public.can_see_sollicitation(sollicitation_id))));

CREATE POLICY update_rows ON public.cases_voicemessage FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND ((incident_id IS NULL) OR public.can_see_incident(incident_id))));

CREATE POLICY update_rows ON public.cases_voicereply FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_voice(message_id)));

CREATE POLICY update_rows ON public.dashboards_figuremark FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.dashboards_keptresult FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.dashboards_savedtable FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (author_id = ( SELECT public.scope_user_id() AS scope_user_id)))) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (author_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY update_rows ON public.dashboards_trace FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.documents_acknowledgement FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_partner(partner_id) AND public.can_see_documentversion(version_id) AND ((previous_id IS NULL) OR public.can_see_acknowledgement(previous_id)))));

CREATE POLICY update_rows ON public.documents_authorisedunit FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.documents_clauseversion FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_documentversion(version_id)));

CREATE POLICY update_rows ON public.documents_documentversion FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.documents_reading FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_documentversion(version_id)));

CREATE POLICY update_rows ON public.documents_unitreview FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_authorisedunit(unit_id)));

CREATE POLICY update_rows ON public.documents_versionproposal FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('editor'::text) AS scope_has_role) OR (( SELECT public.scope_reminds() AS scope_reminds) AND (scheduled_on IS NOT NULL)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_has_role('editor'::text) AS scope_has_role) OR (( SELECT public.scope_reminds() AS scope_reminds) AND (scheduled_on IS NOT NULL) AND ((state)::text = 'lapsed'::text))) AND ((version_id IS NULL) OR public.can_see_documentversion(version_id))));

CREATE POLICY update_rows ON public.exports_export FOR UPDATE USING (((author_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR (( SELECT public.scope_system() AS scope_system) = 'exports'::text))) WITH CHECK (((author_id = ( SELECT public.scope_user_id() AS scope_user_id)) OR (( SELECT public.scope_system() AS scope_system) = 'exports'::text)));

CREATE POLICY update_rows ON public.files_attachment FOR UPDATE USING ((( SELECT public.scope_keeps_files() AS scope_keeps_files) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((added_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.attachment_may_add((object_kind)::text, object_id)))) WITH CHECK ((( SELECT public.scope_keeps_files() AS scope_keeps_files) OR ( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((added_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND public.attachment_may_add((object_kind)::text, object_id))));

CREATE POLICY update_rows ON public.formation_answersheet FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (walk_in_id IN ( SELECT public.walkin_trained_ids() AS walkin_trained_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (walk_in_id IN ( SELECT public.walkin_trained_ids() AS walkin_trained_ids))) AND (((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)) AND ((walk_in_id IS NULL) OR public.can_see_walkin(walk_in_id)))));

CREATE POLICY update_rows ON public.formation_attendance FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids))) AND (public.can_see_enrolment(enrolment_id) AND public.can_see_halfday(half_day_id))));

CREATE POLICY update_rows ON public.formation_attestation FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (enrolment_id IN ( SELECT public.enrolment_trained_ids() AS enrolment_trained_ids))) AND (public.can_see_enrolment(enrolment_id) AND ((replaces_id IS NULL) OR public.can_see_attestation(replaces_id)))));

CREATE POLICY update_rows ON public.formation_countersignature FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_halfday(half_day_id)));

CREATE POLICY update_rows ON public.formation_enrolment FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (employer_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]))))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (employer_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND (public.can_see_session(session_id) AND public.can_see_professional(professional_id) AND ((employer_id IS NULL) OR public.can_see_partner(employer_id) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids))))));

CREATE POLICY update_rows ON public.formation_excuse FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_halfday(half_day_id) AND public.can_see_enrolment(enrolment_id))));

CREATE POLICY update_rows ON public.formation_halfday FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids))) AND public.can_see_session(session_id)));

CREATE POLICY update_rows ON public.formation_professional FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (employer_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]))))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (employer_id = ANY (public.scope_partners_as(VARIADIC ARRAY['structure_director'::text])))) AND (((employer_id IS NULL) OR public.can_see_partner(employer_id)) AND ((merged_into_id IS NULL) OR public.can_see_professional(merged_into_id)))));

CREATE POLICY update_rows ON public.formation_professionalapart FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_professional(first_id) AND public.can_see_professional(second_id))));

CREATE POLICY update_rows ON public.formation_professionalmerge FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_professional(kept_id) AND public.can_see_professional(merged_id))));

CREATE POLICY update_rows ON public.formation_satisfaction FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_session(session_id)));

CREATE POLICY update_rows ON public.formation_session FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (id IN ( SELECT public.session_trained_ids() AS session_trained_ids)))) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (id IN ( SELECT public.session_trained_ids() AS session_trained_ids))));

CREATE POLICY update_rows ON public.formation_sessioninvitation FOR UPDATE USING (((partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[])) AND ((declined_by_id IS NULL) OR (declined_by_id = ( SELECT public.scope_user_id() AS scope_user_id))))) WITH CHECK (((partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[])) AND ((declined_by_id IS NULL) OR (declined_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND (public.can_see_session(session_id) AND public.can_see_partner(partner_id))));

CREATE POLICY update_rows ON public.formation_sessionnotice FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_enrolment(enrolment_id)));

CREATE POLICY update_rows ON public.formation_sessiontrainer FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_session(session_id)));

CREATE POLICY update_rows ON public.formation_signature FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (half_day_id IN ( SELECT public.halfday_trained_ids() AS halfday_trained_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (half_day_id IN ( SELECT public.halfday_trained_ids() AS halfday_trained_ids))) AND (public.can_see_halfday(half_day_id) AND ((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)) AND ((walk_in_id IS NULL) OR public.can_see_walkin(walk_in_id)))));

CREATE POLICY update_rows ON public.formation_supportact FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_has_role('trainer'::text) AS scope_has_role)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((recorded_by_id = ( SELECT public.scope_user_id() AS scope_user_id)) AND ( SELECT public.scope_has_role('trainer'::text) AS scope_has_role))) AND (((partner_id IS NULL) OR public.can_see_partner(partner_id)) AND ((professional_id IS NULL) OR public.can_see_professional(professional_id)))));

CREATE POLICY update_rows ON public.formation_waitingentry FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (( SELECT public.scope_has_role('structure_director'::text) AS scope_has_role) AND (professional_id IN ( SELECT public.professional_visible_ids() AS professional_visible_ids))))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)) OR (( SELECT public.scope_has_role('structure_director'::text) AS scope_has_role) AND (professional_id IN ( SELECT public.professional_visible_ids() AS professional_visible_ids)))) AND (public.can_see_session(session_id) AND public.can_see_professional(professional_id) AND ((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)))));

CREATE POLICY update_rows ON public.formation_walkin FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (session_id IN ( SELECT public.session_trained_ids() AS session_trained_ids))) AND (public.can_see_session(session_id) AND ((enrolment_id IS NULL) OR public.can_see_enrolment(enrolment_id)))));

CREATE POLICY update_rows ON public.formation_yearplan FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.formation_yearplanline FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_yearplan(plan_id)));

CREATE POLICY update_rows ON public.notify_duty FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.notify_dutyswap FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (public.can_see_duty(duty_id) AND ((in_exchange_id IS NULL) OR public.can_see_duty(in_exchange_id)))));

CREATE POLICY update_rows ON public.notify_messagetext FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.notify_notificationchoice FOR UPDATE USING ((person_id = ( SELECT public.scope_user_id() AS scope_user_id))) WITH CHECK ((person_id = ( SELECT public.scope_user_id() AS scope_user_id)));

CREATE POLICY update_rows ON public.notify_obligation FOR UPDATE USING ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id)))) WITH CHECK ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id))));

CREATE POLICY update_rows ON public.notify_ring FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (id IN ( SELECT public.ring_called_ids() AS ring_called_ids)))) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (id IN ( SELECT public.ring_called_ids() AS ring_called_ids))));

CREATE POLICY update_rows ON public.notify_ringstep FOR UPDATE USING ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id)))) WITH CHECK (((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) OR (person_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.can_see_ring(ring_id)));

CREATE POLICY update_rows ON public.notify_sending FOR UPDATE USING (COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false)) WITH CHECK ((COALESCE((( SELECT public.scope_system() AS scope_system) = 'notify'::text), false) AND public.can_see_obligation(obligation_id)));

CREATE POLICY update_rows ON public.partners_contact FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.partners_convention FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.partners_conventionfollowup FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_convention(convention_id)));

CREATE POLICY update_rows ON public.partners_conventionstep FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_convention(convention_id)));

CREATE POLICY update_rows ON public.partners_conventionversion FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_convention(convention_id)));

CREATE POLICY update_rows ON public.partners_membership FOR UPDATE USING (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (((role)::text = 'structure_educator'::text) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[])))) AND (user_id IS DISTINCT FROM ( SELECT public.scope_user_id() AS scope_user_id)))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference) OR (((role)::text = 'structure_educator'::text) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text]) AS scope_partners_as)::uuid[])))) AND (user_id IS DISTINCT FROM ( SELECT public.scope_user_id() AS scope_user_id)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.partners_partner FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)));

CREATE POLICY update_rows ON public.partners_partneridentity FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.partners_place FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.partners_structureprofile FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.partners_structureprofile_contraindications FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY update_rows ON public.partners_structureprofile_forms FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY update_rows ON public.partners_structureprofile_languages FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY update_rows ON public.partners_structureprofile_sexes FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(structureprofile_id)));

CREATE POLICY update_rows ON public.partners_suspension FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ( SELECT public.scope_is_reference() AS scope_is_reference)) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.proconnect_accountrequest FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (( SELECT public.scope_system() AS scope_system) = 'proconnect'::text))) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR (( SELECT public.scope_system() AS scope_system) = 'proconnect'::text)));

CREATE POLICY update_rows ON public.referentiel_assessment FOR UPDATE USING ((partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[]))) WITH CHECK (((partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[])) AND (public.can_see_partner(partner_id) AND public.can_see_campaign(campaign_id) AND public.can_see_documentversion(version_id))));

CREATE POLICY update_rows ON public.referentiel_campaign FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.referentiel_confirmedmark FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_visit(visit_id) AND public.can_see_partner(partner_id) AND public.visit_is_of(visit_id, partner_id))));

CREATE POLICY update_rows ON public.referentiel_derogation FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.can_see_partner(partner_id)));

CREATE POLICY update_rows ON public.referentiel_evidence FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_assessment(assessment_id)));

CREATE POLICY update_rows ON public.referentiel_mark FOR UPDATE USING (public.writes_assessment(assessment_id)) WITH CHECK ((public.writes_assessment(assessment_id) AND public.can_see_assessment(assessment_id)));

CREATE POLICY update_rows ON public.referentiel_observation FOR UPDATE USING (public.observes_exigence(visit_id, (code)::text)) WITH CHECK ((public.observes_exigence(visit_id, (code)::text) AND (public.can_see_visit(visit_id) AND (written_by_id = ( SELECT public.scope_user_id() AS scope_user_id)))));

CREATE POLICY update_rows ON public.referentiel_planstep FOR UPDATE USING (public.follows_assessment(assessment_id)) WITH CHECK ((public.follows_assessment(assessment_id) AND public.can_see_assessment(assessment_id)));

CREATE POLICY update_rows ON public.referentiel_visit FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((sent_at IS NOT NULL) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[]))))) WITH CHECK (((( SELECT public.scope_manages_cases() AS scope_manages_cases) OR ((sent_at IS NOT NULL) AND (partner_id = ANY (( SELECT public.scope_partners_as(VARIADIC ARRAY['structure_director'::text, 'structure_educator'::text]) AS scope_partners_as)::uuid[])))) AND (public.can_see_partner(partner_id) AND public.can_see_documentversion(version_id) AND ((assessment_id IS NULL) OR (public.can_see_assessment(assessment_id) AND public.assessment_is_of(assessment_id, partner_id))))));

CREATE POLICY update_rows ON public.referentiel_visitmark FOR UPDATE USING ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.visit_is_in(visit_id, ARRAY['draft'::text]))) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND public.visit_is_in(visit_id, ARRAY['draft'::text]) AND (public.can_see_visit(visit_id) AND (marked_by_id = ( SELECT public.scope_user_id() AS scope_user_id)))));

CREATE POLICY update_rows ON public.reporting_closedperiod FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (((agreed_by_id IS NULL) OR (agreed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND ((dismissed_by_id IS NULL) OR (dismissed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))))));

CREATE POLICY update_rows ON public.reporting_closedrows FOR UPDATE USING (false) WITH CHECK ((false AND (public.can_see_closedperiod(period_id) AND public.can_fill_closedperiod(period_id))));

CREATE POLICY update_rows ON public.reporting_committee FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.reporting_historyimport FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (((agreed_by_id IS NULL) OR (agreed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND ((dismissed_by_id IS NULL) OR (dismissed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))))));

CREATE POLICY update_rows ON public.reporting_release FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK ((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND (((agreed_by_id IS NULL) OR (agreed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND ((dismissed_by_id IS NULL) OR (dismissed_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.can_see_closedperiod(period_id))));

CREATE POLICY update_rows ON public.reporting_revision FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_closedperiod(period_id)));

CREATE POLICY update_rows ON public.reporting_statequestion FOR UPDATE USING (((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND ((side)::text = 'state'::text)) OR ((partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['state_reader'::text]))) AND ((side)::text = 'network'::text)))) WITH CHECK ((((( SELECT public.scope_manages_cases() AS scope_manages_cases) AND ((side)::text = 'state'::text)) OR ((partner_id = ANY (public.scope_partners_as(VARIADIC ARRAY['state_reader'::text]))) AND ((side)::text = 'network'::text))) AND (((answered_by_id IS NULL) OR (answered_by_id = ( SELECT public.scope_user_id() AS scope_user_id))) AND public.can_see_partner(partner_id))));

CREATE POLICY update_rows ON public.reporting_target FOR UPDATE USING (( SELECT public.scope_manages_cases() AS scope_manages_cases)) WITH CHECK (( SELECT public.scope_manages_cases() AS scope_manages_cases));

CREATE POLICY update_rows ON public.retention_done FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.retention_kind FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.retention_legalhold FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.retention_row FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.retention_ruleversion FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.retention_run FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.retention_warning FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.rights_accessreview FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.rights_alertreceipt FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_alert(alert_id)));

CREATE POLICY update_rows ON public.rights_filecopy FOR UPDATE USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role))) WITH CHECK (((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role)) AND public.can_see_rights_request(request_id)));

CREATE POLICY update_rows ON public.rights_nightcheck FOR UPDATE USING (false) WITH CHECK (false);

CREATE POLICY update_rows ON public.rights_rightsdetail FOR UPDATE USING (public.can_see_rights_request(request_id)) WITH CHECK (public.can_see_rights_request(request_id));

CREATE POLICY update_rows ON public.rights_rightsrequest FOR UPDATE USING ((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR (( SELECT public.scope_has_role('coordination'::text) AS scope_has_role) AND is_with_coordination))) WITH CHECK (((( SELECT public.scope_has_role('direction'::text) AS scope_has_role) OR ( SELECT public.scope_has_role('dpo'::text) AS scope_has_role) OR (( SELECT public.scope_has_role('coordination'::text) AS scope_has_role) AND is_with_coordination)) AND ((case_id IS NULL) OR public.can_see_rights_case(case_id))));

CREATE POLICY update_rows ON public.rights_rightsstep FOR UPDATE USING (false) WITH CHECK ((false AND public.can_see_rights_request(request_id)));

CREATE POLICY update_rows ON public.socialaccount_socialaccount FOR UPDATE USING (true) WITH CHECK (true);

GRANT USAGE ON SCHEMA public TO havre_app;

REVOKE ALL ON FUNCTION public.account_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.account_request_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.assessment_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.case_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.contact_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.derogation_forget(row_id uuid) FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_displaytoken TO havre_app;

REVOKE ALL ON FUNCTION public.historyimport_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.incident_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.invitation_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.journal_about(p_kind text, p_id uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_about(p_kind text, p_id uuid, p_limit integer) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_append(p_action text, p_object_kind text, p_object_id uuid, p_outcome text, p_reason text, p_details jsonb, p_request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_append(p_action text, p_object_kind text, p_object_id uuid, p_outcome text, p_reason text, p_details jsonb, p_request_id text) TO havre_app;

GRANT SELECT ON TABLE public.journal_line TO havre_app;

REVOKE ALL ON FUNCTION public.journal_canonical(line public.journal_line) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_canonical(line public.journal_line) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_controls() FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_controls() TO havre_app;

REVOKE ALL ON FUNCTION public.journal_hold_lift(p_id uuid, p_request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_hold_lift(p_id uuid, p_request_id text) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_hold_place(p_from date, p_reason text, p_request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_hold_place(p_from date, p_reason text, p_request_id text) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_kind_register(p_kind text, p_table text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.journal_line_guard() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.journal_month_approve(p_id uuid, p_request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_month_approve(p_id uuid, p_request_id text) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_month_drop(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_month_drop(p_id uuid) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_month_obstacle(p_month date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_month_obstacle(p_month date) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_month_prepare() FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_month_prepare() TO havre_app;

REVOKE ALL ON FUNCTION public.journal_months_kept() FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_months_kept() TO havre_app;

REVOKE ALL ON FUNCTION public.journal_partition_ensure(p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_partition_ensure(p_day date) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_refuse(p_kind text, p_id uuid, p_action text, p_request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_refuse(p_kind text, p_id uuid, p_action text, p_request_id text) TO havre_app;

REVOKE ALL ON FUNCTION public.journal_seal() FROM PUBLIC;
GRANT ALL ON FUNCTION public.journal_seal() TO havre_app;

REVOKE ALL ON FUNCTION public.obligation_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.opinions_forget(row_id uuid) FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_jobs TO havre_app;

REVOKE ALL ON FUNCTION public.professional_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.reading_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retention_due(p_object_kind text, p_object_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retention_kind_register(p_kind text, p_object_kind text, p_table text, p_label text, p_starting_point text, p_deed text, p_starts text, p_forget text, p_months integer, p_reason text, p_basis text, p_position integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retention_replay(p_kind text, p_object_id uuid, p_at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retention_role(p_direction uuid, p_dpo uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.reveal_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.rights_request_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.ring_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.sessioninvitation_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.shared_document_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.sollicitation_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.sollicitation_words_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.unit_contact_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.unverified_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.visit_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.voice_forget(row_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.walkin_forget(row_id uuid) FROM PUBLIC;

GRANT SELECT,INSERT ON TABLE public.access_alert TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_apitoken TO havre_app;

GRANT SELECT ON TABLE public.access_counter TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_draft TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_grant TO havre_app;

GRANT SELECT,INSERT ON TABLE public.access_reveal TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_signin TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO havre_app;

GRANT SELECT,INSERT ON TABLE public.accounts_accountreview TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_accountsuspension TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_factorreset TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_rightschange TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_absence TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_afterstay TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_authoritynotice TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_authoritywaiver TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_case TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_caseapart TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_caseform TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_caseidentity TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_caselanguage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_casemerge TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_casename TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_caseneed TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_casesound TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_circuit TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_circuitstep TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_circuittemplate TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_circuitversion TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_extraanswer TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_extrafield TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_filledgrid TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_gridversion TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_identitygiven TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_incident TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_incidentcause TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_incidentchild TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_incidentdetail TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_incidentevent TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_incidentpair TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_incidentreview TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_incidenttask TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_journey TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_keepaway TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_legalframe TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_linking TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_linkingagreement TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_linkingcheck TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_linkingversion TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_matching TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_matchingrules TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_noticeproof TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_orientation TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_payeragreement TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_peopletoavoid TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_placeconfirmation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_placement TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_proposal TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_runaway TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_runawaydelay TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_runawayreturn TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_severitytargets TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_sollicitation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_sollicitationdetail TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_sollicitationform TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_sollicitationmessage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_stayderogation TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_stayreview TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_switchboardcall TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_unmetneed TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_unverifiedrequest TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cases_voicemessage TO havre_app;

GRANT SELECT,INSERT ON TABLE public.cases_voicereply TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dashboards_figuremark TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.dashboards_figuremark_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dashboards_keptresult TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.dashboards_keptresult_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dashboards_savedtable TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dashboards_trace TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO havre_app;

GRANT SELECT,INSERT ON TABLE public.documents_acknowledgement TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_articlepage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_authorisedunit TO havre_app;

GRANT SELECT,INSERT ON TABLE public.documents_clauseversion TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_document TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_documentpage TO havre_app;

GRANT SELECT,INSERT ON TABLE public.documents_documentversion TO havre_app;

GRANT SELECT,INSERT ON TABLE public.documents_reading TO havre_app;

GRANT SELECT,INSERT ON TABLE public.documents_unitreview TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_versionproposal TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exports_export TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.files_attachment TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_answersheet TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_attendance TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_attestation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_countersignature TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_curriculumindexpage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_enrolment TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_excuse TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_halfday TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_modulepage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_professional TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_professionalapart TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_professionalmerge TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_satisfaction TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_session TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_sessioninvitation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_sessionnotice TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_sessiontrainer TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_signature TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_supportact TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_waitingentry TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_walkin TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_yearplan TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.formation_yearplanline TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.home_homepage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.home_textpage TO havre_app;

GRANT SELECT ON TABLE public.journal_cut TO havre_app;

GRANT SELECT ON TABLE public.journal_hold TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.journal_line_id_seq TO havre_app;

GRANT SELECT ON TABLE public.journal_month TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_duty TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_dutyswap TO havre_app;

GRANT SELECT,INSERT ON TABLE public.notify_messagetext TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_notificationchoice TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_obligation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_ring TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_ringstep TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notify_sending TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_contact TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_convention TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_conventionfollowup TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_conventionstep TO havre_app;

GRANT SELECT,INSERT ON TABLE public.partners_conventionversion TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_membership TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_partner TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_partneridentity TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_place TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_structureprofile TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_structureprofile_contraindications TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.partners_structureprofile_contraindications_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_structureprofile_forms TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.partners_structureprofile_forms_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_structureprofile_languages TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.partners_structureprofile_languages_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_structureprofile_sexes TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.partners_structureprofile_sexes_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partners_suspension TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.proconnect_accountrequest TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_events TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_events_id_seq TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_jobs_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_periodic_defers TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_workers TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_workers_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_assessment TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_campaign TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_chapterpage TO havre_app;

GRANT SELECT,INSERT ON TABLE public.referentiel_confirmedmark TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_derogation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_evidence TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_exigencepage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_mark TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_observation TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_planstep TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_referentielindexpage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_visit TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.referentiel_visitmark TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reporting_closedperiod TO havre_app;

GRANT SELECT,INSERT ON TABLE public.reporting_closedrows TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reporting_committee TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reporting_historyimport TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reporting_release TO havre_app;

GRANT SELECT,INSERT ON TABLE public.reporting_revision TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reporting_statequestion TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reporting_target TO havre_app;

GRANT SELECT ON TABLE public.retention_done TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.retention_done_id_seq TO havre_app;

GRANT SELECT ON TABLE public.retention_kind TO havre_app;

GRANT SELECT ON TABLE public.retention_legalhold TO havre_app;

GRANT SELECT ON TABLE public.retention_row TO havre_app;

GRANT SELECT ON TABLE public.retention_ruleversion TO havre_app;

GRANT SELECT ON TABLE public.retention_run TO havre_app;

GRANT SELECT ON TABLE public.retention_warning TO havre_app;

GRANT SELECT,INSERT ON TABLE public.rights_accessreview TO havre_app;

GRANT SELECT,INSERT ON TABLE public.rights_alertreceipt TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rights_filecopy TO havre_app;

GRANT SELECT,INSERT ON TABLE public.rights_nightcheck TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rights_rightsdetail TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rights_rightsrequest TO havre_app;

GRANT SELECT,INSERT ON TABLE public.rights_rightsstep TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.socialaccount_socialaccount TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.socialaccount_socialaccount_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.socialaccount_socialapp TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.socialaccount_socialapp_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.socialaccount_socialtoken TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.socialaccount_socialtoken_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.taggit_tag TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.taggit_tag_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.taggit_taggeditem TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.taggit_taggeditem_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_aseauthority TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_aseauthorityname TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.territory_aseauthorityname_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_asecoverage TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.territory_asecoverage_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_region TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_territory TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_territory_neighbours TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.territory_territory_neighbours_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_user TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_user_groups TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.users_user_groups_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_user_user_permissions TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.users_user_user_permissions_id_seq TO havre_app;

GRANT SELECT,INSERT ON TABLE public.values_configversion TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.values_configversion_id_seq TO havre_app;

GRANT SELECT,INSERT ON TABLE public.values_settingversion TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.values_settingversion_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.values_value TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.values_valuelist TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailadmin_admin TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailadmin_admin_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailadmin_editingsession TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailadmin_editingsession_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailadmin_formstate TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailadmin_formstate_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_apitoken TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_apitoken_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_collection TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_collection_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_collectionviewrestriction TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_collectionviewrestriction_groups TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_collectionviewrestriction_groups_id_seq TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_collectionviewrestriction_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_comment TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_comment_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_commentreply TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_commentreply_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_groupapprovaltask TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_groupapprovaltask_groups TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_groupapprovaltask_groups_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_groupcollectionpermission TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_groupcollectionpermission_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_grouppagepermission TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_grouppagepermission_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_groupsitepermission TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_groupsitepermission_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_locale TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_locale_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_modellogentry TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_modellogentry_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_page TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_page_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_pagelogentry TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_pagelogentry_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_revision TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_pagerevision_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_pagesubscription TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_pagesubscription_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_pageviewrestriction TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_pageviewrestriction_groups TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_pageviewrestriction_groups_id_seq TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_pageviewrestriction_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_referenceindex TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_referenceindex_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_site TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_site_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_task TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_task_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_taskstate TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_taskstate_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_uploadedfile TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_uploadedfile_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_workflow TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_workflow_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_workflowcontenttype TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_workflowpage TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_workflowstate TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_workflowstate_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailcore_workflowtask TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailcore_workflowtask_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtaildocs_document TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtaildocs_document_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailimages_image TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailimages_image_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailimages_rendition TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailimages_rendition_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailsearch_indexentry TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailsearch_indexentry_id_seq TO havre_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wagtailusers_userprofile TO havre_app;

GRANT SELECT,USAGE ON SEQUENCE public.wagtailusers_userprofile_id_seq TO havre_app;

ALTER DEFAULT PRIVILEGES FOR ROLE havre IN SCHEMA public GRANT SELECT,USAGE ON SEQUENCES TO havre_app;

ALTER DEFAULT PRIVILEGES FOR ROLE havre IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO havre_app;

