"""The coordination prepares a visit that nobody else sees; the structure reads it once it is sent and writes its
observations, which the coordination reads once they are sent. Each of the two moves the visit on by itself alone: the
structure answers, the coordination decides, and the job of the morning says that a delay is over.
"""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ME = "(SELECT scope_user_id())"
ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
TEAM = "(SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]"
IN_TEAM = "v.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))"

CAN_SEE_VISIT = definer(
    "can_see_visit(visit uuid)",
    "boolean",
    f"""SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1
        AND v.sent_at IS NOT NULL AND {IN_TEAM})""",
)
SEES_OBSERVATIONS = definer(
    "sees_observations(visit uuid)",
    "boolean",
    f"""SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1
        AND ((scope_sees_all_cases() AND v.answered_at IS NOT NULL) OR (v.sent_at IS NOT NULL AND {IN_TEAM})))""",
)
IS_IN = definer(
    "visit_is_in(visit uuid, states text[])",
    "boolean",
    "SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1 AND v.state = ANY ($2))",
)
IS_OF = definer(
    "visit_is_of(visit uuid, partner uuid)",
    "boolean",
    "SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1 AND v.partner_id = $2)",
)
ASSESSMENT_OF = definer(
    "assessment_is_of(assessment uuid, partner uuid)",
    "boolean",
    "SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1 AND a.partner_id = $2)",
)
# What was already confirmed, by silence for instance, is no longer to be discussed.
OBSERVES = definer(
    "observes_exigence(visit uuid, code text)",
    "boolean",
    f"""SELECT EXISTS (SELECT 1 FROM referentiel_visit v JOIN referentiel_visitmark m ON m.visit_id = v.id
        WHERE v.id = $1 AND m.code = $2 AND v.state IN ('sent', 'unanswered') AND {IN_TEAM}
          AND NOT EXISTS (SELECT 1 FROM referentiel_confirmedmark c WHERE c.visit_id = v.id AND c.code = $2))""",
)
RENEWS = definer(
    "evidence_is_of(evidence uuid, assessment uuid, code text)",
    "boolean",
    """SELECT EXISTS (SELECT 1 FROM referentiel_evidence e
       WHERE e.id = $1 AND e.assessment_id = $2 AND e.code = $3)""",
)

VISIT = policies(
    "referentiel_visit",
    select=f"{ALL} OR (sent_at IS NOT NULL AND partner_id = ANY ({TEAM}))",
    insert=f"opened_by_id = {ME} AND {MANAGES} AND state = 'draft'",
    # The team locks it while it writes its observations; `visit_guard` says what its direction alone may change.
    update=f"{MANAGES} OR (sent_at IS NOT NULL AND partner_id = ANY ({TEAM}))",
    check="can_see_partner(partner_id) AND can_see_documentversion(version_id) AND (assessment_id IS NULL "
    "OR (can_see_assessment(assessment_id) AND assessment_is_of(assessment_id, partner_id)))",
)
SEEN = "can_see_visit(visit_id)"
PREPARES = f"marked_by_id = {ME} AND {MANAGES} AND visit_is_in(visit_id, ARRAY['draft'])"
MARK = policies(
    "referentiel_visitmark",
    select=SEEN,
    insert=PREPARES,
    update=f"{MANAGES} AND visit_is_in(visit_id, ARRAY['draft'])",
    delete=f"{MANAGES} AND visit_is_in(visit_id, ARRAY['draft'])",
    check=f"{SEEN} AND marked_by_id = {ME}",
)
OBSERVATION = policies(
    "referentiel_observation",
    select="sees_observations(visit_id)",
    insert="observes_exigence(visit_id, code)",
    update="observes_exigence(visit_id, code)",
    check=f"{SEEN} AND written_by_id = {ME}",
)
CONFIRMED = policies(
    "referentiel_confirmedmark",
    select=SEEN,
    insert=f"decided_by_id = {ME} AND {MANAGES} AND visit_is_in(visit_id, ARRAY['answered', 'unanswered'])",
    update="false",
    check=f"{SEEN} AND can_see_partner(partner_id) AND visit_is_of(visit_id, partner_id)",
)
DEROGATION = policies(
    "referentiel_derogation",
    select=f"{ALL} OR (agreed_at IS NOT NULL AND partner_id = ANY ({TEAM}))",
    insert=f"asked_by_id = {ME} AND {MANAGES} AND agreed_at IS NULL AND revoked_at IS NULL",
    update=MANAGES,
    check="can_see_partner(partner_id)",
)
REMINDER = policies(
    "referentiel_standardsreminder", select=f"{ALL} OR recipient_id = {ME}", insert="false", update="false"
)

