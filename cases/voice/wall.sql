-- cases/voice: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_voice(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_voicemessage v WHERE v.id = $1)
$body$;

-- What the holder of the code reads: where the message is. The code opens one message, and no other actor asks.
CREATE OR REPLACE FUNCTION voice_follow(p_code_hash text) RETURNS TABLE(state text, sent_at timestamp with time zone,
  heard_at timestamp with time zone, taken_at timestamp with time zone, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT v.state::text, v.sent_at, v.heard_at, v.taken_at, v.words FROM cases_voicemessage v
    WHERE v.code_hash = $1 AND scope_system() = 'voice'
$body$;

CREATE OR REPLACE FUNCTION voice_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH replies AS (DELETE FROM cases_voicereply WHERE message_id = $1),
       gone AS (DELETE FROM cases_voicemessage WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION voice_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

-- A second sending of the same page finds the first, without the right to read any.
CREATE OR REPLACE FUNCTION voice_known(p_key_hash text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_system() = 'voice' AND EXISTS (SELECT 1 FROM cases_voicemessage v WHERE v.key_hash = $1)
$body$;

CREATE OR REPLACE FUNCTION voice_replies(p_code_hash text) RETURNS TABLE(is_from_child boolean, words text,
  written_at timestamp with time zone)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT r.is_from_child, r.words, r.written_at FROM cases_voicereply r
    JOIN cases_voicemessage v ON v.id = r.message_id
    WHERE v.code_hash = $1 AND scope_system() = 'voice' ORDER BY r.written_at
$body$;

CREATE OR REPLACE FUNCTION voice_send(p_id uuid, p_reference text, p_key_hash text, p_code_hash text, p_words text,
  p_is_in_danger boolean, p_at timestamp with time zone) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF scope_system() IS DISTINCT FROM 'voice' THEN
    RETURN false;
  END IF;
  INSERT INTO cases_voicemessage (id, reference, key_hash, code_hash, sent_at, heard_at, is_in_danger, words, state)
    VALUES (p_id, p_reference, p_key_hash, p_code_hash, p_at, p_at, p_is_in_danger, p_words, 'waiting');
  RETURN true;
END
$body$;

-- New words of the child, who holds the code: the message is to be read again. The id of the message goes to the
-- journal and to the calls, and never to the page.
CREATE OR REPLACE FUNCTION voice_write(p_code_hash text, p_reply_id uuid, p_words text, p_is_in_danger boolean,
  p_at timestamp with time zone) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;

-- Tables

CREATE TRIGGER voice_kept_as_said BEFORE UPDATE ON cases_voicemessage FOR EACH ROW WHEN (NOT vault_reseals())
  EXECUTE FUNCTION voice_guard();
ALTER TABLE cases_voicemessage ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_voicemessage FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_voicemessage FOR INSERT
  WITH CHECK ((false) AND ((incident_id IS NULL OR can_see_incident(incident_id))));
CREATE POLICY update_rows ON cases_voicemessage FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND ((incident_id IS NULL OR can_see_incident(incident_id))));
CREATE POLICY delete_rows ON cases_voicemessage FOR DELETE USING (false);

ALTER TABLE cases_voicereply ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_voicereply FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_voicereply FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND NOT is_from_child AND written_by_id = (SELECT scope_user_id()))
    AND (can_see_voice(message_id)));
CREATE POLICY update_rows ON cases_voicereply FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_voice(message_id)));
CREATE POLICY delete_rows ON cases_voicereply FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('voice', 'cases_voicemessage');
SELECT retention_kind_register(
  'voice', 'voice', 'cases_voicemessage', 'parole d’un enfant', 'le dernier mot de l’enfant, ou la clôture', 'destroy',
  $starts$SELECT v.id AS object_id, v.reference, (greatest(v.heard_at, v.closed_at) AT TIME ZONE 'Europe/Paris')::date
  AS starts_on, ARRAY[v.id] AS together FROM cases_voicemessage v$starts$,
  'voice_forget', 12, 'Un an pour que l’enfant relise la réponse et que la coordination veille aux suites ; ce qui en a été fait vit dans la situation préoccupante.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 36
);
