"""Who reads and writes the plan of a year; what of an enrolment and of a person nobody writes but as it is; scans."""

from django.db import migrations

from cms.access.wall import definer, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
TRAINS = "(SELECT scope_has_role('trainer'))"
SIGNED_IN = "((SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL)"
PLAIN = "LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp"
# Whoever acts in the name of the application, the coordination apart: functions of the owner go by.
BOUND = "current_user = 'havre_app' AND NOT coalesce(scope_manages_cases(), false)"

FUNCTIONS = [
    definer(
        "can_see_yearplan(plan uuid)",
        "boolean",
        f"""SELECT {ALL} OR {TRAINS} OR ({SIGNED_IN} AND EXISTS
              (SELECT 1 FROM formation_yearplan p WHERE p.id = $1 AND p.published_at IS NOT NULL))""",
    ),
    # The paper sheet that was signed, scanned back: for who runs the session.
    definer(
        "can_see_files_session(row_id uuid)",
        "boolean",
        "SELECT scope_sees_all_cases() OR $1 IN (SELECT session_trained_ids())",
    ),
    definer(
        "can_add_files_session(row_id uuid)",
        "boolean",
        """SELECT $1 IN (SELECT session_trained_ids())
             AND EXISTS (SELECT 1 FROM formation_session s WHERE s.id = $1 AND s.state <> 'cancelled')""",
    ),
    definer(
        "enrolment_facts_match(professional uuid, employer uuid, employer_type text, profession text)",
        "boolean",
        """SELECT EXISTS (SELECT 1 FROM formation_professional p WHERE p.id = $1
             AND p.employer_id IS NOT DISTINCT FROM $2
             AND ($3 IS NULL OR p.employer_type_id = $3) AND ($4 IS NULL OR p.profession_id = $4))""",
    ),
    definer(
        "account_of_address(account uuid, address text)",
        "boolean",
        "SELECT EXISTS (SELECT 1 FROM users_user u WHERE u.id = $1 AND lower(u.email) = lower($2))",
    ),
]

TABLES = [
    policies(
        "formation_yearplan",
        select=f"{ALL} OR {TRAINS} OR (published_at IS NOT NULL AND {SIGNED_IN})",
        insert=MANAGES,
        update=MANAGES,
    ),
    policies(
        "formation_yearplanline",
        select="can_see_yearplan(plan_id)",
        insert=MANAGES,
        update=MANAGES,
        check="can_see_yearplan(plan_id)",
    ),
]

# An employer written on an enrolment opens it to a direction: it is the one of the person, and no other.
FACTS = (
    f"""
CREATE FUNCTION enrolment_facts_check() RETURNS trigger {PLAIN} AS $$
BEGIN
  IF NOT ({BOUND}) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.session_id, NEW.professional_id) IS DISTINCT FROM (OLD.session_id, OLD.professional_id)
  THEN
    RAISE EXCEPTION 'enrolment: of one person in one session' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.employer_id, NEW.employer_type_id, NEW.profession_id) IS NOT DISTINCT FROM
     (OLD.employer_id, OLD.employer_type_id, OLD.profession_id) THEN
    RETURN NEW;
  END IF;
  IF NOT enrolment_facts_match(NEW.professional_id, NEW.employer_id, NEW.employer_type_id, NEW.profession_id) THEN
    RAISE EXCEPTION 'enrolment: as the person is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enrolment_facts BEFORE INSERT OR UPDATE ON formation_enrolment
  FOR EACH ROW EXECUTE FUNCTION enrolment_facts_check();
CREATE FUNCTION professional_facts_check() RETURNS trigger {PLAIN} AS $$
BEGIN
  IF NOT ({BOUND}) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.user_id, NEW.merged_into_id, NEW.created_by_id) IS DISTINCT FROM
     (OLD.user_id, OLD.merged_into_id, OLD.created_by_id) THEN
    RAISE EXCEPTION 'professional: the coordination ties and merges' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.merged_into_id IS NOT NULL
     OR (NEW.user_id IS NOT NULL AND NOT account_of_address(NEW.user_id, NEW.email))) THEN
    RAISE EXCEPTION 'professional: the account of another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER professional_facts BEFORE INSERT OR UPDATE ON formation_professional
  FOR EACH ROW EXECUTE FUNCTION professional_facts_check();
""",
    "DROP FUNCTION professional_facts_check() CASCADE; DROP FUNCTION enrolment_facts_check() CASCADE;",
)

KIND = ("SELECT journal_kind_register('yearplan', 'formation_yearplan')", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("formation", "0011_year_plan"), ("files", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, FACTS, KIND]]
