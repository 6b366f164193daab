"""The points of the security protocol, as they are written, or as the list and the file propose them."""

import re
from dataclasses import dataclass

from cases.arrival.models import Linking
from cases.common.settings import on_call_phone
from cases.files.protection.enums import AwayLevel
from cases.files.protection.models import KeepAway
from cms.kit.words import NBSP
from cms.values.models import Value
from cms.values.selectors import values_of

BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Point:
    """`words`: what was agreed with the structure, empty while it is to be settled. `proposed`: a first text."""

    value: Value
    words: str
    proposed: str

    @property
    def is_required(self) -> bool:
        return bool(self.value.extra.get("is_required"))


def protocol_points(linking: Linking) -> list[Point]:
    """List the points of the list, and those written before they were retired from it."""
    written = {row.item_id: str(row.words) for row in linking.checks.all()}
    offered = values_of("protocole_securite") | Value.objects.of_list("protocole_securite").filter(pk__in=written)
    facts = _facts(linking)
    return [
        Point(value, written.get(value.pk, ""), _proposed(value.extra.get("words", ()), facts))
        for value in offered.order_by("position")
    ]


def _proposed(sentences: list[str], facts: dict[str, str]) -> str:
    """Return the sentences of a point; one that asks for what the file does not know is left out."""
    known = [one for one in sentences if all(facts.get(name) for name in BLANK.findall(one))]
    return "\n".join(BLANK.sub(lambda blank: facts[blank[1]], one) for one in known)


def _facts(linking: Linking) -> dict[str, str]:
    """Return what fills the blanks of the sentences: never the name of the minor, nor where the structure is."""
    case = linking.case
    away = case.keep_aways.holding().select_related("territory", "reason").order_by("level", "territory_id")
    journey = getattr(linking, "journey", None)
    return {
        "lieux": ", ".join(_away(row) for row in away),
        "exploitation": str(case.exploitation_place or ""),
        "langues": ", ".join(str(row.language) for row in case.languages.select_related("language")),
        "astreinte": on_call_phone(),
        "gardien": str(linking.guardian or ""),
        "conduite": str(journey.driver) if journey else "",
    }


def _away(row: KeepAway) -> str:
    level = "" if row.level == AwayLevel.FORBIDDEN else f", {row.get_level_display()}"
    return f"{row.territory} et {row.radius_km}{NBSP}km autour ({row.reason}{level})"
