"""Messages to direction and data protection when somebody reads too much."""

from django.urls import reverse

from cms.data_rights.readings.services import STOPPED, TOLD, UNUSUAL
from cms.notify.inbox.rules import NotificationKind, notification_register


def register() -> None:
    notification_register(
        NotificationKind(
            kind=UNUSUAL,
            label="Un compte lit, essaie ou emporte beaucoup plus que d’ordinaire",
            subject="Une activité inhabituelle demande votre attention",
            body="Bonjour,\n\nDans la dernière heure, un compte du réseau a dépassé ce que vous avez fixé : dossiers "
            "ouverts, accès refusés ou exports. Regardez qui, et appelez cette personne. Si ce n’est pas elle, "
            "fermez ses sessions et suspendez son compte.\n\nQui a lu combien : {lien}",
            url=lambda pk: reverse("havre_readings:index"),
            roles=TOLD,
            is_urgent=True,
            is_chosen=False,
            is_information=True,
        )
    )
    notification_register(
        NotificationKind(
            kind=STOPPED,
            label="Les lectures d’un compte sont arrêtées",
            subject="Les lectures d’un compte viennent d’être arrêtées",
            body="Bonjour,\n\nUn compte du réseau a continué à lire, à essayer ou à emporter après avoir été ralenti. "
            "Il ne lit plus rien ; la sonnerie, ses propositions et les déclarations d’incident lui restent ouvertes. "
            "Appelez cette personne. Si c’est bien elle, quelqu’un de la direction rouvre ses lectures avec un motif. "
            "Sinon, fermez ses sessions et suspendez son compte.\n\nQui a lu combien : {lien}",
            url=lambda pk: reverse("havre_readings:index"),
            roles=TOLD,
            is_urgent=True,
            is_chosen=False,
            is_information=True,
        )
    )
