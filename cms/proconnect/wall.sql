-- cms/proconnect: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION account_request_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM proconnect_accountrequest WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION can_see_account_request(request uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM proconnect_accountrequest r WHERE r.id = $1)
$body$;

CREATE OR REPLACE FUNCTION proconnect_link_stays() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  IF (NEW.user_id, NEW.provider, NEW.uid) IS DISTINCT FROM (OLD.user_id, OLD.provider, OLD.uid) THEN
    RAISE EXCEPTION 'a link never moves to another account' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

ALTER TABLE proconnect_accountrequest ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON proconnect_accountrequest FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_system()) = 'proconnect');
CREATE POLICY insert_rows ON proconnect_accountrequest FOR INSERT
  WITH CHECK ((SELECT scope_system()) = 'proconnect' AND state = 'pending');
CREATE POLICY update_rows ON proconnect_accountrequest FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_system()) = 'proconnect')
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_system()) = 'proconnect');
CREATE POLICY delete_rows ON proconnect_accountrequest FOR DELETE USING (false);

CREATE TRIGGER proconnect_link_stays BEFORE UPDATE ON socialaccount_socialaccount FOR EACH ROW EXECUTE FUNCTION
  proconnect_link_stays();
-- After the one above, by its name: what it says comes first.
CREATE TRIGGER proconnect_link_taken BEFORE INSERT OR UPDATE OR DELETE ON socialaccount_socialaccount FOR EACH ROW
  EXECUTE FUNCTION credential_guard();
ALTER TABLE socialaccount_socialaccount ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON socialaccount_socialaccount FOR SELECT USING (true);
CREATE POLICY insert_rows ON socialaccount_socialaccount FOR INSERT
  WITH CHECK (user_id = (SELECT scope_user_id()) OR (SELECT scope_manages_cases()));
CREATE POLICY update_rows ON socialaccount_socialaccount FOR UPDATE USING (true) WITH CHECK (true);
CREATE POLICY delete_rows ON socialaccount_socialaccount FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('account_request', 'proconnect_accountrequest');
SELECT retention_kind_register(
  'account_request', 'account_request', 'proconnect_accountrequest', 'demande de compte venue de ProConnect', 'la réponse, ou la demande si personne n’a répondu', 'destroy',
  $starts$SELECT r.id AS object_id, '' AS reference,
  (coalesce(r.decided_at, r.asked_at) AT TIME ZONE 'Europe/Paris')::date AS starts_on,
  array_remove(ARRAY[r.id, r.user_id], NULL) AS together
FROM proconnect_accountrequest r$starts$,
  'account_request_forget', 12, 'Un an suffit pour revenir sur une réponse ; la personne peut toujours demander de nouveau.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 72
);
