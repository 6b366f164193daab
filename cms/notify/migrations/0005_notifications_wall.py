"""An inbox is read by its person alone, the coordination included. Whoever causes something owes it to others through a
function of the owner, and never learns who has read it. The job that sends sees these tables and no row about a minor.
"""

from django.db import migrations

from cms.access.wall import definer, policies

MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
JOB = "coalesce((SELECT scope_system()) = 'notify', false)"
ACTS = "(scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)"
TODAY = "(now() AT TIME ZONE 'Europe/Paris')::date"

FUNCTIONS = [
    definer(
        "can_see_obligation(row_id uuid)",
        "boolean",
        """SELECT coalesce(scope_system() = 'notify', false)
             OR EXISTS (SELECT 1 FROM notify_obligation o WHERE o.id = $1 AND o.person_id = scope_user_id())""",
    ),
    definer(
        "obligation_close(p_kind text, p_object_id uuid, p_person uuid, p_partner uuid)",
        "integer",
        f"""WITH done AS (
              UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE {ACTS} AND o.kind = $1
                AND o.object_id = $2 AND o.closed_at IS NULL AND ($3 IS NULL OR o.person_id = $3)
                AND ($4 IS NULL OR o.partner_id = $4) RETURNING 1)
            SELECT count(*)::integer FROM done""",
        volatility="VOLATILE",
    ),
    # Who still holds what they were told for: an account that signs in, the membership, the role.
    definer(
        "obligation_held_ids()",
        "SETOF uuid",
        f"""SELECT o.id FROM notify_obligation o JOIN users_user u ON u.id = o.person_id AND u.is_active
              WHERE o.closed_at IS NULL AND CASE
                WHEN o.partner_id IS NOT NULL THEN EXISTS (SELECT 1 FROM partners_membership m
                  WHERE m.user_id = o.person_id AND m.partner_id = o.partner_id AND (o.role = '' OR m.role = o.role)
                    AND m.revoked_at IS NULL
                    AND m.starts_on <= {TODAY} AND (m.ends_on IS NULL OR m.ends_on >= {TODAY}))
                WHEN o.role <> '' THEN EXISTS (SELECT 1 FROM users_user_groups l JOIN auth_group g ON g.id = l.group_id
                  WHERE l.user_id = o.person_id AND g.name = o.role)
                ELSE true END""",
    ),
]

# Every page shows it: counted in the query that enters a scope.
UNREAD = (
    definer(
        "scope_unread(p_user uuid)",
        "integer",
        """SELECT count(*)::integer FROM notify_obligation o
             WHERE o.person_id = $1 AND o.closed_at IS NULL AND o.read_at IS NULL""",
    )[0],
    definer("scope_unread(p_user uuid)", "integer", "SELECT 0")[0],
)

# The same person, object and partner are owed once while it is open. Another day is another obligation, with reminders
# of its own.
OWE = (
    """
CREATE FUNCTION obligation_owe(p_id uuid, p_kind text, p_object_id uuid, p_person uuid, p_partner uuid, p_role text,
  p_due date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF scope_user_id() IS NULL AND scope_system() IS NULL THEN
    RETURN false;
  END IF;
  UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE o.kind = p_kind AND o.object_id = p_object_id
    AND o.person_id = p_person AND o.partner_id IS NOT DISTINCT FROM p_partner AND o.closed_at IS NULL
    AND o.due_on IS DISTINCT FROM p_due;
  INSERT INTO notify_obligation (id, kind, object_id, person_id, partner_id, role, due_on, owed_at)
    VALUES (p_id, p_kind, p_object_id, p_person, p_partner, p_role, p_due, clock_timestamp())
    ON CONFLICT (kind, object_id, person_id, partner_id) WHERE closed_at IS NULL DO NOTHING;
  RETURN FOUND;
END $$;
""",
    "DROP FUNCTION obligation_owe(uuid, text, uuid, uuid, uuid, text, date)",
)

TABLES = [
    policies(
        "notify_obligation", select=f"{JOB} OR person_id = {ME}", insert="false", update=f"{JOB} OR person_id = {ME}"
    ),
    policies("notify_sending", select=JOB, insert=JOB, update=JOB, check="can_see_obligation(obligation_id)"),
    policies(
        "notify_notificationchoice",
        select=f"{JOB} OR person_id = {ME}",
        insert=f"person_id = {ME}",
        update=f"person_id = {ME}",
    ),
    policies(
        "notify_messagetext",
        select=f"{JOB} OR {MANAGES}",
        insert=f"{MANAGES} AND written_by_id = {ME}",
        update="false",
    ),
]

# Row security cannot say which columns change: a person reads, and the job closes what is no longer theirs.
FREEZE = (
    """
CREATE FUNCTION obligation_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
CREATE TRIGGER obligation_frozen BEFORE UPDATE ON notify_obligation FOR EACH ROW EXECUTE FUNCTION obligation_freeze();
""",
    "DROP TRIGGER obligation_frozen ON notify_obligation; DROP FUNCTION obligation_freeze();",
)

KEPT = (
    """
CREATE FUNCTION obligation_forget(row_id uuid) RETURNS uuid[] LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH messages AS (DELETE FROM notify_sending WHERE obligation_id = $1),
       gone AS (DELETE FROM notify_obligation WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
SELECT retention_kind_register('obligation', 'obligation', 'notify_obligation', 'notifications', 'la fin de ce qui attendait',
  'destroy',
  'SELECT o.id AS object_id, '''' AS reference, (o.closed_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
     ARRAY[o.id, o.object_id] AS together FROM notify_obligation o',
  'obligation_forget', 6, 'Six mois suffisent pour savoir qui a été prévenu, et quand.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 86);
""",
    "DELETE FROM retention_kind WHERE kind = 'obligation'; DROP FUNCTION obligation_forget(uuid)",
)
KIND = ("SELECT journal_kind_register('obligation', 'notify_obligation')", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0004_notifications"),
        ("access", "0012_unread"),
        ("partners", "0011_pipeline_wall"),
        ("retention", "0003_rings"),
    ]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, UNREAD, OWE, *TABLES, FREEZE, KIND, KEPT]]
