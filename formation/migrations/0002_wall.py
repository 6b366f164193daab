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
           UNION SELECT e.professional_id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
           UNION SELECT nullif(current_setting('app.professional_id', true), '')::uuid WHERE scope_has_role('trainer')""",
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
    definer("can_see_enrolment(enrolment uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT enrolment_visible_ids())"),
    definer(
        "enrolment_trained_ids()",
        "SETOF uuid",
        "SELECT e.id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())",
    ),
    # A trainer who adds somebody by e-mail reaches that person, seen or not, until the end of the transaction.
    definer(
        "professional_reach(address text)",
        "uuid",
        """SELECT set_config('app.professional_id', p.id::text, true)::uuid FROM formation_professional p
           WHERE lower(p.email) = lower(address) AND p.email <> '' AND scope_has_role('trainer')""",
        volatility="VOLATILE",
    ),
    definer(
        "session_has_trainer(session uuid)",
        "boolean",
        "SELECT EXISTS (SELECT 1 FROM formation_sessiontrainer t WHERE t.session_id = $1)",
    ),
    definer(
        "version_is_curriculum(version uuid)",
        "boolean",
        """SELECT EXISTS (SELECT 1 FROM documents_documentversion v JOIN documents_document d ON d.id = v.document_id
             WHERE v.id = $1 AND d.kind = 'curriculum')""",
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
        insert=f"{MANAGES} OR session_id IN (SELECT session_trained_ids()) "
        f"OR ({TRAINS} AND trainer_id = {ME} AND NOT session_has_trainer(session_id))",
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
        insert=f"{MANAGES} OR (recorded_by_id = {ME} AND enrolment_id IN (SELECT enrolment_trained_ids()))",
        update=f"{MANAGES} OR enrolment_id IN (SELECT enrolment_trained_ids())",
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

# A director counts the places that other teams have taken without seeing who took them. The lock is held to the end of
# the transaction: two people cannot take the last place.
PLACES = (
    """
CREATE OR REPLACE FUNCTION session_places_taken(session uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*)::integer FROM formation_enrolment e WHERE e.session_id = $1 AND e.cancelled_at IS NULL $$;
CREATE OR REPLACE FUNCTION session_places_left(session uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE places integer;
BEGIN
  SELECT s.capacity INTO places FROM formation_session s WHERE s.id = $1 FOR NO KEY UPDATE;
  RETURN places - session_places_taken($1);
END $$;
CREATE OR REPLACE FUNCTION enrolment_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.cancelled_at IS NULL AND session_places_left(NEW.session_id) < 0 THEN
    RAISE EXCEPTION 'session full' USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_within_capacity';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_capacity AFTER INSERT OR UPDATE OF cancelled_at ON formation_enrolment
  FOR EACH ROW EXECUTE FUNCTION enrolment_check();
""",
    "DROP FUNCTION enrolment_check() CASCADE; DROP FUNCTION session_places_left(uuid); DROP FUNCTION session_places_taken(uuid);",
)

# Trainers are authors of the curriculum alone: their right on versions is added to the one of the documents.
PUBLISH = (
    """
CREATE POLICY trainer_inserts ON documents_documentversion FOR INSERT WITH CHECK (
  (SELECT scope_has_role('trainer'))
  AND EXISTS (SELECT 1 FROM documents_document d WHERE d.id = document_id AND d.kind = 'curriculum'));
CREATE POLICY trainer_inserts ON documents_clauseversion FOR INSERT WITH CHECK (
  (SELECT scope_has_role('trainer')) AND version_is_curriculum(version_id));
""",
    "DROP POLICY trainer_inserts ON documents_clauseversion; DROP POLICY trainer_inserts ON documents_documentversion;",
)

KINDS = [
    (f"SELECT journal_kind_register('{kind}', 'formation_{kind}')", migrations.RunSQL.noop)
    for kind in ("session", "enrolment", "professional", "supportact")
]


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0001_initial"),
        ("partners", "0002_wall"),
        ("documents", "0002_wall"),
        ("journal", "0002_functions"),
    ]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, ENROLLED, PLACES, PUBLISH, *KINDS]]
