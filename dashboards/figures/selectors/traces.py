"""What an export counted, found again by its code."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cms.users.models import User
from dashboards.figures.models import Trace
from dashboards.figures.selectors.report import counted_ids
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.periods import Period
from dashboards.policies import figures_check

SHAPE = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
UNKNOWN_CODE = "Aucun export ne porte ce code : reprenez-le au bas d’une feuille du classeur."


@dataclass(frozen=True)
class TraceComparison:
    """One indicator of an export beside what it counts today: rows that left it, rows that came."""

    trace: Trace
    label: str
    gone: int
    come: int

    @property
    def count(self) -> int:
        return len(self.trace.keys)

    @property
    def redefined(self) -> str:
        """Both versions of the definition, when the rules changed since."""
        now = DEFINITIONS[self.trace.indicator].version
        return f"{self.trace.definition} alors, {now} aujourd’hui" if now != self.trace.definition else ""


def trace_find(text: str) -> Trace:
    """Return the trace of a code. Raises `ValidationError` for what is no code, or a code that no export bears."""
    code = re.sub(r"[\s.–—]", "", text.upper()).replace("-", "")
    code = "-".join(code[place : place + 4] for place in range(0, len(code), 4))
    if not SHAPE.fullmatch(code):
        raise ValidationError(
            "Un code de trace a seize chiffres ou lettres de A à F, par exemple 3F2A-9C1B-07DE-55A4."
        )
    if (trace := Trace.objects.filter(code=code).first()) is None:
        raise ValidationError(UNKNOWN_CODE)
    return trace


def traces_compare(user: User, trace: Trace) -> list[TraceComparison]:
    """Compare each sheet of the export with the same figure counted now. Raises `PermissionDenied`."""
    figures_check(user)
    codes = trace.parts or [trace.code]
    traces = {row.indicator: row for row in Trace.objects.filter(code__in=codes)}
    now = counted_ids(user, Period(trace.first, trace.last))
    return [
        TraceComparison(
            row,
            DEFINITIONS[code].label,
            gone=len(set(row.keys) - set(now[code])),
            come=len(set(now[code]) - set(row.keys)),
        )
        for code, row in sorted(traces.items())
    ]
