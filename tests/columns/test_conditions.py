"""One condition answers of facts and of rows alike, and says what it cannot be."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.models import Sollicitation
from cases.requests.admin.viewsets import SollicitationViewSet
from cms.columns.enums import TESTS, Check, Kind
from cms.columns.rules.columns import columns_annotated
from cms.columns.rules.conditions import condition_check, matches, where
from cms.partners.enums import Stage
from cms.partners.models import Convention

TODAY = dt.date(2026, 6, 15)


@pytest.fixture
def columns(db):
    return SollicitationViewSet().list_columns.all()


def line(column: str, test: str, value=None):
    return {"column": column, "test": test, "value": value}


REFUSED = [
    (line("nothing", "in", ["a"]), "n’existe pas"),
    (line("minor", "contains", ["a"]), "n’existe pas"),
    (line("state", "at_least", 3), "ne s’applique pas"),
    (line("state", "in", []), "donnez une valeur"),
    (line("state", "in", [{"a": 1}]), "donnez une valeur"),
    (line("age_at_reception", "at_least", "beaucoup"), "donnez une valeur"),
    (line("age_at_reception", "at_least", "NaN"), "donnez une valeur"),
    (line("age_at_reception", "between", [1]), "donnez une valeur"),
    (line("received_on", "before", "hier"), "donnez une valeur"),
    (line("received_on", "older_than", -1), "donnez une valeur"),
    (line("is_mine", "is", "oui"), "donnez une valeur"),
    ({"all": []}, "se lit mal"),
    ({"not": [line("state", "answered")]}, "n’existe pas"),
    ({"all": [{"any": [{"all": [{"any": [line("state", "answered")]}]}]}]}, "s’emboîte"),
    ({"all": [line("state", "answered")] * 21}, "20 filtres au plus"),
    ("state = 'x'", "ne se lit pas"),
]


@pytest.mark.parametrize(("condition", "sentence"), REFUSED)
def test_what_cannot_stand_is_refused_with_its_sentence(columns, condition, sentence):
    with pytest.raises(ValidationError, match=sentence):
        condition_check(condition, columns)


def test_a_condition_is_kept_as_it_will_be_read(columns):
    kept = condition_check(
        {"all": [line("received_on", "after", "-7"), line("age_at_reception", "at_most", "15")]}, columns
    )
    assert kept == {"all": [line("received_on", "after", "-7"), line("age_at_reception", "at_most", 15)]}
    assert condition_check({}, columns) == {}


@pytest.mark.parametrize("test", [check for check in Check if check != Check.UNANSWERED])
@pytest.mark.parametrize("empty", [None, "", []])
def test_no_test_is_true_of_what_was_not_answered(test, empty):
    value = {"between": [0, 99], "before": "2030-01-01", "after": "2000-01-01", "is": False}.get(test, 0)
    value = ["a"] if test in ("in", "none_of", "has_all") else value
    assert not matches(line("any", test, value), {"any": empty}, TODAY)
    assert matches(line("any", "unanswered"), {"any": empty}, TODAY)


OF_ROWS = {
    "stage": Kind.CHOICE,
    "signed_on": Kind.DAY,
    "ends_on": Kind.DAY,
    "is_late": Kind.YES_NO,
    "reference": Kind.TEXT,
}
days = st.dates(dt.date(2026, 6, 1), dt.date(2026, 7, 1))
stages = st.sampled_from([stage.value for stage in Stage])


@st.composite
def lines(draw):
    column = draw(st.sampled_from(sorted(OF_ROWS)))
    test = draw(st.sampled_from(TESTS[OF_ROWS[column]]))
    if test in (Check.ANSWERED, Check.UNANSWERED):
        return line(column, test)
    if test == Check.IS:
        return line(column, test, draw(st.booleans()))
    if test in (Check.BEFORE, Check.AFTER):
        return line(column, test, draw(st.one_of(days.map(str), st.integers(-20, 20).map("{:+d}".format))))
    if test in (Check.IN, Check.NONE_OF):
        return line(column, test, draw(st.lists(stages, min_size=1, max_size=3)))
    return line(column, test, draw(st.integers(0, 20)))


conditions = st.recursive(
    lines(),
    lambda inner: st.one_of(
        *(st.lists(inner, min_size=1, max_size=3).map(lambda x, n=name: {n: x}) for name in ("all", "any"))
    ),
    max_leaves=6,
)


@pytest.fixture
def conventions(cast, acting_as):
    """Conventions at every stage, with and without their days."""
    with acting_as("coordination"):
        first = Convention.objects.order_by("pk").first()
        for number, stage in enumerate(stage for stage in Stage if stage != Stage.SIGNED):
            row = Convention(partner_id=first.partner_id, reference=f"CV-C{number}", stage=stage)
            row.ends_on = TODAY + dt.timedelta(days=number * 3 - 9) if number % 2 else None
            row.signed_on = TODAY - dt.timedelta(days=number * 4) if number % 3 else None
            Convention.objects.bulk_create([row])
        yield Convention.objects.filter(reference__startswith="CV-C")


@given(condition=conditions)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_facts_and_rows_give_the_same_answer(conventions, condition):
    columns = Convention.snippet_viewset.list_columns.all()
    try:
        kept = condition_check(condition, columns)
    except ValidationError as error:
        assert "s’emboîte" in str(error)  # noqa: PT017 (the one fault that may be drawn)
        return
    rows = columns_annotated(conventions, [columns["is_late"]])
    found = set(rows.filter(where(kept, columns, Convention, TODAY)).values_list("reference", flat=True))
    told = {row.reference for row in rows if matches(kept, facts_of(row), TODAY)}
    assert found == told


def facts_of(row) -> dict:
    return {
        "stage": row.stage,
        "signed_on": row.signed_on,
        "ends_on": row.ends_on,
        "is_late": row.column_is_late,
        "reference": row.reference,
    }


def test_several_values_are_asked_without_repeating_a_row(columns, files, acting_as):
    with acting_as("coordination"):
        row = files["sollicitation_a"]
        codes = list(row.forms.values_list("form_id", flat=True))
        for test, expected in (("in", True), ("none_of", False), ("has_all", True)):
            kept = condition_check(line("form", test, codes), columns)
            found = Sollicitation.objects.filter(where(kept, columns, Sollicitation, TODAY), pk=row.pk)
            assert found.count() == expected, test
            assert matches(kept, {"form": codes}, TODAY) == expected
        kept = condition_check(line("form", "answered"), columns)
        assert Sollicitation.objects.filter(where(kept, columns, Sollicitation, TODAY), pk=row.pk).count() == 1
