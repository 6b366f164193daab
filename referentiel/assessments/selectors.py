"""Reading self-assessments: what is left, what last year said, how far each chapter has come."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from cms.documents.models import ClauseVersion, DocumentVersion
from cms.documents.versions.selectors import IN_ORDER
from cms.files.models import Attachment
from cms.files.words import title_of
from cms.journal.services import refusal_queue
from cms.partners.models import Partner
from referentiel.assessments.models import Assessment, Campaign, Evidence, Mark, PlanStep
from referentiel.enums import UNDER_FOUR, Level, MarkValue
from referentiel.reading.rules import Chapter, Exigence, chapters_of


def campaign_today(day: dt.date | None = None) -> Campaign | None:
    today = day or timezone.localdate()
    return Campaign.objects.filter(opens_on__lte=today, closes_on__gte=today).select_related("version").first()


def assessment_get(pk: uuid.UUID) -> Assessment:
    """Return an assessment of the current scope. Raise `Http404`, and journal the refusal, for any other."""
    row = Assessment.objects.select_related("campaign", "partner", "version__document").filter(pk=pk).first()
    if row is None:
        refusal_queue("assessment", pk, "referentiel.assessment.read")
        raise Http404
    return row


def assessments_of(partners: list[Partner]) -> QuerySet[Assessment]:
    """List the assessments of some structures, latest first, with how many exigences are marked."""
    rows = Assessment.objects.filter(partner__in=partners).select_related("campaign", "partner", "version")
    return rows.annotate(marked=Count("marks")).order_by("-campaign__year", "partner__code_name")


def levels_of(version: DocumentVersion) -> dict[str, str]:
    """Return the level of each exigence of a version, in its order."""
    return dict(version.clauses.order_by("position").values_list("code", "content__level"))


def unmarked(assessment: Assessment) -> list[str]:
    """List the exigences that have no mark, or one to confirm."""
    done = set(assessment.marks.filter(is_to_confirm=False).values_list("code", flat=True))
    return [code for code in levels_of(assessment.version) if code not in done]


def imperatives_without_plan(assessment: Assessment) -> list[str]:
    """List the imperative exigences under 4 about which nothing is planned."""
    planned = assessment.steps.values("code")
    low = assessment.marks.filter(level=Level.IMPERATIVE, value__in=UNDER_FOUR).exclude(code__in=planned)
    order = list(levels_of(assessment.version))
    return sorted(low.values_list("code", flat=True), key=order.index)


def codes_changed(before: DocumentVersion, after: DocumentVersion) -> tuple[set[str], set[str]]:
    """Return the exigences whose words changed, and those that are gone."""
    old, new = (
        dict(ClauseVersion.objects.filter(version=version).values_list("code", "content_hash"))
        for version in (before, after)
    )
    return {code for code in old if code in new and old[code] != new[code]}, set(old) - set(new)


@dataclass(frozen=True)
class Proof:
    """An evidence with its file. `is_over`: its validity has ended. `is_last`: no newer one took its place."""

    row: Evidence
    attachment: Attachment | None
    title: str
    is_over: bool
    is_last: bool


@dataclass
class AssessmentLine:
    """One exigence of an assessment, with all that is said of it."""

    exigence: Exigence
    is_imperative: bool
    mark: Mark | None = None
    before: str = ""
    step: PlanStep | None = None
    proofs: list[Proof] = field(default_factory=list)

    @property
    def needs_step(self) -> bool:
        return bool(self.is_imperative and self.mark and self.mark.value in UNDER_FOUR and not self.step)

    @property
    def is_low(self) -> bool:
        """A self-mark below 3 on an imperative exigence: a warning, which decides nothing."""
        low = (MarkValue.NOT_AT_ALL, MarkValue.RATHER_NOT)
        return bool(self.is_imperative and self.mark and self.mark.value in low)


@dataclass(frozen=True)
class AssessmentPart:
    """A chapter of an assessment."""

    chapter: Chapter
    lines: list[AssessmentLine]

    @property
    def done(self) -> int:
        return sum(line.mark is not None and not line.mark.is_to_confirm for line in self.lines)

    @property
    def words(self) -> str:
        return f"{self.done} sur {len(self.lines)}"


def parts_of(assessment: Assessment) -> list[AssessmentPart]:
    """Return the whole of an assessment, in eight queries whatever its size."""
    version = DocumentVersion.objects.prefetch_related(IN_ORDER).get(pk=assessment.version_id)
    levels = {clause.code: clause.content["level"] for clause in version.ordered_clauses}
    marks = {row.code: row for row in assessment.marks.all()}
    steps = {row.code: row for row in assessment.steps.all()}
    before, proofs = marks_before(assessment), _proofs(assessment)
    return [
        AssessmentPart(
            chapter,
            [
                AssessmentLine(
                    item,
                    levels[item.code] == Level.IMPERATIVE,
                    marks.get(item.code),
                    before.get(item.code, ""),
                    steps.get(item.code),
                    proofs.get(item.code, []),
                )
                for item in chapter.exigences
            ],
        )
        for chapter in chapters_of(version)
    ]


def marks_before(assessment: Assessment) -> dict[str, str]:
    """Return the marks that the same structure sent in its previous campaign, by code, in words."""
    earlier = Assessment.objects.filter(
        partner=assessment.partner_id, submitted_at__isnull=False, campaign__year__lt=assessment.campaign.year
    )
    last = earlier.order_by("-campaign__year").values("pk")[:1]
    rows = Mark.objects.filter(assessment__in=last)
    return {row.code: row.get_value_display() for row in rows}


def _proofs(assessment: Assessment) -> dict[str, list[Proof]]:
    rows, today = list(assessment.evidences.all()), timezone.localdate()
    attached = Attachment.objects.filter(object_kind="evidence", object_id__in=[row.pk for row in rows]).kept()
    files = {row.object_id: row for row in attached}
    replaced = {row.replaces_id for row in rows}
    proofs: dict[str, list[Proof]] = defaultdict(list)
    for row in rows:
        file = files.get(row.pk)
        is_over = bool(row.valid_until and row.valid_until < today)
        proofs[row.code].append(Proof(row, file, title_of(file) if file else "", is_over, row.pk not in replaced))
    return proofs


@dataclass(frozen=True)
class Progress:
    """Where a structure stands in a campaign, for the coordination."""

    partner: Partner
    assessment: Assessment | None
    marked: int
    low: int
    overdue: int


def progress_of(campaign: Campaign) -> list[Progress]:
    """List the structures under convention in a campaign, by name: it is no league table."""
    today = timezone.localdate()
    structures = list(Partner.objects.structures().with_convention_on(today).order_by("code_name"))
    low = Q(marks__level=Level.IMPERATIVE, marks__value__in=(MarkValue.NOT_AT_ALL, MarkValue.RATHER_NOT))
    late = Q(steps__due_on__lt=today, steps__done_on=None)
    rows = Assessment.objects.filter(campaign=campaign).annotate(
        marked=Count("marks", distinct=True),
        low=Count("marks", filter=low, distinct=True),
        overdue=Count("steps", filter=late, distinct=True),
    )
    by_partner = {row.partner_id: row for row in rows}
    return [
        Progress(partner, row, getattr(row, "marked", 0), getattr(row, "low", 0), getattr(row, "overdue", 0))
        for partner in structures
        for row in [by_partner.get(partner.pk)]
    ]
