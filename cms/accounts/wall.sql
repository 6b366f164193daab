-- cms/accounts: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- What a password gives, once hashed as its account says, is compared here and read by nobody.
CREATE OR REPLACE FUNCTION password_holds(owner uuid, digest text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM users_secret s WHERE s.user_id = $1 AND s.digest = $2)
$body$;

-- Beside the account that the process writes, and in no other case.
CREATE OR REPLACE FUNCTION password_keep(owner uuid, digest text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT account_is_taken(owner) THEN
    RAISE EXCEPTION 'account: nobody vouches for what is written' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO users_secret (user_id, digest) VALUES (owner, $2)
  ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest;
END
$body$;

CREATE OR REPLACE FUNCTION account_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF public.acts_as_owner() THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' THEN
    IF scope_user_id() IS NOT NULL AND NOT starts_with(NEW.password, '!') THEN
      RAISE EXCEPTION 'account: whoever opens it never knows its password' USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF scope_user_id() IS NOT NULL AND NEW.id <> scope_user_id() AND (NEW.password, NEW.email) IS DISTINCT FROM (OLD.password, OLD.email) THEN
    RAISE EXCEPTION 'account: the password and the address are one''s own' USING ERRCODE = 'insufficient_privilege';
  ELSIF scope_user_id() IS NOT NULL AND NEW.is_active <> OLD.is_active AND (NEW.id = scope_user_id() OR NOT scope_manages_cases()) THEN
    RAISE EXCEPTION 'account: opened and closed by another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT public.account_is_taken(NEW.id) AND (TG_OP = 'INSERT'
     OR (NEW.id, NEW.password, NEW.email, NEW.is_active, NEW.is_staff, NEW.is_superuser) IS DISTINCT FROM
        (OLD.id, OLD.password, OLD.email, OLD.is_active, OLD.is_staff, OLD.is_superuser)) THEN
    RAISE EXCEPTION 'account: nobody vouches for what is written' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

-- A director answers for an account that holds nothing but places in the teams that he or she directs.
CREATE OR REPLACE FUNCTION account_under(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 <> scope_user_id() AND (scope_manages_cases() OR (
    EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $1 AND m.role = 'structure_educator'
      AND m.partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]) AND m.revoked_at IS NULL
      AND m.starts_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date))
    AND NOT EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $1 AND m.revoked_at IS NULL
      AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date)
      AND NOT (m.role = 'structure_educator' AND m.partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])))
    AND NOT EXISTS (SELECT 1 FROM users_user_groups ug WHERE ug.user_id = $1)))
$body$;

CREATE OR REPLACE FUNCTION account_reopen(p_user uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION account_suspend(p_user uuid, p_why text, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION accounts_lapse() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH rights AS (UPDATE accounts_rightschange SET state = 'lapsed', decided_at = expires_at
      WHERE state = 'pending' AND expires_at <= clock_timestamp() RETURNING 1),
    factors AS (UPDATE accounts_factorreset SET state = 'lapsed', decided_at = expires_at
      WHERE state = 'pending' AND expires_at <= clock_timestamp() RETURNING 1)
  SELECT (SELECT count(*) FROM rights) + (SELECT count(*) FROM factors)
$body$;

CREATE OR REPLACE FUNCTION directs_membership(membership uuid, team_only boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = $1
    AND m.partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])
    AND (NOT $2 OR m.role = 'structure_educator'))
$body$;

CREATE OR REPLACE FUNCTION network_role_held(person uuid, roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
    JOIN auth_group g ON g.id = ug.group_id WHERE u.id = $1 AND u.is_active AND g.name = ANY ($2))
$body$;

