-- cms/events/webhooks: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION scope_tells_software() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases() OR scope_has_role('tech_admin')
$body$;

CREATE OR REPLACE FUNCTION can_see_subscription(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (scope_tells_software() OR coalesce(scope_system() = 'events', false))
    AND EXISTS (SELECT FROM events_subscription s WHERE s.id = $1)
$body$;

CREATE OR REPLACE FUNCTION can_see_delivery(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (scope_tells_software() OR coalesce(scope_system() = 'events', false))
    AND EXISTS (SELECT FROM events_delivery d WHERE d.id = $1)
$body$;

-- How far the feed goes: an address is told of what comes after, never of the past.
CREATE OR REPLACE FUNCTION events_last() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(max(e.position), 0) FROM events_event e
$body$;

CREATE OR REPLACE FUNCTION deliveries_forget(p_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_gone bigint;
BEGIN
  IF scope_system() IS DISTINCT FROM 'events' THEN
    RAISE EXCEPTION 'notices are forgotten by their job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM events_attempt a USING events_delivery d WHERE d.id = a.delivery_id AND d.at < $1;
  DELETE FROM events_delivery WHERE at < $1;
  GET DIAGNOSTICS v_gone = ROW_COUNT;
  RETURN v_gone;
END
$body$;

-- Tables

CREATE TRIGGER subscription_guard BEFORE UPDATE ON events_subscription FOR EACH ROW EXECUTE FUNCTION
  two_people_guard();
ALTER TABLE events_subscription ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON events_subscription FOR SELECT
  USING ((SELECT scope_tells_software()) OR (SELECT scope_system()) = 'events');
CREATE POLICY insert_rows ON events_subscription FOR INSERT
  WITH CHECK (asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND dismissed_at IS NULL AND revoked_at
    IS NULL AND (SELECT scope_tells_software()));
CREATE POLICY update_rows ON events_subscription FOR UPDATE
  USING ((SELECT scope_tells_software()))
  WITH CHECK ((SELECT scope_manages_cases()) OR ((SELECT scope_has_role('tech_admin')) AND agreed_by_id IS DISTINCT
    FROM (SELECT scope_user_id())));
CREATE POLICY delete_rows ON events_subscription FOR DELETE USING (false);

ALTER TABLE events_channel ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON events_channel FOR SELECT
  USING ((SELECT scope_tells_software()) OR (SELECT scope_system()) = 'events');
CREATE POLICY insert_rows ON events_channel FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND can_see_subscription(subscription_id));
CREATE POLICY update_rows ON events_channel FOR UPDATE
  USING ((SELECT scope_tells_software()) OR (SELECT scope_system()) = 'events')
  WITH CHECK (can_see_subscription(subscription_id));
CREATE POLICY delete_rows ON events_channel FOR DELETE USING (false);

ALTER TABLE events_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON events_delivery FOR SELECT
  USING ((SELECT scope_tells_software()) OR (SELECT scope_system()) = 'events');
CREATE POLICY insert_rows ON events_delivery FOR INSERT
  WITH CHECK ((SELECT scope_system()) = 'events' AND can_see_subscription(subscription_id));
CREATE POLICY update_rows ON events_delivery FOR UPDATE
  USING ((SELECT scope_tells_software()) OR (SELECT scope_system()) = 'events')
  WITH CHECK (can_see_subscription(subscription_id));
CREATE POLICY delete_rows ON events_delivery FOR DELETE USING (false);

ALTER TABLE events_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON events_attempt FOR SELECT
  USING ((SELECT scope_tells_software()) OR (SELECT scope_system()) = 'events');
CREATE POLICY insert_rows ON events_attempt FOR INSERT
  WITH CHECK ((SELECT scope_system()) = 'events' AND can_see_delivery(delivery_id));
CREATE POLICY update_rows ON events_attempt FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND can_see_delivery(delivery_id));
CREATE POLICY delete_rows ON events_attempt FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('subscription', 'events_subscription');
