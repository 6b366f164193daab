"""Added fields in use, and their answers in words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, DateField, F, Func, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, JSONObject

from cases.extra.enums import ExtraAudience, ExtraKind, ExtraTarget
from cases.extra.models import ExtraAnswer, ExtraField, ExtraRequirement
from cms.columns.enums import Kind
from cms.columns.rules.columns import PREFIX as COLUMN, Column
from cms.users.models import User

PREFIX = "extra_"


def target_of(parent: Model) -> str:
    """Return the target of added fields that this request or situation is."""
    return ExtraTarget(str(parent._meta.model_name))


def fields_asked(target: str, *audiences: str) -> list[ExtraField]:
    """List the fields in use, in their order; of these audiences when some are named."""
    rows = ExtraField.objects.filter(target=target, retired_on=None)
    return list(rows.filter(audience__in=audiences) if audiences else rows)


def fields_on_screens(*, is_short: bool) -> list[ExtraField]:
    """List the fields that the portal asks of whoever sends a request."""
    wider = [] if is_short else [ExtraAudience.STAGES]
    return fields_asked(ExtraTarget.SOLLICITATION, ExtraAudience.EVERYBODY, *wider)


def answers_of(parent: Model) -> QuerySet[ExtraAnswer]:
    """Return the answers that the actor may read: row security hides those that are sealed in a situation."""
    rows = ExtraAnswer.objects.filter(**{target_of(parent): parent}).select_related("field")
    return rows.order_by("field__position", "field__label")


def answer_words(field: ExtraField, value: str) -> str:
    """Return an answer in words: `2026-03-02` → « 02/03/2026 »; a code → its label, even when it is retired."""
    if field.kind == ExtraKind.TEXT or not value:
        return value
    if field.kind == ExtraKind.DATE:
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    return field.labels().get(value, value)


def answer_rows(answers: Iterable[ExtraAnswer]) -> list[tuple[str, Any]]:
    return [(row.field.label, answer_words(row.field, row.value)) for row in answers]


def answers_subquery(parent: str) -> ArraySubquery:
    """Answers shown on the page of their request or situation, inside its query: pages have a budget. `extra_rows`
    says them; what is sealed comes as it is kept.

    Those that are sealed in a situation are read with its identity alone, even while a reveal of it is live.
    """
    visible = {"is_sealed": False} if parent == ExtraTarget.CASE else {}
    rows = ExtraAnswer.objects.filter(**{parent: OuterRef("pk")}, **visible).order_by(
        "field__position", "field__label"
    )
    columns = {"label": "field__label", "kind": "field__kind", "choices": "field__choices"}
    answer = JSONObject(**columns, code="code", is_sealed="is_sealed", sealed="sealed")
    return ArraySubquery(rows.values(answer=answer))


def answers_missing(target: str) -> Func:
    """Compulsory questions that wait for an answer, on the page of a request or a situation, inside its query. For
    those who see every file; an empty array for the others.
    """
    labels = ArrayField(CharField())
    return Func(Value(target), F("pk"), function="extra_missing", output_field=labels)


def incomplete(target: str) -> QuerySet[Any]:
    """Return open requests or situations in which a compulsory question has no answer."""
    return _files(target, "extra_missing_ids", target)


def unanswered(field: ExtraField) -> QuerySet[Any]:
    """Return open requests or situations without an answer to this field, for those who see every file."""
    return _files(field.target, "extra_unanswered_ids", field.pk)


def _files(target: str, function: str, value: Any) -> QuerySet[Any]:
    model: Any = ExtraAnswer._meta.get_field(target).related_model
    return model.objects.extra(  # noqa: S610 (names written here)
        where=[f"{model._meta.db_table}.id IN (SELECT {function}(%s))"], params=[value]
    )


def requirement_waiting(field: ExtraField) -> ExtraRequirement | None:
    """Return what was asked and waits for a second person, so that this field be compulsory."""
    return ExtraRequirement.objects.waiting().filter(field=field).first()


def requirements_to_agree(user: User) -> list[ExtraRequirement]:
    """List what `user` may agree to make compulsory: somebody else asked."""
    rows = ExtraRequirement.objects.waiting().exclude(asked_by=user).select_related("field", "asked_by")
    return list(rows)


def extra_rows(answers: Iterable[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    column = ExtraAnswer._meta.get_field("sealed")
    rows = []
    for item in answers:
        value = column.from_db_value(item["sealed"], None, None) if item["is_sealed"] else item["code"]
        field = ExtraField(kind=item["kind"], choices=item["choices"])
        rows.append((item["label"], answer_words(field, value)))
    return rows


def fields_counted(target: str) -> list[ExtraField]:
    """List the fields whose answers two people agreed to unseal, retired ones included: their answers stay."""
    return list(ExtraField.objects.filter(target=target, is_sealed=False).exclude(kind=ExtraKind.TEXT))


def answer_column(field: ExtraField, parent: str) -> Subquery:
    """Return the coded answer of a field, for a row whose column `parent` names its request or situation."""
    rows = ExtraAnswer.objects.filter(field_id=field.pk, is_sealed=False, **{field.target: OuterRef(parent)})
    return Subquery(rows.values("code")[:1])


def columns_added(target: str) -> list[Column]:
    """Return the columns that the network adds to a list: those that two people let be counted, and the labels of the
    others, which no list shows nor filters.
    """
    fields = ExtraField.objects.filter(target=target)
    return [_column(field) for field in fields if not (field.is_sealed and field.retired_on)]


def _column(field: ExtraField) -> Column:
    code = f"x_{field.code}"
    if field.is_sealed:
        return Column(code=code, label=field.label, kind=Kind.TEXT, is_sealed=True, is_added=True)
    is_day = field.kind == ExtraKind.DATE
    labels = field.labels()
    return Column(
        code=code,
        label=field.label,
        heading=field.label,
        kind=Kind.DAY if is_day else Kind.CHOICE,
        reads=(f"{COLUMN}{code}",),
        words=None if is_day else (lambda answer: labels.get(answer, answer) or ""),
        choices=None if is_day else (lambda: list(labels.items())),
        expression=lambda: _answer_typed(field),
        is_exported=True,
        is_added=True,
    )


def _answer_typed(field: ExtraField) -> Any:
    answer = answer_column(field, "pk")
    return Cast(answer, DateField()) if field.kind == ExtraKind.DATE else answer
