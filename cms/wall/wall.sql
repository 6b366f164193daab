-- cms/wall: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- What one person asks and another decides (`cms/decisions`): what was asked and an answer given never change, each
-- answers under their own name, nothing follows an end. Arguments: other columns, which the first answer may write.
CREATE OR REPLACE FUNCTION two_people_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

-- Whether a statement runs with the powers of whoever owns the tables: a migration, or a function of the owner. Every
-- other login is bound by the guards that ask this, those to come included. Never SECURITY DEFINER: it would say yes.
CREATE OR REPLACE FUNCTION acts_as_owner() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = 'public.access_grant'::regclass
$body$;

-- What a series shows for the n-th reference that it gives: a permutation of the numbers of as many digits (1 to 9999, then
-- 10000 to 99999), drawn by the secret of the series. Two references say neither how many were given between them nor
-- which came first, and none is given twice. A Feistel network of ten rounds, walked until it falls within the numbers
-- (the construction of NIST SP 800-38G). The secret never changes: another one would give numbers again.
CREATE OR REPLACE FUNCTION reference_number(secret uuid, rank integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_least integer := CASE WHEN rank < 10000 THEN 1 ELSE power(10, length(rank::text) - 1)::integer END;
  v_size integer := CASE WHEN rank < 10000 THEN 9999 ELSE 9 * v_least END;
  v_bits integer := ceil(ln(v_size) / ln(2) / 2)::integer;
  v_mask integer := (1 << v_bits) - 1;
  v_number integer := rank - v_least;
  v_left integer;
  v_right integer;
  v_hash bytea;
BEGIN
  LOOP
    v_left := v_number >> v_bits;
    v_right := v_number & v_mask;
    FOR v_round IN 1..10 LOOP
      v_hash := sha256(uuid_send(secret) || int4send(v_size) || int4send(v_round) || int4send(v_right));
      v_number := v_left # (((get_byte(v_hash, 0) << 8) | get_byte(v_hash, 1)) & v_mask);
      v_left := v_right;
      v_right := v_number;
    END LOOP;
    v_number := (v_left << v_bits) | v_right;
    EXIT WHEN v_number < v_size;
  END LOOP;
  RETURN v_least + v_number;
END
$body$;

CREATE OR REPLACE FUNCTION reference_draw(prefix text, year integer) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  INSERT INTO access_counter AS c (id, last, secret) VALUES (prefix || '-' || year, 1, gen_random_uuid())
  ON CONFLICT (id) DO UPDATE SET last = c.last + 1
  RETURNING prefix || '-' || year || '-' || lpad(reference_number(secret, last)::text,
    greatest(4, length(last::text)), '0')
$body$;

-- The settings `app.*` are open to every login: what a scope holds is believed when it bears the proof of the owner, made
-- for this transaction with a key that the owner alone reads. Two keys of a block of SHA-256 each, so that a digest does
-- not open a longer message. `now()` is the same in every savepoint and on every core, and no other transaction has it.
CREATE OR REPLACE FUNCTION scope_mac(message text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_key access_scopekey;
BEGIN
  -- A transaction keeps the key that held as it began: another may come while it lasts.
  SELECT * INTO v_key FROM access_scopekey k WHERE k.since <= now() ORDER BY k.since DESC LIMIT 1;
  RETURN encode(sha256(v_key.outer_key || sha256(
    v_key.inner_key || timestamptz_send(now()) || convert_to(message, 'UTF8'))), 'hex');
END
$body$;
REVOKE EXECUTE ON FUNCTION scope_mac(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION scope_key_renew() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  INSERT INTO access_scopekey (since, inner_key, outer_key)
  SELECT CASE WHEN EXISTS (SELECT FROM access_scopekey) THEN clock_timestamp() ELSE '-infinity' END,
    string_agg(uuid_send(gen_random_uuid()), '') FILTER (WHERE n <= 4),
    string_agg(uuid_send(gen_random_uuid()), '') FILTER (WHERE n > 4)
  FROM generate_series(1, 8) n;
  DELETE FROM access_scopekey k WHERE EXISTS (
    SELECT FROM access_scopekey later WHERE later.since > k.since AND later.since < now() - interval '1 day');
END
$body$;
REVOKE EXECUTE ON FUNCTION scope_key_renew() FROM PUBLIC;

-- Whoever came by the login of the owner (migrations, tests) or of the jobs, whatever role acts since: they alone enter a
-- scope without a secret. The login of the web is neither.
CREATE OR REPLACE FUNCTION login_is_trusted() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT pg_has_role(session_user, c.relowner, 'USAGE') OR EXISTS (
      SELECT FROM pg_roles r WHERE r.rolname = 'havre_job' AND pg_has_role(session_user, r.oid, 'MEMBER'))
    FROM pg_class c WHERE c.oid = 'public.access_grant'::regclass
$body$;

-- What the database cannot prove by itself (a passkey, an identity that another site vouches for) is vouched for by the
-- process of the web, with a key that no statement reads (`cms/wall/doors.py`). A seal holds five minutes.
CREATE OR REPLACE FUNCTION seal_holds(message text, seal text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_at text := split_part(seal, ':', 1);
BEGIN
  IF coalesce(seal !~ '^[0-9]{1,12}:[0-9a-f]{64}$', true) THEN
    RETURN false;
  END IF;
  IF abs(extract(epoch FROM clock_timestamp()) - v_at::bigint) > 300 THEN
    RETURN false;
  END IF;
  RETURN EXISTS (SELECT FROM access_doorkey k WHERE split_part(seal, ':', 2) = encode(sha256(k.outer_key || sha256(
    k.inner_key || convert_to(v_at || '|' || message, 'UTF8'))), 'hex'));
END
$body$;
REVOKE EXECUTE ON FUNCTION seal_holds(text, text) FROM PUBLIC;

-- Whose means of signing in the next statement may write: the process says so around its own writing
-- (`cms/wall/hands.py`), and lets go at once. Nobody under NULL.
CREATE OR REPLACE FUNCTION account_take(owner uuid, seal text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF owner IS NOT NULL AND NOT seal_holds('account|' || owner, seal) THEN
    RAISE EXCEPTION 'account: nobody vouches for what is written' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.account', coalesce(owner || ' ' || scope_mac('account|' || owner), ''), true);
END
$body$;

CREATE OR REPLACE FUNCTION account_is_taken(owner uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(current_setting('app.account', true) = owner || ' ' || scope_mac('account|' || owner), false)
$body$;

-- Addresses, factors, links to another site, tokens: written by the owner, or by the process for the account that it
-- took. Arguments: columns that anybody whom the policies let write may change.
CREATE OR REPLACE FUNCTION credential_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF public.acts_as_owner()
     OR (TG_OP = 'INSERT' OR public.account_is_taken(OLD.user_id))
        AND (TG_OP = 'DELETE' OR public.account_is_taken(NEW.user_id))
     OR (TG_OP = 'UPDATE' AND TG_NARGS > 0 AND to_jsonb(NEW) - TG_ARGV[0:TG_NARGS] = to_jsonb(OLD) - TG_ARGV[0:TG_NARGS]
        AND NOT EXISTS (SELECT FROM unnest(TG_ARGV[0:TG_NARGS]) k WHERE to_jsonb(OLD) ->> k IS NOT NULL)) THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  RAISE EXCEPTION 'account: nobody vouches for what is written' USING ERRCODE = 'insufficient_privilege';
END
$body$;

-- Whether the process that asks holds a key of this database: it would open nothing otherwise.
CREATE OR REPLACE FUNCTION seal_is_known(seal text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT seal_holds('known', seal)
$body$;

-- What is proven of a scope, out of its settings. Lengths leave no doubt on where a list ends; neither an identifier nor the
-- name of a system actor holds a bar.
CREATE OR REPLACE FUNCTION scope_message() RETURNS text
LANGUAGE sql STABLE AS $body$
  SELECT format('scope|%s|%s|%s|%s|%s|%s|%s|%s', current_setting('app.user_id', true), current_setting('app.system', true),
    length(current_setting('app.roles', true)), current_setting('app.roles', true),
    length(current_setting('app.memberships', true)), current_setting('app.memberships', true),
    current_setting('app.partners', true), current_setting('app.scopes', true))
$body$;

-- Asked by each reader below: once a statement where a policy says `(SELECT scope_…())`. The words of `scope_mac` are said
-- again: a call would cost as much as the proof.
CREATE OR REPLACE FUNCTION scope_is_proven() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_proof text := current_setting('app.proof', true);
  v_key access_scopekey;
BEGIN
  IF coalesce(v_proof, '') = '' THEN
    RETURN false;
  END IF;
  SELECT * INTO v_key FROM access_scopekey k WHERE k.since <= now() ORDER BY k.since DESC LIMIT 1;
  RETURN coalesce(v_proof = encode(sha256(v_key.outer_key || sha256(
    v_key.inner_key || timestamptz_send(now()) || convert_to(scope_message(), 'UTF8'))), 'hex'), false);
END
$body$;

CREATE OR REPLACE FUNCTION scope_memberships() RETURNS text[]
LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN public.scope_is_proven()
    THEN coalesce(nullif(current_setting('app.memberships', true), '')::text[], '{}') ELSE '{}' END
$body$;

CREATE OR REPLACE FUNCTION scope_partner_ids() RETURNS uuid[]
LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN public.scope_is_proven()
    THEN coalesce(nullif(current_setting('app.partners', true), '')::uuid[], '{}') ELSE '{}' END
$body$;

CREATE OR REPLACE FUNCTION scope_user_id() RETURNS uuid
LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN public.scope_is_proven() THEN nullif(current_setting('app.user_id', true), '')::uuid END
$body$;

CREATE OR REPLACE FUNCTION scope_granted_ids(kind text, level integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT g.object_id FROM access_grant g WHERE g.object_kind = $1 AND g.level >= $2
          AND g.starts_at <= statement_timestamp() AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()) AND (g.user_id = (SELECT scope_user_id()) OR (g.partner_id = ANY ((SELECT scope_partner_ids())::uuid[])
    AND (g.role = '' OR (g.partner_id || ':' || g.role) = ANY ((SELECT scope_memberships())::text[]))))
$body$;

CREATE OR REPLACE FUNCTION scope_roles() RETURNS text[]
LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN public.scope_is_proven()
    THEN coalesce(nullif(current_setting('app.roles', true), '')::text[], '{}') ELSE '{}' END
$body$;

CREATE OR REPLACE FUNCTION scope_has_role(role text) RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT role = ANY (scope_roles())
$body$;

CREATE OR REPLACE FUNCTION scope_manages_cases() RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT scope_roles() && ARRAY['coordination', 'direction']
$body$;

CREATE OR REPLACE FUNCTION scope_partners_as(VARIADIC roles text[]) RETURNS uuid[]
LANGUAGE sql STABLE AS $body$
  SELECT coalesce(array_agg(split_part(m, ':', 1)::uuid), '{}')
    FROM unnest(scope_memberships()) m WHERE split_part(m, ':', 2) = ANY (roles)
$body$;

-- Who may open what is known further up (stays, partners): their own migration replaces this answer.
CREATE OR REPLACE FUNCTION reveal_may_open(kind text, object_id uuid, what text, is_break_glass boolean) RETURNS
  boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(scope_user_id() IS NOT NULL AND NOT scope_has_role('tech_admin') AND CASE
    WHEN $4 THEN $1 = 'case' AND $3 = 'identity' AND scope_has_role('dpo')
      AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = $2)
    WHEN $1 = 'case' AND $3 = 'identity' THEN
      (scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = $2))
      OR $2 IN (SELECT scope_granted_ids('case', 40))
      OR ($2 IN (SELECT scope_granted_ids('case', 30)) AND EXISTS (
        SELECT 1 FROM cases_placement p WHERE p.case_id = $2 AND p.ended_on IS NULL
          AND p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])))
    WHEN $1 = 'partner' AND $3 = 'address' THEN
      (scope_manages_cases() AND EXISTS (SELECT 1 FROM partners_partner p WHERE p.id = $2 AND p.kind = 'structure'))
      OR $2 = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
      OR $2 IN (SELECT scope_granted_ids('partner', 40))
      OR EXISTS (SELECT 1 FROM cases_placement p WHERE p.partner_id = $2 AND p.ended_on IS NULL
        AND p.id IN (SELECT scope_granted_ids('placement', 20)))
    ELSE false END, false)
$body$;

-- A right that ends while the reveal lasts ends the reveal: the question is asked again at each reading.
CREATE OR REPLACE FUNCTION reveal_live_ids(kind text, what text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT r.object_id FROM access_reveal r
    WHERE r.user_id = (SELECT scope_user_id()) AND r.object_kind = $1 AND r.what = $2
      AND r.starts_at <= statement_timestamp() AND r.ends_at > statement_timestamp()
      AND reveal_may_open(r.object_kind, r.object_id, r.what, r.is_break_glass)
$body$;

-- What the owner makes hold until the end of the transaction, with its proof. `scope_memberships_of` is known further
-- up: `cms/partners/people` writes it.
CREATE OR REPLACE FUNCTION scope_set(user_id uuid, system text, roles text[], memberships text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_partners text := (SELECT coalesce(array_agg(DISTINCT split_part(m, ':', 1)), '{}') FROM unnest(memberships) m)::text;
BEGIN
  IF system !~ '^[a-z_]*$' THEN
    RAISE EXCEPTION 'scope: no system actor has this name' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM set_config('app.user_id', coalesce(user_id::text, ''), true), set_config('app.system', system, true),
    set_config('app.roles', roles::text, true), set_config('app.memberships', memberships::text, true),
    set_config('app.partners', v_partners, true), set_config('app.professional_id', '', true),
    set_config('app.scopes', '', true);
  PERFORM set_config('app.proof', scope_mac(scope_message()), true);
END
$body$;
REVOKE EXECUTE ON FUNCTION scope_set(uuid, text, text[], text[]) FROM PUBLIC;

-- What a block that enters another scope keeps, to give it back: settings and proof are good until the transaction ends.
CREATE OR REPLACE FUNCTION scope_kept() RETURNS text[]
LANGUAGE sql STABLE AS $body$
  SELECT ARRAY(SELECT coalesce(current_setting('app.' || name, true), '')
    FROM unnest(ARRAY['user_id', 'system', 'roles', 'memberships', 'partners', 'professional_id', 'proof', 'scopes'])
      WITH ORDINALITY AS names(name, rank) ORDER BY rank)
$body$;

CREATE OR REPLACE FUNCTION scope_back(kept text[]) RETURNS void
LANGUAGE sql AS $body$
  SELECT set_config('app.user_id', kept[1], true), set_config('app.system', kept[2], true),
    set_config('app.roles', kept[3], true), set_config('app.memberships', kept[4], true),
    set_config('app.partners', kept[5], true), set_config('app.professional_id', kept[6], true),
    set_config('app.proof', kept[7], true), set_config('app.scopes', kept[8], true)
$body$;

-- What a token opens of what its owner may see; asked by a policy of each table (`cms/sessions/scopes`). No token: everything.
-- Nothing is proven here: the policies that let rows through ask for the proof, which covers this setting too.
CREATE OR REPLACE FUNCTION scope_opens(VARIADIC scopes text[]) RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT coalesce(nullif(current_setting('app.scopes', true), '')::text[] && $1, true)
$body$;

-- Narrows the scope to what these permissions open, until the transaction ends. It never widens: anybody may call it.
CREATE OR REPLACE FUNCTION scope_narrow(wanted text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_held text[] := nullif(current_setting('app.scopes', true), '')::text[];
BEGIN
  IF scope_is_proven() THEN
    PERFORM set_config('app.scopes', ARRAY(SELECT w FROM unnest(wanted) w WHERE v_held IS NULL OR w = ANY (v_held))::text,
      true);
    PERFORM set_config('app.proof', scope_mac(scope_message()), true);
  END IF;
END
$body$;

-- The scope of a person, for functions of the owner that know who it is.
CREATE OR REPLACE FUNCTION scope_hold(actor uuid, OUT roles text[], OUT memberships text[]) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

REVOKE EXECUTE ON FUNCTION scope_hold(uuid) FROM PUBLIC;

-- Anybody, without a secret: for the jobs, and the tests.
CREATE OR REPLACE FUNCTION scope_enter_person(actor uuid, OUT roles text[], OUT memberships text[], OUT kept text[])
  RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT login_is_trusted() THEN
    RAISE EXCEPTION 'scope: a person is entered by a secret of theirs' USING ERRCODE = 'insufficient_privilege';
  END IF;
  kept := scope_kept();
  SELECT h.roles, h.memberships INTO roles, memberships FROM scope_hold(actor) h;
END
$body$;

-- A system actor, for the jobs and the tests; nobody under the empty name, for everybody. Answers what to give back.
CREATE OR REPLACE FUNCTION scope_enter_system(name text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_kept text[] := scope_kept();
BEGIN
  IF coalesce(name <> '', true) AND NOT login_is_trusted() THEN
    RAISE EXCEPTION 'scope: a system actor is entered by the jobs' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM scope_set(NULL, name, '{}', '{}');
  RETURN v_kept;
END
$body$;

-- A system actor within a request: one of those that requests need (docs/wall.md), under the seal of the process. Those
-- that read every row take over from a person alone.
CREATE OR REPLACE FUNCTION scope_open_system(name text, seal text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_kept text[] := scope_kept();
BEGIN
  IF coalesce(name = ANY (ARRAY['accounts', 'front_door', 'notify', 'proconnect', 'signing', 'training', 'voice'])
       OR (name = ANY (ARRAY['figures', 'stays']) AND (scope_user_id() IS NOT NULL OR scope_system() = name)), false)
     AND seal_holds('system|' || name, seal) THEN
    PERFORM scope_set(NULL, name, '{}', '{}');
    RETURN v_kept;
  END IF;
  RAISE EXCEPTION 'scope: a request does not enter this system actor' USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE OR REPLACE FUNCTION scope_system() RETURNS text
LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN public.scope_is_proven() THEN nullif(current_setting('app.system', true), '') END
$body$;

-- The same words under another key (`reseal`): by the owner, which no actor is. The guards of rows that do not change
-- compare sealed columns as they are written.
CREATE OR REPLACE FUNCTION vault_reseals() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT public.acts_as_owner() AND coalesce(scope_system() = 'vault', false)
$body$;

CREATE OR REPLACE FUNCTION scope_is_reference() RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT coalesce(scope_system() = 'reference', false)
$body$;

CREATE OR REPLACE FUNCTION scope_keeps_files() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(scope_system() IN ('files', 'retention'), false)
$body$;

CREATE OR REPLACE FUNCTION scope_reminds() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(scope_system() = 'documents', false)
$body$;

CREATE OR REPLACE FUNCTION scope_sees_all_cases() RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT scope_manages_cases() OR coalesce(scope_system() IN ('figures', 'retention', 'escalation', 'stays'), false)
$body$;

-- Ends a stay once the next one is confirmed, by whoever confirms it.
CREATE OR REPLACE FUNCTION scope_moves_stays() RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT scope_manages_cases() OR coalesce(scope_system() = 'stays', false)
$body$;

-- Every page shows it: counted in the query that enters a scope.
CREATE OR REPLACE FUNCTION scope_unread(p_user uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT count(*)::integer FROM notify_obligation o
    WHERE o.person_id = $1 AND o.closed_at IS NULL AND o.read_at IS NULL
$body$;

CREATE OR REPLACE FUNCTION sealed_row_of(kind text) RETURNS uuid
LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN split_part(s, ':', 1) = coalesce(scope_user_id()::text, scope_system())
              AND split_part(s, ':', 2) = $1 THEN split_part(s, ':', 3)::uuid END
  FROM (SELECT coalesce(current_setting('app.sealed_row', true), '')) AS set(s)
$body$;

-- Tables

-- The keys of the proof: functions of the owner alone read them. Made here, where no row of a dump carries one.
CREATE TABLE IF NOT EXISTS access_scopekey (
  since timestamp with time zone PRIMARY KEY, inner_key bytea NOT NULL, outer_key bytea NOT NULL);
REVOKE ALL ON access_scopekey FROM PUBLIC, havre_app;
-- The first one: a migration that follows may act under a scope.
SELECT scope_key_renew() WHERE NOT EXISTS (SELECT FROM access_scopekey);
ALTER TABLE access_scopekey ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_scopekey FOR SELECT USING (false);
CREATE POLICY insert_rows ON access_scopekey FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON access_scopekey FOR UPDATE USING (false);
CREATE POLICY delete_rows ON access_scopekey FOR DELETE USING (false);

-- The keys of the processes of the web, which each `migrate` writes from `SECRET_KEY`.
CREATE TABLE IF NOT EXISTS access_doorkey (inner_key bytea PRIMARY KEY, outer_key bytea NOT NULL);
REVOKE ALL ON access_doorkey FROM PUBLIC, havre_app;
ALTER TABLE access_doorkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_doorkey FOR SELECT USING (false);
CREATE POLICY insert_rows ON access_doorkey FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON access_doorkey FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON access_doorkey FOR DELETE USING (false);

-- How many were given, and the secret that hides it: `reference_draw` alone reads it.
ALTER TABLE access_counter ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_counter FOR SELECT USING (false);
CREATE POLICY insert_rows ON access_counter FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON access_counter FOR UPDATE USING (false);
CREATE POLICY delete_rows ON access_counter FOR DELETE USING (false);

ALTER TABLE access_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_alert FOR SELECT
  USING ((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo')));
CREATE POLICY insert_rows ON access_alert FOR INSERT
  WITH CHECK (raised_by_id = (SELECT scope_user_id()) AND reveal_may_open(object_kind, object_id, 'identity',
    true));
CREATE POLICY update_rows ON access_alert FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON access_alert FOR DELETE USING (false);

ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_grant FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (user_id = (SELECT scope_user_id()) OR (partner_id = ANY ((SELECT scope_partner_ids())::uuid[])
    AND (role = '' OR (partner_id || ':' || role) = ANY ((SELECT scope_memberships())::text[])))));
CREATE POLICY insert_rows ON access_grant FOR INSERT WITH CHECK (scope_manages_cases());
CREATE POLICY update_rows ON access_grant FOR UPDATE
  USING (scope_moves_stays())
  WITH CHECK (scope_moves_stays());
CREATE POLICY delete_rows ON access_grant FOR DELETE USING (false);
CREATE POLICY dpo_rows ON access_grant FOR SELECT USING ((SELECT scope_has_role('dpo')));

ALTER TABLE access_reveal ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_reveal FOR SELECT
  USING (user_id = (SELECT scope_user_id()) OR (SELECT scope_manages_cases()) OR (SELECT
    scope_has_role('direction')) OR (SELECT scope_has_role('dpo')));
CREATE POLICY insert_rows ON access_reveal FOR INSERT
  WITH CHECK (user_id = (SELECT scope_user_id()) AND starts_at <= statement_timestamp() + interval '1 minute' AND
    reveal_may_open(object_kind, object_id, what, is_break_glass));
CREATE POLICY update_rows ON access_reveal FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON access_reveal FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('alert', 'access_alert');
SELECT journal_kind_register('reveal', 'access_reveal');
