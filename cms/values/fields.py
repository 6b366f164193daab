"""A foreign key to one list of values."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Lookup, Q


class ValueField(models.ForeignKey):
    """Points at a `Value` of the list `list_code`; pair it with `value_constraint` in `Meta.constraints`."""

    def __init__(self, verbose_name: str | None = None, *, list_code: str | None = None, **kwargs: Any) -> None:
        self.list_code = list_code or ""
        kwargs.setdefault("to", "values.Value")
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("related_name", "+")
        kwargs.setdefault("limit_choices_to", {"list": list_code})
        super().__init__(verbose_name=verbose_name, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "list_code": self.list_code}


@ValueField.register_lookup
class InList(Lookup):
    """`nature__in_list="nature"`: the key begins with the code of the list; needs no join."""

    lookup_name = "in_list"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"starts_with({lhs}, %s)", (*params, f"{self.rhs}:")


def value_constraint(model: str, field: str, list_code: str) -> models.CheckConstraint:
    """Return the check by which the database refuses a value of another list in this column."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in_list": list_code}) | Q(**{f"{field}__isnull": True}),
        name=f"{model}_{field}_list",
        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
    )
