"""What the register says, read from the models, the policies of reading and the rules of retention in force."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model

from cms.data_rights.processings.rules import ANYBODY, PROCESSINGS, READERS, SILENT, Processing, processing_of
from cms.retention.models import RetentionKind
from cms.retention.selectors import rules_in_force
from cms.users.roles import Role
from cms.vault.fields import SealedField
from cms.wall import scope

OURS = ("cases", "cms", "dashboards", "formation", "referentiel")
CALLED = re.compile(r"\b([a-z]\w*)\(")
SIGNED_IN = re.compile(r"\( ?SELECT scope_user_id\(\) AS scope_user_id\) IS NOT NULL")
POLICIES = """
SELECT c.relname, c.relrowsecurity, p.qual FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_policies p ON p.tablename = c.relname AND p.schemaname = n.nspname AND p.cmd IN ('SELECT', 'ALL')
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""


@dataclass(frozen=True)
class Held:
    """One table: what it holds of people, what is sealed, who the database gives its rows to."""

    label: str
    fields: tuple[str, ...]
    sealed: tuple[str, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """One rule of retention, as it is in force."""

    label: str
    starting_point: str
    months: int
    deed: str
    reason: str
    basis: str
    is_basis_verified: bool


@dataclass(frozen=True)
class Sheet:
    processing: Processing
    tables: list[Held] = field(default_factory=list)
    libraries: Counter[str] = field(default_factory=Counter)
    """Tables that a library brings, counted: their columns bear names of programmers, in English."""
    delays: list[Kept] = field(default_factory=list)


def sheets() -> list[Sheet]:
    """Return one sheet a processing, in the order of the register. Needs no scope: it tells of nobody."""
    written = {each.code: Sheet(each) for each in PROCESSINGS}
    by_table = {model._meta.db_table: model for model in models_held()}
    with scope.acting(scope.RETENTION):
        readers = _readers()
        for table, model in by_table.items():
            code = processing_of(model.__module__)
            top = model.__module__.partition(".")[0]
            if code and top not in OURS:
                written[code].libraries[top] += 1
            elif code:
                written[code].tables.append(_held(model, readers.get(table, ())))
        rules = rules_in_force()
        for kind in RetentionKind.objects.order_by("kind"):
            code = processing_of(by_table[kind.table_name].__module__)
            rule = rules[kind.kind]
            kept = Kept(
                kind.label,
                kind.starting_point,
                rule.months,
                str(kind.get_deed_display()),
                rule.reason,
                rule.basis,
                rule.is_basis_verified,
            )
            written[code or ""].delays.append(kept)
    return list(written.values())


def models_held() -> list[type[Model]]:
    """Return the models that have a table of their own; a link between two tables says nothing more."""
    models = [
        model for model in apps.get_models() if model._meta.managed or model.__module__.startswith("procrastinate")
    ]
    return sorted((model for model in models if not model._meta.proxy), key=lambda model: model._meta.label)


def _held(model: type[Model], readers: tuple[str, ...]) -> Held:
    fields: list[Field] = [each for each in model._meta.local_fields if not each.primary_key]
    sealed = [str(each.verbose_name) for each in fields if isinstance(each, SealedField)]
    told = [str(each.verbose_name) for each in fields if not isinstance(each, SealedField)]
    return Held(str(model._meta.verbose_name), tuple(told), tuple(sealed), readers)


def _readers() -> dict[str, tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        rows = cursor.fetchall()
    said: dict[str, set[str]] = {}
    for table, is_walled, rule in rows:
        words = readers_of(rule or "") if is_walled else {"les programmes du service"}
        said.setdefault(table, set()).update(words)
    order = [words for _, words in READERS]
    return {
        table: tuple(sorted(words, key=lambda each: (order.index(each) if each in order else len(order), each)))
        for table, words in said.items()
    }


def readers_of(rule: str) -> set[str]:
    """Return who a policy of reading lets read, in plain words. A function that nobody explained is an error."""
    text, count = SIGNED_IN.subn("", rule)
    words = {ANYBODY} if count or rule == "true" else set()
    roles = "|".join(Role.values)
    words |= {str(Role(role).label) for role in re.findall(rf"'({roles})'", text)}
    for called in set(CALLED.findall(text)) - SILENT:
        meaning = [words_ for pattern, words_ in READERS if re.search(pattern, called)]
        if meaning:
            words.add(meaning[0])
        elif called.startswith(("scope_", "can_", "journal_", "reveal_")):
            raise LookupError(f"{called}: READERS does not say who that is")
    return words
