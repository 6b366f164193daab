"""What documents say of the repository is true: paths, links, the map, the length of the front page."""

import re
import tomllib
from functools import cache
from pathlib import Path

import yaml

from cms.notify.inbox.rules import notification_kinds
from tools.paths import CLONE

OURS = ("cases", "cms", "dashboards", "formation", "referentiel")
DOCS = CLONE / "docs"
# A page whose merge is not settled (markers stand in it) is read once it is.
PAGES = [page for page in sorted([*DOCS.rglob("*.md"), *CLONE.glob("*.md")]) if "\n<<<<<<< " not in page.read_text()]
TOPS = (*OURS, "benchmarks", "deploy", "docs", "requirements", "tests", "tools", ".ci")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# A repository path: a folder at the root, then folders and files; `<…>`, `{…}` and `*` stand for several.
PATH = re.compile(rf"(?:{'|'.join(map(re.escape, TOPS))})(?:/[\w.<>{{}},*-]+)*/?")
MODULE = re.compile(r"(?:cases|cms|dashboards|formation|referentiel|tools|benchmarks)(?:\.[A-Za-z_]\w*)+")
NAME = re.compile(r"([a-z]\w*_\w+|[A-Z][a-z]+(?:[A-Z]\w*)+)(?:\(.*\))?")
FILE = re.compile(r"[\w-]+\.(?:py|md|toml|yml|sql|html|css|js|typ)")


def name(page: Path) -> str:
    return str(page.relative_to(CLONE))


def stands(path: str) -> bool:
    """Tell whether a path, or one that its pattern means, is in the repository."""
    pattern = re.sub(r"<[^>]*>|\{[^}]*\}", "*", path.rstrip("/"))
    return any(CLONE.glob(pattern)) if "*" in pattern else (CLONE / pattern).exists()


@cache
def sources() -> str:
    kinds = (".py", ".sql", ".html", ".js", ".typ", ".yml", ".conf", ".service")
    paths = [path for top in TOPS for path in (CLONE / top).rglob("*") if path.suffix in kinds]
    return "\n".join(path.read_text() for path in [CLONE / "pyproject.toml", *paths])


@cache
def codes() -> frozenset[str]:
    """Return what sources quote and write as modules are: settings, journal actions, permissions, tasks."""
    return frozenset(re.findall(rf'"({MODULE.pattern})"', sources()))


def defines(module: str) -> bool:
    """Tell whether `package.module.name` is there, or is a code and no module."""
    if module in codes():
        return True
    place, rest = CLONE, module.split(".")
    while rest and ((place / rest[0]).is_dir() or (place / f"{rest[0]}.py").is_file()):
        place = place / rest.pop(0)
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    defined = rf"^\s*(?:def |class |from .*\b)?{rest[0]}\b" if rest else ""
    return not rest or (source.is_file() and bool(re.search(defined, source.read_text(), re.MULTILINE)))


def said_in(page: Path) -> list[str]:
    return CODE.findall(FENCED.sub("", page.read_text()))


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", FENCED.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_path_named_exists():
    wrong = []
    for page in PAGES:
        for said in said_in(page):
            path = said.partition("::")[0]
            if "/" in path and PATH.fullmatch(path) and not stands(path):
                wrong.append(f"{name(page)} : {said}")
    assert wrong == []


def test_every_module_named_exists():
    wrong = []
    for page in PAGES:
        for said in said_in(page):
            module = MODULE.match(said)
            if module and not FILE.fullmatch(said) and "/" not in said and not defines(module[0]):
                wrong.append(f"{name(page)} : {said}")
    assert wrong == []


def test_every_file_named_alone_exists():
    files = [*CLONE.glob("*"), *(path for top in TOPS for path in (CLONE / top).rglob("*"))]
    names = {path.name for path in files}
    wrong = [f"{name(page)} : {said}" for page in PAGES for said in said_in(page) if FILE.fullmatch(said)]
    assert [line for line in wrong if line.rpartition(" ")[2] not in names] == []


def test_every_name_of_code_is_in_the_code():
    known = set(re.findall(r"\w+", sources())) | {kind.kind for kind in notification_kinds()}
    wrong = []
    for page in DOCS.rglob("*.md"):
        names = [NAME.fullmatch(said) for said in said_in(page)] if page in PAGES else []
        wrong += [f"{name(page)} : {found[1]}" for found in names if found and found[1] not in known]
    assert wrong == []


def test_every_link_leads_somewhere():
    wrong = []
    for page in PAGES:
        for link in LINK.findall(FENCED.sub("", page.read_text())):
            if "://" in link or link.startswith("mailto:"):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                wrong.append(f"{name(page)} : {link}")
    assert wrong == []


def test_the_map_names_every_page_and_the_front_page_leads_to_it():
    linked = set(LINK.findall((DOCS / "index.md").read_text()))
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")} - {"index.md"}
    assert sorted(pages - linked) == []
    wanted = {"docs/index.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"}
    assert wanted - set(LINK.findall((CLONE / "README.md").read_text())) == set()


def test_the_architecture_names_every_layer():
    contracts = tomllib.loads((CLONE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "apps")
    named = set(said_in(DOCS / "architecture.md"))
    assert [layer for line in layers for layer in line.split(" : ") if layer not in named] == []


def test_the_front_page_is_short():
    assert len((CLONE / "README.md").read_text().splitlines()) <= 150


def test_every_recipe_is_short_and_names_a_test_to_copy():
    recipes = (CLONE / "CONTRIBUTING.md").read_text().partition("\n## Recipes\n")[2].partition("\n## ")[0]
    wrong = []
    for recipe in re.split(r"^### ", recipes, flags=re.MULTILINE)[1:]:
        title, _, text = recipe.partition("\n")
        lines = [line for line in text.splitlines() if line]
        if len(lines) > 15 or not re.search(r"^Test to copy: `tests/", text, re.MULTILINE):
            wrong.append(title)
    assert wrong == []


def test_versions_agree():
    version = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]["version"]
    catalogue = yaml.safe_load((CLONE / "publiccode.yml").read_text())
    latest = re.search(r"^## (\d+\.\d+\.\d+)", (CLONE / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert latest
    assert (catalogue["softwareVersion"], latest[1]) == (version, version)


def test_the_catalogue_follows_its_standard():
    """`publiccode.yml` 0.4: keys that it asks for, and the length of texts."""
    catalogue = yaml.safe_load((CLONE / "publiccode.yml").read_text())
    asked = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert asked - catalogue.keys() == set()
    assert catalogue["publiccodeYmlVersion"] == "0.4"
    assert catalogue["legal"]["license"] == "EUPL-1.2"
    assert catalogue["maintenance"]["type"] != "internal" or catalogue["maintenance"]["contacts"]
    for said in catalogue["description"].values():
        assert len(said["shortDescription"]) <= 150
        assert 150 <= len(said["longDescription"]) <= 10_000
        assert said["features"]


def test_the_licence_is_whole():
    text = (CLONE / "LICENSE").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert text.rstrip().endswith("EUPL version.")
