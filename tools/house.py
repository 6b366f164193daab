"""The plan of the house, read in every tracked file: what a module may be called, which contract holds it, what an
`__init__.py` and a file may hold.

python -m tools.house
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from tools.paths import CLONE

APPS = ("cases", "cms", "dashboards", "formation", "referentiel")
LONGEST = 400

NAMES = {
    "models",
    "enums",
    "rules",
    "policies",
    "selectors",
    "words",
    "services",
    "papers",
    "forms",
    "admin",
    "portal",
    "api",
    "panels",
    "tasks",
    "notifications",
    "displays",
    "settings",
}
"""What a module of a capability is called, or the package that stands for it: inside, names are free."""
ROOT_NAMES = {"apps", "urls", "wagtail_hooks"}
"""Modules that wire an app, or its addresses."""
EXTRA_NAMES = {
    "checks": "system checks of Django, declared by apps.py",
    "integrity": "what `manage.py verify` reads again in the tables of the app, declared by apps.py",
    "state": "probes of « État du service » that the app declares, by apps.py",
    "fields": "fields of models, as Django and its documentation call them",
    "adapter": "allauth asks for it by the settings",
    "search": "what the one search finds in an app, declared by apps.py",
    "provider": "allauth imports it by this name",
    "middleware": "Django runs it at each request, by the settings",
}
ROOT_MODULES = {
    "dashboards.periods": "civil days of a period: every capability of the figures, and other apps, read them",
}
"""Modules at the root of an app, below its capabilities, with their reason."""
WIRING = {
    "migrations": "named by Django and by what they change",
    "commands": "a command is called by the name of its module",
    "templatetags": "a library is loaded by the name of its module",
}
"""Folders whose names are those that Django or a template reads."""
FOUNDATIONS = {
    "cms.demo": "one module a part of the fictitious network",
    "cms.journal": "mechanism of the journal",
    "cms.kit": "pieces of pages, forms and workbooks, named after what they are",
    "cms.navigation": "registry of entries and panels",
    "cms.operations": "backup, restoration, verification",
    "cms.sessions": "mechanisms of a connexion",
    "cms.users": "roles, and what allauth asks of an account",
    "cms.values": "lists, settings, their versions",
    "cms.vault": "sealing",
    "cms.wall": "scope of a request and SQL of the wall",
}
"""What every capability stands on, without a trade: a module is named after its mechanism."""
UNGOVERNED = {
    "cms.settings": "read before any app",
    "cms.wsgi": "starts the server",
}
"""Modules that no layer of the contract `apps` holds."""

BEGINS, ENDS, BETWEEN = "<" * 7 + " ", ">" * 7 + " ", "=" * 7


def main() -> int:
    contracts = tomllib.loads((CLONE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    faults = problems(CLONE, tracked(CLONE), contracts)
    print("\n".join(faults))
    return 1 if faults else 0


def tracked(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    return [path for path in listed.split("\0") if path and (root / path).is_file()]


def problems(root: Path, paths: Iterable[str], contracts: list[dict[str, Any]]) -> list[str]:
    """One line a fault, by file."""
    by_id = {contract["id"]: contract for contract in contracts}
    faults: list[str] = []
    for path in sorted(paths):
        text = read(root / path)
        if text is None:
            continue
        said = [*marked(text)]
        if path.endswith(".py"):
            said += [*contained(path, text)]
            if PurePosixPath(path).parts[0] in APPS:
                said += [*named(path), *governed(path, by_id)]
        faults += [f"{path} : {words}" for words in said]
    return faults


def read(path: Path) -> str | None:
    """None for a file that is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def marked(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith((BEGINS, ENDS)) or line == BETWEEN:
            yield f"marque de fusion, ligne {number}"


def contained(path: str, text: str) -> Iterator[str]:
    parts = PurePosixPath(path).parts
    if parts[-1] == "__init__.py" and not is_docstring_alone(text):
        yield "un __init__.py ne contient qu’une phrase de présentation, ou rien"
    length = text.count("\n")
    if length > LONGEST and "migrations" not in parts and parts[0] != "tests":
        yield f"{length} lignes, {LONGEST} au plus"


def is_docstring_alone(text: str) -> bool:
    body = ast.parse(text).body
    return not body or (len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant))


def named(path: str) -> Iterator[str]:
    *folders, name = PurePosixPath(path).with_suffix("").parts
    if (
        name in NAMES | ROOT_NAMES | EXTRA_NAMES.keys() | {"__init__"}
        or ".".join([*folders, name]) in UNGOVERNED | ROOT_MODULES
    ):
        return
    if NAMES.isdisjoint(folders) and WIRING.keys().isdisjoint(folders) and not within(folders, FOUNDATIONS):
        yield f"« {name} » n’est pas un nom du plan"


def governed(path: str, contracts: dict[str, dict[str, Any]]) -> Iterator[str]:
    parts = PurePosixPath(path).with_suffix("").parts
    if parts[-1] == "__init__" or within(parts, UNGOVERNED) or not WIRING.keys().isdisjoint(parts):
        return
    layers = [layer.strip() for line in contracts["apps"]["layers"] for layer in line.split(":")]
    if not within(parts, layers):
        yield "aucun contrat d’import ne dit au-dessus de quoi elle se tient"
    # The folder whose kinds of modules look downwards: a package named as one of them is a module to the contract.
    inside = next((rank for rank, part in enumerate(parts) if rank > 1 and part in NAMES), len(parts) - 1)
    capability = ".".join(parts[:inside])
    if capability != "cms" and not any(matches(capability, holder) for holder in contracts["kinds"]["containers"]):
        yield f"« {capability} » n’est dans aucun contrat sur les sortes de modules"


def within(parts: Iterable[str], packages: Iterable[str]) -> bool:
    module = ".".join(parts)
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def matches(module: str, pattern: str) -> bool:
    """As import-linter reads `*` (one name) and `**` (one or several)."""
    escaped = re.escape(pattern).replace(r"\*\*", r"[\w.]+").replace(r"\*", r"\w+")
    return re.fullmatch(escaped, module) is not None


if __name__ == "__main__":
    sys.exit(main())
