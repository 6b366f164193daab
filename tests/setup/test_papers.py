"""Papers of a network: nothing that it must complete is lost, and what two of them say is said alike."""

import json
import re

import pytest

from tools.paths import CLONE

PAPERS = CLONE / "docs" / "papers"
PAGES = CLONE / "cms" / "home" / "data" / "pages.json"


def told(name: str) -> str:
    return (PAPERS / name).read_text()


def test_the_accessibility_statement_is_that_of_the_public_page():
    page = next(each for each in json.loads(PAGES.read_text())["pages"] if each["slug"] == "accessibilite")
    public, paper = "".join(page["body"]), told("accessibilite.md")
    [date] = re.findall(r"établie le (\d+ \w+ \d{4})", public)
    assert f"| Déclaration établie le | {date} |" in paper
    assert ("<b>non conforme</b>" in public) == ("**non conforme**" in paper)


@pytest.mark.parametrize("title", ["Contexte", "Nécessité", "Mesures", "Risques", "Ce qui reste", "Plan d’actions"])
def test_the_analysis_of_impact_has_every_part(title):
    part = re.search(rf"^## \d\. {title}.*?(?=^## |\Z)", told("aipd.md"), re.MULTILINE | re.DOTALL)
    assert part
    assert len(part[0]) > 300


def test_each_measure_names_what_shows_it():
    measures = told("aipd.md").partition("| mesure |")[2].partition("\n## ")[0].splitlines()[2:]
    rows = [line for line in measures if line.startswith("|")]
    assert len(rows) >= 10
    assert [line for line in rows if "`tests/" not in line] == []
