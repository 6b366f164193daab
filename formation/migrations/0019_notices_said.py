"""What the message owed to somebody enrolled is about: the job that sends sees no person."""

from django.db import migrations

from cms.access.wall import definer

SAID = definer(
    "notice_said(p_id uuid)",
    "TABLE (kind text, session_id uuid, enrolment_id uuid)",
    """SELECT n.kind::text, e.session_id, e.id FROM formation_sessionnotice n
         JOIN formation_enrolment e ON e.id = n.enrolment_id
        WHERE n.id = $1 AND coalesce(scope_system() = 'training', false)
          AND (e.cancelled_at IS NULL OR n.kind = 'cancelled')""",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0018_invitations_wall")]

    operations = [migrations.RunSQL(*SAID)]
