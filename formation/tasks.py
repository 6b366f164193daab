import uuid

from django.utils import timezone
from procrastinate.contrib.django import app

from cms.access import scope
from cms.users.models import User
from formation.models import Session
from formation.services import attestations_issue, invitations_lapse, notices_hand_over, renewals_follow


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="session_notices")
def notices(timestamp: int) -> None:
    """Each minute: what people enrolled are owed becomes notifications."""
    notices_hand_over()


@app.periodic(cron="40 6 * * *")
@app.task(queueing_lock="renewals")
def renewals(timestamp: int) -> None:
    """Each morning: who must renew a training is owed a word; what has begun awaits no answer."""
    renewals_follow()
    invitations_lapse(timezone.localdate())


@app.task
def attestations(session_id: str, user_id: str) -> None:
    """Attest of a whole session, under the rights of who asked. Run twice, it adds nothing."""
    user = User.objects.get(pk=uuid.UUID(user_id))
    with scope.acting(user):
        attestations_issue(session=Session.objects.get(pk=uuid.UUID(session_id)), by=user)
