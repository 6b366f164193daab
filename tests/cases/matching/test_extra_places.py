"""A structure opens a place for the night: a bed for the guard and the search, and no place opened to the network."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.guard.selectors import free_place_ids
from cases.home.admin import overrun_lines
from cases.matching.selectors.places import extra_overruns, places_by_structure, places_of
from cases.matching.services import extra_places_declare, places_confirm, structures_find
from cases.models import Placement, Proposal, Sollicitation
from cases.proposals.services import proposal_withdraw
from cms.notify.models import Obligation
from cms.partners.conventions.services import (
    convention_advance,
    extra_places_open,
    partner_suspend,
    place_close,
    places_open,
)
from cms.partners.enums import Stage
from cms.partners.models import Partner, Place
from cms.wall import scope
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.partners import population
from dashboards.periods import Period
from tests.cases import scenes
from tests.cases.steps import held_by, open_case, partner, place, refused_on, settle
from tests.retention.steps import time_passes

HOUSE = "Les Tilleuls"


def today() -> dt.date:
    return timezone.localdate()


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " ").replace("\u00a0", " "))


def only_places(house: Partner, count: int) -> None:
    for pk in free_place_ids(house, today())[count:]:
        place_close(place=Place.objects.get(pk=pk), on=today())


def full(cast) -> Partner:
    """Les Tilleuls with a minor in each of its places."""
    house = partner(HOUSE)
    for proposal in Proposal.objects.pending().filter(partner=house):
        proposal_withdraw(proposal=proposal, by=cast["coordination"])
    only_places(house, 1)
    while free_place_ids(house, today()):
        place(cast, open_case(cast)[1], arrived_at=timezone.now())
    settle()
    return house


def told(kind: str) -> set[str]:
    with scope.acting(scope.NOTIFY):
        return {row.person.email.split("@")[0] for row in Obligation.objects.open().filter(kind=kind)}


def test_a_director_opens_a_place_for_the_night_and_a_minor_enters_it(cast, acting_as, client_of):
    with acting_as("coordination"):
        house = full(cast)
        with refused_on("place"):
            place(cast, open_case(cast)[1], arrived_at=timezone.now())
    browser, address = client_of("director_a"), reverse("cases:places")
    before = text_of(browser.get(address))
    assert "Une place de plus pour cette nuit" in before
    assert "appelez la coordination" not in before
    answer = browser.post(
        address,
        {"extra-count": "1", "extra-ends_on": f"{today() + dt.timedelta(days=1)}", "extra-note": "Lit d’appoint"},
    )
    assert answer.status_code == 302
    assert "dont 1 pour un temps court" in text_of(browser.get(address))
    assert told("extra_place") >= {"coordination", "direction"}
    with acting_as("coordination"):
        extra = Place.objects.get(partner=house, is_extra=True)
        assert (extra.starts_on, extra.ends_on) == (today(), today() + dt.timedelta(days=1))
        assert places_of(house).free == 1
        stay = place(cast, open_case(cast)[1], arrived_at=timezone.now())
        settle()
        assert stay.place == extra
        assert places_of(house).free == 0
    file = text_of(client_of("coordination").get(reverse("partners_partner:inspect", args=[house.pk])))
    assert "Lit d’appoint" in file


def test_a_form_left_wrong_says_why_and_writes_nothing(acting_as, client_of):
    browser, address = client_of("director_a"), reverse("cases:places")
    far = f"{today() + dt.timedelta(days=60)}"
    for data in ({"extra-count": "0", "extra-ends_on": far}, {"extra-count": "1", "extra-ends_on": far}):
        answer = browser.post(address, data)
        assert answer.status_code == 422
        assert "à corriger" in text_of(answer)
    assert "Ouvrez d’abord une place" in text_of(browser.post(address, {"free": "60"}))
    with acting_as("coordination"):
        assert not Place.objects.filter(is_extra=True).exists()


def test_an_extra_place_is_short_and_never_becomes_a_lasting_one(cast, acting_as):
    with acting_as("director_a"):
        house = partner(HOUSE)
        with refused_on("ends_on", match="Choisissez un jour"):
            extra_places_open(partner=house, ends_on=today() + dt.timedelta(days=60))
        with held_by("place_extra_bounded"):
            Place.objects.create(
                partner=house, label="Long", starts_on=today(), ends_on=today() + dt.timedelta(days=60), is_extra=True
            )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Place.objects.create(partner=house, label="Une de plus", starts_on=today())
        [extra] = extra_places_declare(partner=house, by=cast["director_a"])
        assert Place.objects.filter(pk=extra.pk).update(is_extra=False, note="") == 0, "only the coordination writes"
    with acting_as("coordination"), held_by("place_extra_bounded"):
        Place.objects.filter(pk=extra.pk).update(is_extra=False)
    with acting_as("coordination"), held_by("place_extra_bounded"):
        Place.objects.filter(pk=extra.pk).update(ends_on=today() + dt.timedelta(days=9))


@pytest.mark.parametrize("key", ["director_b", "educator_a", "gendarme", "ase"])
def test_nobody_else_opens_a_place_in_a_structure(cast, acting_as, key):
    with acting_as("coordination"):
        house = partner(HOUSE)
    with acting_as(key), pytest.raises((DatabaseError, ValidationError)), transaction.atomic():
        Place.objects.create(
            partner=house, label="Forgée", starts_on=today(), ends_on=today() + dt.timedelta(days=1), is_extra=True
        )


@pytest.mark.parametrize("reason", ["suspended", "convention"])
def test_a_structure_that_takes_nobody_in_opens_no_place(cast, acting_as, client_of, reason):
    with acting_as("coordination"):
        house = partner(HOUSE)
        if reason == "suspended":
            partner_suspend(partner=house, starts_on=today(), reason="Incendie")
        else:
            convention_advance(convention=house.conventions.get(), stage=Stage.DENOUNCED, on=today())
    with acting_as("director_a"):
        with refused_on():
            extra_places_declare(partner=house, by=cast["director_a"])
        with held_by("place_extra_allowed"):
            Place.objects.create(
                partner=house, label="Forgée", starts_on=today(), ends_on=today() + dt.timedelta(days=1), is_extra=True
            )
    page = text_of(client_of("director_a").get(reverse("cases:places")))
    assert "Ouvrir pour cette nuit" not in page
    assert ("suspendues" if reason == "suspended" else "Aucune convention n’est en vigueur") in page


def test_a_minor_stays_in_an_extra_place_past_its_term_and_the_coordination_knows(cast, acting_as, client_of):
    with acting_as("coordination"):
        house = full(cast)
    with acting_as("director_a"):
        extra_places_declare(partner=house, by=cast["director_a"])
    with acting_as("coordination"):
        stay = place(cast, open_case(cast)[1], arrived_at=timezone.now())
        settle()
        assert extra_overruns(today()) == []
    time_passes(3, tables="partners_place cases_placement")
    with acting_as("coordination"):
        assert Placement.objects.present_on(today()).filter(pk=stay.pk).exists()
        [over] = extra_overruns(today())
        assert (over.partner_id, over.over) == (house.pk, 1)
        [line] = overrun_lines(timezone.now())
        assert line.label == HOUSE
        assert places_of(house).free == 0
    assert "une place supplémentaire est à son terme" in text_of(client_of("coordination").get(reverse("havre_week")))
    with acting_as("coordination"):
        places_open(partner=house, count=1, starts_on=today())
        assert extra_overruns(today()) == []


def test_the_place_of_a_night_is_no_place_opened_to_the_network(cast, acting_as):
    """Indicator 4 counts what a structure opens to the network, not the bed of a night."""
    period = Period(today().replace(month=1, day=1), today())
    with acting_as("coordination"):
        house = partner(HOUSE)
        before = population(period, Lexicon.read()).get(pk=house.pk).places_open
    with acting_as("director_a"):
        extra_places_declare(partner=house, by=cast["director_a"], count=2)
    with acting_as("coordination"):
        assert Place.objects.on(today()).filter(partner=house).count() == before + 2
        assert population(period, Lexicon.read()).get(pk=house.pk).places_open == before


def numbers(client_of, acting_as) -> set[int]:
    """What the home of a director, the page of places and the search of the coordination say is free."""
    home = text_of(client_of("director_a").get("/"))
    page = client_of("director_a").get(reverse("cases:places"))
    shown = re.search(r"Places libres\D*?(\d+)", re.sub(r"<[^>]+>", " ", home))
    with acting_as("coordination"):
        house = partner(HOUSE)
        result = structures_find(Sollicitation.objects.order_by("-received_at").first())
        [searched] = [row.free for row in result.candidates if row.partner_id == house.pk]
    return {int(shown[1]), page.context["places"].free, searched}


def test_the_home_the_page_and_the_search_give_one_number(cast, acting_as, client_of):
    with acting_as("coordination"):
        house = partner(HOUSE)
        only_places(house, 3)
        settle()
        open_case(cast)
        free = places_of(house).free
    assert numbers(client_of, acting_as) == {free}
    [proposal] = scenes.proposed(scenes.request_sent())
    assert proposal.partner_id == house.pk
    assert numbers(client_of, acting_as) == {free - 1}, "a proposal holds one"
    with acting_as("director_a"):
        places_confirm(partner=house, free=free - 2, by=cast["director_a"])
    assert numbers(client_of, acting_as) == {free - 2}, "one is prevented"
    with acting_as("director_a"):
        extra_places_declare(partner=house, by=cast["director_a"], count=1)
    assert numbers(client_of, acting_as) == {free - 1}, "one more tonight"
    with acting_as("coordination"):
        partner_suspend(partner=house, starts_on=today(), reason="Incendie")
    assert numbers(client_of, acting_as) == {free - 1}, "a suspension closes the door, not the beds"


def test_a_structure_over_its_places_has_none_free(cast, acting_as, client_of):
    with acting_as("coordination"):
        house = full(cast)
    with acting_as("director_a"):
        extra_places_declare(partner=house, by=cast["director_a"])
    with acting_as("coordination"):
        place(cast, open_case(cast)[1], arrived_at=timezone.now())
        settle()
    time_passes(3, tables="partners_place cases_placement")
    with acting_as("coordination"):
        numbers_of = places_by_structure(Partner.objects.filter(pk=house.pk))[house.pk]
        assert numbers_of.used > numbers_of.opened
    assert numbers(client_of, acting_as) == {0}