# A proof that expires is replaced by another of the same exigence, even once the assessment is sent.
EVIDENCE = """
DROP POLICY insert_rows ON referentiel_evidence;
CREATE POLICY insert_rows ON referentiel_evidence FOR INSERT WITH CHECK (
  (added_by_id = (SELECT scope_user_id()) AND {condition}) AND (can_see_assessment(assessment_id){check}));
CREATE OR REPLACE FUNCTION can_add_files_evidence(evidence uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND {files}) $$;
"""
RENEWAL = (
    EVIDENCE.format(
        condition="(writes_assessment(assessment_id) OR (replaces_id IS NOT NULL AND follows_assessment(assessment_id)))",
        check=f" AND ({optional('can_see_evidence', 'replaces_id')})"
        " AND (replaces_id IS NULL OR evidence_is_of(replaces_id, assessment_id, code))",
        files="(writes_assessment(e.assessment_id) OR (e.replaces_id IS NOT NULL AND follows_assessment(e.assessment_id)))",
    ),
    EVIDENCE.format(
        condition="writes_assessment(assessment_id)", check="", files="writes_assessment(e.assessment_id)"
    ),
)

# The pairs are those of `referentiel.states.NEXT`.
GUARD = (
    """
CREATE FUNCTION visit_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected referentiel_visit := OLD;
BEGIN
  IF OLD.state IN ('closed', 'cancelled') AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'visit_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_frozen';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) <> ALL (ARRAY['draft>sent', 'draft>cancelled',
      'sent>answered', 'sent>unanswered', 'sent>cancelled', 'unanswered>answered', 'unanswered>closed',
      'answered>closed']) THEN
    RAISE EXCEPTION 'visit_step' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_step';
  END IF;
  IF (NEW.partner_id, NEW.version_id, NEW.assessment_id, NEW.kind, NEW.opened_by_id, NEW.opened_at)
      IS DISTINCT FROM (OLD.partner_id, OLD.version_id, OLD.assessment_id, OLD.kind, OLD.opened_by_id, OLD.opened_at) THEN
    RAISE EXCEPTION 'visit_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_frozen';
  END IF;
  -- The structure sends its observations, and changes nothing else; nobody answers in its place.
  IF NEW.state = 'answered' AND OLD.state <> 'answered' THEN
    IF NOT OLD.partner_id = ANY (public.scope_partners_as('structure_director')) THEN
      RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
    END IF;
    expected.state := NEW.state;
    expected.answered_at := NEW.answered_at;
    expected.answered_by_id := public.scope_user_id();
    expected.reply_by := NEW.reply_by;
    IF NEW IS DISTINCT FROM expected THEN
      RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
    END IF;
  ELSIF public.scope_user_id() IS NOT NULL AND NOT public.scope_manages_cases() THEN
    RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
  END IF;
  IF NEW.state = 'unanswered' AND OLD.state <> 'unanswered' AND coalesce(public.scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'visit_step' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_step';
  END IF;
  IF NEW.state = 'closed' AND OLD.state <> 'closed' AND EXISTS (
      SELECT 1 FROM public.referentiel_visitmark m WHERE m.visit_id = NEW.id AND NOT EXISTS (
        SELECT 1 FROM public.referentiel_confirmedmark c WHERE c.visit_id = m.visit_id AND c.code = m.code)) THEN
    RAISE EXCEPTION 'visit_undecided' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_undecided';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_guarded BEFORE UPDATE ON referentiel_visit FOR EACH ROW EXECUTE FUNCTION visit_guard();

CREATE FUNCTION derogation_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.partner_id, NEW.code, NEW.reason, NEW.starts_on, NEW.ends_on, NEW.asked_by_id, NEW.asked_at)
       IS DISTINCT FROM (OLD.partner_id, OLD.code, OLD.reason, OLD.starts_on, OLD.ends_on, OLD.asked_by_id, OLD.asked_at)
     OR OLD.revoked_at IS NOT NULL
     OR (OLD.agreed_at IS NOT NULL AND (NEW.agreed_at, NEW.agreed_by_id) IS DISTINCT FROM (OLD.agreed_at, OLD.agreed_by_id))
     OR (OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL AND NEW.agreed_by_id IS DISTINCT FROM public.scope_user_id())
     OR (NEW.revoked_at IS NOT NULL AND NEW.revoked_by_id IS DISTINCT FROM public.scope_user_id()) THEN
    RAISE EXCEPTION 'derogation_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'derogation_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER derogation_guarded BEFORE UPDATE ON referentiel_derogation
  FOR EACH ROW EXECUTE FUNCTION derogation_guard();
""",
    "DROP FUNCTION visit_guard() CASCADE; DROP FUNCTION derogation_guard() CASCADE;",
)

