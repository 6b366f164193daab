"""The check of the plan of the house sees each fault, on a tree made for it."""

import subprocess

import pytest

from tools.house import problems, tracked

CONTRACTS = [
    {"id": "apps", "layers": ["cms.urls : cms.api", "cases", "cms.kit"]},
    {"id": "kinds", "containers": ["cms.*", "cms.*.*", "cases", "cases.*"]},
]
GOOD = {
    "cases/__init__.py": "",
    "cases/apps.py": "",
    "cases/checks.py": "",
    "cases/stays/__init__.py": '"""Stays of minors."""\n',
    "cases/stays/services/absences.py": "",
    "cases/stays/services/__init__.py": "",
    "cases/migrations/0001_initial.py": "x = 1\n" * 401,
    "cases/management/commands/stays_close.py": "",
    "cms/kit/xlsx/sheets.py": "",
    "cms/settings/base.py": "",
    "cms/urls.py": "",
    "docs/notes.md": "Title\n=====\n",
    "tests/cases/test_stays.py": "x = 1\n" * 401,
}


def said(root, files: dict[str, str | bytes]) -> list[str]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return problems(root, files, CONTRACTS)


def test_a_tree_that_follows_the_plan_passes(tmp_path):
    assert said(tmp_path, GOOD | {"docs/picture.png": b"\x89PNG\xff"}) == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("cases/stays/following.py", "", "« following » n’est pas un nom du plan"),
        ("cases/helpers.py", "", "« helpers » n’est pas un nom du plan"),
        ("billing/services.py", "", None),
        ("cms/billing/services.py", "", "aucun contrat d’import ne dit au-dessus de quoi elle se tient"),
        ("cases/stays/reviews/services.py", "", "« cases.stays.reviews » n’est dans aucun contrat"),
        ("docs/notes.md", f"{'<' * 7} HEAD\n", "marque de fusion, ligne 1"),
        ("docs/notes.md", f"a\n{'=' * 7}\nb\n", "marque de fusion, ligne 2"),
        ("cases/templates/cases/stay.html", f"{'>' * 7} 25f199d (wip)\n", "marque de fusion, ligne 1"),
        ("cases/stays/__init__.py", "from cases.stays.services import absences\n", "un __init__.py ne contient"),
        ("tests/cases/__init__.py", "x = 1\n", "un __init__.py ne contient"),
        ("cases/stays/services/absences.py", "x = 1\n" * 401, "401 lignes, 400 au plus"),
        ("tools/long.py", "x = 1\n" * 401, "401 lignes, 400 au plus"),
    ],
)
def test_each_fault_is_told_where_it_is(tmp_path, path, text, fault):
    found = said(tmp_path, GOOD | {path: text})
    if fault is None:
        assert found == []  # no app of ours: names are its own
    else:
        assert len(found) == 1
        assert found[0].startswith(f"{path} : {fault}")


def test_tracked_files_alone_are_read(tmp_path):
    (tmp_path / "kept.py").write_text("")
    (tmp_path / "left.py").write_text("")
    for command in (["init", "-q"], ["add", "kept.py"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert tracked(tmp_path) == ["kept.py"]
