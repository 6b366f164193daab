"""The kinds of notifications of the chain, made from the table of passages: no other module declares one of them."""

from functools import partial

from cases.common.policies import TEAM
from cases.notices.enums import Ends, Pace, To
from cases.notices.rules.shape import Notice
from cases.notices.rules.table import TRANSITIONS
from cases.notices.words import page_of, said_of
from cms.notify.enums import Timing
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import ANSWERS, SEES_ALL_CASES, Role

ROLES: dict[To, tuple[Role, ...]] = {
    To.COORDINATION: tuple(sorted(SEES_ALL_CASES)),
    To.ON_CALL: tuple(sorted(SEES_ALL_CASES)),
    To.STRUCTURE: ANSWERS,
    To.DIRECTORS: (Role.STRUCTURE_DIRECTOR,),
    To.SENDER: (Role.REQUESTER, Role.TRANSMITTER),
    To.REQUESTER: (Role.REQUESTER,),
    To.GUARDIAN: (Role.REQUESTER,),
    To.PAYER: (Role.REQUESTER,),
    To.DECLARANT: (*TEAM, Role.REQUESTER),
}


def kind_of(notice: Notice) -> NotificationKind:
    return NotificationKind(
        kind=notice.kind,
        label=notice.label,
        subject=notice.subject,
        body=notice.body,
        url=partial(page_of, notice.page),
        roles=ROLES[notice.to],
        timing=Timing.MORNING if notice.pace == Pace.MORNING else Timing.NOW,
        is_urgent=notice.pace == Pace.AT_ONCE,
        is_information=notice.ends == Ends.READ,
        steps=lambda: notice.steps,
        sentences=partial(said_of, notice.kind),
    )


def register() -> None:
    for transition in TRANSITIONS:
        for notice in transition.notices:
            notification_register(kind_of(notice))
