"""A structure that enters the book is late of nothing that came before it."""

import datetime as dt

import pytest

from cms.documents.models import DocumentVersion
from cms.documents.signatures.selectors import State, adherence_list, adherence_of, adherences_of, dues_of
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.conventions.services import convention_advance, convention_open
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Partner


@pytest.fixture
def version(acting_as) -> DocumentVersion:
    with acting_as("coordination"):
        return DocumentVersion.objects.select_related("document").get(document__kind="referentiel")


def newcomer(day: dt.date, *, is_bound: bool) -> Partner:
    """A structure entered that day; its convention on paper may be older."""
    card = PartnerCard(
        kind=PartnerKind.STRUCTURE,
        code_name="Les Érables",
        opened_on=day,
        structure_type_id="type_structure:MECS",
        territory_id="59",
    )
    house = partner_create(card)
    if is_bound:
        convention = convention_open(partner=house, reference="CV-ERABLES", contacted_on=dt.date(2025, 1, 6))
        convention_advance(convention=convention, stage=Stage.SIGNED, on=dt.date(2025, 3, 3))
    return house


@pytest.mark.parametrize("is_bound", [False, True])
def test_the_delay_to_sign_runs_from_the_entry_in_the_book(version, acting_as, is_bound):
    with acting_as("coordination"):
        day = version.effective_on + dt.timedelta(days=400)
        house = newcomer(day, is_bound=is_bound)
        last = day + dt.timedelta(days=59)
        [row] = adherences_of([house], version, day)
        assert (row.state, row.due_on) == (State.TO_SIGN, last)
        found = adherence_of(house, "referentiel", day)
        assert found is not None
        assert (found[1].state, found[1].due_on) == (State.TO_SIGN, last)
        assert dues_of([house], version, day).days == {house.pk: last}
        if is_bound:
            states = {row.partner.code_name: row.state for row in adherence_list(version, day)}
            assert states.pop("Les Érables") == State.TO_SIGN
            assert set(states.values()) == {State.LATE}
        [after] = adherences_of([house], version, last + dt.timedelta(days=1))
        assert after.state == State.LATE
