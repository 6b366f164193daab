import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.kit.words import day_iso
from cms.territory.enums import Portion, Zone
from cms.territory.models import AseAuthority, AseAuthorityName, AseCoverage, Region, Territory
from cms.territory.selectors import french_name
from cms.values.models import ConfigVersion
from cms.values.versions import version_keep

DATA = Path(__file__).parent / "data"
WITHOUT_RESIDENTS = frozenset({"984", "989"})
PART = "ase_authorities"
CODE = re.compile(r"^[0-9][0-9A-Z][0-9A-Z]?\Z")


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

    The files are the truth: an official row changed by hand in the database takes the files’ value back. But for an
    ASE authority that the coordination has changed (`ase_authority_put`): its words stand.
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
    changed = set(ConfigVersion.objects.filter(part=PART).values_list("key", flat=True))
    rows = [row for row in rows if row["code"] not in changed]
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


def ase_authority_facts(authority: AseAuthority) -> dict[str, Any]:
    """Return the facts of an authority, days in ISO: the content of its versions and of its configuration line."""
    names = sorted(authority.names.all(), key=lambda row: row.valid_from or dt.date.min)
    coverages = sorted((row.territory_id, row.portion) for row in authority.coverages.all())
    return {
        "kind": authority.kind,
        "active_from": day_iso(authority.active_from),
        "active_to": day_iso(authority.active_to),
        "names": [[row.name, day_iso(row.valid_from), day_iso(row.valid_to)] for row in names],
        "coverages": [list(pair) for pair in coverages],
    }


@transaction.atomic
def ase_authority_put(*, code: str, content: dict[str, Any], reason: str = "") -> AseAuthority:
    """Write all the facts of an authority: nature, days of its competence, names with their days, territories.

    None is ever taken away: one that no longer exists has a last day. Raises `ValidationError` beside `code`, `name`,
    `whole` or `active_to`.
    """
    if not CODE.match(code):
        raise ValidationError({"code": "Deux ou trois chiffres ou lettres majuscules, par exemple 59, 2A ou 67A."})
    row = AseAuthority.objects.filter(pk=code).prefetch_related("names", "coverages").first()
    before = ase_authority_facts(row) if row else None
    names, coverages = _names_check(code, content["names"]), _coverages_check(code, content["coverages"])
    row = row or AseAuthority(code=code)
    row.kind, row.active_from, row.active_to = (
        content["kind"],
        _day(content["active_from"]),
        _day(content["active_to"]),
    )
    row_clean(row)
    row.save()
    row.names.exclude(name__in=[name for name, _, _ in names]).delete()
    row.coverages.exclude(territory__in=[place for place, _ in coverages]).delete()
    # Names that are over first: one still open would otherwise meet the one that replaces it.
    for name, first, last in sorted(names, key=lambda item: (item[2] is None, item[2] or dt.date.max)):
        AseAuthorityName.objects.update_or_create(
            authority=row, name=name, defaults={"valid_from": first, "valid_to": last}
        )
    for place, portion in coverages:
        AseCoverage.objects.update_or_create(authority=row, territory_id=place, defaults={"portion": portion})
    row = AseAuthority.objects.prefetch_related("names", "coverages").get(pk=code)
    after = ase_authority_facts(row)
    version_keep(part=PART, key=code, before=before, after=after, reason=reason)
    journal_append(action="territory.authority.put", details={"code": code, **changes(before or {}, after, after)})
    return row


def _names_check(code: str, names: list) -> list[tuple[str, date | None, date | None]]:
    """Return the names in the order of their days.

    Raise `ValidationError` when one is empty, two overlap, or another authority already bears one.
    """
    names = sorted(
        ((name, _day(first), _day(last)) for name, first, last in names), key=lambda row: row[1] or date.min
    )
    if not names or any(not name.strip() for name, _, _ in names):
        raise ValidationError({"name": "Donnez le nom de cette autorité."})
    for (_, first, last), (_, following, _) in zip(names, names[1:], strict=False):
        if last is None or following is None or last >= following or (first and last < first):
            raise ValidationError({"name": "Deux noms se chevauchent : le nouveau commence après le précédent."})
    borne = AseAuthorityName.objects.exclude(authority=code).filter(name__in=[name for name, _, _ in names])
    if other := borne.first():
        raise ValidationError({"name": f"« {other.name} » est déjà le nom de l’autorité {other.authority_id}."})
    return names


def _coverages_check(code: str, coverages: list) -> list[tuple[str, str]]:
    wanted = [(place, Portion(portion).value) for place, portion in coverages]
    if not wanted:
        raise ValidationError({"whole": "Indiquez au moins un département couvert."})
    known = set(Territory.objects.departements().values_list("pk", flat=True))
    if unknown := [place for place, _ in wanted if place not in known]:
        raise ValidationError({"whole": f"Ces codes ne sont pas des départements : {', '.join(unknown)}."})
    if len({place for place, _ in wanted}) < len(wanted):
        raise ValidationError({"whole": "Un département est couvert en entier, ou en partie : pas les deux."})
    others = AseCoverage.objects.exclude(authority=code).filter(territory__in=[place for place, _ in wanted])
    held = {row.territory_id: row for row in others}
    for place, portion in wanted:
        if place in held and Portion.ENTIER in (portion, held[place].portion):
            raise ValidationError(
                {"whole": f"Le département {place} relève déjà de l’autorité {held[place].authority_id} : changez-la "
                "d’abord, ou partagez-le entre les deux."}
            )  # fmt: skip
    return wanted


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
