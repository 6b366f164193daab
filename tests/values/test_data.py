"""The reference data files hold together: codes, links between lists, counts announced to the reader."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from cms.values.models import Value, ValueList

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


def read(path):
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


def texts(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


LISTS = {content["code"]: content for content in read("cms/values/data/lists.json")["lists"]}
REFERENTIEL = read("referentiel/reading/data/referentiel_v1.json")
EXIGENCES = [exigence for chapter in REFERENTIEL["chapters"] for exigence in chapter["exigences"]]
MODULES = read("formation/curriculum/data/curriculum.json")["modules"]
NAMES = read("cms/values/data/names.json")


def codes(name):
    return [item["code"] for item in LISTS[name]["items"]]


def extras(name, key):
    return {item["code"]: item["extra"].get(key) for item in LISTS[name]["items"]}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_clean_and_unique_codes(name):
    found = codes(name)
    assert found
    assert len(found) == len(set(found))
    assert [code for code in found if not CODE.fullmatch(code) or len(code) > 20] == []
    labels = [item["label"] for item in LISTS[name]["items"]]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_fits_its_table(name):
    content = LISTS[name]
    ValueList(code=name, label=content["label"], help=content["help"]).clean_fields()
    assert content["help"]
    for position, item in enumerate(content["items"]):
        fields = {key: item[key] for key in ("code", "label", "legal_basis", "is_legal_basis_verified", "is_core")}
        value = Value(id=f"{name}:{item['code']}", position=position, extra=item["extra"], **fields)
        value.clean_fields(exclude=["list", "parent"])


@pytest.mark.parametrize("name", LISTS)
def test_parents_stand_in_the_same_list(name):
    parents = {item["parent"] for item in LISTS[name]["items"]} - {None}
    assert parents <= set(codes(name))


def test_list_codes_are_unique():
    assert len(read("cms/values/data/lists.json")["lists"]) == len(LISTS)


def test_first_level_forms_are_those_of_the_national_survey_and_the_directive():
    top = {item["code"] for item in LISTS["forme"]["items"] if item["parent"] is None}
    assert top == {"SEX", "TRA", "MEN", "DEL", "MAR", "ESC", "AUT", "IND"}
    for item in LISTS["forme"]["items"]:
        assert item["extra"]["family"] == (item["parent"] or item["code"])


@pytest.mark.parametrize(
    ("name", "key", "target"),
    [
        ("acteur", "family", "famille_acteur"),
        ("mesure", "phase", "phase_circuit"),
        ("profession", "group", "groupe_profession"),
        ("type_incident", "default_severity", "gravite"),
    ],
)
def test_a_value_that_names_another_list_finds_it_and_uses_all_of_it(name, key, target):
    used = set(extras(name, key).values())
    assert used <= set(codes(target))
    if target != "gravite":
        assert used == set(codes(target))


def test_incident_types_name_known_recipients_categories_and_a_higher_severity():
    for item in LISTS["type_incident"]["items"]:
        extra = item["extra"]
        assert set(extra["tell"]) <= set(codes("autorite"))
        assert "COORD" in extra["tell"]
        assert set(extra["arrete"]) <= set(codes("categorie_arrete"))
        assert bool(extra["raise_to"]) == bool(extra["raise_when"])
        if extra["raise_to"]:
            assert codes("gravite").index(extra["raise_to"]) > codes("gravite").index(extra["default_severity"])


def test_the_graver_the_sooner():
    for key in ("report_within_minutes", "acknowledge_within_minutes"):
        delays = list(extras("gravite", key).values())
        assert delays == sorted(delays, reverse=True)
        assert len(set(delays)) == 4


def test_the_more_urgent_the_sooner():
    delays = [delay for delay in extras("urgence", "answer_within_minutes").values() if delay is not None]
    assert delays == [30, 4 * 60, 48 * 60, 7 * 24 * 60]


def test_age_bands_follow_each_other_and_split_at_majority():
    bands = [item["extra"] for item in LISTS["tranche_age"]["items"]]
    assert [band["min_age"] for band in bands[1:]] == [band["max_age"] + 1 for band in bands[:-1]]
    assert [band["is_minor"] for band in bands] == [band["max_age"] < 18 for band in bands]


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("nature", {"PEC", "AVIS", "INFO", "FORM", "PART"}),
        ("decision", {"RESEAU", "DROIT-COMMUN", "APPUI", "COMPLEMENT", "HORS-CHAMP", "SANS-SUITE"}),
        ("reponse", {"ACC", "ACC-COND", "ATTENTE", "REFUS", "SANS-REP"}),
        ("niveau_identification", {"RISQ", "SUSP", "FORM", "JUD", "ECAR"}),
        ("urgence", {"U0", "U1", "U2", "U3", "U4"}),
        ("precision_age", {"EXACT", "DECL", "EST", "INC"}),
        ("sexe", {"F", "M", "X"}),
    ],
)
def test_values_that_figures_rely_on_are_core(name, needed):
    assert {item["code"] for item in LISTS[name]["items"] if item["is_core"]} == needed


def test_what_counts_is_said_once():
    assert [code for code, counted in extras("nature", "is_counted").items() if counted] == ["PEC"]
    victims = [code for code, victim in extras("niveau_identification", "is_victim").items() if victim]
    assert victims == ["SUSP", "FORM", "JUD"]


def test_a_legal_basis_is_verified_only_where_there_is_one():
    bare = [
        (name, item["code"])
        for name, content in LISTS.items()
        for item in content["items"]
        if item["is_legal_basis_verified"] and not item["legal_basis"]
    ]
    assert bare == []


def test_no_hotel_among_the_host_structures():
    assert "hôtel" not in " ".join(item["label"].lower() for item in LISTS["type_structure"]["items"])


def test_the_referentiel_counts_thirty_six_exigences():
    assert [chapter["title"] for chapter in REFERENTIEL["chapters"]] == [
        "Encadrement",
        "Modalités de prise en charge",
        "Suivi des parcours",
    ]
    expected = [f"{letter}{number}.{rank}" for number, letter in enumerate("EPS", 1) for rank in range(1, 13)]
    assert [exigence["code"] for exigence in EXIGENCES] == expected
    levels = Counter((exigence["code"][0], exigence["level"]) for exigence in EXIGENCES)
    assert levels == {
        ("E", "imperative"): 7,
        ("E", "standard"): 5,
        ("P", "imperative"): 8,
        ("P", "standard"): 4,
        ("S", "imperative"): 6,
        ("S", "standard"): 6,
    }


@pytest.mark.parametrize("exigence", EXIGENCES, ids=lambda exigence: exigence["code"])
def test_an_exigence_is_whole(exigence):
    assert exigence["text"].endswith(".")
    assert exigence["assessment"].startswith("L’évaluateur ")
    assert exigence["assessment"].endswith(".")
    assert exigence["evidence"]
    assert all(exigence["evidence"])
    assert exigence["modes"]
    assert set(exigence["modes"]) <= set(REFERENTIEL["modes"])
    assert set(exigence["module_codes"]) <= {module["code"] for module in MODULES}
    assert exigence["law"] or not exigence["is_law_verified"]


def test_an_imperative_cannot_be_declared_not_concerned():
    marks = {mark["code"]: mark["levels"] for mark in REFERENTIEL["marks"]}
    assert marks["NC"] == ["standard"]
    assert all("imperative" in levels for code, levels in marks.items() if code != "NC")


def test_the_curriculum_has_thirteen_modules_and_a_refresher():
    assert [module["code"] for module in MODULES] == [f"M{number}" for number in range(1, 14)] + ["R"]
    assert [module["code"] for module in MODULES if module["is_refresher"]] == ["R"]
    assert {module["code"]: module["hours"] for module in MODULES} == {
        **dict.fromkeys(["M1", "M2", "M3", "M5", "M6", "M10", "M12", "R"], 3.5),
        **dict.fromkeys(["M4", "M7", "M8", "M9"], 7.0),
        "M11": 3.0,
        "M13": 12.0,
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module["code"])
def test_a_module_is_whole(module):
    assert 3 <= len(module["objectives"]) <= 4
    assert 3 <= len(module["programme"]) <= 5
    assert module["publics"]
    assert module["compulsory"]
    assert module["evaluation"]
    assert module["prerequisites"]


def test_the_first_exigence_on_training_names_compulsory_modules():
    required = next(exigence for exigence in EXIGENCES if exigence["code"] == "E1.6")["module_codes"]
    compulsory = {module["code"] for module in MODULES if module["is_compulsory"]}
    assert required
    assert set(required) <= compulsory


def test_invented_names_are_enough_and_differ():
    sizes = {key: len(set(NAMES[key])) for key in ("first_names", "last_names", "structures", "gestionnaires")}
    assert sizes == {"first_names": 60, "last_names": 80, "structures": 40, "gestionnaires": 12}
    assert set(NAMES["units"]) <= set(codes("acteur"))
    assert all("{number}" in pattern for pattern in NAMES["street_patterns"])
    assert NAMES["email_domain"].endswith(".invalid")


@pytest.mark.parametrize(
    "content", [LISTS, REFERENTIEL, MODULES, NAMES], ids=["lists", "referentiel", "modules", "names"]
)
def test_french_texts_use_typographic_apostrophes(content):
    assert [text for text in texts(content) if "'" in text] == []
