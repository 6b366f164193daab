"""Row security of training: a trainer sees the people of the sessions given, a director the team, a trainee oneself."""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
SIGNED_IN = "(SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL"
TRAINS = "(SELECT scope_has_role('trainer'))"

FUNCTIONS = [
    definer(
        "session_trained_ids()",
        "SETOF uuid",
        "SELECT t.session_id FROM formation_sessiontrainer t WHERE t.trainer_id = scope_user_id() AND scope_has_role('trainer')",
    ),
    definer(
        "professional_visible_ids()",
        "SETOF uuid",
        """SELECT p.id FROM formation_professional p WHERE p.user_id = scope_user_id()
             OR p.created_by_id = scope_user_id() OR p.employer_id = ANY (scope_partners_as('structure_director'))
           UNION SELECT e.professional_id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())""",
    ),
    definer(
        "can_see_professional(professional uuid)",
        "boolean",
        f"SELECT {ALL} OR $1 IN (SELECT professional_visible_ids())",
    ),
    definer(
        "enrolment_visible_ids()",
        "SETOF uuid",
        """SELECT e.id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
             OR e.employer_id = ANY (scope_partners_as('structure_director'))
             OR e.professional_id IN (SELECT p.id FROM formation_professional p WHERE p.user_id = scope_user_id())""",
    ),
    definer(
        "can_see_enrolment(enrolment uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT enrolment_visible_ids())"
    ),
    definer("can_see_session(session uuid)", "boolean", f"SELECT {SIGNED_IN} AND $1 IS NOT NULL"),
    definer("can_see_halfday(halfday uuid)", "boolean", f"SELECT {SIGNED_IN} AND $1 IS NOT NULL"),
]

GIVES = f"{MANAGES} OR session_id IN (SELECT session_trained_ids())"
TEAM = "employer_id = ANY (scope_partners_as('structure_director'))"

TABLES = [
    policies(
        "formation_professional",
        select=f"{ALL} OR id IN (SELECT professional_visible_ids())",
        insert=f"{MANAGES} OR (created_by_id = {ME} AND ({TRAINS} OR {TEAM}))",
        update=f"{MANAGES} OR {TEAM}",
        check=optional("can_see_partner", "employer_id"),
    ),
    policies(
        "formation_session",
        select=SIGNED_IN,
        insert=f"{MANAGES} OR {TRAINS}",
        update=f"{MANAGES} OR id IN (SELECT session_trained_ids())",
    ),
    policies(
        "formation_sessiontrainer",
        select=SIGNED_IN,
        insert=f"{MANAGES} OR ({TRAINS} AND trainer_id = {ME})",
        update="false",
        delete=MANAGES,
        check="can_see_session(session_id)",
    ),
    policies("formation_halfday", select=SIGNED_IN, insert=GIVES, update=GIVES, check="can_see_session(session_id)"),
    policies(
        "formation_enrolment",
        select=f"{ALL} OR id IN (SELECT enrolment_visible_ids())",
        insert=f"{GIVES} OR {TEAM}",
        update=f"{GIVES} OR {TEAM}",
        check=f"can_see_session(session_id) AND can_see_professional(professional_id) "
        f"AND ({optional('can_see_partner', 'employer_id')} OR session_id IN (SELECT session_trained_ids()))",
    ),
    policies(
        "formation_attendance",
        select=f"{ALL} OR enrolment_id IN (SELECT enrolment_visible_ids())",
        insert=f"{MANAGES} OR (recorded_by_id = {ME} AND enrolment_id IN (SELECT enrolment_visible_ids()) AND {TRAINS})",
        update=f"{MANAGES} OR (enrolment_id IN (SELECT enrolment_visible_ids()) AND {TRAINS})",
        check="can_see_enrolment(enrolment_id) AND can_see_halfday(half_day_id)",
    ),
    policies(
        "formation_supportact",
        select=f"{ALL} OR recorded_by_id = {ME} OR partner_id = ANY ((SELECT scope_partner_ids())::uuid[])",
        insert=f"{MANAGES} OR (recorded_by_id = {ME} AND {TRAINS})",
        update=f"{MANAGES} OR (recorded_by_id = {ME} AND {TRAINS})",
        check=f"{optional('can_see_partner', 'partner_id')} AND {optional('can_see_professional', 'professional_id')}",
    ),
]

ENROLLED = (
    """
CREATE OR REPLACE FUNCTION attendance_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formation_enrolment e JOIN formation_halfday h ON h.session_id = e.session_id
    WHERE e.id = NEW.enrolment_id AND h.id = NEW.half_day_id AND e.cancelled_at IS NULL) THEN
    RAISE EXCEPTION 'not enrolled' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_of_enrolled';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER attendance_enrolled AFTER INSERT OR UPDATE ON formation_attendance
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attendance_check();

CREATE OR REPLACE FUNCTION halfday_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formation_session s WHERE s.id = NEW.session_id AND NEW.day BETWEEN s.starts_on AND s.ends_on) THEN
    RAISE EXCEPTION 'outside the session' USING ERRCODE = 'check_violation', CONSTRAINT = 'halfday_within_session';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER halfday_within AFTER INSERT OR UPDATE ON formation_halfday
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION halfday_check();
""",
    "DROP FUNCTION attendance_check() CASCADE; DROP FUNCTION halfday_check() CASCADE;",
)

KINDS = [
    (f"SELECT journal_kind_register('{kind}', 'formation_{kind}')", migrations.RunSQL.noop)
    for kind in ("session", "enrolment", "professional", "supportact")
]


class Migration(migrations.Migration):
    dependencies = [("formation", "0001_initial"), ("partners", "0002_wall"), ("journal", "0002_functions")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, ENROLLED, *KINDS]]