PLAIN = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"
ALONE = """IF coalesce(scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'standards: done by their own job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;"""

# Past its delay, the structure has accepted what is standard as it was proposed; imperative exigences stay open.
SILENCE = (
    f"""
CREATE FUNCTION visits_silence(p_day date, p_reply_days integer) RETURNS TABLE (visit_id uuid, confirmed integer)
{PLAIN}
#variable_conflict use_column
BEGIN
  {ALONE}
  RETURN QUERY
    WITH gone AS (
      UPDATE referentiel_visit v SET state = 'unanswered', silent_at = clock_timestamp(), reply_by = p_day + p_reply_days
      WHERE v.state = 'sent' AND v.answer_by < p_day RETURNING v.id, v.partner_id
    ), held AS (
      INSERT INTO referentiel_confirmedmark (id, visit_id, partner_id, code, level, value, origin, reply, decided_at)
      SELECT gen_random_uuid(), g.id, g.partner_id, m.code, m.level, m.value, 'silence', '', clock_timestamp()
      FROM gone g JOIN referentiel_visitmark m ON m.visit_id = g.id WHERE m.level = 'standard'
      RETURNING visit_id
    )
    SELECT g.id, (SELECT count(*)::integer FROM held h WHERE h.visit_id = g.id) FROM gone g;
END $$;
""",
    "DROP FUNCTION visits_silence(date, integer)",
)

