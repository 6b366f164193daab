"""Requests of persons, a bris de glace and the nightly verification, for the screens of data protection."""

import datetime as dt

from cases.models import Case
from cms.data_rights.control.services import night_check
from cms.data_rights.enums import Asker, IdentityCheck, Right
from cms.data_rights.register.services import request_identity, request_link, request_register
from cms.users.models import User
from cms.wall import scope
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open

REQUESTS = (
    (Right.RECTIFICATION, Asker.PARENT, 38, "Inès Marchand", "Sa date de naissance est fausse dans votre dossier."),
    (Right.ACCESS, Asker.AD_HOC, 12, "Hervé Lagrange", "Je demande copie du dossier du mineur que je représente."),
    (Right.ACCESS, Asker.MINOR, 6, "Sami", "Je veux lire ce que vous avez écrit sur moi."),
    (Right.ERASURE, Asker.ADULT, 2, "Lina Ferrand", "J’ai vingt ans, effacez ce qui n’a plus lieu d’être."),
)
"""What is asked, by whom, how many days ago, a made-up name, in their words."""


def rights_load(*, today: dt.date) -> None:
    dpo, coordination = (User.objects.get(email=f"{key}@havre.example") for key in ("dpo", "coordination"))
    with scope.acting(coordination):
        cases = list(
            Case.objects.filter(placements__ended_on=None, placements__isnull=False).order_by("reference")[:3]
        )
    with scope.acting(dpo):
        rows = [
            request_register(
                by=dpo,
                right=right,
                asker=asker,
                received_on=today - dt.timedelta(days=days),
                name=name,
                contact="Par l’équipe de son lieu d’accueil",
                words=words,
            )
            for right, asker, days, name, words in REQUESTS
        ]
        for request, case in zip(rows[1:3], cases, strict=False):
            request_identity(request=request, by=dpo, how=IdentityCheck.KNOWN, on=today)
            request_link(request=request, by=dpo, case_id=case.pk)
        reveal_open(
            kind="case",
            object_id=cases[-1].pk,
            by=dpo,
            reason=RevealReason.CONTROL,
            is_break_glass=True,
            words="Un administrateur ad hoc conteste l’identité inscrite au dossier.",
            necessity="La coordination est injoignable et le juge attend une réponse aujourd’hui.",
            reference=cases[-1].reference,
        )
    night_check()
