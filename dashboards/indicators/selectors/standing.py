"""Structures counted on many days at once, by ranges of days: the rule of `partners.structures`, written another way.

Asking that rule of 5,000 structures on each of 36 days looks four things up 180,000 times. Here each structure gets
the days on which it counts, once; `tests/dashboards/indicators/test_standing.py` compares the two day by day.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import connection

from cms.documents.enums import DELAY_DAYS
from cms.documents.models import DocumentKind
from cms.values.settings import setting_value

# A convention holds from its signature or its first day to the day before it is denounced, or its last. A version of
# the référentiel holds until the delay of a later major one is over: no upper bound when there is none.
STATEMENT = """
WITH signed AS (
  SELECT partner_id, range_agg(daterange(greatest(starts_on, signed_on), least(ends_on + 1, denounced_on))) AS days
  FROM partners_convention
  WHERE signed_on IS NOT NULL AND starts_on IS NOT NULL
    AND greatest(starts_on, signed_on) < coalesce(least(ends_on + 1, denounced_on), 'infinity')
  GROUP BY partner_id),
of_kind AS (
  SELECT v.id, v.sequence, v.is_major, v.effective_on
  FROM documents_documentversion v JOIN documents_document d ON d.id = v.document_id AND d.kind = %s),
version AS (
  SELECT v.id, min(later.effective_on) + %s AS until
  FROM of_kind v LEFT JOIN of_kind later ON later.is_major AND later.sequence > v.sequence
  GROUP BY v.id),
held AS (
  SELECT a.partner_id, range_agg(daterange(a.day, v.until)) AS days
  FROM (SELECT partner_id, version_id, (signed_at AT TIME ZONE 'Europe/Paris')::date AS day
        FROM documents_acknowledgement) a JOIN version v ON v.id = a.version_id
  WHERE a.day < coalesce(v.until, 'infinity')
  GROUP BY a.partner_id),
suspended AS (
  SELECT partner_id, range_agg(daterange(starts_on, ends_on, '[]')) AS days
  FROM partners_suspension GROUP BY partner_id),
counted AS (
  SELECT p.territory_id, unnest(signed.days * held.days * datemultirange(daterange(p.opened_on, p.closed_on, '[]'))
    - coalesce(suspended.days, '{}')) AS days
  FROM partners_partner p JOIN signed ON signed.partner_id = p.id JOIN held ON held.partner_id = p.id
    LEFT JOIN suspended ON suspended.partner_id = p.id
  WHERE p.kind = 'structure' AND NOT p.is_test AND (p.closed_on IS NULL OR p.closed_on >= p.opened_on))
SELECT d.day, c.territory_id, count(*)
FROM unnest(%s::date[]) AS d(day) JOIN counted c ON d.day <@ c.days GROUP BY d.day, c.territory_id"""


def statement(days: Sequence[dt.date]) -> tuple[str, list]:
    """Return the SQL of the rows (day, territory, number of structures counted there), and its parameters."""
    return STATEMENT, [DocumentKind.REFERENTIEL, setting_value(DELAY_DAYS), list(days)]


def structures_by_place(days: Sequence[dt.date]) -> dict[dt.date, Counter[str]]:
    """Count the structures of each day, by the territory where they are."""
    counts: dict[dt.date, Counter[str]] = {day: Counter() for day in days}
    with connection.cursor() as cursor:
        cursor.execute(*statement(days))
        for day, place, n in cursor.fetchall():
            counts[day][place] = n
    return counts
