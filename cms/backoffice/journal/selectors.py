"""Lines of the journal in words: which file a line speaks of, by its reference, read under the scope of the reader."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from cms.configuration.words import names_of
from cms.journal.models import JournalLine
from cms.kit.words import action_words
from cms.users.models import User

CHUNK = 2000
PACKAGES = ("cases", "cms", "dashboards", "formation", "referentiel")
OTHERWISE = {
    "access_review": "accessreview",
    "account_request": "accountrequest",
    "display": "displaytoken",
    "journal_hold": "journalhold",
    "journal_month": "journalmonth",
    "reading_stop": "readingstop",
    "retention_rule": "ruleversion",
    "retention_run": "retentionrun",
    "rights_change": "rightschange",
    "rights_request": "rightsrequest",
    "saved_table": "savedtable",
    "saved_view": "savedview",
    "session_invitation": "sessioninvitation",
    "software": "softwareaccount",
    "unverified": "unverifiedrequest",
    "version": "documentversion",
    "version_proposal": "versionproposal",
    "voice": "voicemessage",
}
"""Kinds that are not the name of their model; the database keeps their tables from the application."""
DEEPEST = 3
"""A step of a circuit leads to its circuit, which leads to the file."""
FILES = ("cases_case", "cases_sollicitation")
"""Tables of files: what hangs on one is said by the reference of that file."""
AUTOMATIC = "Tâche automatique"
LineWords = tuple[JournalLine, str, str, str, str]
"""A line, who, what was done, the nature of the object in words, the reference of its file."""


@cache
def kinds() -> dict[str, type[Model]]:
    """Return the model of each kind that the journal names: that of its name, unless `OTHERWISE` says another."""
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]
    by_name = {model._meta.model_name or "": model for model in ours}
    return by_name | {kind: by_name[name] for kind, name in OTHERWISE.items()}


@cache
def reference_path(model: type[Model], deepest: int = DEEPEST) -> str:
    """Return the lookup that leads from a model to a reference; empty when there is none."""
    names = {field.name for field in model._meta.fields}
    if "reference" in names:
        return "reference"
    keys = [field for field in model._meta.fields if isinstance(field, ForeignKey) and deepest]
    for key in sorted(keys, key=lambda field: field.related_model._meta.db_table not in FILES):
        if key.related_model is model or key.related_model is User:
            continue
        if path := reference_path(key.related_model, deepest - 1):
            return f"{key.name}__{path}"
    return ""


def lines_about(queryset: QuerySet[JournalLine], reference: str) -> QuerySet[JournalLine]:
    """Keep the lines of a file and of all that hangs on it. None when the reader sees no file of that reference."""
    chosen = Q(pk=None)
    for kind, model in kinds().items():
        if path := reference_path(model):
            ids = list(model._default_manager.filter(**{f"{path}__iexact": reference}).values_list("pk", flat=True))
            chosen |= Q(object_kind=kind, object_id__in=ids) if ids else Q()
    return queryset.filter(chosen)


def in_words(lines: Iterable[JournalLine]) -> list[LineWords]:
    lines = list(lines)
    names = names_of([*(line.actor_id for line in lines), *(_account(line) for line in lines)])
    references = _references(lines)
    return [
        (
            line,
            names.get(line.actor_id, "") if line.actor_id else AUTOMATIC,
            action_words(line.action),
            kind_words(line.object_kind),
            names.get(account, "") if (account := _account(line)) else references.get(_key(line), ""),
        )
        for line in lines
    ]


def words_one_by_one(queryset: QuerySet[JournalLine]) -> Iterator[LineWords]:
    """Yield the lines in words, some at a time: memory does not grow with the journal."""
    rows = queryset.iterator(chunk_size=CHUNK)
    while lines := list(islice(rows, CHUNK)):
        yield from in_words(lines)


def kind_words(kind: str) -> str:
    model = kinds().get(kind)
    return str(model._meta.verbose_name) if model else ""


def _key(line: JournalLine) -> tuple[str, UUID | None]:
    return line.object_kind, line.object_id


def _account(line: JournalLine) -> UUID | None:
    return line.object_id if line.object_kind == "user" else None


def _references(lines: list[JournalLine]) -> dict[tuple[str, UUID | None], str]:
    """Return the reference by kind and id, in one query a kind; nothing for what was erased or is out of scope."""
    wanted: dict[str, set[Any]] = defaultdict(set)
    for line in lines:
        if line.object_id:
            wanted[line.object_kind].add(line.object_id)
    found: dict[tuple[str, UUID | None], str] = {}
    for kind, ids in wanted.items():
        model = kinds().get(kind)
        path = reference_path(model) if model else ""
        if model and path:
            rows = model._default_manager.filter(pk__in=ids).values_list("pk", path)
            found |= {(kind, pk): reference or "" for pk, reference in rows}
    return found
