"""Whatever is tried, in whatever order and through whatever door: nobody sleeps where the guard says no, and no bed
has two minors.

What keeps a minor out is counted here by hand, apart from the code that is tested.
"""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.arrival.services.linking import arrival_waive, linking_agree, linking_arrived
from cases.files.protection.services import keep_away_add, keep_away_lift
from cases.guard.enums import Obstacle
from cases.guard.selectors import free_place_ids
from cases.guard.services import derogation_agree, derogation_ask
from cases.models import Linking, Party, Placement
from cases.stays.services import Arrival, placement_confirm, placement_end, placement_open, placement_transfer
from cms.partners.conventions.services import partner_suspend, place_close
from cms.partners.models import Place
from cms.wall import scope
from tests.cases.steps import open_case, partner, settle
from tests.plugins.extent import sampled

HOUSES = ("Les Tilleuls", "Aubépine")
DANGER, FRAME = "motif_derogation:DANGER", "cadre_juridique:AE"


class Nights:
    """Two minors, two structures with one free place each, and what an oracle knows of them."""

    def __init__(self, cast):
        self.by, self.second = cast["coordination"], cast["direction"]
        self.cases = [open_case(cast)[1] for _ in range(2)]
        self.before = set(Placement.objects.values_list("pk", flat=True))
        self.away, self.suspended, self.agreed = {}, set(), set()
        self.allowed = {}
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
        linking_agree(linking=self._linking(minor, house), party=Party.STRUCTURE, by=self.by)
        self.agreed.add((minor, house))

    def keep_away(self, minor, house):
        territory, family = partner(house).territory_id, "motif_eloignement:ENTOURAGE"
        row = keep_away_add(case=self.cases[minor], territory_id=territory, reason_id=family, by=self.by, radius_km=10)
        self.away.setdefault((minor, house), []).append(row)

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

    def confirm(self, minor, house):
        placement_confirm(placement=self._stay(minor, partner__code_name=house), by=self.by)

    def leave(self, minor, house):
        stay = self._stay(minor, partner__code_name=house)
        placement_end(placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=self.by)

    def obstacles(self, minor, house):
        """Return what keeps a minor out of a structure now, but for the places."""
        held = {Obstacle.AWAY} if self.away.get((minor, house)) else set()
        held |= {Obstacle.SUSPENDED} if house in self.suspended else set()
        return held - self.allowed.get((minor, house), set())

    def _linking(self, minor, house):
        case, structure = self.cases[minor], partner(house)
        row = Linking.objects.live().filter(case=case, partner=structure, placement=None).first()
        return row or arrival_waive(case=case, partner=structure, reason_id=DANGER, by=self.by)

    def _stay(self, minor, **where):
        row = Placement.objects.filter(case=self.cases[minor], ended_on=None, **where).order_by("arrived_at").last()
        if row is None:
            raise ValidationError("Rien de tel pour le moment.")
        return row

    def _now(self):
        return Arrival(arrived_at=timezone.now(), legal_frame_id=FRAME)


ACTS = ("enter", "transfer", "write", "agree", "agree", "keep_away", "lift", "suspend", "allow", "confirm", "leave")
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.sampled_from(HOUSES)), min_size=4, max_size=16)


def holds(nights: Nights) -> None:
    """Each new stay was let in by the oracle; no place has two minors; a minor without a place was allowed."""
    for stay in Placement.objects.exclude(pk__in=nights.before).select_related("partner"):
        nights.before.add(stay.pk)
        minor = next(number for number, case in enumerate(nights.cases) if case.pk == stay.case_id)
        door = (minor, stay.partner.code_name)
        assert nights.obstacles(*door) == set()
        assert door in nights.agreed, "nobody says yes in the place of the structure"
        assert stay.place_id or Obstacle.PLACE in nights.allowed.get(door, set())
        nights.agreed.discard(door)  # another arrival is agreed to again
    taken = list(Placement.objects.filter(ended_on=None).exclude(place=None).values_list("place_id", flat=True))
    assert len(taken) == len(set(taken))


@settings(
    max_examples=sampled(200, 30),
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
                pass
            holds(nights)
        transaction.set_rollback(True)


def test_each_door_opens_when_nothing_keeps_out(cast, acting_as):
    """The property above would hold of a guard that refuses everything."""
    with acting_as("coordination"):
        for door in ("enter", "write"):
            with transaction.atomic():
                nights = Nights(cast)
                for name in ("agree", door, "confirm"):
                    getattr(nights, name)(0, HOUSES[0])
                    settle()
                    holds(nights)
                nights.agree(0, HOUSES[1])
                nights.transfer(0, HOUSES[1])
                settle()
                holds(nights)
                assert Placement.objects.filter(case=nights.cases[0]).count() == 2
                transaction.set_rollback(True)
