"""The bill of materials (CycloneDX 1.6) and the list of licences, written from the pinned lists of `requirements/`.

python -m tools.sbom [--check]

`--check` writes nothing, and fails when either file is not what the pinned lists give. Licences come from the packages
installed here; that of a package for another system, or another Python, is the one already in the file.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from dataclasses import dataclass
from importlib import metadata

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tools.paths import CLONE
from tools.steps import fail

BILL = CLONE / "requirements" / "sbom.cdx.json"
LICENCES = CLONE / "docs" / "licences.md"
LISTS = ("base", "demo", "test", "quality", "uv")
# Carried in the repository, from no list: the folder of cms/static/vendor, its version and its licence.
CARRIED = {"bootstrap": ("5.3.9", "MIT"), "inter": ("latin", "OFL-1.1")}
# Packages whose metadata state none, or that Linux does not install: what the licence file that they carry says.
READ = {"axe-playwright-python": "MIT", "colorama": "BSD-3-Clause", "flask-themer": "MIT", "zxcvbn-rs-py": "MIT"}
UNKNOWN = "NOASSERTION"
HEAD = """# Licences of what Havre is made of

Written by `python -m tools.sbom` from the pinned lists, with `requirements/sbom.cdx.json` (CycloneDX 1.6: versions,
hashes of what production installs, who needs whom). `make quality` fails when either is not what the lists give.
Havre itself is EUPL-1.2; data it carries: `NOTICE`. Why each direct dependency:
[decisions/dependencies.md](decisions/dependencies.md).

*En bref.* Chaque paquet installé, sa version et sa licence, telle que le paquet la dit. Écrit par un programme : ne
pas corriger à la main.
""".splitlines()
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^\s;]+)(.*?)(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    lists: tuple[str, ...]
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    direct: bool


def pinned() -> list[Package]:
    """Return each version of each package once, with the lists that hold it and the packages that ask for it."""
    found: dict[tuple[str, str], Package] = {}
    for held_in in LISTS:
        for name, version, rest in PIN.findall((CLONE / "requirements" / f"{held_in}.txt").read_text()):
            known = found.get((name, version))
            asked = re.findall(r"^    #(?: via)?\s+([a-z0-9][a-z0-9.-]*)$", rest, re.MULTILINE)
            found[name, version] = Package(
                name,
                version,
                (*(known.lists if known else ()), held_in),
                tuple(re.findall(r"sha256:([0-9a-f]{64})", rest)),
                tuple(sorted({*(known.needed_by if known else ()), *asked})),
                "havre (pyproject.toml" in rest or bool(known and known.direct),
            )
    return sorted(found.values(), key=lambda package: (package.name, package.version))


def licence_of(package: Package, written: dict[str, str]) -> str:
    """Return the licence of a package as an SPDX expression where it states one, else in its own words."""
    if package.name in READ:
        return READ[package.name]
    try:
        told = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        return written.get(package.name, UNKNOWN)
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    stated = (told.get_all("License-Expression") or told.get_all("License") or [""])[0]
    short = stated.strip() if "\n" not in stated.strip() and len(stated) < 80 else ""
    return short or " / ".join(sorted(classes)) or UNKNOWN


def bill(packages: list[Package], licences: dict[str, str]) -> str:
    project = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]
    make = LicenseFactory().make_from_string
    root = Component(name="havre", version=project["version"], type=ComponentType.APPLICATION, bom_ref="havre")
    root.licenses.add(make(project["license"]))
    parts = [(package, component(package, make(licences[package.name]))) for package in packages]
    result = Bom(components=(part for _, part in parts), metadata=BomMetaData(component=root))
    carried = [
        Component(name=name, version=version, bom_ref=f"carried:{name}", licenses=[make(licence)])
        for name, (version, licence) in CARRIED.items()
    ]
    result.components.update(carried)
    for package, part in parts:
        for asker in (other for known, other in parts if known.name in package.needed_by):
            result.register_dependency(asker, [part])
    direct = [part for package, part in parts if package.direct]
    result.register_dependency(root, [*direct, *carried])
    # Neither an hour nor a number of chance: the same lists give the same bytes.
    told = json.dumps([[package.name, package.version, package.hashes] for package in packages])
    result.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, told)
    content = json.loads(JsonV1Dot6(result).output_as_string())
    del content["metadata"]["timestamp"]
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def component(package: Package, licence: License) -> Component:
    purl = PackageURL("pypi", name=package.name, version=package.version)
    served = "base" in package.lists
    return Component(
        name=package.name,
        version=package.version,
        bom_ref=purl.to_string(),
        purl=purl,
        scope=ComponentScope.REQUIRED if served else ComponentScope.EXCLUDED,
        # Of what production installs: those of the tests would be fifteen thousand lines.
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=value) for value in package.hashes if served],
        licenses=[licence],
    )


def page(packages: list[Package], licences: dict[str, str]) -> str:
    served = [package for package in packages if "base" in package.lists]
    others = [package for package in packages if "base" not in package.lists]
    carried = [f"| {name} | {version} | {licence} |" for name, (version, licence) in CARRIED.items()]
    rows = [[f"| {p.name} | {p.version} | {licences[p.name]} |" for p in part] for part in (served, others)]
    head = ["| package | version | licence |", "|---|---|---|"]
    return "\n".join(
        [
            *HEAD,
            "",
            "## What production installs",
            "",
            *head,
            *rows[0],
            "",
            "## Carried in the repository",
            "",
            *head,
            *carried,
            "",
            "## Demonstration, tests, quality",
            "",
            "Never installed in production.",
            "",
            *head,
            *rows[1],
            "",
        ]
    )


def main(arguments: list[str]) -> int:
    carried = {path.name for path in (CLONE / "cms" / "static" / "vendor").iterdir()}
    if carried != set(CARRIED):
        return fail(f"cms/static/vendor et CARRIED diffèrent : {', '.join(sorted(carried ^ set(CARRIED)))}.")
    packages, written = pinned(), licences_written()
    if "--check" in arguments:
        # Not asked of the packages again: an environment that is behind the lists would answer for another version.
        licences = {package.name: written.get(package.name, UNKNOWN) for package in packages}
    else:
        licences = {package.name: licence_of(package, written) for package in packages}
    files = {BILL: bill(packages, licences), LICENCES: page(packages, licences)}
    if "--check" in arguments:
        stale = [path.name for path, text in files.items() if not path.exists() or path.read_text() != text]
        return fail(f"{', '.join(stale)} : lancez « python -m tools.sbom ».") if stale else 0
    for path, text in files.items():
        path.write_text(text)
    silent = sorted(name for name, licence in licences.items() if licence == UNKNOWN)
    print(f"{len(packages)} paquets, {len(silent)} sans licence connue ici : {', '.join(silent) or 'aucun'}.")
    return 0


def licences_written() -> dict[str, str]:
    """Return the licences of the list in the repository, by package."""
    rows = re.findall(r"^\| (\S+) \| \S+ \| (.+) \|$", LICENCES.read_text() if LICENCES.exists() else "", re.MULTILINE)
    return {name: licence for name, licence in rows if licence != "licence"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
