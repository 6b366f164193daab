"""What the night screen shows: where the night stands, the step that is open, what stands beside it."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from cases.arrival.admin.forms import ArriveForm
from cases.arrival.models import Linking
from cases.arrival.rules import due_after_waiver
from cases.arrival.selectors import delays_set
from cases.arrival.services.linking import linking_missing
from cases.arrival.settling.words import settlings_of
from cases.common.admin.words import head_clock
from cases.common.words import minor_words
from cases.files.models import Case
from cases.files.protection.models import KeepAway
from cases.matching.admin import MOST_ASKED, PlacesSearchForm
from cases.matching.screen.words import house_line, places_map
from cases.matching.services import SearchResult, structures_find
from cases.matching.words import Words, explain
from cases.night.forms import NightAwayForm
from cases.night.rules import Facts, Step, step_now
from cases.night.selectors import MOST_SHOWN, TICKED, houses_tonight, linking_of_kept, sheets_opened
from cases.night.words import NightAnswer, NightHouse, answers_said
from cases.proposals.models import Proposal
from cases.proposals.selectors import proposals_of_requests
from cases.requests.admin.words import request_clock
from cases.requests.likely.selectors import Likely, cases_likely
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.requests.shelter.selectors import ase_phones, shelter_of
from cases.requests.shelter.words import shelter_words
from cms.admin.heads import HeadClock
from cms.kit.blocks import Badge
from cms.notify.duty.selectors import on_duty
from cms.partners.oncall.selectors import lines_of
from cms.territory.selectors import neighbours_of_many
from cms.wall import scope

MOST_LIKELY = 3
URGENT = {"urgence:U0": "danger", "urgence:U1": "night"}


@dataclass(frozen=True)
class Reach:
    """Somebody to call."""

    who: str
    hint: str
    phone: str


@dataclass
class Night:
    """One request at the hour `at`: what is read is read once, and only what the open step needs."""

    row: Sollicitation
    at: dt.datetime
    wanted: int
    data: Any
    sheets: list[Proposal] = field(default_factory=list)

    @property
    def case(self) -> Case | None:
        return self.row.case

    @property
    def address(self) -> str:
        return reverse("cases_sollicitation:night", args=[self.row.pk])

    @cached_property
    def kept(self) -> Proposal | None:
        return next((sheet for sheet in self.sheets if sheet.confirmed_at), None)

    @cached_property
    def linking(self) -> Linking | None:
        return linking_of_kept(self.kept) if self.kept else None

    @cached_property
    def aways(self) -> list[KeepAway]:
        return list(self.case.keep_aways.holding().select_related("territory")) if self.case else []

    @cached_property
    def avoided(self) -> set[str]:
        place = self.case.exploitation_place_id if self.case else None
        return {away.territory_id for away in self.aways} | ({place} if place else set())

    @cached_property
    def step(self) -> Step | None:
        facts = Facts(
            is_taken=self.row.taken_by_id is not None,
            has_case=self.row.case_id is not None,
            has_avoided=bool(self.avoided),
            is_asked=bool(self.sheets),
            is_kept=self.kept is not None,
            is_arrived=self.linking is not None and self.linking.placement_id is not None,
        )
        return step_now(facts, self.wanted)

    @cached_property
    def likely(self) -> list[Likely]:
        return cases_likely(self.row)[:MOST_LIKELY] if self.row.case_id is None else []

    @cached_property
    def result(self) -> SearchResult | None:
        return structures_find(self.row, self.at) if self.step == Step.ASKED else None

    def _data(self, act: str) -> Any:
        return self.data if self.data is not None and self.data.get("acte") == act else None

    @cached_property
    def away_form(self) -> NightAwayForm | None:
        if self.step != Step.AVOIDED:
            return None
        return NightAwayForm(self._data("eviter"))

    @cached_property
    def ask_form(self) -> PlacesSearchForm | None:
        if self.result is None or self.case is None:
            return None
        initial = {"identification_level": self.case.identification_level_id}
        return PlacesSearchForm(self._data("interroger"), initial=initial, result=self.result)

    @cached_property
    def arrive_form(self) -> ArriveForm | None:
        if self.step != Step.ARRIVED or self.linking is None or self.case is None:
            return None
        is_complete = self.linking.waived_at is not None or not self.missing
        initial = {"legal_frame": self.case.legal_frame_id}
        return ArriveForm(self._data("arriver"), initial=initial, linking=self.linking, is_complete=is_complete)

    @cached_property
    def missing(self) -> list[str]:
        return linking_missing(self.linking) if self.linking else []


def night_of(row: Sollicitation, at: dt.datetime, *, wanted: str, data: Any) -> Night:
    sheets = proposals_of_requests([row.pk]).get(row.pk, [])
    return Night(row, at, int(wanted) if wanted.isdigit() else 0, data, sheets)


def night_context(night: Night) -> dict[str, Any]:
    row = night.row
    shelter = shelter_of(row)
    context: dict[str, Any] = {
        "night": night,
        "row": row,
        "step": int(night.step or 0),
        "who": minor_words(row.sex_id, row.age_at_reception),
        "urgency": Badge(str(row.urgency).split(" (")[0], URGENT.get(row.urgency_id, "neutral")),
        "shelter": shelter and shelter_words(shelter.until, shelter.kind.label, night.at),
        "clock": _clock(night, shelter.until if shelter else None),
        "reaches": reaches(night),
        "page_title": "Écran de nuit",
        "breadcrumbs_items": [],
    }
    context |= avoided_context(night) | answers_context(row, night.at, night=night)
    if night.result:
        context |= houses_context(night, night.result)
    return context | settling_context(night)


def _clock(night: Night, until: dt.datetime | None) -> HeadClock | None:
    """Return the clock of the open step: the first answer, the place, then the end of the shelter."""
    clock = request_clock(night.row, night.at)
    if clock is None and night.step and until:
        return head_clock("à l’abri", until, night.row.received_at, night.at)
    return clock


def avoided_context(night: Night) -> dict[str, Any]:
    case = night.case
    near = neighbours_of_many(night.avoided)
    place = case.exploitation_place if case else None
    return {
        "exploitation": place,
        "aways": [away for away in night.aways if away.territory_id != (place.pk if place else None)],
        "near": len(near),
    }


def answers_context(row: Sollicitation, at: dt.datetime, night: Night | None = None) -> dict[str, Any]:
    """Return the houses asked, for the page and for what is asked again of it."""
    sheets = night.sheets if night else proposals_of_requests([row.pk]).get(row.pk, [])
    answers: list[NightAnswer] = []
    if sheets:
        lines = lines_of(sheet.partner_id for sheet in sheets)
        answers = answers_said(sheets, lines, sheets_opened([sheet.pk for sheet in sheets]), at)
    is_live = bool(answers) and not any(sheet.confirmed_at for sheet in sheets)
    return {"row": row, "answers": answers, "is_live": is_live}


def houses_context(night: Night, result: SearchResult) -> dict[str, Any]:
    """Return the houses that may be asked tonight, the first three ticked unless some were asked already."""
    words, search, rules = Words.load(), result.search, result.version.rules
    able = houses_tonight(result.candidates)
    shown = able[:MOST_SHOWN]
    phones = lines_of(house.partner_id for house in shown)
    form = night.ask_form
    chosen = set(form["structures"].value() or []) if form and form.is_bound else None
    ticked = TICKED if not night.sheets else 0
    houses = []
    for rank, house in enumerate(shown, start=1):
        is_ticked = rank <= ticked if chosen is None else str(house.partner_id) in chosen
        line = house_line(explain(house, search, rules, words), rank, search, rules, is_checked=is_ticked)
        phone = phones[house.partner_id].phone if house.partner_id in phones else ""
        houses.append(NightHouse(line, phone, is_ticked))
    out = [
        house_line(explain(house, search, rules, words), 0, search, rules, is_checked=False)
        for house in result.candidates
        if house not in able
    ]
    lines = [house.line for house in houses]
    return {
        "houses": houses,
        "others": len(able) - len(shown),
        "excluded": len(out),
        "most": MOST_ASKED,
        "needs": list(night.case.needs.values_list("need_id", flat=True)) if night.case else [],
        "map": places_map([*lines, *out], night.avoided, neighbours_of_many(night.avoided), search.place, words),
    }


def settling_context(night: Night) -> dict[str, Any]:
    """Return what the arrival leaves to be done tomorrow: nothing of it holds the minor back tonight."""
    if night.linking is None:
        return {"settlings": []}
    night.linking.missing = night.missing
    night.linking.due_at = due_after_waiver(night.linking.waived_at or night.at, delays_set())
    return {"settlings": list(settlings_of(night.linking))}


def reaches(night: Night) -> list[Reach]:
    """Return whom to call: the service that asks, the ASE of the département, the other people on duty."""
    row = night.row
    detail = SollicitationDetail.objects.filter(pk=row.pk).first()
    people = []
    if detail and detail.callback_phone:
        people.append(
            Reach(str(row.requester), f"{detail.callback_name}, qui demande".lstrip(", "), detail.callback_phone)
        )
    people += [Reach(one.service, one.position, one.number) for one in ase_phones(row.current_place_id)[:2]]
    own = scope.current().user_id
    for duty in on_duty(at=night.at):
        if duty.person_id != own and (phone := duty.phone or duty.person.phone):
            people.append(Reach(str(duty.person), f"astreinte, {duty.get_rank_display()}", phone))
    return people
