"""Shared tables as settings and as a part of the configuration file; words of their actions."""

from typing import Any

from django.urls import reverse

from cms.kit.words import actions_register
from cms.values.config import config_register
from cms.values.editable import Editable, Trail, editable_register, kept_of_part
from dashboards.policies import VIEW
from dashboards.tables.enums import Measure, Span
from dashboards.tables.models import SavedTable
from dashboards.tables.selectors import data_set
from dashboards.tables.services import FACTS, PART, table_restore, table_save

ACTIONS = {
    "dashboards.table.create": "tableau enregistré",
    "dashboards.table.change": "tableau modifié",
    "dashboards.table.remove": "tableau retiré",
    "dashboards.table.export": "tableau exporté",
    "dashboards.table.read": "tableau lu par un logiciel",
}


def register() -> None:
    config_register("tables", "Tableaux partagés", tables_dump, tables_put, order=40)
    editable_register(
        Editable(
            code="tables",
            label="Tableaux partagés",
            effect="Les tableaux composés par la coordination, qu’elle lit ensemble ; chacun change les siens.",
            url=lambda: reverse("dashboards_tables"),
            group="Chiffres",
            order=46,
            is_open=lambda user: user.has_perm(VIEW),
            trail=Trail(
                kept=kept_of_part(PART),
                name=_table_name,
                words=_table_words,
                restore=lambda key, content, reason, by: table_restore(
                    key=key, content=content, reason=reason, user=by
                ),
            ),
            part="tables",
            models=("dashboards.SavedTable",),
        )
    )
    actions_register(ACTIONS)


def tables_dump() -> list[dict]:
    rows = SavedTable.objects.filter(is_shared=True, removed_at=None).order_by("title", "pk")
    return [{name: getattr(row, name) for name in FACTS} for row in rows]


def tables_put(content: list[dict], by: Any) -> int:
    """Load the tables that are not here yet, under the account that loads: another's table is never changed."""
    known = tables_dump()
    wanted = [item for item in content if item not in known]
    for item in wanted:
        mine = SavedTable.objects.filter(title=item["title"], author=by, removed_at=None).first()
        table_save(user=by, table=mine, **{name: item[name] for name in FACTS}, is_shared=True)
    return len(wanted)


def _table_name(key: str) -> str:
    return str(SavedTable.objects.filter(pk=key).first() or "Tableau qui n’est plus partagé")


def _table_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    data = data_set(content["data"])
    cuts = {cut.name: cut.title for cut in data.cuts} if data else {}
    filters = (f"{cuts.get(name, name)} : {value}" for name, value in content["filters"].items())
    return {
        "Intitulé": content["title"],
        "Données": data.label if data else content["data"],
        "En lignes": cuts.get(content["rows_by"], content["rows_by"]),
        "En colonnes": cuts.get(content["columns_by"], content["columns_by"]),
        "Mesure": Measure(content["measure"]).label,
        "Période": Span(content["span"]).label,
        "Filtres": " ; ".join(filters),
        "Épinglé": "oui" if content["is_pinned"] else "non",
    }
