"""Constraint of the database → neutral sentence. It never tells whether the row in the way is visible."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Func, Q

DEFAULT = "Cette information vient de changer ou en contredit une autre. Rechargez la page et recommencez."

_sentences: dict[str, str] = {}


def sentence_register(**sentences: str) -> None:
    """`name_of_the_constraint="phrase à dire"`, given by each app in `ready()`."""
    _sentences.update(sentences)


def sentence_for(error: Exception) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return _sentences.get(name or "", DEFAULT)


def constraints_settle() -> None:
    """Check now what the database holds for the end of the transaction: what is written later is judged apart.

    Raises `IntegrityError`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class DateRange(Func):
    """Civil days from `starts_on` to `ends_on`, both included."""

    function = "DATERANGE"
    output_field = DateRangeField()


def days(start: str, end: str) -> DateRange:
    return DateRange(F(start), F(end), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def in_order(name: str, start: str, end: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{end: None}) | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message="La date de fin précède la date de début.",
    )


def whole(name: str, who: str, when: str, *, also: Q | None = None) -> models.CheckConstraint:
    """Return a constraint: who and when are written together, and then `also` holds; or neither is."""
    written = Q(**{f"{who}__isnull": False, f"{when}__isnull": False})
    return models.CheckConstraint(
        condition=Q(**{who: None, when: None}) | (written & also if also else written), name=name
    )


class DatesInOrder(models.Model):
    """Says that dates are reversed before PostgreSQL is asked to build their range, which would be an error."""

    starts_on: models.DateField
    ends_on: models.DateField

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "La date de fin précède la date de début."})


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` to `ends_on`, both days included."""

    def on(self, day: dt.date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
