"""When an invitation is reminded; words of what is done with a session."""

import datetime as dt

from django.utils import timezone

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.values.settings import setting_counts_register, setting_register, setting_value
from formation.sessions.invitations.models import SessionInvitation

ACTIONS = {
    "formation.invitation.decline": "invitation à une session déclinée",
    "formation.session.invite": "structures invitées à une session",
    "formation.session.plan": "session planifiée",
}


def register() -> None:
    setting_register(
        "formation.invitation_days",
        "Invitation d’une structure : rappel avant la session",
        10,
        unit="jours",
        help="Un seul rappel, à la direction d’une structure qui n’a ni inscrit quelqu’un, ni répondu.",
        least=1,
        most=60,
    )
    setting_counts_register("formation.invitation_days", "Invitations sans réponse, session dans ce délai", _invited)
    actions_register(ACTIONS)
    sentence_register(
        halfday_unique="Deux demi-journées de la session tombent au même moment. Changez l’une des deux.",
        halfday_within_session="Une demi-journée se tient entre le premier et le dernier jour de la session.",
        trainer_in_one_place="Une personne qui anime a déjà une autre session à ces heures. Changez d’heure.",
        sessioninvitation_once="Cette structure vient d’être invitée. Rechargez la page.",
    )


def _invited() -> int:
    today = timezone.localdate()
    soon = today + dt.timedelta(days=setting_value("formation.invitation_days"))
    return SessionInvitation.objects.unanswered().filter(session__starts_on__range=(today, soon)).count()
