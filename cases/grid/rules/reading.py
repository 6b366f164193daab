"""What the answers to a grid say, in words. Nothing that could be quoted as a score ever leaves this module."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.enums import GridReading, SignAnswer, SignWeight
from cases.grid.rules.content import GridContent, Sign, Wording

NOTED = (SignAnswer.SEEN, SignAnswer.TOLD)
"""What somebody told counts as what was seen: whoever fills the grid in is often not who was there."""
MOST_FORMS = 3


@dataclass(frozen=True)
class Read:
    """The words of a grid: its reading, the forms that stand out, the signs noted with their answer, by theme."""

    reading: GridReading
    words: Wording
    forms: list[str]
    noted: dict[str, list[tuple[str, str]]]


def grid_read(content: GridContent, answers: Mapping[str, str]) -> Read:
    noted = [sign for sign in content.signs if answers.get(sign.code) in NOTED]
    reading = _reading(content, noted)
    by_theme: dict[str, list[tuple[str, str]]] = {}
    for sign in noted:
        by_theme.setdefault(sign.theme, []).append((sign.label, str(SignAnswer(answers[sign.code]).label)))
    return Read(reading=reading, words=content.words[reading], forms=_forms(content, noted), noted=by_theme)


def _reading(content: GridContent, noted: list[Sign]) -> GridReading:
    limits = content.thresholds
    of = {weight: [sign for sign in noted if sign.weight == weight] for weight in SignWeight}
    if not noted:
        return GridReading.NONE
    if len(of[SignWeight.STRONG]) >= limits.strong_for_strong:
        return GridReading.STRONG
    # A strong sign that does not reach its own threshold still counts as a medium one.
    counted = [*of[SignWeight.STRONG], *of[SignWeight.MEDIUM]]
    faint = of[SignWeight.FAINT]
    extra = len(faint) // limits.faint_for_medium if limits.faint_for_medium else 0
    themes = {sign.theme for sign in [*counted, *(faint if extra else [])]}
    if len(counted) + extra >= limits.medium_for_suspicion and len(themes) >= limits.themes_for_suspicion:
        return GridReading.SUSPICION
    return GridReading.WATCH


def _forms(content: GridContent, noted: list[Sign]) -> list[str]:
    """Forms to which a strong sign, or two signs, point; the most pointed to first. One faint sign names nothing."""
    pull = {SignWeight.STRONG: 4, SignWeight.MEDIUM: 2, SignWeight.FAINT: 1}
    pulls = {code: [pull[sign.weight] for sign in noted if code in sign.forms] for code in content.forms}
    told = [code for code, found in pulls.items() if len(found) > 1 or 4 in found]
    told.sort(key=lambda code: -sum(pulls[code]))
    return [content.forms[code] for code in told[:MOST_FORMS]]
