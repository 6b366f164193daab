"""Whatever is tried, in whatever order and through whatever door: nobody sleeps where the guard says no, no bed has
two minors, and whoever must know of a passage is told.

What keeps a minor out, and who must be told of what, is counted here by hand, apart from the code that is tested.
"""

import uuid
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.arrival.services.linking import arrival_waive, linking_agree, linking_arrived, linking_cancel
from cases.enums import Answer
from cases.files.protection.services import keep_away_add, keep_away_lift
from cases.guard.enums import Obstacle
from cases.guard.selectors import free_place_ids
from cases.guard.services import derogation_agree, derogation_ask
from cases.models import Absence, Linking, Party, Placement, Proposal
from cases.proposals.services import proposal_answer, proposal_confirm, proposal_withdraw
from cases.stays.services import (
    Arrival,
    absence_close,
    absence_open,
    placement_confirm,
    placement_end,
    placement_open,
    placement_transfer,
)
from cms.notify.models import Obligation
from cms.partners.conventions.services import partner_suspend, place_close
from cms.partners.models import Place
from cms.wall import scope
from tests.cases.steps import open_case, orient, partner, settle
from tests.plugins.extent import sampled

HOUSES = ("Les Tilleuls", "Aubépine")
DIRECTORS = dict(zip(HOUSES, ("director_a", "director_b"), strict=True))
ANSWERED = ("proposal_accepted", "proposal_conditional", "proposal_waiting", "proposal_refused")
TELLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "cases.proposal.send": (("proposal",),),
    "cases.proposal.answer": (ANSWERED,),
    "cases.proposal.confirm": (("proposal_kept",), ("place_chosen",)),
    "cases.linking.cancel": (("linking_given_up_requester",),),
    "cases.placement.open": (("arrival_said",),),
    "cases.placement.confirm": (("arrival_requester",),),
    "cases.absence.open": (("runaway",), ("runaway_requester",)),
    "cases.absence.close": (("runaway_return",), ("return_requester",)),
    "cases.placement.end": (("stay_ended",), ("stay_ended_requester",)),
}
"""Each line of the journal, and what somebody else than its author must then be owed: one of each group."""
DANGER, FRAME = "motif_derogation:DANGER", "cadre_juridique:AE"


