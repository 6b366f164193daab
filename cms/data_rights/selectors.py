"""Reading the register and what data protection checks. Row security filters, the database counts."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from cases.files.selectors import cases_named
from cases.models import Case
from cms.data_rights.models import AccessReview, NightCheck, RightsRequest
from cms.data_rights.register.rules import months_after
from cms.journal.models import JournalHold, JournalLine, JournalMonth
from cms.journal.services import journal_read, refusal_queue
from cms.users.models import User
from cms.values.settings import setting_value
from cms.wall.models import Alert, Reveal

PARIS = ZoneInfo("Europe/Paris")
HABIT_MONTHS = 6
TIMES = 2
"""Twice one's own median is unusual."""
FILES = ("case", "sollicitation", "orientation", "proposal", "placement", "incident")
SHOWN = 100


def request_get(*, pk: uuid.UUID) -> RightsRequest:
    """Return a request of the register and journal the reading; 404 and a refusal when the actor may not see it."""
    row = RightsRequest.objects.select_related("detail", "registered_by").filter(pk=pk).first()
    if row is None:
        refusal_queue("rights_request", pk, "rights.request.refused")
        raise Http404
    journal_read("rights_request", pk)
    return row


def requests_waiting() -> QuerySet[RightsRequest]:
    """Those to answer, the latest first."""
    return RightsRequest.objects.open().order_by("due_on", "reference")


def alerts_waiting() -> QuerySet[Alert]:
    return Alert.objects.filter(receipt=None).select_related("raised_by").order_by("raised_at")


def months_waiting() -> QuerySet[JournalMonth]:
    return JournalMonth.objects.waiting().order_by("month")


def holds_placed() -> QuerySet[JournalHold]:
    return JournalHold.objects.filter(lifted_at=None)


def night_last() -> NightCheck | None:
    return NightCheck.objects.order_by("-at").first()


def reviews_of(month: dt.date) -> list[AccessReview]:
    return list(AccessReview.objects.filter(month=month).select_related("signed_by"))


def searches_left() -> int:
    """Name searches that the actor may still make in this hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_searches_recent()")
        return max(0, setting_value("rights.name_searches") - cursor.fetchone()[0])


def cases_by_name(*, text: str) -> list[Case] | None:
    """Situations of the minors of exactly this name, told to the journal; None once the hour's searches are spent."""
    return cases_named(text=text) if searches_left() else None


@dataclass(frozen=True)
class Activity:
    """What one person did in a month. `median`: files opened in an ordinary month, None for who had opened none."""

    person: str
    readings: int
    files: int
    median: float | None
    night: int
    strange: int
    reveals: int
    refused: int
    exports: int

    def is_unusual(self, least: int) -> bool:
        return self.files >= least and (self.median is None or self.files >= TIMES * self.median)


@dataclass(frozen=True)
class Review:
    """The accesses of a month: totals, people, bris de glace in their words, exports."""

    month: dt.date
    people: list[Activity]
    least: int
    glass: list[tuple[Reveal, str]] = field(default_factory=list)
    exports: list[tuple[JournalLine, str]] = field(default_factory=list)

    def unusual(self) -> list[Activity]:
        return [one for one in self.people if one.is_unusual(self.least)]

    def figures(self) -> dict[str, int]:
        names = ("readings", "files", "night", "strange", "reveals", "refused", "exports")
        totals = {name: sum(getattr(one, name) for one in self.people) for name in names}
        return totals | {"break_glass": len(self.glass), "unusual": len(self.unusual()), "people": len(self.people)}


