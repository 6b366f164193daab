"""Who sends without an account writes one row and reads none; the service that asked may answer the coordination."""

from django.db import migrations

from cms.access.wall import definer, optional, policies

MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
FRONT_DOOR = "(SELECT scope_system()) = 'front_door'"

SEES = definer(
    "can_see_unverified(row_id uuid)",
    "boolean",
    "SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_unverifiedrequest u WHERE u.id = $1)",
)
# A second sending of the same form finds the first, without the right to read any.
OF_KEY = definer(
    "unverified_of_key(p_key_hash text)",
    "TABLE (reference text, received_at timestamptz, urgency_id text)",
    """SELECT u.reference::text, u.received_at, u.urgency_id::text FROM cases_unverifiedrequest u
         WHERE u.key_hash = $1 AND scope_system() = 'front_door'""",
)
# Asked by whoever holds the reference and the code, before any scope: a state and two dates, nothing of the network.
FOLLOW = definer(
    "unverified_follow(p_reference text, p_code_hash text)",
    "TABLE (state text, received_at timestamptz, urgency_id text)",
    """SELECT u.state::text, u.received_at, u.urgency_id::text FROM cases_unverifiedrequest u
         WHERE u.reference = $1 AND u.code_hash = $2""",
)
CAN_REPLY = definer(
    "can_reply_sollicitation(row_id uuid)",
    "boolean",
    """SELECT $1 IN (SELECT sollicitation_asked_ids())
         AND EXISTS (SELECT 1 FROM cases_sollicitation s WHERE s.id = $1 AND s.state <> 'closed')""",
)

TABLES = [
    policies(
        "cases_unverifiedrequest",
        select=MANAGES,
        insert=f"{FRONT_DOOR} AND state = 'waiting'",
        update=MANAGES,
        check=optional("can_see_sollicitation", "sollicitation_id"),
    ),
    policies(
        "cases_switchboardcall",
        select=MANAGES,
        insert=f"{MANAGES} AND called_by_id = {ME}",
        update="false",
        check="can_see_unverified(request_id)",
    ),
]

# Verified is what a call says, never a click: the switchboard confirmed to whoever decides.
GUARD = (
    """
CREATE FUNCTION unverified_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
CREATE TRIGGER unverified_called_back BEFORE UPDATE ON cases_unverifiedrequest
  FOR EACH ROW EXECUTE FUNCTION unverified_guard();
""",
    "DROP TRIGGER unverified_called_back ON cases_unverifiedrequest; DROP FUNCTION unverified_guard();",
)


def insertion(who: str) -> str:
    return f"""ALTER POLICY insert_rows ON cases_sollicitationmessage
      WITH CHECK (({who}) AND (can_see_sollicitation(sollicitation_id)))"""


WRITES = f"{MANAGES} AND written_by_id = {ME}"
MESSAGES = (
    insertion(
        f"({WRITES} AND kind <> 'reply') OR (kind = 'reply' AND written_by_id = {ME} "
        "AND can_reply_sollicitation(sollicitation_id))"
    ),
    insertion(WRITES),
)

# A verified one has left its words to the sollicitation; the other ones keep them until then.
STARTS = """SELECT u.id AS object_id, u.reference, (coalesce(u.decided_at, u.received_at) AT TIME ZONE 'Europe/Paris')::date
  AS starts_on, array_remove(ARRAY[u.id, u.sollicitation_id], NULL) AS together FROM cases_unverifiedrequest u"""
RETENTION = (
    f"""
SELECT journal_kind_register('unverified', 'cases_unverifiedrequest');
CREATE FUNCTION unverified_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH calls AS (DELETE FROM cases_switchboardcall WHERE request_id = $1),
       gone AS (DELETE FROM cases_unverifiedrequest WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{{}}') FROM gone
$$;
SELECT retention_kind_register('unverified', 'unverified', 'cases_unverifiedrequest',
  'demande envoyée sans compte', 'le rappel par le standard, ou la réception si personne n’a rappelé', 'destroy',
  $starts${STARTS}$starts$, 'unverified_forget', 12,
  'Vérifiée, elle vit dans la demande qu’elle est devenue ; écartée, un an suffit pour reconnaître qui recommence.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 35);
""",
    """DELETE FROM retention_kind WHERE kind = 'unverified'; DROP FUNCTION unverified_forget(uuid);
    DELETE FROM journal_kind WHERE kind = 'unverified'""",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_requests"), ("retention", "0002_wall")]

    operations = [
        migrations.RunSQL(*pair) for pair in [SEES, OF_KEY, FOLLOW, CAN_REPLY, *TABLES, GUARD, MESSAGES, RETENTION]
    ]
