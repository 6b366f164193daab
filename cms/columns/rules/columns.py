"""Columns, declared once for each list: what may be shown, filtered, sorted and taken out.

A list, its filters, its workbook and the views that people make read the same declaration. A column says what it
reads, so that showing one more costs a join and never a statement a row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from cms.columns.enums import Kind
from cms.users.roles import Role

Choices = Callable[[], Sequence[tuple[Any, str]]]
PREFIX = "column_"
"""Of the annotations of columns: none hides a field of the model."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `path` leads to what is filtered and sorted; the rest is worked out from the model when it is not
    said: code, label, type, choices, and `reads`, the paths that `words` turns into what is shown and taken out.

    `expression` makes the value instead of a path. `show` (a function of the row) and `badges` draw it on the screen
    when words are not enough. `is_shown`: in the list that nobody arranged; `is_exported`: in its workbook;
    `is_quick`: among its filters whatever is shown. `is_sealed` stands for its label alone; what `stays_here` is read
    on the screen and never taken out. `may_read`: who, among those who open the list; filter and sort ask the same.
    """

    path: str = ""
    code: str = ""
    label: str = ""
    kind: Kind | None = None
    reads: tuple[str, ...] = ()
    words: Callable[..., Any] | None = None
    show: Callable[[Any], Any] | None = None
    badges: Callable[[Any], Iterable[Any]] | None = None
    related: tuple[str, ...] = ()
    classname: str = ""
    heading: str = ""
    choices: Choices | None = None
    list_code: str = ""
    expression: Callable[[], Any] | None = None
    filter_path: str = ""
    is_shown: bool = False
    is_exported: bool = False
    is_quick: bool = False
    is_sealed: bool = False
    is_added: bool = False
    stays_here: bool = False
    is_filtered: bool = True
    is_sorted: bool = True
    may_read: Callable[[Any], bool] = lambda user: True
    crosses_many: bool = False

    @property
    def name(self) -> str:
        """What a query calls the value of this column."""
        return f"{PREFIX}{self.code}" if self.expression or self.crosses_many else self.path

    @property
    def filtered_path(self) -> str:
        return self.filter_path or (self.path if self.crosses_many else self.name)

    @property
    def can_filter(self) -> bool:
        return self.is_filtered and not self.is_sealed and bool(self.path or self.expression)

    @property
    def can_sort(self) -> bool:
        return self.is_sorted and not self.is_sealed and not self.crosses_many and bool(self.path or self.expression)

    def value(self, *read: Any) -> Any:
        return self.words(*read) if self.words else read[0] if read else ""

    def of_row(self, row: Any) -> Any:
        """Return what the list shows of this row, which was read with the column."""
        if self.show is not None:
            return self.show(row)
        return self.value_of(row)

    def value_of(self, row: Any) -> Any:
        return self.value(*(_reach(row, path) for path in self.reads))

    def labels(self) -> dict[str, str]:
        """Return the words of each choice, by its code."""
        return {str(code): label for code, label in self.choices()} if self.choices else {}


def _reach(row: Any, path: str) -> Any:
    for name in path.split("__"):
        if row is None:
            return None
        row = getattr(row, name)
    return row


@dataclass(frozen=True)
class Target:
    """How a foreign key is shown and chosen: what is read of its model, the words made of it, its choices.

    `key`: the field that stands for the row in a view, which goes from one instance to another; by default its own
    key. Without choices, one may only ask whether it is filled.
    """

    reads: tuple[str, ...]
    words: Callable[..., Any] | None = None
    choices: Choices | None = None
    key: str = ""


_targets: dict[str, Target] = {}
_lists: dict[str, "ListColumns"] = {}
_added: dict[str, Callable[[], Sequence[Column]]] = {}


def target_register(model: str, target: Target) -> None:
    """Say how keys to `model` (« partners.Partner ») are shown; values of lists need nothing said."""
    _targets[model] = target


def added_register(model: str, columns: Callable[[], Sequence[Column]]) -> None:
    """Give the columns that the network itself adds to the lists of `model` (« case »), in one statement."""
    _added[model] = columns


@dataclass(frozen=True)
class ListColumns:
    """The columns of one list. `code` names it in views, `label` on the screens; `roles` may be given a view of it."""

    code: str
    label: str
    model: type[models.Model]
    declared: Sequence[Column]
    url: Callable[[], str] = lambda: ""
    is_open: Callable[[Any], bool] = lambda user: False
    roles: tuple[str, ...] = (Role.COORDINATION, Role.DIRECTION)
    resolved: list[Column] = field(default_factory=list)

    def built_in(self) -> list[Column]:
        if not self.resolved:
            self.resolved.extend(resolve(self.model, column) for column in self.declared)
        return self.resolved

    def all(self) -> dict[str, Column]:
        """Return every column by its code, those that the network added last."""
        added = _added.get(str(self.model._meta.model_name), tuple)()
        return {column.code: column for column in (*self.built_in(), *added)}


def list_register(columns: ListColumns) -> None:
    _lists[columns.code] = columns


def lists_known() -> list[ListColumns]:
    return sorted(_lists.values(), key=lambda item: item.label)


def list_get(code: str) -> ListColumns | None:
    return _lists.get(code)


def resolve(model: type[models.Model], column: Column) -> Column:
    """Return the column with what its model says of it."""
    if not column.path:
        if not column.code or not column.label:
            raise ImproperlyConfigured("A column without a path has a code and a label.")
        return _of_expression(column)
    first, last, crosses_many = _walk(model, column.path)
    if type(last).__name__.startswith("Sealed") and not column.is_sealed:
        raise ImproperlyConfigured(f"{column.path} is sealed: no list shows it.")
    found = _typed(last, column.path)
    label = column.label or capfirst(str(first.verbose_name))
    reads = column.reads or found["reads"]
    resolved = replace(
        column,
        code=column.code or column.path.replace("__", "_"),
        label=label,
        heading=column.heading or label,
        kind=Kind.MANY if crosses_many else column.kind or found["kind"],
        reads=reads,
        words=column.words if column.reads or column.words else found["words"],
        choices=column.choices or found["choices"],
        list_code=column.list_code or found["list_code"],
        filter_path=column.filter_path or found.get("filter_path", ""),
        crosses_many=crosses_many,
    )
    return replace(resolved, reads=(resolved.name,), words=_joined) if crosses_many else resolved


def _of_expression(column: Column) -> Column:
    labels = column.labels() if column.kind == Kind.CHOICE else {}
    return replace(
        column,
        kind=column.kind or Kind.TEXT,
        heading=column.heading or column.label,
        reads=column.reads or ((column.name,) if column.expression else ()),
        words=column.words or ((lambda code: labels.get(code, code)) if labels else None),
    )


def yes_no(code: str, label: str, condition: Q | Callable[[], Q], **more: Any) -> Column:
    """Return a column that says whether a row answers to `condition`, a function when it depends on who reads."""

    def expression() -> ExpressionWrapper:
        asked = condition() if callable(condition) else condition
        return ExpressionWrapper(asked, output_field=models.BooleanField())

    return Column(code=code, label=label, kind=Kind.YES_NO, expression=expression, **more)


def _joined(labels: Sequence[str] | None) -> str:
    return ", ".join(label for label in labels or () if label)


def _walk(model: type[models.Model], path: str) -> tuple[Any, Any, bool]:
    """Return the first and the last field of a path, and whether one row leads to several values."""
    first: Any = None
    step: Any = None
    crosses_many = False
    for name in path.split("__"):
        step = model._meta.get_field(name)
        first = first or (step if step.concrete else step.related_model._meta)
        crosses_many = crosses_many or bool(step.one_to_many or step.many_to_many)
        model = step.related_model or model
    return first, step, crosses_many


def _typed(last: Any, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": Kind.TEXT, "reads": (path,), "words": None, "choices": None, "list_code": ""}
    if last.is_relation:
        return found | {"kind": Kind.CHOICE, **_of_key(last, path)}
    if last.flatchoices:
        labels = dict(last.flatchoices)
        return found | {
            "kind": Kind.CHOICE,
            "words": lambda code: labels.get(code, code),
            "choices": lambda: list(labels.items()),
        }
    kinds: tuple[tuple[type[models.Field], Kind], ...] = (
        (models.DateTimeField, Kind.MOMENT),
        (models.DateField, Kind.DAY),
        (models.BooleanField, Kind.YES_NO),
        (models.IntegerField, Kind.NUMBER),
        (models.DecimalField, Kind.NUMBER),
    )
    return found | {"kind": next((kind for model, kind in kinds if isinstance(last, model)), Kind.TEXT)}


def _of_key(key: Any, path: str) -> dict[str, Any]:
    if list_code := getattr(key, "list_code", ""):
        return {"reads": (f"{path}__label",), "list_code": list_code}
    target = _targets.get(key.related_model._meta.label)
    if target is None:
        raise ImproperlyConfigured(f"{path}: say how {key.related_model._meta.label} is shown (target_register).")
    return {
        "kind": Kind.CHOICE if target.choices else Kind.TEXT,
        "reads": tuple(f"{path}__{name}" for name in target.reads),
        "words": target.words,
        "choices": target.choices,
        "filter_path": f"{path}__{target.key}" if target.key else "",
    }


def columns_read(rows: QuerySet[Any], columns: Iterable[Column]) -> QuerySet[Any]:
    """Return the rows with what these columns show: joins and annotations, in the same statement."""
    columns = list(columns)
    related = {name for column in columns for name in (*column.related, *_joins(rows.model, column))}
    rows = rows.select_related(*sorted(related)) if related else rows
    return columns_annotated(rows, columns)


def columns_annotated(rows: QuerySet[Any], columns: Iterable[Column]) -> QuerySet[Any]:
    made = {column.name: column.expression() for column in columns if column.expression}
    made |= {column.name: _gathered(rows.model, column) for column in columns if column.crosses_many}
    known = rows.query.annotations
    return rows.annotate(**{name: value for name, value in made.items() if name not in known})


def _gathered(model: type[models.Model], column: Column) -> ArraySubquery:
    found = _walk(model, column.path)[1]
    name = _typed(found, column.path)["reads"][0]
    return ArraySubquery(model._base_manager.filter(pk=OuterRef("pk")).order_by(F(name)).values(name))


def _joins(model: type[models.Model], column: Column) -> Iterable[str]:
    """Paths of the rows that a shown column reads beside its own."""
    if column.show is not None or column.badges is not None or column.expression or column.crosses_many:
        return
    for path in column.reads:
        if "__" in path:
            yield path.rpartition("__")[0]


def readable(columns: Mapping[str, Column], user: Any) -> dict[str, Column]:
    """Return the columns that this account may read, among which the sealed ones are none."""
    return {code: column for code, column in columns.items() if not column.is_sealed and column.may_read(user)}
