"""What a cell of a workbook may hold, whatever writes it."""

import re

MOST_SIGNS = 32_767
"""Of one cell, as Excel counts them: an emoji takes two."""
MOST_ROWS = 1_048_576
"""Of one sheet, headings included."""
CUT = " […] (texte coupé : une cellule n’en contient pas plus)"
# XML 1.0 has no place for these characters, which come with what is pasted from other software.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_fit(text: str) -> str:
    """Return the text as one cell holds it: without control characters, visibly cut where Excel would refuse it."""
    text = CONTROL.sub("", text)
    if len(text) * 2 <= MOST_SIGNS or _signs(text) <= MOST_SIGNS:
        return text
    room = MOST_SIGNS - _signs(CUT)
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + CUT


def _signs(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
