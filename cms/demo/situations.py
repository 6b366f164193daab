"""Sollicitations, orientations, stays and incidents of the fictitious network, written through the services."""

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from random import Random
from typing import cast

from cases.arrival.services.linking import linking_open
from cases.files.services import case_close, identity_write
from cases.guard.selectors import free_place_ids, structures_open_to
from cases.models import Case, Linking, Orientation, Placement, Proposal, Sollicitation
from cases.proposals.services import (
    Consultation,
    orientation_decide,
    proposal_answer,
    proposal_confirm,
)
from cases.requests.services.sollicitations import (
    NewSollicitation,
    sollicitation_close,
    sollicitation_link,
    sollicitation_send,
    sollicitation_take,
)
from cases.stays.services import Arrival, absence_open, placement_confirm, placement_end, placement_open
from cms.demo import plan
from cms.demo.follow_up import follow_up_load
from cms.demo.incidents import incidents_load
from cms.demo.linkings import frame_settle, linking_hurry, linking_settle, travel
from cms.demo.network import NAMES, Network
from cms.demo.plan import PARIS, Path, Person, around, persons, pick, sibling_of
from cms.demo.waiting import request_leave_waiting
from cms.partners.conventions.services import places_open
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope

FAMILY = uuid.uuid5(uuid.NAMESPACE_URL, "https://havre.example/fratrie")
NEVER_AGAIN = (Path.WAITING, Path.ADVICE, Path.DISMISSED)
HURRIED = dt.timedelta(days=14)
SHELTERED = dt.timedelta(days=60)
"""The waiver that is late is given to a stay that began since: it still goes on."""


@dataclass
class Writer:
    """Writes one person after the other; remembers who stays where, since places are counted."""

    network: Network
    draw: Random
    now: dt.datetime
    stays: dict[Partner, list[tuple[dt.date, dt.date | None]]] = field(default_factory=dict)
    opened: list[Placement] = field(default_factory=list)
    waiting: Person | None = None
    """Whose request stays open, without a place."""
    has_hurried: bool = False
    """Whether one arrival was let in by waiver, and is still to regularise."""
    arriving: Person | None = None
    """Whose arrival the demo's director A has to confirm."""
    sibling: Person | None = None
    """The first of the demo's family."""

    @property
    def me(self) -> User:
        return self.network.coordination

    def past(self, moment: dt.datetime) -> dt.datetime | None:
        """Return the moment, or None when it has not come yet."""
        return moment if moment <= self.now else None

    def present(self, structure: Partner, day: dt.date) -> int:
        return sum(1 for start, end in self.stays.get(structure, []) if start <= day and (end is None or end > day))


def situations_load(*, network: Network, draw: Random, seed: int, now: dt.datetime) -> None:
    writer = Writer(network, draw, now)
    today = now.astimezone(PARIS).date()
    people = persons(seed=seed, today=today)
    senders = ["gendarme", "ase", "ase", "transmitter"]
    again = set(draw.sample([p.number for p in people if p.path not in NEVER_AGAIN], plan.REPEATED))
    pending, arriving = _latest(people, Path.REFUSED), _latest(people, Path.ACCEPTED)
    # The director A's house is far from what this minor flees.
    writer.arriving = people[people.index(arriving)] = replace(arriving, exploitation=None)
    waiting = [person for person in people if person.path is Path.REFUSED and not person.is_from_forces][-2]
    # A shelter lasts three months at most: the request that still waits is none of the oldest.
    recent = replace(waiting, received_at=max(waiting.received_at, now - SHELTERED))
    writer.waiting = people[people.index(waiting)] = recent
    with scope.acting(network.coordination):
        for person in people:
            if person is pending:
                _pending(writer, replace(person, received_at=now - dt.timedelta(hours=20)))
                continue
            if person.path is Path.WAITING and senders:
                _send_as(writer, person, senders.pop())
                continue
            sollicitation = _send(writer, person, person.received_at)
            _follow(writer, person, sollicitation)
            if person is writer.arriving:
                _arrive(writer, sollicitation)
            if person.number in again:
                _again(writer, person, sollicitation)
        incidents_load(writer.draw, writer.opened, by=writer.me, now=now)
        follow_up_load(writer.opened, by=writer.me, now=now, first_structure_id=network.structures[0].pk)


def _latest(people: list[Person], path: Path) -> Person:
    return [person for person in people if person.path is path][-1]


