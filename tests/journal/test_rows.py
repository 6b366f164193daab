"""A row is refused as `full_clean` refuses it, in fewer statements."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Sollicitation
from cms.journal.rows import row_clean
from cms.partners.models import Convention, Partner
from tests.cast.situations import rows
from tests.costs import counted


def faults(check) -> dict | None:
    try:
        check()
    except ValidationError as error:
        return error.message_dict
    return None


@pytest.fixture
def convention(acting_as) -> Convention:
    with acting_as("coordination"):
        yield Convention.objects.filter(partner__code_name="Les Tilleuls").first()


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"ends_on": dt.date(2001, 1, 1)},
        {"stage": "inconnue", "ends_on": dt.date(2001, 1, 1)},
        {"starts_on": None},
        {"reference": ""},
        {"partner_id": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_it_says_what_full_clean_says(convention, facts):
    for name, value in facts.items():
        setattr(convention, name, value)
    told = faults(convention.full_clean)
    assert faults(lambda: row_clean(convention)) == told
    assert (told is None) == (not facts)


def test_what_the_actor_does_not_see_is_not_asked(convention):
    convention.partner_id = "00000000-0000-0000-0000-000000000000"
    assert faults(lambda: row_clean(convention, exclude=["partner"])) is None


def test_what_did_not_change_is_not_read_again(convention):
    convention.partner_id = "00000000-0000-0000-0000-000000000000"
    assert faults(lambda: row_clean(convention, changed=["reference"])) is None
    assert "partner" in faults(lambda: row_clean(convention, changed=["partner_id"]))


def test_a_change_that_contradicts_what_stays_is_refused(convention):
    convention.ends_on = dt.date(2001, 1, 1)
    assert faults(lambda: row_clean(convention, changed=["ends_on"])) == faults(convention.full_clean)


def test_it_asks_the_database_for_all_checks_at_once(acting_as, cast):
    sollicitation = rows()["sollicitation_a"]
    assert isinstance(sollicitation, Sollicitation)
    with acting_as("coordination"):
        with CaptureQueriesContext(connection) as many:
            sollicitation.full_clean()
        with CaptureQueriesContext(connection) as few:
            row_clean(sollicitation, changed=["state"])
    assert len(counted(few)) * 3 < len(counted(many))


def test_a_name_taken_by_another_is_refused(acting_as, cast):
    with acting_as("coordination"):
        first, second = Partner.objects.filter(kind="structure").order_by("code_name")[:2]
        second.code_name = first.code_name
        told = faults(second.full_clean)
        assert set(told) == {"code_name"}
        assert faults(lambda: row_clean(second, changed=["code_name"])) == told
