"""How a passage of the chain is declared: who is told, how fast, by which way, in which words.

Sentences name no person, structure or place: a mail says that something waits, and the page says what.
"""

import datetime as dt
from dataclasses import dataclass

from cases.notices.enums import About, Ends, Pace, To

TOLD_WITHIN = dt.timedelta(days=3)
"""What happened earlier is written for the record: nobody is told of it, and nothing rings."""

HELLO = "Bonjour,\n\n"
READ = "\n\nLisez : {lien}"
ANSWER = "\n\nLisez et répondez : {lien}"


@dataclass(frozen=True)
class Notice:
    """What one kind of recipient is told. `page` is an address of the site, or a page that a capability registered.

    `label` is the line of the inbox, unless a capability says more to those who may read it (`notice_said_register`).
    """

    kind: str
    to: To
    label: str
    subject: str
    body: str
    page: str
    pace: Pace = Pace.DAYTIME
    ends: Ends = Ends.READ
    steps: tuple[int, ...] = ()
    """Days before the day when it is due on which a reminder leaves."""


@dataclass(frozen=True)
class Transition:
    """`ring`: the kind that rings when the request is urgent (U0, U1); empty: nothing rings."""

    code: str
    label: str
    about: About
    notices: tuple[Notice, ...]
    ring: str = ""


def to_coordination(kind: str, label: str, page: str, **more: object) -> Notice:
    return Notice(kind, To.COORDINATION, label, label, f"{HELLO}{label}.{READ}", page, **more)  # type: ignore[arg-type]
