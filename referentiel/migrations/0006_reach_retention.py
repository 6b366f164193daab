"""Reading the marks of a whole network at once, and how long self-assessments, visits and derogations are kept.

A policy that calls its function row by row costs one call a mark; for whoever sees everything, it is asked once.
"""

from django.db import migrations

ALL = "(SELECT scope_sees_all_cases())"
SEEN = {
    "referentiel_mark": "can_see_assessment(assessment_id)",
    "referentiel_planstep": "can_see_assessment(assessment_id)",
    "referentiel_evidence": "can_see_assessment(assessment_id)",
    "referentiel_visitmark": "can_see_visit(visit_id)",
    "referentiel_confirmedmark": "can_see_visit(visit_id)",
}
REACH = (
    ";\n".join(f"ALTER POLICY select_rows ON {table} USING ({ALL} OR {seen})" for table, seen in SEEN.items()),
    ";\n".join(f"ALTER POLICY select_rows ON {table} USING ({seen})" for table, seen in SEEN.items()),
)

PLAIN = "RETURNS uuid[] LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$"
FORGET = (
    f"""
CREATE FUNCTION assessment_forget(row_id uuid) {PLAIN}
DECLARE
  v_proofs uuid[] := (SELECT coalesce(array_agg(e.id), '{{}}') FROM referentiel_evidence e WHERE e.assessment_id = $1);
BEGIN
  DELETE FROM files_attachment WHERE object_id = ANY (v_proofs);
  DELETE FROM referentiel_standardsreminder WHERE object_id = ANY (v_proofs);
  DELETE FROM referentiel_evidence WHERE id = ANY (v_proofs);
  DELETE FROM referentiel_planstep WHERE assessment_id = $1;
  DELETE FROM referentiel_mark WHERE assessment_id = $1;
  DELETE FROM referentiel_assessment WHERE id = $1;
  RETURN v_proofs || $1;
END $$;
CREATE FUNCTION visit_forget(row_id uuid) {PLAIN}
BEGIN
  DELETE FROM referentiel_standardsreminder WHERE object_id = $1;
  DELETE FROM referentiel_confirmedmark WHERE visit_id = $1;
  DELETE FROM referentiel_observation WHERE visit_id = $1;
  DELETE FROM referentiel_visitmark WHERE visit_id = $1;
  DELETE FROM referentiel_visit WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
CREATE FUNCTION derogation_forget(row_id uuid) {PLAIN}
BEGIN
  DELETE FROM referentiel_standardsreminder WHERE object_id = $1;
  DELETE FROM referentiel_derogation WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
CREATE FUNCTION standards_reminder_forget(row_id uuid) {PLAIN}
BEGIN
  DELETE FROM referentiel_standardsreminder WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
SELECT journal_kind_register('standards_reminder', 'referentiel_standardsreminder');
""",
    """DELETE FROM journal_kind WHERE kind = 'standards_reminder';
    DROP FUNCTION standards_reminder_forget(uuid); DROP FUNCTION derogation_forget(uuid);
    DROP FUNCTION visit_forget(uuid); DROP FUNCTION assessment_forget(uuid)""",
)

PARIS = "AT TIME ZONE 'Europe/Paris')::date"
# The assessment that a visit looked at stays as long as the visit.
ASSESSMENT = """SELECT a.id AS object_id, '' AS reference,
  CASE WHEN EXISTS (SELECT FROM referentiel_visit v WHERE v.assessment_id = a.id) THEN NULL ELSE c.closes_on END AS starts_on,
  ARRAY[a.id, a.partner_id] AS together
FROM referentiel_assessment a JOIN referentiel_campaign c ON c.id = a.campaign_id"""
# A mark that still keeps a structure out has no date: forgetting would put it back.
VISIT = f"""SELECT v.id AS object_id, '' AS reference,
  CASE WHEN v.state NOT IN ('closed', 'cancelled') OR EXISTS (
         SELECT FROM referentiel_confirmedmark m WHERE m.visit_id = v.id AND m.level = 'imperative' AND m.value IN ('1', '2')
           AND NOT EXISTS (SELECT FROM referentiel_confirmedmark n WHERE n.partner_id = m.partner_id AND n.code = m.code
             AND n.decided_at > m.decided_at)) THEN NULL
       ELSE (coalesce(v.closed_at, v.cancelled_at) {PARIS} END AS starts_on,
  array_remove(ARRAY[v.id, v.partner_id, v.assessment_id], NULL) AS together
FROM referentiel_visit v"""
DEROGATION = f"""SELECT d.id AS object_id, '' AS reference,
  CASE WHEN d.revoked_at IS NOT NULL THEN (d.revoked_at {PARIS} WHEN d.agreed_at IS NOT NULL THEN d.ends_on END AS starts_on,
  ARRAY[d.id, d.partner_id] AS together
FROM referentiel_derogation d"""
REMINDER = f"""SELECT r.id AS object_id, '' AS reference, (r.sent_at {PARIS} AS starts_on,
  ARRAY[r.id, r.object_id] AS together FROM referentiel_standardsreminder r"""

NEEDED = "RGPD, article 5 : pas plus longtemps que nécessaire"
REGISTER = (
    f"""
SELECT retention_kind_register('assessment', 'assessment', 'referentiel_assessment', 'auto-évaluation et ses preuves',
  'la fin de la campagne', 'destroy', $starts${ASSESSMENT}$starts$, 'assessment_forget', 60,
  'Cinq ans : deux visites et leurs suites peuvent s’y comparer.', '{NEEDED}', 92);
SELECT retention_kind_register('visit', 'visit', 'referentiel_visit', 'visite du référentiel',
  'la clôture de la visite ; rien tant qu’une cotation suspend les arrivées', 'destroy', $starts${VISIT}$starts$,
  'visit_forget', 60, 'Cinq ans : le temps de la convention et de la visite suivante.', '{NEEDED}', 93);
SELECT retention_kind_register('derogation', 'derogation', 'referentiel_derogation', 'dérogation à une exigence',
  'sa fin ou sa levée', 'destroy', $starts${DEROGATION}$starts$, 'derogation_forget', 60,
  'Cinq ans : qui a laissé travailler une structure, jusqu’à quand et pourquoi.', '{NEEDED}', 94);
SELECT retention_kind_register('standards_reminder', 'standards_reminder', 'referentiel_standardsreminder',
  'rappel autour d’une visite, d’une preuve ou d’une dérogation', 'l’envoi du rappel', 'destroy', $starts${REMINDER}$starts$,
  'standards_reminder_forget', 12, 'Un an suffit pour savoir qui a été prévenu.', '{NEEDED}', 95);
""",
    "DELETE FROM retention_kind WHERE kind IN ('assessment', 'visit', 'derogation', 'standards_reminder')",
)


class Migration(migrations.Migration):
    dependencies = [("referentiel", "0005_visits_wall"), ("retention", "0002_wall"), ("files", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [REACH, FORGET, REGISTER]]
