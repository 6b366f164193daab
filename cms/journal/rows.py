"""Checking a row before a service writes it and tells the journal."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import CheckConstraint, Q


def row_clean(row: Any, *, exclude: Collection[str] = (), changed: Collection[str] | None = None) -> None:
    """Check what `full_clean` refuses, asked of the database in few statements: a service writes many rows.

    `exclude` names the foreign keys that the actor may point at without seeing them: the database checks those alone.
    `changed` names the fields that were just given a value: the others were checked when they were written.

    Raises `ValidationError` with every fault at once, in the words of `full_clean`.
    """
    skipped = set(exclude) | _unchanged(row, changed)
    try:
        row.full_clean(exclude=skipped, validate_constraints=False)
        holds = _constraints_hold(row, set(exclude))
    except ValidationError:
        holds = False
    if not holds:
        row.full_clean(exclude=exclude)  # slower: one statement a constraint, which tells what is wrong


def _unchanged(row: Any, changed: Collection[str] | None) -> set[str]:
    if changed is None:
        return set()
    return {field.name for field in row._meta.concrete_fields if not {field.name, field.attname} & set(changed)}


def _constraints_hold(row: Any, exclude: set[str]) -> bool:
    """Check constraints in one statement, joined by AND; the others look for other rows and are asked one by one.

    One that reads an excluded field is not asked here, as in `full_clean`: the database holds it.
    """
    using = router.db_for_write(type(row), instance=row)
    for model, constraints in row.get_constraints():
        checks = []
        for constraint in constraints:
            if not isinstance(constraint, CheckConstraint):
                constraint.validate(model, row, exclude=exclude, using=using)
            elif not Q(constraint.condition).referenced_base_fields & exclude:
                checks.append(Q(constraint.condition))
        if checks and not _hold_together(checks, model, row, exclude, using):
            return False
    return True


def _hold_together(checks: list[Q], model: type, row: Any, exclude: set[str], using: str) -> bool:
    try:
        CheckConstraint(condition=Q(*checks), name="together").validate(model, row, exclude=exclude, using=using)
    except ValidationError:
        return False
    return True
