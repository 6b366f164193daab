"""Who merges two files of one person; what finds a person by the address of a merged file."""

from django.db import migrations

from cms.access.wall import optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
TRAINS = "(SELECT scope_has_role('trainer'))"
TEAM = "employer_id = ANY (scope_partners_as('structure_director'))"
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

TABLES = [
    policies(
        "formation_professionalmerge",
        select=ALL,
        insert=f"{MANAGES} AND merged_by_id = {ME}",
        update=MANAGES,
        check="can_see_professional(kept_id) AND can_see_professional(merged_id)",
    ),
    policies(
        "formation_professionalapart",
        select=ALL,
        insert=f"{MANAGES} AND said_by_id = {ME}",
        update="false",
        check="can_see_professional(first_id) AND can_see_professional(second_id)",
    ),
]


TABLES.append(
    policies(
        "formation_renewalreminder",
        select=f"{ALL} OR professional_id IN (SELECT professional_visible_ids())",
        insert="false",
        update="false",
    )
)
# The job sees nobody: it is told by the figures whom to remind, and notes it once.
REMIND = (
    f"""
CREATE FUNCTION renewal_remind(p_professional uuid, p_due_on date, p_days integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
BEGIN
  IF coalesce(scope_system() <> 'training', true) THEN
    RAISE EXCEPTION 'renewal: not who reminds' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_renewalreminder (id, professional_id, due_on, days, sent_at)
    VALUES (gen_random_uuid(), p_professional, p_due_on, p_days, clock_timestamp()) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
""",
    "DROP FUNCTION renewal_remind(uuid, date, integer);",
)


def written(check: str) -> str:
    """Policies of writing of a professional: as before, with the key to the file that it was merged into."""
    return f"""
DROP POLICY insert_rows ON formation_professional;
DROP POLICY update_rows ON formation_professional;
CREATE POLICY insert_rows ON formation_professional FOR INSERT WITH CHECK (
  ({MANAGES} OR (created_by_id = {ME} AND ({TRAINS} OR {TEAM}))) AND ({check}));
CREATE POLICY update_rows ON formation_professional FOR UPDATE USING ({MANAGES} OR {TEAM}) WITH CHECK (
  ({MANAGES} OR {TEAM}) AND ({check}));
"""


EMPLOYER = optional("can_see_partner", "employer_id")
PROFESSIONAL = (
    written(f"{EMPLOYER} AND {optional('can_see_professional', 'merged_into_id')}"),
    written(EMPLOYER),
)


def reach(found: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION professional_reach(address text) RETURNS uuid LANGUAGE sql VOLATILE {DEFINER} AS $body$
  SELECT set_config('app.professional_id', {found}::text, true)::uuid FROM formation_professional p
  WHERE lower(p.email) = lower(address) AND p.email <> '' AND scope_has_role('trainer') $body$;
"""


REACH = (reach("coalesce(p.merged_into_id, p.id)"), reach("p.id"))


def signing(by_email: str, by_name: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION signing_enrolment(p_session uuid, p_user uuid, p_email text, p_name text)
RETURNS SETOF uuid LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT e.id FROM formation_enrolment e JOIN formation_professional p ON p.id = e.professional_id
  WHERE coalesce(scope_system() = 'signing', false) AND e.session_id = $1 AND e.cancelled_at IS NULL
    AND CASE WHEN $2 IS NOT NULL THEN p.user_id = $2
             WHEN $3 <> '' THEN {by_email}
             ELSE {by_name} END $$;
"""


BY_EMAIL, BY_NAME = "lower(p.email) = lower($3)", "name_key(p.last_name || ' ' || p.first_name) = name_key($4)"
SIGNING = (
    signing(
        f"""({BY_EMAIL} OR EXISTS (SELECT 1 FROM formation_professional q
               WHERE q.merged_into_id = p.id AND lower(q.email) = lower($3)))""",
        f"""({BY_NAME} OR EXISTS (SELECT 1 FROM formation_professional q
               WHERE q.merged_into_id = p.id AND name_key(q.last_name || ' ' || q.first_name) = name_key($4)))""",
    ),
    signing(BY_EMAIL, BY_NAME),
)


def forget(who: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION professional_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = e.enrolled_at
  FROM formation_sessiontrainer t, formation_professional p
  WHERE p.id = $1 AND e.professional_id = p.id AND t.session_id = e.session_id AND t.trainer_id = p.user_id
    AND e.cancelled_at IS NULL;
  UPDATE formation_attestation a SET content = '{{}}'::jsonb
  FROM formation_enrolment e WHERE e.id = a.enrolment_id AND e.professional_id = $1;
  UPDATE formation_professional SET last_name = 'Anonyme', first_name = '', email = '', user_id = NULL,
    employer_id = NULL, employer_name = '', created_by_id = NULL WHERE {who};
  RETURN ARRAY[$1];
END $$;
"""


FORGET = (forget("id = $1 OR merged_into_id = $1"), forget("id = $1"))


class Migration(migrations.Migration):
    dependencies = [("formation", "0007_merges"), ("formation", "0006_proofs_retention")]

    operations = [migrations.RunSQL(*pair) for pair in [*TABLES, REMIND, PROFESSIONAL, REACH, SIGNING, FORGET]]
