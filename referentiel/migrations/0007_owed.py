"""What waits around visits, proofs and derogations, and who is owed a word of it: never whose it is.

What was already said is known by notifications; the two functions that kept it here go.
"""

from importlib import import_module

from django.db import migrations

from cms.access.wall import definer

before = import_module("referentiel.migrations.0005_visits_wall")

# A proof counts while its assessment is the structure's last.
OWED = definer(
    "standards_owed(day date, visit_first integer, proof_first integer, derogation_first integer)",
    "TABLE (about text, object_id uuid, due_on date, person_id uuid, partner_id uuid, role text)",
    """WITH coordination AS (
         SELECT u.id, g.name FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
         JOIN auth_group g ON g.id = ug.group_id WHERE u.is_active AND g.name IN ('coordination', 'direction')
       ), directors AS (
         SELECT DISTINCT m.partner_id, u.id FROM partners_membership m JOIN users_user u ON u.id = m.user_id
         WHERE u.is_active AND m.role = 'structure_director' AND m.starts_on <= $1 AND (m.ends_on IS NULL OR m.ends_on >= $1)
           AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())
       ), last AS (
         SELECT DISTINCT ON (a.partner_id) a.id, a.partner_id FROM referentiel_assessment a
         JOIN referentiel_campaign c ON c.id = a.campaign_id ORDER BY a.partner_id, c.year DESC
       ), theirs AS (
         SELECT 'answer' AS about, v.id, v.answer_by AS due_on, v.partner_id FROM referentiel_visit v WHERE v.state = 'sent'
         UNION ALL SELECT 'silence', v.id, v.answer_by, v.partner_id FROM referentiel_visit v WHERE v.state = 'unanswered'
         UNION ALL SELECT 'evidence', e.id, e.valid_until, l.partner_id
         FROM referentiel_evidence e JOIN last l ON l.id = e.assessment_id
         WHERE e.valid_until <= $1 + $3 AND NOT EXISTS (SELECT 1 FROM referentiel_evidence n WHERE n.replaces_id = e.id)
       ), ours AS (
         SELECT 'reply' AS about, v.id, v.reply_by AS due_on, v.opened_by_id AS owner_id FROM referentiel_visit v
         WHERE v.state IN ('answered', 'unanswered') AND v.reply_by <= $1 + $2
         UNION ALL SELECT 'derogation', d.id, d.ends_on, d.asked_by_id FROM referentiel_derogation d
         WHERE d.agreed_at IS NOT NULL AND d.revoked_at IS NULL AND d.ends_on BETWEEN $1 AND $1 + $4
       )
       SELECT t.about, t.id, t.due_on, p.id, p.partner_id, 'structure_director'
         FROM theirs t JOIN directors p ON p.partner_id = t.partner_id
        WHERE coalesce(scope_system() = 'notify', false)
       UNION SELECT o.about, o.id, o.due_on, p.id, NULL::uuid, p.name::text FROM ours o JOIN coordination p
           ON p.id = o.owner_id OR (p.name = 'coordination'
             AND NOT EXISTS (SELECT 1 FROM coordination k WHERE k.id = o.owner_id))
        WHERE coalesce(scope_system() = 'notify', false)
       ORDER BY 3, 2""",
)
GONE = [(forward[1], forward[0]) for forward in (before.DUE, before.SENT)]


class Migration(migrations.Migration):
    dependencies = [("referentiel", "0006_reach_retention")]

    operations = [migrations.RunSQL(*pair) for pair in [OWED, *GONE]]