def _send_as(writer: Writer, person: Person, key: str) -> None:
    """Send a request from one of the demo's own accounts, under its own rights. The two of the ASE are a family."""
    sender, group_id = writer.network.accounts[key], FAMILY if key == "ase" else None
    if key == "ase":
        person = writer.sibling = sibling_of(writer.sibling, person) if writer.sibling else person
    partner = next(partner for partner, member in writer.network.members.items() if member == sender)
    with scope.acting(sender):
        _send(writer, person, person.received_at, requester=partner, sender=sender, group_id=group_id)


def _pending(writer: Writer, person: Person) -> None:
    """Leave a sheet that waits for an answer of the demo's two directors."""
    sollicitation = _send(writer, person, person.received_at)
    taken_at = person.received_at + dt.timedelta(minutes=25)
    sollicitation_take(sollicitation=sollicitation, by=writer.me, at=taken_at)
    sollicitation_link(sollicitation=sollicitation, by=writer.me)
    orientation_decide(
        sollicitation=sollicitation,
        decision_id="decision:RESEAU",
        decided_by=writer.me,
        decided_at=writer.now - dt.timedelta(hours=3),
        consultation=Consultation(structures=writer.network.structures[:2]),
    )


def _arrive(writer: Writer, sollicitation: Sollicitation) -> None:
    """Leave an arrival that the demo's director A has to confirm: in a hurry, with the note of the journey."""
    case, house = cast(Case, sollicitation.case), writer.network.structures[0]
    if not free_place_ids(house, writer.now.date()):
        places_open(partner=house, count=1, starts_on=writer.now.date())
    # Some days, the structure drawn for this minor is already the director A's.
    known = Linking.objects.live().filter(case=case, partner=house, placement=None).first()
    linking = known or linking_open(case=case, partner=house, by=writer.me)
    linking_hurry(linking, by=writer.me, at=writer.now - dt.timedelta(hours=3))
    shared_at = writer.now - dt.timedelta(hours=3)
    travel(linking, by=writer.me, leaves_at=writer.now - dt.timedelta(hours=2, minutes=30), shared_at=shared_at)
    placement_open(
        case=case,
        partner=house,
        by=writer.me,
        arrival=Arrival(arrived_at=writer.now - dt.timedelta(hours=2), legal_frame_id="cadre_juridique:OPP-P"),
    )


def _send(
    writer: Writer,
    person: Person,
    at: dt.datetime,
    *,
    family: str | None = None,
    requester: Partner | None = None,
    sender: User | None = None,
    group_id: uuid.UUID | None = None,
) -> Sollicitation:
    draw = writer.draw
    return sollicitation_send(
        NewSollicitation(
            requester=requester or draw.choice(writer.network.services[family or person.family]),
            submitted_by=sender or writer.me,
            nature_id="nature:AVIS" if person.path is Path.ADVICE else "nature:PEC",
            urgency_id=f"urgence:{person.urgency}",
            channel_id=f"canal:{pick(draw, plan.CHANNELS)}",
            forms=[f"forme:{form}" for form in person.forms],
            main_form=f"forme:{person.main_form}",
            facts={
                "sex_id": f"sexe:{person.sex}",
                "age_precision_id": f"precision_age:{person.precision}",
                "identification_level_id": f"niveau_identification:{person.level}",
                "nationality_zone_id": f"zone_nationalite:{person.zone}",
                "is_unaccompanied": person.is_unaccompanied,
                "prior_follow_up_id": f"suivi_anterieur:{person.prior}",
                "origin_id": person.origin if draw.random() > 0.04 else None,
                "exploitation_place_id": person.exploitation if draw.random() > 0.08 else None,
                **person.birth(at),
            },
            age=person.age if person.precision == "EST" else None,
            detail={
                "callback_name": f"{draw.choice(NAMES['first_names'])} {draw.choice(NAMES['last_names'])}",
                "callback_phone": f"{NAMES['phone_prefix']} {draw.randint(10, 99)} {draw.randint(10, 99)}",
                "minor_label": draw.choice(NAMES["first_names"]),
                "narrative": "Récit fictif, écrit pour la démonstration.",
            },
            current_place_id=person.exploitation or person.origin,
            received_at=at,
            group_id=group_id,
        )
    )


