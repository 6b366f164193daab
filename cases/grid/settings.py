"""The grid among the settings of the coordination."""

from typing import Any

from django.urls import reverse

from cases.common.settings import GROUP, open_to_managers
from cases.grid.models import FilledGrid, GridVersion
from cases.grid.rules import GridContent, Thresholds
from cases.grid.services import grid_publish
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register


def register() -> None:
    editable_register(_grid())
    config_register("grid", "Grille de repérage", grid_dump, grid_put, order=30)


def _grid() -> Editable:
    return Editable(
        code="grid",
        label="Grille de repérage",
        effect="Les signes à cocher, leur poids, les seuils et ce que dit chaque lecture.",
        url=lambda: reverse("havre_grid"),
        group=GROUP,
        order=31,
        is_open=open_to_managers,
        trail=Trail(
            kept=_grid_kept,
            name=lambda key: "Grille de repérage",
            words=_grid_words,
            restore=_grid_restore,
            impact=lambda key, content: [f"Grilles déjà jointes, qui gardent la leur : {FilledGrid.objects.count()}."],
        ),
        part="grid",
        models=("cases.GridVersion",),
    )


def _grid_kept(key: str) -> list[Version]:
    rows = GridVersion.objects.order_by("-number")[:LONGEST]
    return [
        Version(str(row.number), "", row.content, row.published_at, row.published_by_id, row.reason) for row in rows
    ]


def _grid_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    grid = GridContent.from_data(content)
    words_of = {"Introduction": grid.intro}
    for reading, words in grid.words.items():
        words_of[f"Lecture « {reading.label} »"] = f"{words.title} : {words.text}"
    for item in Thresholds.__dataclass_fields__.values():
        words_of[item.metadata["label"]] = str(getattr(grid.thresholds, item.name))
    for sign in grid.signs:
        forms = ", ".join(grid.forms[code] for code in sign.forms) or "toutes les formes"
        words_of[f"Signe {sign.code}"] = f"{sign.label} ({sign.theme} ; {sign.weight.label} ; {forms})"
    return words_of


def _grid_restore(key: str, content: dict[str, Any], reason: str, by: User) -> GridVersion:
    base = GridVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return grid_publish(content=GridContent.from_data(content), reason=reason, base=base, by=by)


def grid_dump() -> dict[str, Any] | None:
    version = GridVersion.objects.order_by("-number").first()
    return version.content if version else None


def grid_put(content: dict[str, Any] | None, by: Any) -> int:
    version = GridVersion.objects.order_by("-number").first()
    if content is None or (version and version.content == content):
        return 0
    base = version.number if version else 0
    grid_publish(content=GridContent.from_data(content), reason=REASON, base=base, by=by)
    return 1
