"""Whatever the coordination does, in whatever order: the chain of a minor never contradicts itself.

Each act is tried; the services refuse what does not fit, and the rows are read again after each one.
"""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.arrival.services.linking import arrival_waive
from cases.common.rules.states import CLOSED, ORIENTED
from cases.enums import Answer, Decision
from cases.models import Case, Linking, Orientation, Placement, Proposal, Sollicitation
from cases.proposals.services import (
    Consultation,
    orientation_cancel,
    orientation_decide,
    proposal_answer,
    proposal_confirm,
    proposal_withdraw,
)
from cases.requests.services.sollicitations import sollicitation_close, sollicitation_link, sollicitation_take
from cases.stays.services import Arrival, placement_confirm, placement_end, placement_open
from tests.cases.steps import partner, send, settle
from tests.plugins.extent import sampled

HOUSES = ("Les Tilleuls", "Aubépine")
REFUSAL = {"answer_id": "reponse:REFUS", "refusal_reason_id": "motif_refus:PLACE"}


class Chain:
    """One sollicitation and what hangs on it; each act takes its row as it stands, the first or the last one."""

    def __init__(self, user):
        self.user = user
        self.asked = send(user)

    @property
    def case(self) -> Case:
        return self._found(Sollicitation.objects.get(pk=self.asked.pk).case)

    def take(self, house: str) -> None:
        sollicitation_take(sollicitation=self.asked, by=self.user)

    def link(self, house: str) -> None:
        sollicitation_link(sollicitation=self.asked, by=self.user)

    def orient(self, house: str) -> None:
        structures = [partner(name) for name in HOUSES]
        orientation_decide(
            sollicitation=self.asked,
            decision_id=Decision.NETWORK,
            decided_by=self.user,
            consultation=Consultation(structures=structures),
        )

    def cancel(self, house: str) -> None:
        orientation_cancel(orientation=self._orientation(), by=self.user)

    def accept(self, house: str) -> None:
        proposal_answer(
            proposal=self._proposal(house),
            answer_id=Answer.ACCEPTED,
            answered_by=self.user,
            available_from=timezone.now(),
        )

    def refuse(self, house: str) -> None:
        proposal_answer(proposal=self._proposal(house), answered_by=self.user, **REFUSAL)

    def keep(self, house: str) -> None:
        proposal_confirm(proposal=self._proposal(house), by=self.user)

    def withdraw(self, house: str) -> None:
        proposal_withdraw(proposal=self._proposal(house), by=self.user)

    def waive(self, house: str) -> None:
        arrival_waive(case=self.case, partner=partner(house), reason_id="motif_derogation:DANGER", by=self.user)

    def arrive(self, house: str) -> None:
        placement_open(
            case=self.case,
            partner=partner(house),
            by=self.user,
            orientation=self._orientation(),
            arrival=Arrival(arrived_at=timezone.now(), legal_frame_id="cadre_juridique:AE"),
        )

    def confirm(self, house: str) -> None:
        placement_confirm(placement=self._stay(), by=self.user)

    def leave(self, house: str) -> None:
        today = timezone.localdate()
        placement_end(placement=self._stay(), ended_on=today, reason_id="motif_fin:PREVUE", by=self.user)

    def close(self, house: str) -> None:
        sollicitation_close(
            sollicitation=self.asked,
            outcome_id="decision:SANS-SUITE",
            by=self.user,
            unmet_reason_id="motif_sans_solution:PLACE",
        )

    def _orientation(self) -> Orientation:
        return self._found(Orientation.objects.filter(sollicitation=self.asked).order_by("decided_at").last())

    def _proposal(self, house: str) -> Proposal:
        rows = Proposal.objects.filter(orientation__sollicitation=self.asked, partner__code_name=house)
        return self._found(rows.order_by("sent_at").last())

    def _stay(self) -> Placement:
        return self._found(Placement.objects.filter(case=self.case, ended_on=None).last())

    @staticmethod
    def _found(row):
        if row is None:
            raise ValidationError("Rien de tel pour le moment.")
        return row


ACTS = (
    "take",
    "link",
    "orient",
    "cancel",
    "accept",
    "refuse",
    "keep",
    "withdraw",
    "waive",
    "arrive",
    "confirm",
    "leave",
    "close",
)
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(HOUSES)), min_size=4, max_size=14)


def holds(chain: Chain) -> None:
    asked = Sollicitation.objects.get(pk=chain.asked.pk)
    held = Orientation.objects.filter(sollicitation=asked, cancelled_at=None)
    assert held.count() <= 1
    assert (asked.state == ORIENTED) == (held.exists() and asked.state != CLOSED)
    assert (asked.state == CLOSED) == (asked.outcome_id is not None)
    kept = Proposal.objects.filter(orientation__sollicitation=asked, confirmed_at__isnull=False, withdrawn_at=None)
    assert kept.count() <= 1
    for proposal in kept:
        assert proposal.answer_id == Answer.ACCEPTED
        others = Proposal.objects.filter(orientation=proposal.orientation_id).exclude(pk=proposal.pk)
        assert not others.filter(withdrawn_at=None, answer_id=Answer.ACCEPTED).exists()
    stays = Placement.objects.filter(case=asked.case_id) if asked.case_id else Placement.objects.none()
    assert stays.filter(ended_on=None).count() <= 1
    for stay in stays:
        linking = Linking.objects.with_missing().get(placement=stay)
        assert linking.waived_at or not linking.missing
        assert (linking.case_id, linking.partner_id) == (stay.case_id, stay.partner_id)


@pytest.mark.sampled
@settings(
    max_examples=sampled(40, 5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(acts)
@pytest.mark.django_db
def test_the_chain_of_a_minor_never_contradicts_itself(cast, acting_as, acts):
    with acting_as("coordination"), transaction.atomic():
        chain = Chain(cast["coordination"])
        for name, house in acts:
            try:
                with transaction.atomic():
                    getattr(chain, name)(house)
                    settle()
            except (ValidationError, IntegrityError):
                pass
            holds(chain)
        transaction.set_rollback(True)


def test_the_plain_night_goes_through(cast, acting_as):
    """The property above would hold of a chain in which everything is refused: this one goes to its end."""
    plain = ("take", "link", "orient", "accept", "keep", "waive", "arrive", "confirm", "leave", "close")
    with acting_as("coordination"):
        chain = Chain(cast["coordination"])
        for name in plain[:-1]:
            getattr(chain, name)(HOUSES[0])
            settle()
            holds(chain)
        assert Placement.objects.filter(case=chain.case, ended_on__isnull=False).count() == 1