def _follow(writer: Writer, person: Person, sollicitation: Sollicitation) -> None:
    if person.path is Path.WAITING:
        return
    draw, received_at = writer.draw, sollicitation.received_at
    answered_at = received_at + dt.timedelta(minutes=around(draw, 25 if person.is_from_forces else 180))
    sollicitation_take(sollicitation=sollicitation, by=writer.me, at=writer.past(answered_at) or writer.now)
    if person.path is Path.ADVICE:
        _close(writer, sollicitation, "APPUI")
        return
    case = sollicitation_link(sollicitation=sollicitation, by=writer.me)
    if person.path is Path.DISMISSED:
        outcome = "HORS-CHAMP" if person.age >= 18 or draw.random() < 0.3 else "SANS-SUITE"
        _close(writer, sollicitation, outcome)
        case_close(
            case=case,
            reason_id="motif_cloture:MAJEUR" if person.age >= 18 else "motif_cloture:RETRAIT",
            on=cast(dt.datetime, sollicitation.closed_at).astimezone(PARIS).date(),
            by=writer.me,
        )
        return
    _orient(writer, person, sollicitation, case)


def _close(
    writer: Writer,
    sollicitation: Sollicitation,
    outcome: str,
    *,
    at: dt.datetime | None = None,
    missing: str = "",
) -> None:
    at = at or sollicitation.received_at + dt.timedelta(days=around(writer.draw, 5))
    sollicitation_close(
        sollicitation=sollicitation,
        outcome_id=f"decision:{outcome}",
        unmet_reason_id=missing and f"motif_sans_solution:{missing}",
        by=writer.me,
        at=writer.past(at) or writer.now,
    )


def _orient(writer: Writer, person: Person, sollicitation: Sollicitation, case: Case) -> None:
    draw = writer.draw
    decided_at = writer.past(sollicitation.received_at + dt.timedelta(days=around(draw, 4, spread=0.5))) or writer.now
    decided_at = max(decided_at, cast(dt.datetime, sollicitation.first_answered_at))
    if person.path is Path.ORDINARY:
        orientation_decide(
            sollicitation=sollicitation,
            decision_id="decision:DROIT-COMMUN",
            decided_by=writer.me,
            decided_at=decided_at,
            ordinary_service_id="type_structure:FDE",
        )
        _close(writer, sollicitation, "DROIT-COMMUN", at=decided_at)
        return
    structures = _candidates(writer, person, case, decided_at)
    if not structures:
        _close(writer, sollicitation, "SANS-SUITE", at=decided_at, missing="ELOIGNEMENT")
        return
    orientation = orientation_decide(
        sollicitation=sollicitation,
        decision_id="decision:RESEAU",
        decided_by=writer.me,
        decided_at=decided_at,
        consultation=Consultation(structures=structures),
    )
    proposals = list(orientation.proposals.order_by("partner__code_name"))
    chosen = draw.choice(proposals) if person.path in (Path.ACCEPTED, Path.PLACED) else None
    for proposal in proposals:
        if proposal != chosen:
            _refuse(writer, proposal, decided_at)
    if chosen is None:
        closed_at = decided_at + dt.timedelta(days=around(draw, 9))
        if person is writer.waiting:
            request_leave_waiting(sollicitation, by=writer.me, now=writer.now)
            return
        missing = plan.MISSING[person.number % len(plan.MISSING)]
        _close(writer, sollicitation, "SANS-SUITE", at=closed_at, missing=missing)
        return
    _accept(writer, person, case, chosen, decided_at)


def _accept(writer: Writer, person: Person, case: Case, chosen: Proposal, decided_at: dt.datetime) -> None:
    """Write the acceptance of a structure, its confirmation, the stay if there is one, and the end of the request."""
    draw, orientation = writer.draw, chosen.orientation
    accepted_at = writer.past(decided_at + dt.timedelta(hours=around(draw, 20))) or writer.now
    director = next(who for house, who in writer.network.members.items() if house.pk == chosen.partner_id)
    code, words = ("ACC", "") if draw.random() < 0.8 else ("ACC-COND", "Avec une éducatrice à l’arrivée.")
    proposal_answer(
        proposal=chosen, answer_id=f"reponse:{code}", condition=words, answered_by=director,
        available_from=accepted_at, at=accepted_at,
    )  # fmt: skip
    proposal_confirm(proposal=chosen, by=writer.me, at=accepted_at)
    if person.path is Path.PLACED:
        _place(writer, person, case, orientation, chosen, accepted_at)
    if person is not writer.arriving:
        outcome = "RESEAU" if person.path is Path.PLACED else "SANS-SUITE"
        _close(writer, orientation.sollicitation, outcome, at=accepted_at + dt.timedelta(days=1))


