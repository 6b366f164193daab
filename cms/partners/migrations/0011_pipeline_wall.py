"""Follow-up and reminders are the coordination's: the partner reads its convention, not what is said of it.

The job of the morning acts as `notify`, which sees no convention: functions of the owner tell it whom to write to, and
how many conventions end, never whose they are.
"""

from django.db import migrations

from cms.access.wall import definer, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"

FOLLOWUP = policies(
    "partners_conventionfollowup",
    select=ALL,
    insert=MANAGES,
    update=MANAGES,
    check="can_see_convention(convention_id)",
)
REMINDER = policies("partners_conventionreminder", select=ALL, insert="false", update="false")

# Who answers for the convention while their account and their role hold; else the whole coordination.
DUE = definer(
    "convention_renewals_due(day date, steps integer[])",
    "TABLE (convention_id uuid, ends_on date, days integer, person_id uuid, email text)",
    """SELECT c.id, c.ends_on, s.days, u.id, u.email::text
       FROM partners_convention c
       JOIN partners_partner p ON p.id = c.partner_id AND (p.closed_on IS NULL OR p.closed_on > $1)
       CROSS JOIN unnest($2) AS s(days)
       LEFT JOIN partners_conventionfollowup f ON f.convention_id = c.id AND EXISTS (
         SELECT 1 FROM users_user o JOIN users_user_groups g ON g.user_id = o.id JOIN auth_group r ON r.id = g.group_id
         WHERE o.id = f.owner_id AND o.is_active AND r.name IN ('coordination', 'direction'))
       JOIN users_user u ON u.is_active AND (u.id = f.owner_id OR (f.owner_id IS NULL AND EXISTS (
         SELECT 1 FROM users_user_groups g JOIN auth_group r ON r.id = g.group_id
         WHERE g.user_id = u.id AND r.name = 'coordination')))
       WHERE coalesce(scope_system() = 'notify', false) AND c.stage = 'signed' AND c.denounced_on IS NULL
         AND c.ends_on >= $1 AND c.ends_on <= $1 + s.days
         AND NOT EXISTS (SELECT 1 FROM partners_convention n WHERE n.partner_id = c.partner_id AND n.stage = 'signed'
           AND n.starts_on > c.ends_on)
         AND NOT EXISTS (SELECT 1 FROM partners_conventionreminder d WHERE d.convention_id = c.id
           AND d.ends_on = c.ends_on AND d.days = s.days AND d.recipient_id = u.id)
       ORDER BY c.ends_on, s.days""",
)

PLAIN = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"
ALONE = """IF coalesce(scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'conventions: done by their own job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;"""
MARK = (
    f"""
CREATE FUNCTION convention_reminder_mark(p_convention uuid, p_ends_on date, p_days integer, p_person uuid) RETURNS void
{PLAIN}
BEGIN
  {ALONE}
  INSERT INTO partners_conventionreminder (id, convention_id, ends_on, days, recipient_id, sent_at)
    VALUES (gen_random_uuid(), p_convention, p_ends_on, p_days, p_person, clock_timestamp());
END $$;
""",
    "DROP FUNCTION convention_reminder_mark(uuid, date, integer, uuid)",
)
EXPIRE = (
    f"""
CREATE FUNCTION conventions_expire(p_day date) RETURNS SETOF uuid {PLAIN}
BEGIN
  {ALONE}
  RETURN QUERY
    WITH gone AS (
      UPDATE partners_convention c SET stage = 'ended' WHERE c.stage = 'signed' AND c.ends_on < p_day
      RETURNING c.id, c.ends_on
    ), step AS (
      INSERT INTO partners_conventionstep (id, convention_id, stage, happened_on, recorded_at)
      SELECT gen_random_uuid(), g.id, 'ended', g.ends_on + 1, clock_timestamp() FROM gone g
    )
    SELECT g.id FROM gone g;
END $$;
""",
    "DROP FUNCTION conventions_expire(date)",
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0010_pipeline"), ("access", "0002_scope")]

    operations = [migrations.RunSQL(*pair) for pair in [FOLLOWUP, REMINDER, DUE, MARK, EXPIRE]]
