"""Who has followed what: by person for a director, by structure for the coordination."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.http import Http404
from django.utils import timezone

from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from formation.common.policies import runs_all_sessions
from formation.curriculum.selectors import curriculum_in_force
from formation.people.models import Professional
from formation.people.selectors.training import EVER, refresh_due_before, rules_in_force, team, trained_enrolments


@dataclass(frozen=True)
class Skill:
    """One module for one person: when it was followed last, and whether that is too long ago."""

    followed_on: dt.date | None
    is_due: bool


@dataclass(frozen=True)
class TeamMatrix:
    modules: list[tuple[str, str]]
    lines: list[tuple[Professional, list[Skill]]]


@dataclass(frozen=True)
class StructureSkills:
    """People of one structure: known, up to date in some training, in every compulsory module, in each of them."""

    structure: Partner
    size: int
    trained: int
    whole: int
    counts: list[int]


@dataclass(frozen=True)
class NetworkMatrix:
    modules: list[tuple[str, str]]
    lines: list[StructureSkills]


def modules_compulsory() -> list[tuple[str, str]]:
    """List the modules that the network asks of its partners, with their titles."""
    version = curriculum_in_force()
    rows = version.ordered_clauses if version else []
    return [(row.code, row.content["title"]) for row in rows if row.content.get("is_compulsory")]


def team_matrix() -> TeamMatrix:
    """Return who has followed what in the teams that the actor directs, in a few queries whatever their size."""
    rules = rules_in_force()
    people = list(team(rules).order_by("last_name", "first_name", "pk"))
    rows = trained_enrolments(EVER, timezone.localdate(), rules).filter(professional__in=people)
    latest = {
        (person, code): day
        for person, code, day in rows.order_by()
        .values("professional", "session__module_code")
        .annotate(day=Max("session__ends_on"))
        .values_list("professional", "session__module_code", "day")
    }
    due, modules = refresh_due_before(rules), modules_compulsory()

    def skill(person: Professional, code: str) -> Skill:
        day = latest.get((person.pk, code))
        return Skill(day, day is not None and day < due)

    return TeamMatrix(modules, [(person, [skill(person, code) for code, _ in modules]) for person in people])


def network_matrix() -> NetworkMatrix:
    """Return how many people are up to date, by structure. Raise `Http404` but for the coordination."""
    if not runs_all_sessions():
        raise Http404
    rules = rules_in_force()
    since = refresh_due_before(rules)
    people = Professional.objects.filter(merged_into=None, is_test=False).exclude(employer=None)
    sizes: dict[uuid.UUID, int] = dict(
        people.order_by().values("employer").annotate(size=Count("pk")).values_list("employer", "size")
    )
    rows = trained_enrolments(since, timezone.localdate(), rules).exclude(professional__employer=None)
    counts = {
        (employer, code): number
        for employer, code, number in rows.order_by()
        .values("professional__employer", "session__module_code")
        .annotate(number=Count("professional", distinct=True))
        .values_list("professional__employer", "session__module_code", "number")
    }
    modules = modules_compulsory()
    followed = Count("session__module_code", distinct=True, filter=Q(session__module_code__in=[c for c, _ in modules]))
    people_trained = rows.order_by().values("professional__employer", "professional").annotate(number=followed)
    trained, whole = Counter[uuid.UUID](), Counter[uuid.UUID]()
    for employer, number in people_trained.values_list("professional__employer", "number"):
        trained[employer] += 1
        whole[employer] += bool(modules) and number == len(modules)
    structures = Partner.objects.filter(kind=PartnerKind.STRUCTURE).order_by("code_name")
    return NetworkMatrix(
        modules,
        [
            StructureSkills(
                row,
                sizes.get(row.pk, 0),
                trained[row.pk],
                whole[row.pk],
                [counts.get((row.pk, code), 0) for code, _ in modules],
            )
            for row in structures
        ],
    )
