"""The pages on security name tests that exist, and the bill of materials holds what is pinned."""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

from tools import audit
from tools.paths import CLONE

REQUIREMENTS = CLONE / "docs" / "security.md"
PAGES = (REQUIREMENTS, CLONE / "docs" / "threats.md")
BILL = CLONE / "requirements" / "sbom.cdx.json"
STATES = ("met", "partly", "not shown", "not met")
NODE = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| ([a-z ]+) \| (.*) \|$", re.MULTILINE)


DATA = re.compile(
    r"\.(csv|tsv|xlsx?|ods|odt|docx?|pdf|dump|bak|sqlite3?|zip|gz|tar|jpe?g|heic|eml|mbox|jsonl|log)$", re.I
)


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(REQUIREMENTS.read_text())


def test_every_test_named_exists():
    wrong = []
    for page in PAGES:
        for place, name in NODE.findall(page.read_text()):
            path = CLONE / place
            source = path.read_text() if path.is_file() else ""
            if not source or (name and not re.search(rf"^def {name}\(", source, re.MULTILINE)):
                wrong.append(f"{page.name} : {place}::{name}")
    assert wrong == []


def test_each_requirement_stands_once_with_its_state_and_its_proof():
    assert [int(number) for number, *_ in rows()] == list(range(1, 73))
    assert {state for *_, state, _ in rows()} <= set(STATES)
    without_a_test = [
        number for number, _, state, proof in rows() if state == "met" and not re.search(r"`.*::", proof)
    ]
    without_a_reason = [
        number for number, _, state, proof in rows() if state != "met" and not NODE.sub("", proof).replace("<br>", "")
    ]
    assert (without_a_test, without_a_reason) == ([], [])


def test_the_count_is_that_of_the_table():
    count = Counter(state for *_, state, _ in rows())
    told = ", ".join(f"{count[state]} {state}" for state in STATES)
    assert f"Of 72: {told}." in REQUIREMENTS.read_text()


def test_the_bill_holds_what_is_pinned():
    parts = json.loads(BILL.read_text())["components"]
    held = {(part["name"], part["version"]) for part in parts if part.get("purl", "").startswith("pkg:pypi/")}
    assert held == {pin for path in (CLONE / "requirements").glob("*.txt") for pin in pins(path)}
    served = {(part["name"], part["version"]) for part in parts if part.get("hashes")}
    assert served == pins(CLONE / "requirements" / "base.txt")


def pins(path: Path) -> set[tuple[str, str]]:
    return set(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", path.read_text(), re.MULTILINE))


def test_a_known_weakness_is_said_until_it_is_accepted(monkeypatch):
    found = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.2"]}
    package = {"name": "paquet", "version": "1.1", "vulns": [found]}
    assert audit.weaknesses(package) == ["paquet 1.1 : PYSEC-1, corrigé en 1.2"]
    monkeypatch.setattr(audit, "ACCEPTED", {"CVE-1": "n’est pas appelé"})
    assert audit.weaknesses(package) == []


def test_without_an_answer_the_audit_is_said_not_to_be_made(monkeypatch, capsys):
    """A port that nobody listens on, as a network that goes nowhere."""
    monkeypatch.setattr(audit, "SERVICE", "http://127.0.0.1:9/")
    assert audit.main() == 0
    assert "n’a PAS été fait" in capsys.readouterr().out


def test_no_file_of_data_enters_the_repository():
    """An export, a dump, a scan, a mail: kept here, it would be copied to every machine, for ever."""
    tracked = subprocess.run(["git", "ls-files"], cwd=CLONE, capture_output=True, text=True, check=True).stdout
    assert [path for path in tracked.splitlines() if DATA.search(path)] == []
