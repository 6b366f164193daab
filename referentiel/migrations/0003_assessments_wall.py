"""A self-assessment is seen by the team of its structure and by the coordination; it is written by that team until it is
sent. A campaign is opened by the coordination and read by everybody signed in.
"""

from django.db import migrations

from cms.access.wall import definer, policies

ME = "(SELECT scope_user_id())"
ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
SIGNED_IN = f"{ME} IS NOT NULL OR (SELECT scope_system()) IS NOT NULL"
TEAM = "(SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]"

CAN_SEE_CAMPAIGN = definer(
    "can_see_campaign(campaign uuid)",
    "boolean",
    """SELECT (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
       AND EXISTS (SELECT 1 FROM referentiel_campaign c WHERE c.id = $1)""",
)
CAN_SEE_ASSESSMENT = definer(
    "can_see_assessment(assessment uuid)",
    "boolean",
    """SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1
       AND a.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))""",
)
WRITES = definer(
    "writes_assessment(assessment uuid)",
    "boolean",
    """SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1 AND a.submitted_at IS NULL
       AND a.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))""",
)
FOLLOWS = definer(
    "follows_assessment(assessment uuid)",
    "boolean",
    """SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1
       AND a.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))""",
)
EVIDENCE_SEEN = definer(
    "can_see_evidence(evidence uuid)",
    "boolean",
    """SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND can_see_assessment(e.assessment_id))""",
)
EVIDENCE_ADDED = definer(
    "can_add_files_evidence(evidence uuid)",
    "boolean",
    """SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND writes_assessment(e.assessment_id))""",
)

CAMPAIGN = policies(
    "referentiel_campaign", select=SIGNED_IN, insert=f"opened_by_id = {ME} AND {MANAGES}", update="false"
)
ASSESSMENT = policies(
    "referentiel_assessment",
    select=f"{ALL} OR partner_id = ANY ({TEAM})",
    insert=f"started_by_id = {ME} AND partner_id = ANY ({TEAM})",
    update=f"partner_id = ANY ({TEAM})",
    check="can_see_partner(partner_id) AND can_see_campaign(campaign_id) AND can_see_documentversion(version_id)",
)
CHECK = "can_see_assessment(assessment_id)"
MARK = policies(
    "referentiel_mark",
    select=CHECK,
    insert=f"marked_by_id = {ME} AND writes_assessment(assessment_id)",
    update="writes_assessment(assessment_id)",
    delete="writes_assessment(assessment_id)",
    check=CHECK,
)
STEP = policies(
    "referentiel_planstep",
    select=CHECK,
    insert="writes_assessment(assessment_id)",
    update="follows_assessment(assessment_id)",
    delete="writes_assessment(assessment_id)",
    check=CHECK,
)
EVIDENCE = policies(
    "referentiel_evidence",
    select=CHECK,
    insert=f"added_by_id = {ME} AND writes_assessment(assessment_id)",
    update="false",
    check=CHECK,
)

# Once it is sent, an assessment is what was sent; of its plan, only the day on which an action was done is still written.
FREEZE = (
    """
CREATE FUNCTION assessment_freeze() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.submitted_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'assessment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER assessment_frozen BEFORE UPDATE ON referentiel_assessment
  FOR EACH ROW EXECUTE FUNCTION assessment_freeze();
CREATE FUNCTION plan_step_freeze() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected referentiel_planstep := OLD;
BEGIN
  expected.done_on := NEW.done_on;
  IF NEW IS DISTINCT FROM expected AND NOT public.writes_assessment(OLD.assessment_id) THEN
    RAISE EXCEPTION 'assessment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_step_frozen BEFORE UPDATE ON referentiel_planstep
  FOR EACH ROW EXECUTE FUNCTION plan_step_freeze();
""",
    "DROP FUNCTION assessment_freeze() CASCADE; DROP FUNCTION plan_step_freeze() CASCADE;",
)
KINDS = (
    """SELECT journal_kind_register('campaign', 'referentiel_campaign');
       SELECT journal_kind_register('assessment', 'referentiel_assessment');
       SELECT journal_kind_register('evidence', 'referentiel_evidence')""",
    "DELETE FROM journal_kind WHERE kind IN ('campaign', 'assessment', 'evidence')",
)


class Migration(migrations.Migration):
    dependencies = [
        ("referentiel", "0002_assessments"),
        ("documents", "0004_readings_wall"),
        ("files", "0002_wall"),
        ("journal", "0002_functions"),
    ]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            CAN_SEE_CAMPAIGN,
            CAN_SEE_ASSESSMENT,
            WRITES,
            FOLLOWS,
            EVIDENCE_SEEN,
            EVIDENCE_ADDED,
            CAMPAIGN,
            ASSESSMENT,
            MARK,
            STEP,
            EVIDENCE,
            FREEZE,
            KINDS,
        ]
    ]
