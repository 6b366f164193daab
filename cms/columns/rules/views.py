"""What a view holds, checked when it is written and read again with the rights of whoever opens it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from cms.columns.rules.columns import Column
from cms.columns.rules.conditions import Condition, columns_of, condition_check

MOST_COLUMNS = 12
MOST_SORTS = 3
DENIED = (
    "Cette vue filtre ou trie sur une colonne que vous ne pouvez pas lire, ou qui n’existe plus : voici la liste "
    "entière, selon vos droits."
)


@dataclass(frozen=True)
class ViewContent:
    """Codes of columns, a condition, codes to order by (« -received_at »: the last first)."""

    columns: tuple[str, ...] = ()
    condition: Condition = field(default_factory=dict)
    sort: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        return {"columns": list(self.columns), "condition": dict(self.condition), "sort": list(self.sort)}


def content_check(data: Any, known: Mapping[str, Column]) -> ViewContent:
    """Return the content of a view. `known`: the columns that its author may read. Raises `ValidationError`."""
    if not isinstance(data, dict):
        raise ValidationError("Cette vue ne se lit pas.")
    columns, sort = _codes(data.get("columns")), _codes(data.get("sort", []))
    if not columns:
        raise ValidationError({"columns": "Choisissez au moins une colonne."})
    if len(columns) > MOST_COLUMNS:
        raise ValidationError({"columns": f"{MOST_COLUMNS} colonnes au plus : vous en avez choisi {len(columns)}."})
    if not set(columns) <= set(known):
        raise ValidationError({"columns": "Une colonne n’existe pas, ou vous ne pouvez pas la lire."})
    sorted_by = [code.removeprefix("-") for code in sort]
    if len(sort) > MOST_SORTS or not all(code in known and known[code].can_sort for code in sorted_by):
        raise ValidationError({"sort": "Cet ordre ne s’applique pas à cette liste."})
    return ViewContent(columns, condition_check(data.get("condition") or {}, known), sort)


def _codes(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValidationError("Cette vue ne se lit pas.")
    return tuple(dict.fromkeys(value))


@dataclass(frozen=True)
class Opened:
    """A view as this reader opens it; `notes` say what they do not get of it."""

    columns: tuple[Column, ...]
    condition: Condition = field(default_factory=dict)
    sort: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def content_open(content: ViewContent, known: Mapping[str, Column], first: Column) -> Opened:
    """Return the view with the columns that this reader may read; `first` opens the file and always stands first.

    A filter or an order over what one may not read would tell it: then the view is not run for them.
    """
    columns = [known[code] for code in content.columns if code in known and code != first.code]
    left_out = sum(code not in known for code in content.columns)
    notes = [_left_out(left_out)] if left_out else []
    asked = columns_of(content.condition) | {code.removeprefix("-") for code in content.sort}
    if not all(code in known for code in asked):
        return Opened((first, *columns), notes=(DENIED, *notes))
    try:
        condition = condition_check(content.condition, known)
    except ValidationError:
        return Opened((first, *columns), notes=(DENIED, *notes))
    return Opened((first, *columns), condition, content.sort, tuple(notes))


def _left_out(count: int) -> str:
    if count == 1:
        return "Une colonne de cette vue ne vous est pas montrée : elle demande un accès, ou n’existe plus."
    return f"{count} colonnes de cette vue ne vous sont pas montrées : elles demandent un accès, ou n’existent plus."


def content_of(view: Any) -> ViewContent:
    """Return what a kept view holds, as it was checked when it was written."""
    return ViewContent(tuple(view.columns), view.condition, tuple(view.sort))


def roles_check(roles: Sequence[str], allowed: Sequence[str]) -> list[str]:
    if not set(roles) <= set(allowed):
        raise ValidationError({"shared_with": "Cette liste ne s’ouvre pas à ce rôle."})
    return sorted(set(roles))