class Nights:
    """Two minors, two structures with one free place each, and what an oracle knows of them."""

    def __init__(self, cast):
        self.by, self.second = cast["coordination"], cast["direction"]
        self.cast = cast
        self.requests, self.cases = zip(*[open_case(cast) for _ in range(2)], strict=True)
        self.before = set(Placement.objects.values_list("pk", flat=True))
        self.away, self.suspended, self.agreed = {}, set(), set()
        self.allowed, self.owes = {}, []
        self.line = last_line()
        for name in HOUSES:
            for pk in free_place_ids(partner(name), timezone.localdate())[1:]:
                place_close(place=Place.objects.get(pk=pk), on=timezone.localdate())

    # Doors

    def enter(self, minor, house):
        self._linking(minor, house)
        placement_open(case=self.cases[minor], partner=partner(house), by=self.by, arrival=self._now())

    def transfer(self, minor, house):
        self._linking(minor, house)
        placement_transfer(placement=self._stay(minor), partner=partner(house), by=self.by, arrival=self._now())

    def write(self, minor, house):
        """A row, as a script that forgets the services would write it."""
        linking, now = self._linking(minor, house), timezone.now()
        free = free_place_ids(partner(house), timezone.localdate())
        stay = Placement.objects.create(
            case=self.cases[minor],
            partner=partner(house),
            convention=partner(house).conventions.first(),
            legal_frame_id=FRAME,
            place_id=free[0] if free else None,
            arrived_at=now,
            arrived_on=timezone.localdate(now),
        )
        linking_arrived(linking=linking, placement=stay)

    # What changes meanwhile

    def agree(self, minor, house):
        linking = self._linking(minor, house)
        linking_agree(linking=linking, party=Party.STRUCTURE, by=self.by)
        self.agreed.add(linking.pk)

    def keep_away(self, minor, house):
        territory, family = partner(house).territory_id, "motif_eloignement:ENTOURAGE"
        row = keep_away_add(case=self.cases[minor], territory_id=territory, reason_id=family, by=self.by, radius_km=10)
        self.away.setdefault((minor, house), []).append(row)
        if Placement.objects.filter(case=self.cases[minor], partner=partner(house), ended_on=None).exists():
            self.owes.append(("stay_too_near", self.cases[minor].pk))

    def lift(self, minor, house):
        for row in self.away.pop((minor, house), []):
            keep_away_lift(keep_away=row, by=self.by)

    def suspend(self, minor, house):
        partner_suspend(partner=partner(house), starts_on=timezone.localdate(), reason="Incendie")
        self.suspended.add(house)

    def allow(self, minor, house):
        derogation = derogation_ask(case=self.cases[minor], partner=partner(house), reason="Cette nuit.", by=self.by)
        with scope.acting(self.second):
            derogation_agree(derogation=derogation, by=self.second)
        self.allowed.setdefault((minor, house), set()).update(derogation.obstacles)
        self.owes.append(("stay_derogation_decided", self.cases[minor].pk))

    def confirm(self, minor, house):
        placement_confirm(placement=self._stay(minor, partner__code_name=house), by=self.by)

    # The way by a sheet, and what the structure does in its portal

    def ask(self, minor, house):
        orient(self.cast, self.requests[minor], (house,), derogation="Cette nuit.")

    def accept(self, minor, house):
        self._answer(minor, house, Answer.ACCEPTED, available_from=timezone.now())

    def refuse(self, minor, house):
        self._answer(minor, house, Answer.REFUSED, refusal_reason_id="motif_refus:PLACE")

    def keep(self, minor, house):
        proposal = proposal_confirm(proposal=self._sheet(minor, house), by=self.by)
        self.agreed.add(Linking.objects.get(orientation=proposal.orientation).pk)

    def withdraw(self, minor, house):
        proposal = self._sheet(minor, house)
        is_told = proposal.answer_id != Answer.REFUSED
        proposal_withdraw(proposal=proposal, by=self.by)
        self.owes += [("proposal_not_kept", proposal.pk)] if is_told else []

    def give_up(self, minor, house):
        linking = linking_cancel(linking=self._linking(minor, house), by=self.by)
        self.owes.append(("linking_given_up", linking.pk))

    def welcome(self, minor, house):
        with self._there(house) as by:
            stay = placement_confirm(placement=self._stay(minor, partner__code_name=house), by=by)
        self.owes.append(("arrival_confirmed", stay.pk))

    def run_away(self, minor, house):
        with self._there(house) as by:
            stay = self._stay(minor, partner__code_name=house)
            absence_open(placement=stay, starts_on=timezone.localdate(), by=by)

    def come_back(self, minor, house):
        with self._there(house) as by:
            stay = self._stay(minor, partner__code_name=house)
            absence = Absence.objects.filter(placement=stay, ends_on=None).first()
            if absence is None:
                raise ValidationError("Personne n’est absent.")
            absence_close(absence=absence, returned_on=timezone.localdate(), by=by)

    def _answer(self, minor, house, code, **more):
        with self._there(house) as by:
            proposal_answer(proposal=self._sheet(minor, house), answer_id=code, answered_by=by, **more)

    @contextmanager
    def _there(self, house):
        """The direction of the structure acts, under its own scope."""
        by = self.cast[DIRECTORS[house]]
        with scope.acting(by):
            yield by

    def _sheet(self, minor, house):
        # A structure reads no case: its sheets are those of the requests of this minor, known to the test.
        with scope.acting(self.by):
            where = {"orientation__sollicitation": self.requests[minor], "partner__code_name": house}
            pk = Proposal.objects.filter(**where).order_by("sent_at").values_list("pk", flat=True).last()
        if pk is None:
            raise ValidationError("Aucune fiche n’est partie.")
        return Proposal.objects.get(pk=pk)

    def leave(self, minor, house):
        stay = self._stay(minor, partner__code_name=house)
        placement_end(placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=self.by)

    def obstacles(self, minor, house):
        """Return what keeps a minor out of a structure now, but for the places."""
        held = {Obstacle.AWAY} if self.away.get((minor, house)) else set()
        held |= {Obstacle.SUSPENDED} if house in self.suspended else set()
        return held - self.allowed.get((minor, house), set())

    def _linking(self, minor, house):
        return arrival_waive(case=self.cases[minor], partner=partner(house), reason_id=DANGER, by=self.by)

    def _stay(self, minor, **where):
        row = Placement.objects.filter(case=self.cases[minor], ended_on=None, **where).order_by("arrived_at").last()
        if row is None:
            raise ValidationError("Rien de tel pour le moment.")
        return row

    def _now(self):
        return Arrival(arrived_at=timezone.now(), legal_frame_id=FRAME)


