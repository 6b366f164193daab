"""Reading visits: one exigence per line with the marks of each side, deadlines, proofs that expire."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import Http404

from cms.documents.models import DocumentVersion
from cms.documents.versions.selectors import IN_ORDER
from cms.journal.services import refusal_queue
from cms.partners.models import Partner
from cms.values.settings import setting_value
from referentiel.assessments.models import Assessment, Evidence, Mark
from referentiel.assessments.selectors import levels_of
from referentiel.common.rules import Module, modules_of
from referentiel.common.selectors import PROOF_FIRST_DAYS, VISIT_MONTHS
from referentiel.enums import LOW, Level, MarkValue, VisitState
from referentiel.reading.rules import Chapter, Exigence, chapters_of
from referentiel.visits.models import ConfirmedMark, Observation, Visit, VisitMark
from referentiel.visits.rules import OPEN, TO_DECIDE, TO_OBSERVE


def visit_get(pk: uuid.UUID) -> Visit:
    """Return a visit of the current scope. Raise `Http404`, and journal the refusal, for any other."""
    rows = Visit.objects.select_related("partner", "version__document", "assessment__campaign", "opened_by")
    row = rows.filter(pk=pk).first()
    if row is None:
        refusal_queue("visit", pk, "referentiel.visit.read")
        raise Http404
    return row


def own_marks(visit: Visit) -> dict[str, str]:
    """Return the marks that the structure gave itself in the assessment that a visit looks at, by code."""
    rows = Mark.objects.filter(assessment=visit.assessment_id) if visit.assessment_id else Mark.objects.none()
    return dict(rows.values_list("code", "value"))


def codes_open(visit: Visit) -> list[str]:
    """List the exigences looked at and not confirmed yet, in the order of the version."""
    held = ConfirmedMark.objects.filter(visit=visit).values("code")
    codes = set(VisitMark.objects.filter(visit=visit).exclude(code__in=held).values_list("code", flat=True))
    return [code for code in levels_of(visit.version) if code in codes]


def codes_agreed(visit: Visit) -> list[VisitMark]:
    """List the marks that the structure accepts: an agreement, or, in an answer, silence on what is standard.

    An imperative exigence below 3 is never among them: it is decided alone.
    """
    agreements = dict(visit.observations.values_list("code", "is_agreed"))
    return [
        mark
        for mark in visit.marks.filter(code__in=codes_open(visit))
        if not (mark.level == Level.IMPERATIVE and mark.value in LOW)
        and agreements.get(mark.code, mark.level == Level.STANDARD and visit.answered_at is not None)
    ]


@dataclass
class VisitLine:
    """One exigence of a visit, with what each side says of it."""

    visit: Visit
    exigence: Exigence
    is_imperative: bool
    own: str = ""
    mark: VisitMark | None = None
    observation: Observation | None = None
    confirmed: ConfirmedMark | None = None
    modules: list[Module] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Looked at, and not decided yet."""
        return self.mark is not None and self.confirmed is None

    @property
    def to_observe(self) -> bool:
        return self.is_open and self.visit.state in TO_OBSERVE

    @property
    def to_decide(self) -> bool:
        return self.is_open and self.visit.state in TO_DECIDE

    @property
    def own_label(self) -> str:
        return MarkValue(self.own).label if self.own else ""

    @property
    def is_low(self) -> bool:
        """Below 3, as confirmed, or as proposed while nothing is."""
        held = self.confirmed or self.mark
        return held is not None and held.value in LOW

    @property
    def badge(self) -> tuple[str, str]:
        """What the line says of itself, and its tone."""
        if self.confirmed:
            stops = self.is_imperative and self.confirmed.value in LOW
            return "Confirmée", "danger" if stops else "success"
        if self.visit.state == VisitState.UNANSWERED:
            return "Reste ouverte : votre silence ne vaut pas accord", "warning"
        if self.observation:
            return ("D’accord", "success") if self.observation.is_agreed else ("Pas d’accord", "warning")
        return (
            ("Votre réponse est attendue", "warning") if self.is_imperative else ("Sans réponse : acceptée", "neutral")
        )


@dataclass(frozen=True)
class VisitPart:
    chapter: Chapter
    lines: list[VisitLine]

    @property
    def seen(self) -> list[VisitLine]:
        return [line for line in self.lines if line.mark]

    @property
    def to_observe(self) -> list[VisitLine]:
        return [line for line in self.lines if line.to_observe]


