"""A register of an earlier year, from the shell: read line by line, tried, asked for; it loads nothing alone."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cases.history.rules import COLUMNS, history_read
from cases.models import Case, Sollicitation
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period
from dashboards.reporting.history.services import history_agree
from dashboards.reporting.models import HistoryImport

YEAR = Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
GOOD = {
    "Reçue le": dt.date(2023, 3, 4),
    "Service demandeur": "Brigade 12",
    "Nature": "PEC",
    "Urgence": "U2",
    "Canal": "TEL",
    "Forme principale": "SEX",
    "Sexe": "F",
    "Âge": 15,
    "Département d’exploitation": "59",
    "Suite donnée": "RESEAU",
    "Orientée le": "06/03/2023",
    "Niveau d’identification": "SUSP",
    "Mineur": "12",
}


def register(tmp_path, *lines: dict, titles=COLUMNS):
    book = Workbook()
    book.active.append(list(titles))
    for line in lines:
        book.active.append([line.get(title) for title in COLUMNS])
    path = tmp_path / "registre.xlsx"
    book.save(path)
    return path


def run(path, *, title="", who="coordination@havre.example") -> str:
    out = io.StringIO()
    call_command("import_history", path, compte=who, demander=title, stdout=out)
    return out.getvalue()


@pytest.fixture
def before(cast):
    with scope.acting(cast["coordination"]):
        return set(Sollicitation.objects.values_list("pk", flat=True))


def test_a_register_is_tried_asked_for_then_loaded_by_another_person_and_counted(cast, before, tmp_path):
    other = {**GOOD, "Reçue le": "2023-05-01", "Orientée le": None, "Mineur": None}
    path = register(tmp_path, GOOD, {**GOOD, "Reçue le": dt.date(2023, 4, 1), "Orientée le": None}, other)
    tried = run(path)
    assert "Essai : 3 ligne(s) seraient chargées, 0 refusée(s). Rien n’est chargé." in tried
    assert "une autre personne le décide" in run(path, title="Registre 2023")
    with scope.acting(cast["coordination"]):
        assert set(Sollicitation.objects.values_list("pk", flat=True)) == before
        asked = HistoryImport.objects.get(title="Registre 2023")
        with pytest.raises(ValidationError, match="autre personne"):
            history_agree(by=cast["coordination"], register=asked)
    with scope.acting(cast["direction"]):
        history_agree(by=cast["direction"], register=asked)
    with scope.acting(cast["coordination"]):
        results = figures_for(cast["coordination"], YEAR).results
        assert results["I1"].figure("I1").value == 3
        assert results["I1"].figure("I1.persons").value == 2  # two lines of the minor 12
        assert results["I2"].figure("I2").value == 1
        assert Case.objects.get(opened_on=dt.date(2023, 3, 4)).closed_on
    assert run(path).count("déjà chargée") == 3
    with pytest.raises(CommandError, match="à corriger"):
        run(path, title="Encore")
    assert not HistoryImport.objects.filter(title="Encore").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Reçue le": None}, "« Reçue le » est vide"),
        ({"Reçue le": "hier"}, "n’est pas un jour"),
        ({"Reçue le": dt.date(2099, 1, 1)}, "jour à venir"),
        ({"Service demandeur": "Inconnu"}, "« Inconnu » n’est pas connu"),
        ({"Âge": "quinze"}, "n’est pas un âge"),
        ({"Orientée le": "01/01/2023"}, "précède la réception"),
        ({"Niveau d’identification": None}, "est vide"),
        ({"Sexe": "=1+1"}, "contient une formule"),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_stops_no_other(cast, tmp_path, change, words):
    said = run(register(tmp_path, {**GOOD, **change}, GOOD))
    assert words in said.splitlines()[0]
    assert "1 ligne(s) seraient chargées, 1 refusée(s)" in said


def test_a_file_that_is_not_a_register_is_refused_whole(cast, tmp_path):
    with pytest.raises(CommandError, match="le titre attendu est « Reçue le »"):
        run(register(tmp_path, GOOD, titles=("Autre", *COLUMNS[1:])))
    with pytest.raises(CommandError, match="aucune ligne"):
        run(register(tmp_path))
    broken = tmp_path / "registre.xlsx"
    broken.write_bytes(b"PK nothing")
    with pytest.raises(CommandError, match="classeur"):
        run(broken)
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        run(tmp_path / "absent.xlsx")


@pytest.mark.parametrize("who", ["director-a@havre.example", "state-reader@havre.example", "dpo@havre.example"])
def test_the_coordination_alone_loads_one(cast, tmp_path, who):
    with pytest.raises(CommandError, match="coordination"):
        run(register(tmp_path, GOOD), title="Registre", who=who)


def test_reading_writes_nothing(cast, before, tmp_path):
    with scope.acting(cast["coordination"]):
        lines = history_read(register(tmp_path, GOOD).read_bytes())
        assert [line.said for line in lines] == ["demande du 04/03/2023"]
        assert set(Sollicitation.objects.values_list("pk", flat=True)) == before