CREATE OR REPLACE FUNCTION may_decide(p_state text, p_expires_at timestamp with time zone, p_asked_by uuid, p_user
  uuid, p_decision text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION factor_reset_decide(p_id uuid, p_decision text, p_called text, p_request_id text)
  RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION grants_of_person_end(p_user uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION invitation_of(p_hash text, p_lock boolean) RETURNS TABLE(id uuid, email text, role text,
  ends_on date, account_id uuid, is_active boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION invitation_accept(p_hash text, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_found record;
  v_row accounts_invitation;
BEGIN
  SELECT * INTO v_found FROM invitation_of(p_hash, true);
  IF v_found.id IS NULL OR v_found.account_id IS DISTINCT FROM scope_user_id() OR NOT v_found.is_active THEN
    RAISE EXCEPTION 'invitation: nothing to accept' USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_stands';
  END IF;
  SELECT * INTO v_row FROM accounts_invitation WHERE id = v_found.id;
  INSERT INTO partners_membership (id, user_id, partner_id, role, can_sign, may_answer, starts_on, ends_on)
    VALUES (gen_random_uuid(), scope_user_id(), v_row.partner_id, v_row.role, v_row.can_sign, false,
      (now() AT TIME ZONE 'Europe/Paris')::date, v_row.ends_on);
  UPDATE accounts_invitation SET accepted_by_id = scope_user_id(), accepted_at = clock_timestamp()
    WHERE id = v_row.id;
  PERFORM journal_append('accounts.invitation.accept', 'invitation', v_row.id, 'done', '', '{}', p_request_id);
  PERFORM journal_append('partners.membership.open', 'partner', v_row.partner_id, 'done', '', jsonb_build_object(
    'role', jsonb_build_array(NULL, v_row.role), 'user', jsonb_build_array(NULL, scope_user_id())), p_request_id);
END
$body$;

CREATE OR REPLACE FUNCTION invitation_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM accounts_invitation WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION invitation_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT public.acts_as_owner() AND (
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
$body$;

CREATE OR REPLACE FUNCTION network_managers() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT count(DISTINCT u.id) FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
    JOIN auth_group g ON g.id = ug.group_id WHERE u.is_active AND g.name IN ('coordination', 'direction')
$body$;

CREATE OR REPLACE FUNCTION network_found(p_user uuid, p_role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

-- The job sees no membership: it is told addresses alone.
CREATE OR REPLACE FUNCTION review_awaited_from(day date, quarter date) RETURNS TABLE(email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT DISTINCT d.email::text FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
    JOIN partners_membership l ON l.partner_id = m.partner_id AND l.role = 'structure_director'
      AND l.user_id <> m.user_id AND l.revoked_at IS NULL AND l.starts_on <= $1
      AND (l.ends_on IS NULL OR l.ends_on >= $1)
    JOIN users_user d ON d.id = l.user_id AND d.is_active
    WHERE coalesce(scope_system() = 'accounts', false) AND m.role = 'structure_educator' AND m.revoked_at IS NULL
      AND m.starts_on < $2 AND (m.ends_on IS NULL OR m.ends_on >= $1)
      AND NOT EXISTS (SELECT 1 FROM accounts_accountreview r WHERE r.membership_id = m.id AND r.quarter = $2)
    ORDER BY 1
$body$;

CREATE OR REPLACE FUNCTION review_may_confirm(membership uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT CASE WHEN $1 IS NULL THEN scope_manages_cases()
    ELSE (scope_manages_cases() OR directs_membership($1, true))
      AND EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = $1 AND m.user_id = $2) END
$body$;

CREATE OR REPLACE FUNCTION rights_change_decide(p_id uuid, p_decision text, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

CREATE OR REPLACE FUNCTION rights_closed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'rights: they come from roles alone' USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE OR REPLACE FUNCTION rights_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT public.acts_as_owner() AND NOT (TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM auth_group g
       WHERE g.id = OLD.group_id
         AND g.name IN ('coordination', 'direction', 'editor', 'trainer', 'dpo', 'tech_admin'))) THEN
    RAISE EXCEPTION 'rights: a role of the network is given by two people'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(NEW, OLD);
END
$body$;

-- Tables

-- The other half of each password: functions of the owner alone read it.
CREATE TABLE IF NOT EXISTS users_secret (
  user_id uuid PRIMARY KEY REFERENCES users_user (id) ON DELETE CASCADE, digest text NOT NULL);
REVOKE ALL ON users_secret FROM PUBLIC, havre_app;
ALTER TABLE users_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON users_secret FOR SELECT USING (false);
CREATE POLICY insert_rows ON users_secret FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON users_secret FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON users_secret FOR DELETE USING (false);

ALTER TABLE accounts_accountreview ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON accounts_accountreview FOR SELECT
  USING (((SELECT scope_manages_cases()) OR (SELECT scope_has_role('dpo'))) OR coalesce((SELECT scope_system()) =
    'accounts', false) OR directs_membership(membership_id, false));
CREATE POLICY insert_rows ON accounts_accountreview FOR INSERT
  WITH CHECK ((confirmed_by_id = (SELECT scope_user_id()) AND user_id <> (SELECT scope_user_id()) AND
    review_may_confirm(membership_id, user_id)) AND ((membership_id IS NULL OR
    can_see_membership(membership_id))));
CREATE POLICY update_rows ON accounts_accountreview FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND ((membership_id IS NULL OR can_see_membership(membership_id))));
CREATE POLICY delete_rows ON accounts_accountreview FOR DELETE USING (false);

ALTER TABLE accounts_accountsuspension ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON accounts_accountsuspension FOR SELECT
  USING (((SELECT scope_manages_cases()) OR (SELECT scope_has_role('dpo'))) OR coalesce((SELECT scope_system()) =
    'accounts', false) OR account_under(user_id));
CREATE POLICY insert_rows ON accounts_accountsuspension FOR INSERT
  WITH CHECK (coalesce((SELECT scope_system()) = 'accounts', false) AND why = 'dormant' AND starts_at IS NULL);
CREATE POLICY update_rows ON accounts_accountsuspension FOR UPDATE
  USING (coalesce((SELECT scope_system()) = 'accounts', false) AND starts_at IS NULL)
  WITH CHECK (coalesce((SELECT scope_system()) = 'accounts', false) AND starts_at IS NULL);
CREATE POLICY delete_rows ON accounts_accountsuspension FOR DELETE USING (false);

ALTER TABLE accounts_factorreset ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON accounts_factorreset FOR SELECT
  USING (((SELECT scope_manages_cases()) OR (SELECT scope_has_role('dpo'))) OR asked_by_id = (SELECT
    scope_user_id()));
CREATE POLICY insert_rows ON accounts_factorreset FOR INSERT
  WITH CHECK (asked_by_id = (SELECT scope_user_id()) AND state = 'pending' AND expires_at <= now() + interval
    '8 days' AND account_under(user_id));
CREATE POLICY update_rows ON accounts_factorreset FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON accounts_factorreset FOR DELETE USING (false);

CREATE TRIGGER invitation_guard BEFORE UPDATE ON accounts_invitation FOR EACH ROW EXECUTE FUNCTION
  invitation_guard();
ALTER TABLE accounts_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON accounts_invitation FOR SELECT
  USING ((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[]));
CREATE POLICY insert_rows ON accounts_invitation FOR INSERT
  WITH CHECK ((invited_by_id = (SELECT scope_user_id()) AND accepted_at IS NULL AND cancelled_at IS NULL AND
    ((SELECT scope_manages_cases()) OR (role = 'structure_educator' AND NOT can_sign AND ends_on IS NOT NULL AND
    ends_on <= directs_until(partner_id)))) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON accounts_invitation FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (role = 'structure_educator' AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[])))
  WITH CHECK (((SELECT scope_manages_cases()) OR (role = 'structure_educator' AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[]))) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON accounts_invitation FOR DELETE USING (false);

ALTER TABLE accounts_rightschange ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON accounts_rightschange FOR SELECT
  USING (((SELECT scope_manages_cases()) OR (SELECT scope_has_role('dpo'))) OR user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON accounts_rightschange FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND user_id <> (SELECT
    scope_user_id()) AND state = 'pending' AND expires_at <= now() + interval '31 days');
CREATE POLICY update_rows ON accounts_rightschange FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON accounts_rightschange FOR DELETE USING (false);

CREATE TRIGGER rights_closed BEFORE INSERT OR UPDATE OR DELETE ON auth_group FOR EACH ROW WHEN (scope_user_id()
  IS NOT NULL) EXECUTE FUNCTION rights_closed();

CREATE TRIGGER rights_closed BEFORE INSERT OR UPDATE OR DELETE ON auth_group_permissions FOR EACH ROW WHEN
  (scope_user_id() IS NOT NULL) EXECUTE FUNCTION rights_closed();

CREATE TRIGGER account_guard BEFORE INSERT OR UPDATE ON users_user FOR EACH ROW EXECUTE FUNCTION
  account_guard();

CREATE TRIGGER credential_guard BEFORE INSERT OR UPDATE OR DELETE ON account_emailaddress FOR EACH ROW
  EXECUTE FUNCTION credential_guard();

CREATE TRIGGER credential_guard BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator FOR EACH ROW
  EXECUTE FUNCTION credential_guard();

CREATE TRIGGER rights_guard BEFORE INSERT OR UPDATE OR DELETE ON users_user_groups FOR EACH ROW EXECUTE FUNCTION
  rights_guard();

CREATE TRIGGER rights_closed BEFORE INSERT OR UPDATE ON users_user_user_permissions FOR EACH ROW EXECUTE
  FUNCTION rights_closed();

-- Kinds of the journal and of retention
SELECT journal_kind_register('invitation', 'accounts_invitation');
SELECT journal_kind_register('rights_change', 'accounts_rightschange');
SELECT journal_kind_register('user', 'users_user');
SELECT retention_kind_register(
  'invitation', 'invitation', 'accounts_invitation', 'invitation à ouvrir un compte', 'son acceptation, son annulation ou la fin de son lien', 'destroy',
  $starts$SELECT i.id AS object_id, '' AS reference,
  (coalesce(i.accepted_at, i.cancelled_at, i.expires_at) AT TIME ZONE 'Europe/Paris')::date AS starts_on,
  array_remove(ARRAY[i.id, i.accepted_by_id], NULL) AS together
FROM accounts_invitation i$starts$,
  'invitation_forget', 6, 'Une invitation close ne sert plus ; six mois suffisent pour savoir qui a été invité, et par qui.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 73
);
