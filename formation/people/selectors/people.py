"""People of training: those whom the actor sees, files that look alike, merges."""

import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from cms.partners.models import Partner
from formation.common.policies import own_structures_ids, runs_all_sessions
from formation.people.models import Professional, ProfessionalMerge

PAIRS = 50
ALIKE = """
WITH keyed AS MATERIALIZED (
  SELECT p.id, name_key(p.last_name || ' ' || p.first_name) AS key FROM formation_professional p
  WHERE p.merged_into_id IS NULL AND p.first_name <> ''),
words AS (SELECT DISTINCT k.id, k.key, left(word, 4) AS block
  FROM keyed k, unnest(string_to_array(k.key, ' ')) AS word),
pairs AS (SELECT DISTINCT a.id AS one, b.id AS other, similarity(a.key, b.key) AS nearness
  FROM words a JOIN words b ON b.block = a.block AND a.id < b.id WHERE similarity(a.key, b.key) >= 0.6)
SELECT p.one, p.other FROM pairs p
WHERE NOT EXISTS (SELECT FROM formation_professionalapart s WHERE s.first_id = p.one AND s.second_id = p.other)
  AND NOT EXISTS (SELECT FROM formation_enrolment x JOIN formation_enrolment y ON y.session_id = x.session_id
                  WHERE x.professional_id = p.one AND y.professional_id = p.other
                    AND x.cancelled_at IS NULL AND y.cancelled_at IS NULL)
ORDER BY p.nearness DESC, p.one, p.other LIMIT %s
"""
"""Names that begin alike, whatever accents, order and hyphens. Two people enrolled in one session are distinct."""


def people_seen() -> QuerySet[Professional]:
    """List everybody whom the actor sees, without merged files."""
    return Professional.objects.filter(merged_into=None)


@dataclass(frozen=True)
class Pair:
    one: Professional
    other: Professional


def doubles() -> list[Pair]:
    """List the pairs of files that may be one person, the nearest first. Raise `Http404` but for the coordination."""
    if not runs_all_sessions():
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [PAIRS])
        pairs = cursor.fetchall()
    ids = {pk for pair in pairs for pk in pair}
    people = Professional.objects.select_related("profession", "employer", "employer_type").in_bulk(ids)
    return [Pair(people[one], people[other]) for one, other in pairs]


def professional_get(professional_id: uuid.UUID) -> Professional:
    """Return a file that the coordination may merge. Raise `Http404` for any other actor or id."""
    rows = Professional.objects.select_related("profession", "employer", "employer_type", "territory", "user")
    row = rows.filter(pk=professional_id).first() if runs_all_sessions() else None
    if row is None:
        raise Http404
    return row


def merges() -> QuerySet[ProfessionalMerge]:
    """List the latest merges that stand. Raise `Http404` but for the coordination."""
    if not runs_all_sessions():
        raise Http404
    return ProfessionalMerge.objects.filter(undone_at=None).select_related("kept", "merged", "merged_by")[:PAIRS]


def merge_get(merge_id: uuid.UUID) -> ProfessionalMerge:
    rows = ProfessionalMerge.objects.filter(undone_at=None).select_related("kept", "merged")
    row = rows.filter(pk=merge_id).first() if runs_all_sessions() else None
    if row is None:
        raise Http404
    return row


def own_structures() -> QuerySet[Partner]:
    """List the structures whose team the actor directs."""
    return Partner.objects.filter(pk__in=own_structures_ids())
