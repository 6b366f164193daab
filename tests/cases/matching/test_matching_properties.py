"""The search against a slow and plain one, on thousands of drawn situations; and what must hold in each."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.files.protection.services import keep_away_add
from cases.matching.enums import Failing, Overseas, Weight
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import candidates_for
from cases.matching.selectors.places import places_of
from cases.matching.selectors.search import Search
from cases.matching.services import places_confirm
from cms.partners.book.services import StructureCriteria, partner_change, profile_set
from cms.values.models import Value
from tests.cases.matching.matching_oracle import verdict
from tests.cases.steps import open_case, partner
from tests.cast.visits import confirmed, waived
from tests.plugins.extent import sampled

NAMES = ("Les Tilleuls", "Aubépine")
CODES = ["24", "33", "48", "59", "62", "75", "2A", "974", "972"]
ONCE = settings(max_examples=sampled(20, 3), deadline=None, suppress_health_check=list(HealthCheck))


def some(list_code: str, *codes: str):
    return st.lists(st.sampled_from([f"{list_code}:{code}" for code in codes]), unique=True, max_size=2)


PROFILE = st.fixed_dictionaries(
    {
        "age_min": st.integers(8, 14),
        "age_max": st.integers(14, 18),
        "sexes": some("sexe", "F", "M"),
        "forms": some("forme", "SEX", "TRA", "DEL"),
        "languages": some("langue", "FRA", "ROM"),
        "contraindications": some("contre_indication", "ADDICTION", "GROSSESSE"),
        "containment_id": st.sampled_from([None, "contenance:SECURISE", "contenance:OUVERT"]),
        "habilitation_id": st.sampled_from([None, "habilitation:ASE", "habilitation:PJJ", "habilitation:DOUBLE"]),
        "takes_at_night": st.booleans(),
        "takes_siblings": st.booleans(),
        "has_psychologist": st.booleans(),
        "admission_days": st.sampled_from([None, 0, 2, 8]),
    }
)
RULES = st.builds(
    Rules,
    siblings=st.sampled_from(Weight.values),
    habilitation=st.sampled_from(Weight.values),
    night=st.sampled_from(Weight.values),
    delay=st.sampled_from(Weight.values),
    training=st.sampled_from(Weight.values),
    overseas=st.sampled_from(Overseas.values),
    imperative=st.sampled_from(Failing.values),
    far_points=st.integers(0, 100),
    travel_points=st.integers(0, 30),
    place_points=st.integers(0, 30),
)
AWAY = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(["forbidden", "avoided"]), st.integers(0, 700)),
    max_size=3,
    unique_by=lambda away: away[0],
)
SEARCH = st.fixed_dictionaries(
    {
        "age": st.sampled_from([None, 10, 15, 17]),
        "sex": st.sampled_from([None, "sexe:F", "sexe:M"]),
        "forms": st.sampled_from([(), ("forme:SEX", "forme:SEX-PROX"), ("forme:DEL",)]),
        "containment": st.sampled_from([None, 0, 1, 2]),
        "needs": st.sampled_from([(), ("ADDICTION",), ("PSY",)]),
        "languages": st.sampled_from([(), ("langue:ROM",)]),
        "habilitations": st.sampled_from([(), ("habilitation:ASE", "habilitation:DOUBLE")]),
        "is_night": st.booleans(),
        "admission_days": st.sampled_from([None, 0, 2]),
        "count": st.integers(1, 3),
        "is_apart": st.booleans(),
        "place": st.sampled_from([None, *CODES]),
        "exploitation": st.sampled_from([None, *CODES]),
        "away_km": st.just(150),
    }
)
ASKED = st.lists(st.tuples(RULES, SEARCH), min_size=3, max_size=3)
"""Rules and searches that read one world: writing it costs more than reading it."""


class Undo(Exception):
    """Leaves nothing of an example."""


@pytest.fixture
def written(cast, acting_as):
    """Writes a drawn world through the services, gives it to the block, then takes it back."""
    with acting_as("coordination"):
        _, case = open_case(cast)
        by = cast["coordination"]

        def run(profiles, homes, aways, free, asked, check, marks=(), waiver=None):
            try:
                with transaction.atomic():
                    for name, facts, home in zip(NAMES, profiles, homes, strict=True):
                        partner_change(partner=partner(name), territory_id=home)
                        lists = ("sexes", "forms", "languages", "contraindications")
                        chosen = {key: list(Value.objects.filter(pk__in=facts[key])) for key in lists}
                        profile_set(partner=partner(name), criteria=StructureCriteria(**facts | chosen))
                    for code, level, radius in aways:
                        keep_away_add(
                            case=case,
                            territory_id=code,
                            reason_id="motif_eloignement:RESEAU",
                            level=level,
                            radius_km=radius,
                            by=by,
                        )
                    if free is not None:
                        usable = places_of(partner(NAMES[0])).usable
                        places_confirm(partner=partner(NAMES[0]), free=min(free, usable), by=by)
                    for code, value in marks:
                        confirmed(code, value, name=NAMES[0])
                    if waiver:
                        waived(waiver, name=NAMES[0])
                    for rules, search in asked:
                        check(Search(case_id=case.pk, at=timezone.now() + dt.timedelta(seconds=1), **search), rules)
                    raise Undo
            except Undo:
                pass

        yield run


WORLD = {
    "profiles": st.tuples(PROFILE, PROFILE),
    "homes": st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)),
    "aways": AWAY,
    "free": st.sampled_from([None, 0, 1, 2, 9]),
    "asked": ASKED,
}


STANDARDS = {
    "marks": st.lists(st.tuples(st.sampled_from(["E1.3", "E1.4", "E1.7"]), st.sampled_from("1234")), max_size=2),
    "waiver": st.sampled_from([None, None, "E1.3"]),
}
"""Marks that the coordination confirmed one after the other, and a derogation."""


@pytest.mark.sampled
@ONCE
@given(**WORLD, **STANDARDS)
def test_the_statement_says_what_a_plain_reading_says(written, profiles, homes, aways, free, asked, marks, waiver):
    def check(search, rules):
        for row in candidates_for(search, rules):
            plain = verdict(partner(row.code_name), search, rules)
            assert (frozenset(row.excluded), row.tier, row.score) == (plain.excluded, plain.tier, plain.score)

    written(profiles, homes, aways, free, asked, check, marks, waiver)


@pytest.mark.sampled
@ONCE
@given(**WORLD)
def test_the_eligible_alone_come_in_the_same_rank(written, profiles, homes, aways, free, asked):
    def check(search, rules):
        everybody = candidates_for(search, rules)
        eligible = [row.code_name for row in everybody if row.is_eligible]
        assert [row.code_name for row in candidates_for(search, rules, only_eligible=True)] == eligible
        assert [row.is_eligible for row in everybody] == sorted((row.is_eligible for row in everybody), reverse=True)

    written(profiles, homes, aways, free, asked, check)


@pytest.mark.sampled
@ONCE
@given(more=st.integers(1, 8), **WORLD)
def test_more_places_never_lower_a_rank(written, cast, more, profiles, homes, aways, free, asked):
    def check(search, rules):
        usable = places_of(partner(NAMES[0])).usable
        places_confirm(partner=partner(NAMES[0]), free=max(0, usable - more), by=cast["coordination"])
        before = _rank(search, rules)
        places_confirm(partner=partner(NAMES[0]), free=usable, by=cast["coordination"])
        assert _rank(search, rules) <= before

    written(profiles, homes, aways, None, asked, check)


def _rank(search, rules) -> int:
    later = Search(**{**search.__dict__, "at": timezone.now() + dt.timedelta(seconds=1)})
    return [row.code_name for row in candidates_for(later, rules)].index(NAMES[0])
