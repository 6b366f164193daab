"""The coordination keeps the authorities in charge of child protection: names, days, territories."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.configuration.admin.authorities import authority_impact, names_after
from cms.territory.models import AseAuthority
from cms.territory.services import ase_authority_facts, ase_authority_put, territory_load
from cms.values.models import ConfigVersion
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period
from tests.dashboards.world import World
from tests.portal.test_home import text_of


@pytest.fixture
def coordination(cast):
    with scope.acting(cast["coordination"]):
        yield cast["coordination"]


@pytest.fixture
def world(coordination):
    return World(coordination)


def facts(code: str) -> dict:
    return ase_authority_facts(AseAuthority.objects.prefetch_related("names", "coverages").get(pk=code))


def put(code: str, **changes) -> AseAuthority:
    return ase_authority_put(code=code, content=facts(code) | changes, reason="Essai")


def test_a_new_name_leaves_the_old_one_to_the_days_before(coordination):
    names = names_after(facts("59")["names"], "Département de Flandre", dt.date(2026, 3, 1))
    row = put("59", names=names)
    assert row.name_on(dt.date(2026, 2, 28)) == "Conseil départemental du Nord"
    assert row.name_on(dt.date(2026, 3, 1)) == "Département de Flandre"
    assert [row.content and row.content["names"][-1][0] for row in ConfigVersion.objects.filter(key="59")] == [
        "Département de Flandre",
        "Conseil départemental du Nord",
    ]


def test_the_same_first_day_puts_the_name_right(coordination):
    first = facts("59")["names"][0][1]
    day = first and dt.date.fromisoformat(first)
    assert names_after(facts("59")["names"], "Département du Nord", day) == [["Département du Nord", first, None]]


def test_an_update_of_havre_does_not_come_back_on_what_was_changed(coordination):
    put("59", names=[["Département de Flandre", None, None]])
    territory_load()
    assert facts("59")["names"] == [["Département de Flandre", None, None]]
    assert facts("62")["names"][0][0] == "Conseil départemental du Pas-de-Calais"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"coverages": []}, "whole", "au moins un département"),
        ({"coverages": [["999", "entier"]]}, "whole", "pas des départements"),
        ({"coverages": [["987", "entier"]]}, "whole", "pas des départements"),
        ({"coverages": [["59", "entier"], ["62", "entier"]]}, "whole", "relève déjà de l’autorité 62"),
        ({"coverages": [["59", "entier"], ["59", "partiel"]]}, "whole", "pas les deux"),
        ({"names": []}, "name", "Donnez le nom"),
        ({"names": [["A", None, None], ["B", "2026-01-01", None]]}, "name", "se chevauchent"),
        ({"names": [["Conseil départemental du Pas-de-Calais", None, None]]}, "name", "déjà le nom"),
        ({"active_from": "2026-02-01", "active_to": "2026-01-01"}, "__all__", "précéder"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(coordination, changes, field, words):
    with pytest.raises(ValidationError) as refused:
        put("59", **changes)
    assert words in " ".join(refused.value.message_dict[field])


def test_two_authorities_that_become_one_are_counted_before_they_are(world):
    """As Alsace in 2021: one gives its département up, the other takes it."""
    today = dt.date.today()
    world.authority("62", "62", signed_on=dt.date(2026, 1, 1))
    before = AseAuthority.objects.active_on(today).count()
    put("59", coverages=[["59", "partiel"]], active_to="2020-12-31")
    said = authority_impact("62", facts("62") | {"coverages": [["59", "partiel"], ["62", "entier"]]})
    assert any("Départements couverts (indicateur 5)" in line and "+1" in line for line in said)
    assert facts("62")["coverages"] == [["62", "entier"]], "nothing is written"
    figure = figures_for(world.by, Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))).results["I4"]
    assert figure.figure("I4.authorities").note == f"sur {before - 1}"


def test_the_screen_says_what_it_moves_then_keeps_a_version_that_comes_back(client_of, cast):
    browser, url = client_of("coordination"), reverse("havre_authorities:edit", args=["59"])
    page = browser.get(url)
    assert "Conseil départemental du Nord" in text_of(page)
    answers = {
        "kind": "conseil_departemental", "name": "Département de Flandre", "named_from": "2026-03-01", "whole": "59",
        "partial": "", "active_from": "", "active_to": "", "reason": "Loi nouvelle",
    }  # fmt: skip
    wrong = browser.post(url, answers | {"whole": "59, 62"})
    assert wrong.status_code == 422
    assert "relève déjà" in text_of(wrong)
    asked = browser.post(url, answers)
    assert "Autorités compétentes" in text_of(asked)
    assert "Ce qui la nomme" in text_of(asked)
    assert browser.post(url, answers | {"seen": asked.context_data["mark"]}).status_code == 302
    assert "Département de Flandre" in text_of(browser.get(reverse("havre_authorities:index")))
    first = ConfigVersion.objects.filter(part="ase_authorities", key="59").order_by("pk").first()
    back = f"{reverse('havre_config:restore', args=['ase-authorities'])}?objet=59&version={first.pk}"
    assert "Ce qui changerait" in text_of(browser.get(back))
    assert browser.post(back, {"reason": "Erreur"}).status_code == 302
    with scope.acting(cast["coordination"]):
        assert facts("59")["names"][-1][0] == "Conseil départemental du Nord"


def test_a_new_authority_is_named_once(client_of, cast):
    browser, url = client_of("coordination"), reverse("havre_authorities:add")
    answers = {"code": "59b", "kind": "metropole", "name": "Métropole de Lille", "partial": "", "reason": "Essai"}
    assert "majuscules" in text_of(browser.post(url, answers | {"whole": "59"}))
    answers |= {"code": "59B", "whole": "59"}
    assert "relève déjà" in text_of(browser.post(url, answers))


@pytest.mark.parametrize("key", ["editor", "trainer", "dpo", "tech_admin", "director_a"])
def test_it_is_the_coordination_s(client_of, key):
    assert client_of(key).get(reverse("havre_authorities:index")).status_code in (302, 404)
    assert client_of(key).get(reverse("havre_authorities:edit", args=["59"])).status_code in (302, 404)