def visit_parts(visit: Visit) -> list[VisitPart]:
    """Return the whole of a visit, in a number of queries that its size does not change."""
    version = DocumentVersion.objects.prefetch_related(IN_ORDER).get(pk=visit.version_id)
    levels = {clause.code: clause.content["level"] for clause in version.ordered_clauses}
    own = own_marks(visit)
    marks = {row.code: row for row in visit.marks.all()}
    observations = {row.code: row for row in visit.observations.all()}
    held = {row.code: row for row in visit.confirmed.all()}
    parts = [
        VisitPart(
            chapter,
            [
                VisitLine(
                    visit, item, levels[item.code] == Level.IMPERATIVE, own.get(item.code, ""), marks.get(item.code),
                    observations.get(item.code), held.get(item.code),
                )
                for item in chapter.exigences
            ],
        )
        for chapter in chapters_of(version)
    ]  # fmt: skip
    low = [line for part in parts for line in part.lines if line.is_low]
    known = modules_of([code for line in low for code in line.exigence.module_codes])
    for line in low:
        line.modules = [known[code] for code in line.exigence.module_codes if code in known]
    return parts


def visits_sent(partners: list[Partner]) -> QuerySet[Visit]:
    """List the visits that these structures may read, latest first."""
    rows = Visit.objects.filter(partner__in=partners, sent_at__isnull=False)
    return rows.select_related("partner").order_by("-sent_at")


def visits_to_answer(partners: Sequence[uuid.UUID]) -> QuerySet[Visit]:
    """List the visits that wait for the observations of these structures, even late while something is open."""
    held = ConfirmedMark.objects.filter(visit=OuterRef("visit"), code=OuterRef("code"))
    undecided = VisitMark.objects.filter(visit=OuterRef("pk")).exclude(Exists(held))
    rows = Visit.objects.filter(Exists(undecided), partner__in=partners, state__in=TO_OBSERVE)
    return rows.select_related("partner").order_by("answer_by")


def visits_open() -> QuerySet[Visit]:
    """List the visits under way, those whose delay ends first before the others."""
    held = ConfirmedMark.objects.filter(visit=OuterRef("visit"), code=OuterRef("code"))
    rows = Visit.objects.filter(state__in=OPEN).select_related("partner", "opened_by")
    undecided = VisitMark.objects.filter(visit=OuterRef("pk"), level=Level.IMPERATIVE).exclude(Exists(held))
    annotations = {"is_imperative_open": Exists(undecided)}
    return rows.annotate(**annotations).order_by("answer_by", "opened_at")


def deadline_of(visit: Visit) -> dt.date | None:
    """Return the deadline that runs now: that of the structure, then that of the coordination."""
    if visit.state == VisitState.SENT:
        return visit.answer_by
    return visit.reply_by if visit.state in TO_DECIDE else None


def structures_to_visit(day: dt.date) -> list[tuple[Partner, dt.date | None]]:
    """List the structures under convention never visited, or not since the setting, with their last visit."""
    before = months_before(day, setting_value(VISIT_MONTHS))
    rows = Partner.objects.structures().with_convention_on(day)
    under_way = Visit.objects.filter(partner=OuterRef("pk"), state__in=OPEN)
    last = Visit.objects.filter(state=VisitState.CLOSED).values("partner").annotate(on=Max("visited_on"))
    days = dict(last.order_by().values_list("partner", "on"))
    rows = rows.exclude(Exists(under_way)).order_by("code_name")
    due = [partner for partner in rows if days.get(partner.pk) is None or days[partner.pk] < before]
    return [(partner, days.get(partner.pk)) for partner in due]


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day some months sooner; the 29th, 30th and 31st become the 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, 28))


def proofs_expiring(day: dt.date) -> QuerySet[Evidence]:
    """List the proofs, in the last self-assessment of each structure, that expire soon or did, not replaced."""
    return proofs_until(day + dt.timedelta(days=setting_value(PROOF_FIRST_DAYS)))


def proofs_until(limit: dt.date) -> QuerySet[Evidence]:
    """List the proofs not replaced that are valid no longer after this day."""
    newer = Assessment.objects.filter(
        partner=OuterRef("assessment__partner"), campaign__year__gt=OuterRef("assessment__campaign__year")
    )
    rows = Evidence.objects.filter(valid_until__lte=limit, replaced_by=None).exclude(Exists(newer))
    return rows.select_related("assessment__partner", "assessment__campaign").order_by("valid_until", "code")


def stop_words(marks: Sequence[tuple[str, str]]) -> str:
    """Write « exigence impérative E1.3 notée 2 »."""
    marked = [f"{code} notée {value}" for code, value in marks]
    if len(marked) == 1:
        return f"exigence impérative {marked[0]}"
    return f"exigences impératives {', '.join(marked[:-1])} et {marked[-1]}"
