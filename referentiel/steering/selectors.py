"""Compliance of the network with the référentiel: structures by exigences, and what is late. For the coordination.

The number of queries depends neither on structures nor on exigences: the database aggregates the marks of a structure
in two strings, so that a hundred thousand rows are not fetched.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from cms.documents.models import DocumentKind, DocumentVersion
from cms.documents.signatures.selectors import Adherence, State, adherences_of
from cms.documents.versions.selectors import version_in_force, version_to_read
from cms.partners.models import Partner
from referentiel.assessments.models import Assessment, Campaign, Evidence
from referentiel.enums import LOW, Level
from referentiel.visits.selectors.marks import confirmed_by_partner, gathered, marks_read

Marks = Mapping[str, str]
NOTHING: Marks = {}
UNDER_3 = frozenset(mark.value for mark in LOW)
"""Plain texts: a hundred thousand comparisons with members of an enumeration take as long as the queries."""


@dataclass(frozen=True)
class Column:
    """One exigence of the version looked at."""

    code: str
    text: str
    chapter: str
    level: str

    @property
    def is_imperative(self) -> bool:
        return self.level == Level.IMPERATIVE


@dataclass(frozen=True)
class Row:
    """One structure: what it says of itself, what the coordination confirmed, and what is late."""

    partner: Partner
    own: Marks
    confirmed: Marks
    adherence: Adherence | None
    assessment: Assessment | None = None
    late_steps: int = 0
    oldest_evidence: dt.date | None = None
    expired: int = 0
    low_own: int = 0
    low_confirmed: int = 0

    @property
    def has_problem(self) -> bool:
        is_late = self.adherence is not None and self.adherence.state == State.LATE
        return bool(is_late or self.late_steps or self.expired or self.low_own or self.low_confirmed)


@dataclass(frozen=True)
class HeatMap:
    """`own_low` and `confirmed_low`: structures under 3, by exigence, among the rows shown."""

    version: DocumentVersion | None
    campaign: Campaign | None
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    own_low: Mapping[str, int] = field(default_factory=dict)
    confirmed_low: Mapping[str, int] = field(default_factory=dict)


def structures_watched(day: dt.date) -> QuerySet[Partner]:
    """List the structures under a convention in force: the référentiel applies to them."""
    return Partner.objects.structures().with_convention_on(day).filter(is_test=False).order_by("code_name")


def heat_map(
    *,
    structures: QuerySet[Partner] | None = None,
    campaign: Campaign | None = None,
    chapter: str = "",
    level: str = "",
    only_problems: bool = False,
    on: dt.date | None = None,
) -> HeatMap:
    """Return structures by exigences, of the version of the campaign (the latest by default), else of that in force.

    `structures` (those under convention by default) may be filtered; `chapter` and `level` choose the exigences, by
    which marks under 3 are counted too.
    """
    day = on or timezone.localdate()
    campaign = campaign or Campaign.objects.order_by("-year").first()
    version = _version_of(campaign)
    if version is None:
        return HeatMap(None, campaign)
    columns = _columns(version, chapter, level)
    partners = list(structures_watched(day) if structures is None else structures)
    rows = _rows(partners, columns, campaign, day)
    if only_problems:
        rows = [row for row in rows if row.has_problem]
    codes = [column.code for column in columns]
    own, confirmed = (_under(codes, marks) for marks in ((row.own for row in rows), (row.confirmed for row in rows)))
    return HeatMap(version, campaign, columns, rows, own, confirmed)


def _version_of(campaign: Campaign | None) -> DocumentVersion | None:
    if campaign is None:
        return version_to_read(DocumentKind.REFERENTIEL)
    return DocumentVersion.objects.prefetch_related("clauses").get(pk=campaign.version_id)


def _columns(version: DocumentVersion, chapter: str, level: str) -> list[Column]:
    return [
        Column(clause.code, clause.content["text"], clause.chapter, clause.content["level"])
        for clause in version.ordered_clauses
        if chapter in ("", clause.chapter) and level in ("", clause.content["level"])
    ]


def _rows(
    partners: Sequence[Partner], columns: Sequence[Column], campaign: Campaign | None, day: dt.date
) -> list[Row]:
    imperative = {column.code for column in columns if column.is_imperative}
    assessments = {row.partner_id: row for row in _assessments(partners, campaign, day)}
    confirmed = confirmed_by_partner(_ids(partners))
    evidences = _evidences([row.pk for row in assessments.values()], day)
    standings = _standings(partners, day)
    rows = []
    for partner in partners:
        assessment = assessments.get(partner.pk)
        own, held = (
            marks_read(getattr(assessment, "codes", ""), getattr(assessment, "values", "")),
            confirmed.get(partner.pk, NOTHING),
        )
        oldest, expired = evidences.get(assessment.pk, (None, 0)) if assessment else (None, 0)
        rows.append(
            Row(
                partner,
                own,
                held,
                standings.get(partner.pk),
                assessment,
                getattr(assessment, "late_steps", 0),
                oldest,
                expired,
                sum(code in imperative for code in _low(own)),
                sum(code in imperative for code in _low(held)),
            )
        )
    return rows


def _low(marks: Marks) -> list[str]:
    return [code for code, mark in marks.items() if mark in UNDER_3]


def _ids(partners: Sequence[Partner]) -> list[uuid.UUID]:
    return [partner.pk for partner in partners]


def _assessments(partners: Sequence[Partner], campaign: Campaign | None, day: dt.date) -> list[Assessment]:
    """List the self-assessments of a campaign, sent or begun, with their marks, and the actions whose day is past."""
    if campaign is None:
        return []
    rows = Assessment.objects.filter(campaign=campaign, partner__in=_ids(partners))
    late = (
        Assessment.objects.filter(campaign=campaign, steps__due_on__lt=day, steps__done_on=None)
        .annotate(number=Count("steps"))
        .values_list("pk", "number")
    )
    counts = dict(late)
    assessments = list(rows.annotate(**gathered("marks__")))
    for row in assessments:
        row.late_steps = counts.get(row.pk, 0)
    return assessments


def _evidences(assessments: Sequence[uuid.UUID], day: dt.date) -> dict[uuid.UUID, tuple[dt.date, int]]:
    """Return the day of the oldest proof of each self-assessment, and how many have expired."""
    rows = Evidence.objects.filter(assessment__in=assessments).order_by()
    totals = rows.values("assessment_id").annotate(
        oldest=Min("added_at"), expired=Count("pk", filter=Q(valid_until__lt=day))
    )
    return {
        assessment_id: (timezone.localdate(oldest), expired)
        for assessment_id, oldest, expired in totals.values_list("assessment_id", "oldest", "expired")
    }


def _standings(partners: Sequence[Partner], day: dt.date) -> dict[uuid.UUID, Adherence]:
    version = version_in_force(DocumentKind.REFERENTIEL, day)
    return {row.partner.pk: row for row in adherences_of(partners, version, day)} if version else {}


def _under(codes: Sequence[str], marks: Iterable[Marks]) -> dict[str, int]:
    counts = Counter(code for own in marks for code in _low(own))
    return {code: counts[code] for code in codes}


@dataclass(frozen=True)
class Summary:
    """What the coordination reads first: counts among structures under convention."""

    structures: int
    late: int
    to_sign: int
    low_confirmed: int
    late_steps: int
    readers: int
    people: int

    @property
    def rate(self) -> int | None:
        """Professionals who read everything, in percent; none when nobody is attached."""
        return round(100 * self.readers / self.people) if self.people else None


def summary_of(rows: Sequence[Row]) -> Summary:
    standings = [row.adherence for row in rows if row.adherence is not None]
    rates = [standing.rate for standing in standings if standing.rate is not None]
    return Summary(
        structures=len(rows),
        late=sum(standing.state == State.LATE for standing in standings),
        to_sign=sum(standing.state == State.TO_SIGN for standing in standings),
        low_confirmed=sum(bool(row.low_confirmed) for row in rows),
        late_steps=sum(row.late_steps for row in rows),
        readers=sum(rate.readers for rate in rates),
        people=sum(rate.people for rate in rates),
    )


def adherence_by_version(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Count the structures by version signed last, newest first; those that signed none come last."""
    counts: dict[tuple[int, str], int] = {}
    for row in rows:
        signed = row.adherence.signed if row.adherence else None
        key = (signed.version.sequence, f"version {signed.version.number}") if signed else (0, "aucune")
        counts[key] = counts.get(key, 0) + 1
    return [(label, number) for (_, label), number in sorted(counts.items(), reverse=True)]
