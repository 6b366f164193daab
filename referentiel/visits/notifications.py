"""Notifications about visits, proofs and derogations. A message holds no number and no name."""

import uuid
from collections.abc import Callable

from django.urls import reverse

from cms.notify.enums import Timing
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role
from referentiel.common.selectors import derogation_steps, proof_steps, visit_steps
from referentiel.enums import About
from referentiel.visits.rules import kind_of
from referentiel.visits.services.visits import VISIT_CLOSED, VISIT_STOP

OVER = -1
"""The day after the last one."""
DIRECTORS, COORDINATION = (Role.STRUCTURE_DIRECTOR,), (Role.COORDINATION, Role.DIRECTION)


def to(name: str) -> Callable[[uuid.UUID], str]:
    return lambda pk: reverse(name, args=[pk])


def always(name: str) -> Callable[[uuid.UUID], str]:
    return lambda pk: reverse(name)


def then_over(steps: Callable[[], list[int]]) -> Callable[[], tuple[int, ...]]:
    return lambda: (*steps(), OVER)


KINDS = [
    NotificationKind(
        kind=kind_of(About.ANSWER),
        label="Vos observations sur une visite sont attendues",
        subject="Des observations sont attendues",
        body="Bonjour,\n\nLa coordination vous a envoyé ses cotations sur le référentiel. Vos observations sont "
        "attendues jusqu’au {jour}.\n\nLisez-les et répondez : {lien}",
        url=to("referentiel:visit"),
        roles=DIRECTORS,
        steps=lambda: tuple(visit_steps()),
    ),
    NotificationKind(
        kind=kind_of(About.SILENCE),
        label="Une visite est restée sans réponse",
        subject="Une visite attend toujours votre réponse",
        body="Bonjour,\n\nLe délai d’observations d’une visite est passé. Les exigences impératives attendent "
        "toujours votre réponse.\n\nRépondez : {lien}",
        url=to("referentiel:visit"),
        roles=DIRECTORS,
    ),
    NotificationKind(
        kind=kind_of(About.EVIDENCE),
        label="Une preuve se périme, ou est périmée",
        subject="Une preuve est à renouveler",
        body="Bonjour,\n\nUne preuve jointe à votre auto-évaluation vaut jusqu’au {jour}.\n\nRenouvelez-la : {lien}",
        url=always("referentiel:assessments"),
        roles=DIRECTORS,
        timing=Timing.MORNING,
        is_announced=False,
        steps=then_over(proof_steps),
    ),
    NotificationKind(
        kind=VISIT_STOP,
        label="Une cotation suspend les nouvelles arrivées",
        subject="Une décision vous attend",
        body="Bonjour,\n\nLa coordination a décidé d’une cotation qui suspend les nouvelles arrivées.\n\nLisez "
        "laquelle, et ce qui y met fin : {lien}",
        url=to("referentiel:visit"),
        roles=DIRECTORS,
        is_urgent=True,
        is_information=True,
    ),
    NotificationKind(
        kind=VISIT_CLOSED,
        label="La lettre d’une visite est à lire",
        subject="Une lettre vous attend",
        body="Bonjour,\n\nLa coordination a clos une visite. Sa lettre vous attend.\n\nLisez-la : {lien}",
        url=to("referentiel:visit"),
        roles=DIRECTORS,
        is_information=True,
    ),
    NotificationKind(
        kind=kind_of(About.REPLY),
        label="Les observations d’une structure sont à examiner",
        subject="Des observations sont à examiner",
        body="Bonjour,\n\nUne structure a répondu à une visite. Votre réponse est attendue jusqu’au {jour}.\n\n"
        "Examinez ses observations : {lien}",
        url=to("referentiel:visit"),
        roles=COORDINATION,
        timing=Timing.MORNING,
        is_announced=False,
        steps=then_over(visit_steps),
    ),
    NotificationKind(
        kind=kind_of(About.DEROGATION),
        label="Une dérogation s’achève",
        subject="Une dérogation s’achève",
        body="Bonjour,\n\nUne dérogation s’achève le {jour}. Voyez avec la structure si elle tient l’exigence.\n\n"
        "Voyez laquelle : {lien}",
        url=always("referentiel_steering"),
        roles=COORDINATION,
        timing=Timing.MORNING,
        is_announced=False,
        steps=lambda: tuple(derogation_steps()),
    ),
]


def register() -> None:
    for kind in KINDS:
        notification_register(kind)
