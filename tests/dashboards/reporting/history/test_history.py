"""Stays of an earlier year’s register, and its screen: tried line by line, asked by one person, loaded by another."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.history.rules import TITLES
from cases.models import Placement, Sollicitation
from cms.users.models import User
from cms.wall import scope
from cms.wall.models import Grant
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period
from dashboards.reporting.history.services import (
    history_agree,
    history_ask,
    history_dismiss,
    periods_touched,
    register_try,
)
from dashboards.reporting.models import HistoryImport
from dashboards.reporting.periods.selectors import movements_since
from dashboards.reporting.periods.services import period_close_agree, period_close_ask
from tests.cast.registers import GOOD_LINE, register_book
from tests.retention.steps import erase_what_is_due, time_passes

YEAR = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
STAY = {
    **GOOD_LINE,
    "Structure d’accueil": "Fidèle",
    "Arrivée le": dt.date(2022, 3, 8),
    "Cadre juridique": "OPP-P",
    "Sortie le": dt.date(2022, 9, 1),
    "Motif de sortie": "PREVUE",
}
OTHER = {**GOOD_LINE, "Mineur": "autre", "Orientée le": None}


@pytest.fixture
def house(world):
    return world.structure("Fidèle", "38", signed_on=dt.date(2022, 2, 1))


def second() -> User:
    return User.objects.get(email="direction@havre.example")


def asked(by: User, *lines: dict) -> HistoryImport:
    data = register_book(list(lines))
    return history_ask(data=data, lines=register_try(data=data, by=by), title="Registre 2022", by=by)


def agreed(row: HistoryImport) -> HistoryImport:
    with scope.acting(second()):
        return history_agree(by=second(), register=row)


def test_stays_of_a_register_are_counted_and_open_nothing_to_the_structure(world, house):
    grants = Grant.objects.count()
    agreed(asked(world.by, STAY, OTHER))
    result = figures_for(world.by, YEAR).results
    assert [result[code].figure(code).value for code in ("I1", "I2", "I3")] == [2, 1, 1]
    stay = Placement.objects.get(partner=house)
    assert (stay.age_at_arrival, stay.ended_on, stay.linking.waiver_reason_id) == (
        15, dt.date(2022, 9, 1), "motif_derogation:REPRISE",
    )  # fmt: skip
    assert stay.case.closed_on == stay.ended_on
    assert Grant.objects.count() == grants


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Sortie le": None}, "« Sortie le » est vide : un séjour le demande"),
        ({"Sortie le": dt.date(2022, 3, 1)}, "précède l’arrivée"),
        ({"Sortie le": dt.date(2099, 3, 1)}, "un séjour en cours s’ouvre dans Havre"),
        ({"Arrivée le": dt.date(2022, 3, 5)}, "précède l’orientation"),
        ({"Structure d’accueil": "Brigade 12"}, "n’est pas une structure d’accueil"),
        ({"Suite donnée": "DROIT-COMMUN"}, "n’oriente pas dans le réseau"),
        ({"Structure d’accueil": "Jeune"}, "pas de convention en cours ce jour-là"),
    ],
)
def test_a_stay_that_cannot_be_counted_says_why(world, house, change, words):
    world.structure("Jeune", "38", signed_on=dt.date(2023, 2, 1))
    [line] = register_try(data=register_book([{**STAY, **change}]), by=world.by)
    assert line.is_wrong
    assert words in line.said


def test_what_was_read_of_a_minor_is_not_kept(world, house):
    row = asked(world.by, STAY, OTHER)
    assert "MARQUEUR" not in str(row.content)
    assert agreed(row).content == {}


def test_one_person_never_loads_alone_and_nothing_is_loaded_before(world, house):
    before = Sollicitation.objects.count()
    row = asked(world.by, STAY)
    with pytest.raises(ValidationError, match="une autre personne"):
        history_agree(by=world.by, register=row)
    assert Sollicitation.objects.count() == before
    history_dismiss(by=world.by, register=row)
    with pytest.raises(ValidationError, match="n’attend plus"):
        agreed(row)


def test_one_wrong_line_or_one_already_loaded_loads_none(world, house):
    with pytest.raises(ValidationError, match="à corriger"):
        asked(world.by, STAY, {**OTHER, "Sexe": "=1+1"})
    assert "même contenu que la ligne 2" in register_try(data=register_book([STAY, STAY]), by=world.by)[1].said
    waiting = asked(world.by, STAY, OTHER)
    agreed(asked(world.by, OTHER))
    before = Sollicitation.objects.count()
    with pytest.raises(ValidationError, match="déjà chargée"):
        agreed(waiting)
    assert Sollicitation.objects.count() == before


def test_a_year_already_closed_shows_a_revision(world, house):
    closed = period_close_ask(by=world.by, period=YEAR, title="2022")
    with scope.acting(second()):
        closed = period_close_agree(by=second(), closed=closed)
    lines = register_try(data=register_book([STAY]), by=world.by)
    assert periods_touched(lines) == [closed]
    agreed(asked(world.by, STAY))
    assert {item.code: item.words for item in movements_since(world.by, closed)} == {
        "I1": "+1",
        "I2": "+1",
        "I3": "+1",
        "I5": "1 valeur corrigée",  # C4: a minor of that origin was oriented
    }


def test_a_request_to_load_leaves_after_six_months(world, house):
    asked(world.by, STAY)
    time_passes(200, tables="reporting_historyimport")
    erase_what_is_due()
    assert not HistoryImport.objects.exists()


def sent(data: bytes) -> dict:
    return {"title": "Registre 2022", "file": SimpleUploadedFile("registre.xlsx", data)}


def test_the_screen_tells_every_line_then_takes_two_people(world, house, client_of):
    first, url = client_of("coordination"), reverse("havre_periods:history_ask")
    known = HistoryImport.objects.count()
    wrong = first.post(url, sent(register_book([STAY, {**OTHER, "Âge": "quinze"}])))
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "1 ligne est à corriger sur 2" in page
    assert "pas un âge" in page
    titles = first.post(url, sent(register_book([STAY], titles=("Autre", *TITLES[1:]))))
    assert titles.status_code == 422
    assert "le titre attendu est « Reçue le »" in titles.content.decode()
    assert first.post(url, sent(b"PK rien")).status_code == 422
    assert HistoryImport.objects.count() == known
    assert first.post(url, sent(register_book([STAY, OTHER]))).status_code == 302
    row = HistoryImport.objects.latest("asked_at")
    show, decide = (reverse(f"havre_periods:{name}", args=[row.pk]) for name in ("history_import", "history_agree"))
    assert decide not in first.get(show).content.decode()
    assert first.post(decide).status_code == 422
    other = client_of("direction")
    assert decide in other.get(show).content.decode()
    assert other.post(decide).status_code == 302
    row.refresh_from_db()
    assert row.is_agreed
    assert Placement.objects.filter(partner=house).count() == 1
