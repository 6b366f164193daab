"""Checking a row before a service writes it and tells the journal."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import BaseConstraint, CheckConstraint, Model, Q, UniqueConstraint

_FIELDS: dict[tuple[type[Model], str], frozenset[str]] = {}
"""What `_fields_of` answered: it goes through each condition, and no constraint changes while a process lives."""


def row_clean(row: Any, *, exclude: Collection[str] = (), changed: Collection[str] | None = None) -> None:
    """Check what `full_clean` refuses, asked of the database in few statements: a service writes many rows.

    `exclude` names the foreign keys that the actor may point at without seeing them: the database checks those alone.
    `changed` names the fields that were just given a value: the others were checked when they were written.

    Raises `ValidationError` with every fault at once, in the words of `full_clean`.
    """
    unchanged = _unchanged(row, changed)
    try:
        row.full_clean(exclude=set(exclude) | unchanged, validate_constraints=False)
        holds = _constraints_hold(row, set(exclude), unchanged)
    except ValidationError:
        holds = False
    if not holds:
        row.full_clean(exclude=exclude)  # slower: one statement a constraint, which tells what is wrong


def _unchanged(row: Any, changed: Collection[str] | None) -> set[str]:
    if changed is None:
        return set()
    return {field.name for field in row._meta.concrete_fields if not {field.name, field.attname} & set(changed)}


def _constraints_hold(row: Any, exclude: set[str], unchanged: set[str]) -> bool:
    """Check constraints in one statement, joined by AND; the others look for other rows and are asked one by one.

    One that reads an excluded field is not asked here, as in `full_clean`: the database holds it. One that reads
    nothing but what did not change holds already.
    """
    using = router.db_for_write(type(row), instance=row)
    for model, constraints in row.get_constraints():
        checks: list[Q] = []
        read: set[str] = set()
        for constraint in constraints:
            fields = _fields_of(model, constraint)
            if fields and fields <= unchanged:
                continue
            if not isinstance(constraint, CheckConstraint):
                constraint.validate(model, row, exclude=exclude, using=using)
            elif not fields & exclude:
                checks.append(Q(constraint.condition))
                read |= fields
        # Django gives the database each field that is not excluded, as an expression that it builds.
        silent = {field.name for field in model._meta.concrete_fields} - read
        if checks and not _hold_together(checks, model, row, silent, using):
            return False
    return True


def _fields_of(model: type[Model], constraint: BaseConstraint) -> frozenset[str]:
    """Return the fields that a constraint reads; none when it is of a kind that does not say so."""
    key = (model, constraint.name)
    if key not in _FIELDS:
        names: set[str] = set()
        if isinstance(constraint, CheckConstraint):
            names = set(Q(constraint.condition).referenced_base_fields)
        elif isinstance(constraint, UniqueConstraint) and not constraint.contains_expressions:
            condition = constraint.condition or Q()
            names = {*constraint.fields, *condition.referenced_base_fields}
        _FIELDS[key] = frozenset(model._meta.get_field(name).name for name in names - {"pk"})
    return _FIELDS[key]


def _hold_together(checks: list[Q], model: type, row: Any, exclude: set[str], using: str) -> bool:
    try:
        CheckConstraint(condition=Q(*checks), name="together").validate(model, row, exclude=exclude, using=using)
    except ValidationError:
        return False
    return True
