"""The migration that loads a `wall.sql` again is written by a command."""

import ast

import pytest

from tools.paths import CLONE
from tools.wall import main, migration_of


def said(capabilities: list[str]) -> tuple[str, dict[str, list]]:
    """Return where the migration of these capabilities goes, and its dependencies and what it loads."""
    path, text = migration_of("try", capabilities)
    [migration] = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    parts = {
        target.id: node.value for node in migration.body if isinstance(node, ast.Assign) for target in node.targets
    }
    loaded = [ast.literal_eval(argument) for argument in parts["operations"].args]
    folder, name = path.parent.relative_to(CLONE).as_posix(), path.name
    assert name.endswith("_try_wall.py")
    assert name[:4] > max(each.name for each in path.parent.glob("0*.py"))[:4]
    return folder, {"dependencies": ast.literal_eval(parts["dependencies"]), "loaded": loaded}


def last(folder: str) -> str:
    return max(path.stem for path in (CLONE / folder).glob("0*.py"))


def test_it_goes_after_the_latest_of_its_app_and_of_those_that_loaded_it():
    folder, migration = said(["cases/stays"])
    assert folder == "cases/migrations"
    assert migration == {
        "dependencies": [("access", last("cms/wall/migrations")), ("cases", last("cases/migrations"))],
        "loaded": ["cases/stays"],
    }


def test_a_capability_inside_two_apps_is_of_the_nearest():
    assert said(["dashboards/reporting/state"])[0] == "dashboards/reporting/migrations"


def test_a_capability_whose_models_are_of_another_app_stays_with_it():
    assert said(["cms/sessions"]) == (
        "cms/wall/migrations",
        {"dependencies": [("access", last("cms/wall/migrations"))], "loaded": ["cms/sessions"]},
    )


def test_several_are_loaded_by_one_migration():
    folder, migration = said(["cms/documents/versions", "cases/files"])
    assert folder == "cms/documents/migrations"
    assert {app for app, _ in migration["dependencies"]} >= {"cases", "documents"}
    assert migration["loaded"] == ["cms/documents/versions", "cases/files"]


@pytest.mark.parametrize("arguments", [[], ["draft_hours"], ["../name", "cases/stays"], ["name", "cases/nowhere"]])
def test_what_it_does_not_understand_writes_nothing(arguments, capsys):
    assert main(arguments) != 0
    assert capsys.readouterr().err
