import uuid

from django.utils import timezone
from procrastinate.contrib.django import app

from cms.users.models import User
from cms.wall import scope
from formation.attestations.services.attestations import attestations_issue
from formation.attestations.services.renewals import renewals_follow
from formation.sessions.invitations.services import invitations_lapse
from formation.sessions.models.sessions import Session
from formation.sessions.services.notices import notices_hand_over


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="session_notices")
def notices(timestamp: int) -> None:
    """Turn the notices owed to people enrolled into notifications, each minute."""
    notices_hand_over()


@app.periodic(cron="40 6 * * *")
@app.task(queueing_lock="renewals")
def renewals(timestamp: int) -> None:
    """Notify who must renew a training, and end the invitations to sessions that have begun, each morning."""
    renewals_follow()
    invitations_lapse(timezone.localdate())


@app.task
def attestations(session_id: str, user_id: str) -> None:
    """Issue the attestations of a session, under the rights of who asked. Run twice, it adds nothing."""
    user = User.objects.get(pk=uuid.UUID(user_id))
    with scope.acting(user):
        attestations_issue(session=Session.objects.get(pk=uuid.UUID(session_id)), by=user)