def bounds_of(month: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """First instants of a month and of the next one, in Paris."""
    first = month.replace(day=1)
    starts = [dt.datetime.combine(day, dt.time(), PARIS) for day in (first, months_after(first, 1))]
    return starts[0], starts[1]


ACTIVITY = """
WITH lines AS (
  SELECT l.actor_id, l.object_kind, l.object_id, l.action, l.outcome, l.at,
         l.at >= %(start)s AS is_now, l.at AT TIME ZONE 'Europe/Paris' AS local,
         l.outcome = 'read' AND l.object_id IS NOT NULL AND l.object_kind = ANY(%(files)s)
           AND l.action = l.object_kind || '.read' AS is_file
  FROM journal_line l
  WHERE l.at >= %(before)s AND l.at < %(end)s AND l.actor_id IS NOT NULL
), habit AS (
  SELECT actor_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY files) AS median FROM (
    SELECT actor_id, date_trunc('month', local) AS month, count(DISTINCT object_id) AS files
    FROM lines WHERE is_file AND NOT is_now GROUP BY 1, 2) monthly
  GROUP BY 1
), opened AS (
  SELECT DISTINCT actor_id, object_kind, object_id FROM lines WHERE is_now AND is_file
), strange AS (
  SELECT o.actor_id, count(*) AS files FROM opened o WHERE NOT EXISTS (
    SELECT FROM journal_line w WHERE w.object_id = o.object_id AND w.object_kind = o.object_kind
      AND w.actor_id = o.actor_id AND w.outcome = 'done' AND w.at < %(end)s)
  GROUP BY 1
), month AS (
  SELECT actor_id,
         count(*) FILTER (WHERE is_file) AS readings,
         count(DISTINCT object_id) FILTER (WHERE is_file) AS files,
         count(*) FILTER (WHERE is_file AND (extract(hour FROM local) >= 22 OR extract(hour FROM local) < 6)) AS night,
         count(*) FILTER (WHERE action LIKE 'access.reveal.%%' AND outcome = 'done') AS reveals,
         count(*) FILTER (WHERE outcome = 'refused') AS refused,
         count(*) FILTER (WHERE action LIKE '%%.export' AND outcome <> 'refused' AND object_kind <> 'rights_request')
           AS exports
  FROM lines WHERE is_now GROUP BY 1
)
SELECT m.actor_id, trim(u.first_name || ' ' || u.last_name), m.readings, m.files, h.median, m.night,
       coalesce(s.files, 0), m.reveals, m.refused, m.exports
FROM month m LEFT JOIN habit h USING (actor_id) LEFT JOIN strange s USING (actor_id)
  LEFT JOIN users_user u ON u.id = m.actor_id
WHERE m.readings + m.reveals + m.refused + m.exports > 0
ORDER BY m.files DESC, m.readings DESC, m.actor_id
"""


def review_of(month: dt.date) -> Review:
    """Return the accesses of a month, in as many queries whatever its length."""
    start, end = bounds_of(month)
    before = bounds_of(months_after(month.replace(day=1), -HABIT_MONTHS))[0]
    with connection.cursor() as cursor:
        cursor.execute(ACTIVITY, {"start": start, "end": end, "before": before, "files": list(FILES)})
        rows = cursor.fetchall()
    exported = JournalLine.objects.filter(at__gte=start, at__lt=end, action__endswith=".export")
    lines = list(exported.exclude(Q(outcome="refused") | Q(object_kind="rights_request")).order_by("-at")[:SHOWN])
    # Whoever exported is among the people of the month; a task has a name of its own.
    names = {actor: name or "compte supprimé" for actor, name, *_ in rows}
    return Review(
        month=month.replace(day=1),
        people=[Activity(names[actor], *figures) for actor, _, *figures in rows],
        least=setting_value("rights.unusual_files"),
        glass=_glass(start, end),
        exports=[(line, names.get(line.actor_id, line.actor_system)) for line in lines],
    )


def _glass(start: dt.datetime, end: dt.datetime) -> list[tuple[Reveal, str]]:
    broken = Reveal.objects.filter(is_break_glass=True, starts_at__gte=start, starts_at__lt=end)
    raised = Alert.objects.filter(object_id=OuterRef("object_id")).values("reference")[:1]
    reveals = broken.select_related("user").annotate(said=Subquery(raised)).order_by("-starts_at")[:SHOWN]
    return [(reveal, reveal.said or "") for reveal in reveals]


def names_of(ids: set[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in={pk for pk in ids if pk})}
