-- cms/notify/duty: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_duty(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases()
    OR EXISTS (SELECT 1 FROM notify_duty d WHERE d.id = $1 AND d.person_id = (SELECT scope_user_id()))
$body$;

CREATE OR REPLACE FUNCTION ring_called_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.ring_id FROM notify_ringstep s WHERE s.person_id = (SELECT scope_user_id())
$body$;

CREATE OR REPLACE FUNCTION can_see_ring(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases() OR coalesce(scope_system() = 'notify', false) OR $1 IN (SELECT ring_called_ids())
$body$;

CREATE OR REPLACE FUNCTION ring_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected notify_ring := OLD;
BEGIN
  IF public.acts_as_owner() OR coalesce(public.scope_system() = 'notify', false) THEN
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
$body$;

-- Whoever sends an urgent request rings, and learns only whether it rang already.
CREATE OR REPLACE FUNCTION ring_open(p_id uuid, p_kind text, p_object_id uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH new AS (
      INSERT INTO notify_ring (id, kind, object_id, opened_at, rung)
      SELECT $1, $2, $3, clock_timestamp(), -1 WHERE scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL
      ON CONFLICT (kind, object_id) WHERE closed_at IS NULL DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM new)
$body$;

-- Whoever ends what rang closes it, seen or not, and learns which: their line of the journal names it.
-- `p_by`: who took the object, and its call with it; nobody but the actor, who coordinates.
CREATE OR REPLACE FUNCTION ring_close(p_kind text, p_object_id uuid, p_by uuid) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH taken AS (SELECT coalesce($3 = (SELECT scope_user_id()) AND scope_manages_cases(), false) AS is_taken)
  UPDATE notify_ring r SET closed_at = clock_timestamp(),
      acknowledged_at = CASE WHEN r.acknowledged_at IS NULL AND t.is_taken THEN clock_timestamp() ELSE r.acknowledged_at END,
      acknowledged_by_id = CASE WHEN r.acknowledged_at IS NULL AND t.is_taken THEN $3 ELSE r.acknowledged_by_id END
    FROM taken t WHERE r.kind = $1 AND r.object_id = $2 AND r.closed_at IS NULL
      AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL) RETURNING r.id
$body$;

-- Tables

ALTER TABLE notify_duty ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_duty FOR SELECT
  USING ((SELECT scope_manages_cases()) OR coalesce((SELECT scope_system()) = 'notify', false) OR person_id =
    (SELECT scope_user_id()));
CREATE POLICY insert_rows ON notify_duty FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON notify_duty FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON notify_duty FOR DELETE USING (false);

ALTER TABLE notify_dutyswap ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_dutyswap FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON notify_dutyswap FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND proposed_by_id = (SELECT scope_user_id()) AND answered_at IS
    NULL) AND (can_see_duty(duty_id) AND (in_exchange_id IS NULL OR can_see_duty(in_exchange_id))));
CREATE POLICY update_rows ON notify_dutyswap FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_duty(duty_id) AND (in_exchange_id IS NULL OR
    can_see_duty(in_exchange_id))));
CREATE POLICY delete_rows ON notify_dutyswap FOR DELETE USING (false);

CREATE INDEX IF NOT EXISTS notify_ring_open ON notify_ring (opened_at) WHERE closed_at IS NULL;
CREATE TRIGGER ring_frozen BEFORE UPDATE ON notify_ring FOR EACH ROW EXECUTE FUNCTION ring_freeze();
ALTER TABLE notify_ring ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_ring FOR SELECT
  USING ((SELECT scope_manages_cases()) OR coalesce((SELECT scope_system()) = 'notify', false) OR id IN (SELECT
    ring_called_ids()));
CREATE POLICY insert_rows ON notify_ring FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON notify_ring FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR coalesce((SELECT scope_system()) = 'notify', false) OR id IN (SELECT
    ring_called_ids()))
  WITH CHECK ((SELECT scope_manages_cases()) OR coalesce((SELECT scope_system()) = 'notify', false) OR id IN
    (SELECT ring_called_ids()));
CREATE POLICY delete_rows ON notify_ring FOR DELETE USING (false);

ALTER TABLE notify_ringstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_ringstep FOR SELECT
  USING ((SELECT scope_manages_cases()) OR coalesce((SELECT scope_system()) = 'notify', false) OR person_id =
    (SELECT scope_user_id()));
CREATE POLICY insert_rows ON notify_ringstep FOR INSERT
  WITH CHECK ((coalesce((SELECT scope_system()) = 'notify', false)) AND (can_see_ring(ring_id)));
CREATE POLICY update_rows ON notify_ringstep FOR UPDATE
  USING (coalesce((SELECT scope_system()) = 'notify', false) OR person_id = (SELECT scope_user_id()))
  WITH CHECK ((coalesce((SELECT scope_system()) = 'notify', false) OR person_id = (SELECT scope_user_id())) AND
    (can_see_ring(ring_id)));
CREATE POLICY delete_rows ON notify_ringstep FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('duty', 'notify_duty');
SELECT journal_kind_register('ring', 'notify_ring');
