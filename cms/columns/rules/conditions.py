"""One condition, one meaning: what a form shows, what a list keeps, what a rule would find.

    {"all": [{"column": "state", "test": "in", "value": ["open"]},
             {"any": [{"column": "age", "test": "at_most", "value": 15},
                      {"column": "arrived_on", "test": "older_than", "value": 30}]}]}

`matches` answers of facts, `where` of rows of the database; a test draws conditions and rows, and both must agree.
**Every test is false of what was not answered**, but `unanswered`: NULL, None and an empty box say the same.
Left stands a declared column, right a literal: never another column, a call or a text to search.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils import timezone

from cms.columns.enums import DAY_COUNTS, TESTS, Check, Kind
from cms.columns.rules.columns import Column

Condition = Mapping[str, Any]
Facts = Mapping[str, Any]
DEEPEST = 3
MOST_LINES = 20
MOST_VALUES = 60
MOST_DAYS = 36500
GROUPS = ("all", "any")


def lines_of(condition: Condition) -> Iterator[Condition]:
    """Return each test of a condition, whatever group it stands in."""
    for name in GROUPS:
        if name in condition:
            for part in condition[name]:
                yield from lines_of(part)
            return
    if condition:
        yield condition


def columns_of(condition: Condition) -> set[str]:
    return {line["column"] for line in lines_of(condition)}


# Checking


def condition_check(condition: Any, columns: Mapping[str, Column]) -> Condition:
    """Return the condition, its values as they are kept. `columns`: those that its author may read, by code.

    Raises `ValidationError` with the sentence of the line that cannot stand.
    """
    if condition in (None, {}, []):
        return {}
    checked = _group_check(condition, columns, depth=1)
    if len(list(lines_of(checked))) > MOST_LINES:
        raise ValidationError(f"{MOST_LINES} filtres au plus.")
    return checked


def _group_check(part: Any, columns: Mapping[str, Column], depth: int) -> Condition:
    if not isinstance(part, dict):
        raise ValidationError("Ce filtre ne se lit pas.")
    names = [name for name in GROUPS if name in part]
    if not names:
        return _line_check(part, columns)
    if depth > DEEPEST or len(part) != 1 or not isinstance(part[names[0]], list) or not part[names[0]]:
        raise ValidationError(f"Un groupe de filtres se lit mal, ou s’emboîte plus de {DEEPEST} fois.")
    return {names[0]: [_group_check(each, columns, depth + 1) for each in part[names[0]]]}


def _line_check(line: Mapping[str, Any], columns: Mapping[str, Column]) -> Condition:
    column = columns.get(str(line.get("column", "")))
    if column is None or not column.can_filter:
        raise ValidationError("Un filtre porte sur une colonne qui n’existe pas, ou que vous ne pouvez pas lire.")
    if line.get("test") not in TESTS[str(column.kind)]:
        raise ValidationError(f"« {column.label} » : ce filtre ne s’applique pas à cette colonne.")
    test = Check(line["test"])
    if test in (Check.ANSWERED, Check.UNANSWERED):
        return {"column": column.code, "test": test.value}
    try:
        value = _value_check(column, test, line.get("value"))
    except (ValueError, TypeError, InvalidOperation) as error:
        raise ValidationError(f"« {column.label} » : donnez une valeur pour « {test.label} ».") from error
    return {"column": column.code, "test": test.value, "value": value}


def _value_check(column: Column, test: Check, value: Any) -> Any:
    if test in (Check.IN, Check.NONE_OF, Check.HAS_ALL):
        if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
            raise ValueError
        if not all(isinstance(each, str) and 0 < len(each) <= 80 for each in value):
            raise ValueError
        return value
    if test == Check.IS:
        if not isinstance(value, bool):
            raise ValueError
        return value
    if test in DAY_COUNTS:
        if isinstance(value, bool) or not 0 <= int(value) <= MOST_DAYS:
            raise ValueError
        return int(value)
    if test in (Check.BEFORE, Check.AFTER):
        day_of(str(value), dt.date(2000, 1, 1))
        return str(value)
    if test == Check.BETWEEN:
        least, most = value
        return [_number(least), _number(most)]
    return _number(value)


def _number(value: Any) -> int | str:
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise ValueError
    return int(number) if number == number.to_integral_value() else str(number)


def day_of(value: str, today: dt.date) -> dt.date:
    """Return a day kept as itself, or as its distance from today: « +30 », « -7 », « +0 ». Raises `ValueError`."""
    if value[:1] in ("+", "-"):
        if abs(int(value)) > MOST_DAYS:
            raise ValueError
        return today + dt.timedelta(days=int(value))
    return dt.date.fromisoformat(value)


# Facts


def matches(condition: Condition, facts: Facts, today: dt.date | None = None) -> bool:
    """Say whether facts, by code of column, answer to a condition that was checked."""
    today = today or timezone.localdate()
    if "all" in condition:
        return all(matches(part, facts, today) for part in condition["all"])
    if "any" in condition:
        return any(matches(part, facts, today) for part in condition["any"])
    return not condition or _line_matches(condition, facts.get(condition["column"]), today)


def _line_matches(line: Condition, fact: Any, today: dt.date) -> bool:
    is_empty = fact is None or fact == "" or fact == []
    if line["test"] in (Check.ANSWERED, Check.UNANSWERED):
        return is_empty == (line["test"] == Check.UNANSWERED)
    return not is_empty and _FACTS[line["test"]](_plain(fact), line.get("value"), today)


def _plain(fact: Any) -> Any:
    return timezone.localtime(fact).date() if isinstance(fact, dt.datetime) else fact


def _codes(fact: Any) -> set[str]:
    return {str(each) for each in fact} if isinstance(fact, list | tuple | set) else {str(fact)}


def _days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


_FACTS: dict[str, Callable[[Any, Any, dt.date], bool]] = {
    Check.IN: lambda fact, value, today: bool(_codes(fact) & set(value)),
    Check.NONE_OF: lambda fact, value, today: not _codes(fact) & set(value),
    Check.HAS_ALL: lambda fact, value, today: set(value) <= _codes(fact),
    Check.IS: lambda fact, value, today: fact is value,
    Check.AT_LEAST: lambda fact, value, today: fact >= Decimal(str(value)),
    Check.AT_MOST: lambda fact, value, today: fact <= Decimal(str(value)),
    Check.BETWEEN: lambda fact, value, today: Decimal(str(value[0])) <= fact <= Decimal(str(value[1])),
    Check.BEFORE: lambda fact, value, today: fact < day_of(value, today),
    Check.AFTER: lambda fact, value, today: fact >= day_of(value, today),
    Check.OLDER_THAN: lambda fact, value, today: fact < today - _days(value),
    Check.WITHIN: lambda fact, value, today: today - _days(value) <= fact <= today,
    Check.COMING: lambda fact, value, today: today <= fact <= today + _days(value),
}


# Rows


def where(condition: Condition, columns: Mapping[str, Column], model: type[Model], today: dt.date | None = None) -> Q:
    """Return what keeps the rows that answer to a checked condition. Its columns were annotated, if they ask it."""
    today = today or timezone.localdate()
    if "all" in condition:
        return _joined(condition["all"], columns, model, today, Q.AND)
    if "any" in condition:
        return _joined(condition["any"], columns, model, today, Q.OR)
    return _line_where(condition, columns[condition["column"]], model, today) if condition else Q()


def _joined(
    parts: Sequence[Condition], columns: Mapping[str, Column], model: type[Model], today: dt.date, connector: str
) -> Q:
    joined = Q()
    for part in parts:
        joined = joined._combine(where(part, columns, model, today), connector)  # type: ignore[attr-defined]
    return joined


def _line_where(line: Condition, column: Column, model: type[Model], today: dt.date) -> Q:
    path, test = column.filtered_path, line["test"]
    value: Any = line.get("value")
    if column.crosses_many:
        return _many_where(path, test, value, model)
    answered = Q(**{f"{path}__isnull": False})
    if column.kind in (Kind.TEXT, Kind.CHOICE) and _keeps_text(column, model):
        answered &= ~Q(**{path: ""})
    if test == Check.ANSWERED:
        return answered
    if test == Check.UNANSWERED:
        return ~answered
    if test == Check.NONE_OF:
        return answered & ~Q(**{f"{path}__in": value})
    if column.kind == Kind.MOMENT:
        return _day_where(path, test, value, today, _midnight)
    if column.kind == Kind.DAY:
        return _day_where(path, test, value, today, lambda day: day)
    lookups = {
        Check.IN: lambda: Q(**{f"{path}__in": value}),
        Check.IS: lambda: Q(**{path: value}),
        Check.AT_LEAST: lambda: Q(**{f"{path}__gte": Decimal(str(value))}),
        Check.AT_MOST: lambda: Q(**{f"{path}__lte": Decimal(str(value))}),
        Check.BETWEEN: lambda: Q(**{f"{path}__gte": Decimal(str(value[0])), f"{path}__lte": Decimal(str(value[1]))}),
    }
    return lookups[Check(test)]()


def _keeps_text(column: Column, model: type[Model]) -> bool:
    """Say whether an empty text may stand for no answer; a number or a key is never compared with a text."""
    if column.expression:
        return False
    *relations, name = column.filtered_path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    return bool(model._meta.get_field(name).get_internal_type() in ("CharField", "TextField", "SlugField"))


def _many_where(path: str, test: str, value: Any, model: type[Model]) -> Q:
    """Ask apart, of the keys: joined, a row would come as many times as it has values."""

    def having(**lookup: Any) -> Q:
        return Q(pk__in=model._base_manager.filter(**lookup).values("pk"))

    answered = having(**{f"{path}__isnull": False})
    if test == Check.ANSWERED:
        return answered
    if test == Check.UNANSWERED:
        return ~answered
    if test == Check.HAS_ALL:
        found = Q()
        for each in value:
            found &= having(**{path: each})
        return found
    found = having(**{f"{path}__in": value})
    return found if test == Check.IN else answered & ~found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _day_where(path: str, test: str, value: Any, today: dt.date, at: Callable[[dt.date], Any]) -> Q:
    first, after = {
        Check.BEFORE: lambda: (None, day_of(value, today)),
        Check.AFTER: lambda: (day_of(value, today), None),
        Check.OLDER_THAN: lambda: (None, today - _days(value)),
        Check.WITHIN: lambda: (today - _days(value), today + _days(1)),
        Check.COMING: lambda: (today, today + _days(value + 1)),
    }[Check(test)]()
    kept = Q()
    if first is not None:
        kept &= Q(**{f"{path}__gte": at(first)})
    if after is not None:
        kept &= Q(**{f"{path}__lt": at(after)})
    return kept
