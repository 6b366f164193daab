"""Shared views as settings and as a part of the configuration file; words of their actions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.columns.models import SavedView
from cms.columns.rules.columns import list_get, lists_known
from cms.columns.rules.conditions import columns_of
from cms.columns.services import FACTS, PART, Sharing, view_save
from cms.kit.words import actions_register
from cms.users.roles import Role
from cms.values.config import config_register
from cms.values.editable import Editable, Trail, editable_register, kept_of_part
from cms.wall import scope

ACTIONS = {
    "columns.view.create": "vue d’une liste enregistrée",
    "columns.view.change": "vue d’une liste modifiée",
    "columns.view.remove": "vue d’une liste retirée",
    "columns.view.refused": "vue d’une liste refusée",
}


def register() -> None:
    config_register(PART, "Vues partagées", views_dump, views_put, order=38)
    editable_register(
        Editable(
            code="views",
            label="Vues des listes",
            effect="Colonnes, filtres et ordre d’une liste, sous un nom que d’autres ouvrent selon leurs droits.",
            url=lambda: next(
                iter(columns.url() for columns in lists_known() if columns.url()), reverse("havre_config:index")
            ),
            group="Formulaires et listes",
            order=14,
            is_open=lambda user: scope.current().sees_all_cases(),
            trail=Trail(
                kept=kept_of_part(PART),
                name=_name,
                words=_words,
                restore=lambda key, content, reason, by: _restore(key, content, reason, by),
            ),
            part=PART,
            models=("columns.SavedView",),
        )
    )
    actions_register(ACTIONS)


def views_dump() -> list[dict[str, Any]]:
    rows = SavedView.objects.exclude(shared_with=[]).filter(removed_at=None).order_by("list_code", "code")
    return [{name: getattr(row, name) for name in FACTS} for row in rows]


def views_put(content: list[dict[str, Any]], by: Any) -> int:
    """Load the shared views that differ, by the code that each has in its list; none is taken away."""
    known = {(item["list_code"], item["code"]): item for item in views_dump()}
    wanted = [item for item in content if known.get((item["list_code"], item["code"])) != item]
    for item in wanted:
        view = SavedView.objects.exclude(shared_with=[]).filter(
            list_code=item["list_code"], code=item["code"], removed_at=None
        )
        _put(item, by, view.first(), "")
    return len(wanted)


def _put(item: dict[str, Any], by: Any, view: SavedView | None, reason: str) -> SavedView:
    columns = list_get(item["list_code"])
    if columns is None:
        raise ValidationError(f"Vue « {item['title']} » : cette liste n’existe pas ici.")
    try:
        saved = view_save(
            user=by,
            columns=columns,
            view=view,
            title=item["title"],
            content={name: item[name] for name in ("columns", "condition", "sort")},
            sharing=Sharing(item["shared_with"], item["default_for"], item["position"]),
            reason=reason,
        )
    except ValidationError as error:
        raise ValidationError(f"Vue « {item['title']} » : {' '.join(error.messages)}") from error
    return saved


def _restore(key: str, content: dict[str, Any], reason: str, by: Any) -> SavedView:
    return _put(content, by, SavedView.objects.filter(pk=key).first(), reason)


def _name(key: str) -> str:
    return str(SavedView.objects.filter(pk=key).first() or "Vue qui n’est plus partagée")


def _words(key: str, content: dict[str, Any]) -> dict[str, str]:
    columns = list_get(content["list_code"])
    known = columns.all() if columns else {}

    def said(codes: Any) -> str:
        return ", ".join(known[code].label if code in known else code for code in codes)

    return {
        "Nom": content["title"],
        "Liste": columns.label if columns else content["list_code"],
        "Colonnes": said(content["columns"]),
        "Filtres sur": said(sorted(columns_of(content["condition"]))),
        "Ordre": said(code.removeprefix("-") for code in content["sort"]),
        "Partagée avec": ", ".join(Role(role).label for role in content["shared_with"]),
        "S’ouvre d’abord pour": ", ".join(Role(role).label for role in content["default_for"]),
    }