BEDS = ("enter", "transfer", "write", "agree", "agree", "keep_away", "lift", "suspend", "allow", "confirm", "leave")
SHEETS = ("ask", "ask", "accept", "accept", "refuse", "keep", "keep", "withdraw", "give_up")
THERE = ("welcome", "run_away", "come_back")
act = st.tuples(st.sampled_from(BEDS + SHEETS + THERE), st.integers(0, 1), st.sampled_from(HOUSES))
acts = st.lists(act, min_size=6, max_size=18)


def last_line() -> int:
    with scope.acting(scope.FIGURES), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM journal_line")
        return cursor.fetchone()[0]


def lines_since(line: int) -> list[tuple[str, uuid.UUID, uuid.UUID]]:
    """Action, object and author of what was done since a line of the journal."""
    with scope.acting(scope.FIGURES), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, object_id, actor_id FROM journal_line WHERE id > %s AND outcome = 'done' ORDER BY id",
            [line],
        )
        return cursor.fetchall()


def owed(kind: str, object_id: uuid.UUID) -> set[uuid.UUID]:
    """Whom a passage was told to, whether they have read it or not."""
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.filter(kind=kind, object_id=object_id)
        return set(rows.values_list("person_id", flat=True))


def holds(nights: Nights) -> None:
    """Each new stay was let in by the oracle; no place has two minors; a minor without a place was allowed; each
    passage has somebody, other than who caused it, to whom it was told.
    """
    for stay in Placement.objects.exclude(pk__in=nights.before).select_related("partner", "linking"):
        nights.before.add(stay.pk)
        minor = next(number for number, case in enumerate(nights.cases) if case.pk == stay.case_id)
        door = (minor, stay.partner.code_name)
        assert nights.obstacles(*door) == set()
        assert stay.linking.pk in nights.agreed, "nobody says yes in the place of the structure"
        assert stay.place_id or Obstacle.PLACE in nights.allowed.get(door, set())
    taken = list(Placement.objects.filter(ended_on=None).exclude(place=None).values_list("place_id", flat=True))
    assert len(taken) == len(set(taken))
    everybody_told(nights)


def everybody_told(nights: Nights) -> None:
    lines, nights.line = lines_since(nights.line), last_line()
    for action, object_id, actor in lines:
        for kinds in TELLS.get(action, ()):
            told = set().union(*(owed(kind, object_id) for kind in kinds))
            assert told - {actor}, f"{action}: nobody reads {' or '.join(kinds)}"
    for kind, object_id in nights.owes:
        assert owed(kind, object_id), f"nobody reads {kind}"
    nights.owes.clear()


@settings(
    max_examples=sampled(200, 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(acts)
@pytest.mark.sampled
@pytest.mark.django_db
def test_nobody_sleeps_where_the_guard_says_no(cast, acting_as, acts):
    with acting_as("coordination"), transaction.atomic():
        nights = Nights(cast)
        for name, minor, house in acts:
            try:
                with transaction.atomic():
                    getattr(nights, name)(minor, house)
                    settle()
            except (ValidationError, IntegrityError):
                nights.owes.clear()
            holds(nights)
        transaction.set_rollback(True)


def test_each_door_opens_when_nothing_keeps_out(cast, acting_as):
    """The property above would hold of a guard that refuses everything."""
    with acting_as("coordination"):
        for door in ("enter", "write"):
            with transaction.atomic():
                nights = Nights(cast)
                for name in ("agree", door, "welcome", "run_away", "come_back"):
                    getattr(nights, name)(0, HOUSES[0])
                    settle()
                    holds(nights)
                nights.agree(0, HOUSES[1])
                nights.transfer(0, HOUSES[1])
                settle()
                holds(nights)
                assert Placement.objects.filter(case=nights.cases[0]).count() == 2
                transaction.set_rollback(True)


def test_each_answer_leads_where_it_should(cast, acting_as):
    """The property above would hold of sheets that nobody could answer."""
    with acting_as("coordination"):
        for names in (("ask", "refuse"), ("ask", "withdraw"), ("ask", "accept", "keep", "give_up")):
            with transaction.atomic():
                nights = Nights(cast)
                for name in names:
                    getattr(nights, name)(0, HOUSES[0])
                    settle()
                    holds(nights)
                transaction.set_rollback(True)
        with transaction.atomic():
            nights = Nights(cast)
            for name in ("ask", "accept", "keep", "enter", "welcome", "leave"):
                getattr(nights, name)(0, HOUSES[0])
                settle()
                holds(nights)
            transaction.set_rollback(True)