# Whom to write to about what falls due: never whose it is. A proof counts while its assessment is the structure's last.
DUE = definer(
    "standards_reminders_due(day date, visit_steps integer[], proof_steps integer[], derogation_steps integer[])",
    "TABLE (about text, object_id uuid, due_on date, days integer, person_id uuid, email text)",
    """WITH coordination AS (
         SELECT u.id, u.email::text AS email, g.name FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
         JOIN auth_group g ON g.id = ug.group_id WHERE u.is_active AND g.name IN ('coordination', 'direction')
       ), directors AS (
         SELECT m.partner_id, u.id, u.email::text AS email FROM partners_membership m JOIN users_user u ON u.id = m.user_id
         WHERE u.is_active AND m.role = 'structure_director' AND m.starts_on <= $1 AND (m.ends_on IS NULL OR m.ends_on >= $1)
           AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())
       ), last AS (
         SELECT DISTINCT ON (a.partner_id) a.id, a.partner_id FROM referentiel_assessment a
         JOIN referentiel_campaign c ON c.id = a.campaign_id ORDER BY a.partner_id, c.year DESC
       ), theirs AS (
         SELECT 'answer' AS about, v.id, v.answer_by AS due_on, s.days, v.partner_id
         FROM referentiel_visit v, unnest($2) AS s(days)
         WHERE v.state = 'sent' AND v.answer_by BETWEEN $1 AND $1 + s.days
         UNION ALL SELECT 'silence', v.id, v.answer_by, 0, v.partner_id FROM referentiel_visit v WHERE v.state = 'unanswered'
         UNION ALL SELECT 'evidence', e.id, e.valid_until, s.days, l.partner_id
         FROM referentiel_evidence e JOIN last l ON l.id = e.assessment_id, unnest($3 || 0) AS s(days)
         WHERE (s.days > 0 AND e.valid_until BETWEEN $1 AND $1 + s.days OR s.days = 0 AND e.valid_until < $1)
           AND NOT EXISTS (SELECT 1 FROM referentiel_evidence n WHERE n.replaces_id = e.id)
       ), ours AS (
         SELECT 'reply' AS about, v.id, v.reply_by AS due_on, s.days, v.opened_by_id AS owner_id
         FROM referentiel_visit v, unnest($2 || 0) AS s(days)
         WHERE v.state IN ('answered', 'unanswered')
           AND (s.days > 0 AND v.reply_by BETWEEN $1 AND $1 + s.days OR s.days = 0 AND v.reply_by < $1)
         UNION ALL SELECT 'derogation', d.id, d.ends_on, s.days, d.asked_by_id
         FROM referentiel_derogation d, unnest($4) AS s(days)
         WHERE d.agreed_at IS NOT NULL AND d.revoked_at IS NULL AND d.ends_on BETWEEN $1 AND $1 + s.days
       ), due AS (
         SELECT t.about, t.id AS object_id, t.due_on, t.days, p.id AS person_id, p.email
         FROM theirs t JOIN directors p ON p.partner_id = t.partner_id
         UNION SELECT o.about, o.id, o.due_on, o.days, p.id, p.email FROM ours o JOIN coordination p
         ON p.id = o.owner_id OR (p.name = 'coordination'
           AND NOT EXISTS (SELECT 1 FROM coordination k WHERE k.id = o.owner_id))
       )
       SELECT d.about, d.object_id, d.due_on, d.days, d.person_id, d.email FROM due d
       WHERE coalesce(scope_system() = 'notify', false) AND NOT EXISTS (
         SELECT 1 FROM referentiel_standardsreminder r WHERE r.about = d.about AND r.object_id = d.object_id
           AND r.due_on = d.due_on AND r.days = d.days AND r.recipient_id = d.person_id)
       ORDER BY d.due_on, d.days""",
)
SENT = (
    f"""
CREATE FUNCTION standards_reminder_mark(p_about text, p_object uuid, p_due_on date, p_days integer, p_person uuid)
RETURNS void {PLAIN}
BEGIN
  {ALONE}
  INSERT INTO referentiel_standardsreminder (id, about, object_id, due_on, days, recipient_id, sent_at)
    VALUES (gen_random_uuid(), p_about, p_object, p_due_on, p_days, p_person, clock_timestamp());
END $$;
""",
    "DROP FUNCTION standards_reminder_mark(text, uuid, date, integer, uuid)",
)
KINDS = (
    """SELECT journal_kind_register('visit', 'referentiel_visit');
       SELECT journal_kind_register('derogation', 'referentiel_derogation')""",
    "DELETE FROM journal_kind WHERE kind IN ('visit', 'derogation')",
)


class Migration(migrations.Migration):
    dependencies = [("referentiel", "0004_visits"), ("partners", "0011_pipeline_wall"), ("journal", "0002_functions")]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            CAN_SEE_VISIT,
            SEES_OBSERVATIONS,
            IS_IN,
            IS_OF,
            ASSESSMENT_OF,
            OBSERVES,
            RENEWS,
            VISIT,
            MARK,
            OBSERVATION,
            CONFIRMED,
            DEROGATION,
            REMINDER,
            RENEWAL,
            GUARD,
            SILENCE,
            DUE,
            SENT,
            KINDS,
        ]
    ]
