"""Files that a request may be about, each with its reasons: what its service wrote against what files already hold.

No seal of a file is opened: names are compared by how they sound, lines by their hash.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cases.files.duplicates.models import CaseSound
from cases.files.identity.rules.sounds import sound_digests
from cases.files.models import Case
from cases.requests.models import Sollicitation, SollicitationDetail
from cms.wall import scope

MOST = 8
YEARS = 2
"""By which two ages, said at night, may differ."""
WEEK = dt.timedelta(days=7)
UNTOLD = "sexe:X"
LEAST = 3
"""Weight from which a file is proposed: a name or a line alone, or two weaker reasons."""


@dataclass(frozen=True)
class Likely:
    case: Case
    reasons: tuple[str, ...]
    weight: int


def cases_likely(row: Sollicitation) -> list[Likely]:
    """List the open files that a request may be about, the most alike first; for the coordination alone."""
    if not scope.current().sees_all_cases():
        return []
    detail = SollicitationDetail.objects.filter(pk=row.pk).first()
    label = detail.minor_label if detail else ""
    sounds = {digest for _, digest in sound_digests(last_name="", first_name=label, aliases=())} if label else set()
    heard = set(CaseSound.objects.filter(digest__in=sounds).values_list("case_id", flat=True))
    digest = detail.callback_digest if detail else ""
    called = set(_calling(row, digest).values_list("case_id", flat=True)) if digest else set()
    judged = [_judge(row, case, heard, called) for case in _near(row, heard | called)]
    proposed = [one for one in judged if one.weight >= LEAST]
    return sorted(proposed, key=lambda one: (-one.weight, one.case.reference))[:MOST]


def _calling(row: Sollicitation, digest: str) -> QuerySet[Sollicitation]:
    return Sollicitation.objects.filter(detail__callback_digest=digest, case__isnull=False).exclude(pk=row.pk)


def _near(row: Sollicitation, pks: set) -> QuerySet[Case]:
    """Return the open files worth judging: a name or a line in common, a place, or a request of the same week."""
    places = [pk for pk in (row.current_place_id, row.exploitation_place_id, row.origin_id) if pk]
    near = Q(pk__in=pks) | Q(exploitation_place_id__in=places) | Q(origin_id__in=places)
    near |= Q(sollicitations__current_place_id__in=places)
    near |= Q(sollicitations__received_at__range=(row.received_at - WEEK, row.received_at + WEEK))
    rows = Case.objects.filter(near, closed_on=None, is_test=row.is_test).exclude(reference__startswith="X-")
    return rows.select_related("sex").prefetch_related("sollicitations", "forms").distinct()


def _judge(row: Sollicitation, case: Case, heard: set, called: set) -> Likely:
    asked = list(case.sollicitations.all())
    known = [pk for pk in (row.sex_id, case.sex_id) if pk and pk != UNTOLD]
    reasons = {
        "prénom ou surnom qui sonne pareil": (case.pk in heard, 4),
        "même ligne de rappel": (case.pk in called, 3),
        "même service": (any(one.requester_id == row.requester_id for one in asked), 1),
        "même sexe": (len(known) == 2 and known[0] == known[1], 1),
        "âge proche": (_is_of_age(row, asked), 1),
        "même département": (_is_near(row, case, asked), 1),
        "même forme d’exploitation": (_same_forms(row, case), 1),
        "demande de la même semaine": (any(abs(one.received_at - row.received_at) <= WEEK for one in asked), 1),
    }
    told = tuple(reason for reason, (holds, _) in reasons.items() if holds)
    weight = sum(weight for holds, weight in reasons.values() if holds)
    is_other = len(known) == 2 and known[0] != known[1]
    return Likely(case, told, 0 if is_other and case.pk not in heard else weight)


def _is_of_age(row: Sollicitation, asked: list[Sollicitation]) -> bool:
    ages = [one.age_at_reception for one in asked if one.age_at_reception is not None]
    return row.age_at_reception is not None and any(abs(age - row.age_at_reception) <= YEARS for age in ages)


def _is_near(row: Sollicitation, case: Case, asked: list[Sollicitation]) -> bool:
    here = {row.current_place_id, row.exploitation_place_id, row.origin_id} - {None}
    there = {case.exploitation_place_id, case.origin_id, *(one.current_place_id for one in asked)}
    return bool(here & there)


def _same_forms(row: Sollicitation, case: Case) -> bool:
    return bool({form.form_id for form in row.forms.all()} & {form.form_id for form in case.forms.all()})