def _candidates(writer: Writer, person: Person, case: Case, decided_at: dt.datetime) -> list[Partner]:
    """Structures of that day that the guard opens to the minor, with a place for who is to arrive, emptiest first."""
    day = decided_at.astimezone(PARIS).date()
    open_to = set(structures_open_to(case, day).values_list("pk", flat=True))
    safe = [house for house in writer.network.structures if house.pk in open_to]
    safe = [house for house in safe if person.path is not Path.PLACED or free_place_ids(house, day)]
    known = [
        structure
        for structure in safe
        if structure.opened_on + dt.timedelta(days=21) <= day
        and structure.territory_id not in (person.origin, person.exploitation)
        and (structure.territory_id in ("974", "971")) == (person.origin in ("974", "971"))
    ] or safe[:3]
    writer.draw.shuffle(known)
    known.sort(key=lambda structure: writer.present(structure, day))
    return known[: writer.draw.choice([1, 2, 2, 3])]


def _refuse(writer: Writer, proposal: Proposal, decided_at: dt.datetime) -> None:
    draw = writer.draw
    at = decided_at + dt.timedelta(hours=around(draw, 18))
    if at > writer.now or draw.random() < 0.12:
        return
    director = writer.network.members[next(s for s in writer.network.structures if s.pk == proposal.partner_id)]
    proposal_answer(
        proposal=proposal,
        answer_id="reponse:REFUS",
        refusal_reason_id=f"motif_refus:{pick(draw, plan.REFUSALS)}",
        answered_by=director,
        at=at,
    )


def _place(
    writer: Writer, person: Person, case: Case, orientation: Orientation, proposal: Proposal, accepted_at: dt.datetime
) -> None:
    draw = writer.draw
    arrived_at = accepted_at + dt.timedelta(days=around(draw, 6, spread=0.5))
    arrived_at = min(arrived_at, writer.now - dt.timedelta(hours=2)).replace(second=0, microsecond=0)
    arrived_at = max(arrived_at, accepted_at)
    structure = next(s for s in writer.network.structures if s.pk == proposal.partner_id)
    linking = Linking.objects.get(orientation=orientation, partner=structure)
    frame = pick(draw, plan.FRAMES)
    if not writer.has_hurried and writer.now - arrived_at < HURRIED:
        writer.has_hurried = True
        linking_hurry(linking, by=writer.me, at=arrived_at)
    else:
        linking_settle(linking, by=writer.me, at=accepted_at, frame=frame)
    placement = placement_open(
        case=case,
        partner=structure,
        by=writer.me,
        orientation=orientation,
        arrival=Arrival(arrived_at=arrived_at, legal_frame_id=f"cadre_juridique:{frame}"),
    )
    frame_settle(case, by=writer.me, now=writer.now)
    placement_confirm(placement=placement, by=writer.me, at=arrived_at)
    identity_write(
        case=case,
        by=writer.me,
        last_name=draw.choice(NAMES["last_names"]),
        first_name=draw.choice(NAMES["first_names"]),
        narrative="Récit fictif, écrit pour la démonstration.",
    )
    ended_on = _end(writer, placement)
    writer.stays.setdefault(structure, []).append((placement.arrived_on, ended_on))
    writer.opened.append(placement)


def _end(writer: Writer, placement: Placement) -> dt.date | None:
    """End the stays: most last half a year; some are ended by a runaway of more than thirty days."""
    draw = writer.draw
    today = writer.now.astimezone(PARIS).date()
    is_runaway = draw.random() < plan.RUNAWAY_SHARE
    length = around(draw, 45 if is_runaway else 198, spread=0.55)
    ended_on = placement.arrived_on + dt.timedelta(days=max(3, int(length)))
    if ended_on > today:
        return None
    if is_runaway:
        left_on = max(placement.arrived_on, ended_on - dt.timedelta(days=31))
        absence_open(placement=placement, starts_on=left_on, is_runaway=True, by=writer.me)
    reason = "FUGUE" if is_runaway else pick(draw, plan.ENDS)
    placement_end(placement=placement, ended_on=ended_on, reason_id=f"motif_fin:{reason}", by=writer.me)
    return ended_on


def _again(writer: Writer, person: Person, first: Sollicitation) -> None:
    """Another service asks for the same minor some weeks later: one more sollicitation, the same person."""
    at = writer.past(first.received_at + dt.timedelta(days=writer.draw.randint(35, 80)))
    if at is None:
        at = writer.now - dt.timedelta(hours=3)
    family = "ASSOCIATION" if person.family != "ASSOCIATION" else "PJJ"
    again = _send(writer, person, at, family=family)
    sollicitation_take(sollicitation=again, by=writer.me, at=min(at + dt.timedelta(hours=2), writer.now))
    sollicitation_link(sollicitation=again, case=first.case, by=writer.me)
    _close(writer, again, "APPUI", at=min(at + dt.timedelta(days=2), writer.now))
