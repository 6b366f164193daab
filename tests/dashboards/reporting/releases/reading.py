"""What a reader of the published data alone takes from it: numbers by days and class, and what definitions say."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

PERSONS, STATES, OPEN = {"I2", "I3", "I6"}, {"I4"}, {"I5", "I7"}
MEASURE = {"I4": "I4.structures", "I6": "I6.trained"}
TOTAL, UNKNOWN = "Total", ""
CROSSED = {
    "region_form": ("by_region", "by_form"),
    "region_outcome": ("by_origin_region", "by_outcome"),
    "form_outcome": ("by_form", "by_outcome"),
    "form_age": ("by_form", "by_age"),
}
SLIDES = {("I2", "by_outcome")}
"""Cuts whose class depends on the whole period: nothing of it nests, but that nobody leaves « accepted »."""
KEPT = {
    *("by_sex", "by_form", "by_origin_region", "by_origin_zone", "by_form_wide"),
    *("by_nationality", "by_nationality_wide", "by_unaccompanied"),
}
ISLANDS = ("01", "02", "03", "04", "06", "COM", "outre-mer")
LAW = ("POLICE", "GENDARMERIE", "JUSTICE")


def coarse_of(cut: str, key: str) -> str:
    """The class of a coarser cut in which a finer one stands; `*` joins two that the finer one tells together."""
    if not key:
        return UNKNOWN
    table = {
        "by_zone": "drom" if key in ISLANDS[:5] else "com" if key == "COM" else "metro",
        "by_host_zone": "*" if key == "outre-mer" else "metro",
        "by_region_wide": "outre-mer" if key in ISLANDS else "metro",
        "by_origin_zone": "outre-mer" if key in ISLANDS else "metro",
        "by_age_wide": {"T17": "last", "T16": "middle", "T15": "middle"}.get(key.split(":")[-1], "first"),
        "by_form_wide": "sex" if key == "forme:SEX" else "other",
        "by_nationality_wide": {"FR": "fr", "INCONNUE": "not"}.get(key.split(":")[-1], "other"),
        "by_family_wide": "protection" if key in ("ASE", "PJJ") else "law" if key in LAW else "other",
        "by_urgency_wide": "now" if key[-2:] in ("U0", "U1") else "later",
        "by_partner": "true" if key == "type_employeur:STRUCTURE" else "false",
    }
    return table[cut]


FINER = {
    "by_zone": "by_region",
    "by_host_zone": "by_host_region",
    "by_region_wide": "by_region",
    "by_origin_zone": "by_origin_region",
    "by_age_wide": "by_age",
    "by_form_wide": "by_form",
    "by_nationality_wide": "by_nationality",
    "by_family_wide": "by_family",
    "by_urgency_wide": "by_urgency",
    "by_partner": "by_employer",
}
Class = tuple[tuple[str, str], ...]
Span = tuple[dt.date, dt.date]
"""First day, and the day after the last one."""
DAY = dt.timedelta(days=1)


@dataclass
class Sheet:
    """What one release tells of one measure: numbers, None when they are hidden, by span and class."""

    span: Span
    cells: dict[tuple[Span, Class], int | None] = field(default_factory=dict)
    cuts: dict[tuple[str, ...], None] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)


def sheet_of(content: dict[str, Any], code: str) -> Sheet | None:
    item = next(item for item in content["indicators"] if item["code"] == code)
    if [code, MEASURE.get(code, code)] in content["withheld"]:
        return None
    first, last = (dt.date.fromisoformat(content[name]) for name in ("first", "last"))
    sheet = Sheet((first, last + DAY))
    figures = {figure["code"]: figure for figure in item["figures"]}
    sheet.cells[(sheet.span, ())] = figures[MEASURE.get(code, code)]["value"]
    words: dict[str, dict[str, str]] = {}
    for table in item["tables"]:
        if "keys" not in table or table.get("is_cross"):
            continue
        words[table["code"]] = {row[0]: key for row, key in zip(table["rows"], table["keys"], strict=True)}
        for row, key in zip(table["rows"], table["keys"], strict=True):
            place = _when(table["code"], key, sheet.span)
            sheet.cells[(place or sheet.span, () if place else ((table["code"], key),))] = row[1]
        if not table["code"].startswith(("by_month", "by_quarter")):
            sheet.cuts[(table["code"],)] = None
    for table in item["tables"]:
        if table.get("is_cross") and table["code"] in CROSSED:
            _read_cross(sheet, table, CROSSED[table["code"]], words)
    if "I1.off_hours" in figures and figures["I1.off_hours"]["value"] is not None:
        sheet.shares["off"] = figures["I1.off_hours"]["value"]
    return sheet


def missing_of(content: dict[str, Any]) -> Sheet | None:
    item = next(item for item in content["indicators"] if item["code"] == "I2")
    table = next((one for one in item["tables"] if one["code"] in ("missing", "missing_total")), None)
    first, last = (dt.date.fromisoformat(content[name]) for name in ("first", "last"))
    sheet = Sheet((first, last + DAY))
    if table is None:
        return None
    if table["code"] == "missing_total":
        sheet.cells[(sheet.span, ())] = table["rows"][0][-1]
    else:
        _read_cross(sheet, table, ("région", "forme"), {})
    return sheet


def apart_of(content: dict[str, Any], code: str) -> Sheet | None:
    first, last = (dt.date.fromisoformat(content[name]) for name in ("first", "last"))
    for item in content["indicators"]:
        for figure in item["figures"]:
            if figure["code"] == code and [item["code"], code] not in content["withheld"]:
                return Sheet((first, last + DAY), {((first, last + DAY), ()): figure["value"]})
    return None


def _when(cut: str, key: str, span: Span) -> Span | None:
    if cut not in ("by_month", "by_quarter"):
        return None
    start = dt.date.fromisoformat(key)
    months = start.year * 12 + start.month - 1 + (1 if cut == "by_month" else 3)
    return max(start, span[0]), min(dt.date(months // 12, months % 12 + 1, 1), span[1])


def _read_cross(sheet: Sheet, table: dict[str, Any], cuts: tuple[str, str], words: dict[str, dict[str, str]]) -> None:
    *body, totals = table["rows"]
    columns = table["headers"][1:-1]

    def key(cut: str, word: str) -> str:
        return words.get(cut, {}).get(word, word)

    for row in body:
        down = key(cuts[0], row[0])
        for column, value in zip(columns, row[1:-1], strict=True):
            what = tuple(sorted(((cuts[0], down), (cuts[1], key(cuts[1], column)))))
            sheet.cells[(sheet.span, what)] = value
        sheet.cells[(sheet.span, ((cuts[0], down),))] = row[-1]
    for column, value in zip(columns, totals[1:-1], strict=True):
        sheet.cells[(sheet.span, ((cuts[1], key(cuts[1], column)),))] = value
    sheet.cells[(sheet.span, ())] = totals[-1]
    sheet.cuts |= dict.fromkeys([(cuts[0],), (cuts[1],), tuple(sorted(cuts))])
