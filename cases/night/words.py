"""How the night screen says each house and each answer."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from cases.common.rules.clocks import length
from cases.enums import ANSWERS_ACCEPTING, Answer
from cases.matching.screen.words import HouseLine
from cases.proposals.models import Proposal
from cms.kit.words import hour
from cms.partners.oncall.models import OnCallLine

YES, CONDITION, WAITING, NO = "yes", "condition", "waiting", "no"
ORDER = (YES, CONDITION, WAITING, NO)


@dataclass(frozen=True)
class NightHouse:
    """A house that may be asked tonight: ticked in advance or not, and the number that answers there."""

    line: HouseLine
    phone: str
    is_ticked: bool


@dataclass(frozen=True)
class NightAnswer:
    """What a house that was asked has said. `is_first`: it has the filled button."""

    sheet: Proposal
    state: str
    said: str
    hint: str
    phone: str
    url: str
    """Where its answer is noted when it comes by telephone, or its condition read."""
    is_first: bool = False


def answers_said(
    sheets: Iterable[Proposal],
    lines: Mapping[uuid.UUID, OnCallLine],
    opened: Mapping[uuid.UUID, dt.datetime],
    now: dt.datetime,
) -> list[NightAnswer]:
    """Return the houses asked, those that accept first; the first of them carries the filled button."""
    told = [_answer(sheet, lines.get(sheet.partner_id), opened.get(sheet.pk), now) for sheet in sheets]
    told.sort(key=lambda one: (ORDER.index(one.state), one.sheet.available_from or now))
    first = next((one for one in told if one.state == YES), None)
    return [NightAnswer(**{**vars(one), "is_first": one is first}) for one in told]


def _answer(sheet: Proposal, line: OnCallLine | None, opened: dt.datetime | None, now: dt.datetime) -> NightAnswer:
    state, said, hint = _state(sheet, opened, now)
    name = "inspect" if state in (YES, CONDITION) else "proposal_answer"
    keys = [sheet.orientation_id] if name == "inspect" else [sheet.orientation_id, sheet.pk]
    phone = line.phone if line else ""
    return NightAnswer(sheet, state, said, hint, phone, reverse(f"cases_orientation:{name}", args=keys))


def _state(sheet: Proposal, opened: dt.datetime | None, now: dt.datetime) -> tuple[str, str, str]:
    if sheet.answer_id in ANSWERS_ACCEPTING:
        at = sheet.available_from
        when = f"dès {hour(at)}" if at and at > now else "maintenant"
        if sheet.answer_id == Answer.CONDITIONAL:
            return CONDITION, "accepte sous condition", when
        return YES, f"accepte, {when}", ""
    if sheet.answer_id == Answer.REFUSED:
        return NO, "refuse", str(sheet.refusal_reason or "")
    if sheet.answer_id:
        return NO, "ne répond pas" if sheet.answer_id == Answer.NONE else "met en attente", ""
    silent = f"sans réponse depuis {length(now - sheet.sent_at)}"
    if opened:
        return WAITING, f"lue à {hour(opened)}", silent
    return WAITING, "envoyée", silent
