import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from cms.territory.enums import Zone
from cms.territory.models import AseAuthority, AseAuthorityName, AseCoverage, Region, Territory
from cms.territory.selectors import french_name

DATA = Path(__file__).parent / "data"
WITHOUT_RESIDENTS = frozenset({"984", "989"})


@dataclass(frozen=True)
class TerritoryCounts:
    """What a load leaves in the database, by kind of row."""

    regions: int
    departements: int
    collectivites: int
    authorities: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@transaction.atomic
def territory_load() -> TerritoryCounts:
    """Bring régions, territories and ASE authorities to what the data files say; safe to run again.

    The files are the truth: an official row changed by hand in the database takes the files’ value back.
    Source of the geography: INSEE, code officiel géographique 2026.
    """
    _regions_load(_read("cog_regions.json"))
    points = _read("departements_voisins.json")["departements"]
    _territories_load(_read("cog_departements.json"), points)
    _neighbours_load(points)
    _authorities_load(_read("ase_authorities.json"))
    return TerritoryCounts(
        regions=Region.objects.count(),
        departements=Territory.objects.departements().count(),
        collectivites=Territory.objects.collectivites().count(),
        authorities=AseAuthority.objects.count(),
    )


def _regions_load(rows: list[dict[str, Any]]) -> None:
    regions = [
        Region(code=row["code"], name=french_name(row["nom"]), zone=row["zone"])
        for row in rows
        if row["zone"] != Zone.COM
    ]
    _upsert(regions, key=["code"])


def _territories_load(rows: list[dict[str, Any]], points: dict[str, Any]) -> None:
    territories = [
        Territory(
            code=row["code"],
            name=french_name(row["nom"]),
            region_id=None if row["zone"] == Zone.COM else row["region"],
            zone=row["zone"],
            lat=points[row["code"]]["lat"],
            lon=points[row["code"]]["lon"],
        )
        for row in rows
        if row["code"] not in WITHOUT_RESIDENTS
    ]
    _upsert(territories, key=["code"])


def _neighbours_load(points: dict[str, Any]) -> None:
    through = Territory.neighbours.through
    wanted = {(code, other) for code, point in points.items() for other in point["voisins"]}
    stored = {(line.from_territory_id, line.to_territory_id): line.pk for line in through.objects.all()}
    through.objects.filter(pk__in=[pk for pair, pk in stored.items() if pair not in wanted]).delete()
    through.objects.bulk_create(
        through(from_territory_id=code, to_territory_id=other) for code, other in sorted(wanted - stored.keys())
    )


def _authorities_load(rows: list[dict[str, Any]]) -> None:
    authorities = [
        AseAuthority(
            code=row["code"],
            kind=row["kind"],
            active_from=_day(row["active_from"]),
            active_to=_day(row["active_to"]),
        )
        for row in rows
    ]
    _upsert(authorities, key=["code"])
    coverages = [
        AseCoverage(authority_id=row["code"], territory_id=line["territory"], portion=line["portion"])
        for row in rows
        for line in row["coverages"]
    ]
    names = [
        AseAuthorityName(
            authority_id=row["code"],
            name=line["name"],
            valid_from=_day(line["valid_from"]),
            valid_to=_day(line["valid_to"]),
        )
        for row in rows
        for line in row["names"]
    ]
    # Closed periods first: a name still open would otherwise meet the one that replaces it.
    names.sort(key=lambda line: (line.valid_to is None, line.valid_to))
    _upsert(coverages, key=["authority", "territory"])
    _upsert(names, key=["name"])


def _upsert(rows: Iterable[models.Model], *, key: list[str]) -> None:
    rows = list(rows)
    model = type(rows[0])
    for row in rows:
        row.clean_fields(exclude=[field.name for field in model._meta.fields if field.is_relation])
    values = [field.name for field in model._meta.fields if field.name not in key and not field.primary_key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=values)


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
