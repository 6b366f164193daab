"""Drawings that stand beside a number: the course of the months, the way to a target, a bar of a list.

None says anything that is not written beside it: they are left out of what is read aloud.
"""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

LATE = 0.03
"""A figure is late when more than this share of its target is missing at the pace of the period."""


def spark(values: Sequence[int]) -> SafeString:
    """Draw the course of whole months; nothing for fewer than two."""
    if len(values) < 2 or not any(values):
        return SafeString("")
    step, scale = 60 / (len(values) - 1), 23 / max(values)
    spots = [f"{3 + place * step:.1f} {28 - value * scale:.1f}" for place, value in enumerate(values)]
    course = "L".join(spots)
    end = spots[-1].split()
    return _drawn(
        "fig-spark",
        "0 0 66 30",
        f'<path class="fig-under" d="M3 28L{course}L63 28z"/><path class="fig-line" d="M{course}"/>'
        f'<circle class="fig-end-dot" cx="{end[0]}" cy="{end[1]}" r="2.4"/>',
    )


def progress_bar(reached: float, expected: float) -> SafeString:
    """Draw how much of a target is reached, a tick where the pace of the period is, and what is missing to it."""
    value, pace = min(reached, 1.0) * 100, min(expected, 1.0) * 100
    gap = f'<rect class="fig-miss" x="{value:.1f}" y="2" width="{pace - value:.1f}" height="4"/>'
    return _drawn(
        "fig-bullet",
        "0 0 100 8",
        '<rect class="fig-track" y="2" width="100" height="4"/>'
        f'<rect class="fig-bar" y="2" width="{value:.1f}" height="4"/>{gap if is_late(reached, expected) else ""}'
        f'<rect class="fig-pace" x="{min(pace, 98.8):.1f}" width="1.2" height="8"/>',
        is_stretched=True,
    )


def is_late(reached: float, expected: float) -> bool:
    return reached < min(expected, 1.0) - LATE


def list_bar(value: int, most: int) -> SafeString:
    """Draw the bar of one row of a list: there are many on a page, each says no more than it must."""
    wide = 100 * value / most if most else 0
    return mark_safe(  # noqa: S308 (numbers alone)
        f'<svg class="fig-hbar" aria-hidden="true"><rect width="{wide:.3g}%" height="100%"/></svg>'
    )


def _drawn(css: str, view_box: str, body: str, *, is_stretched: bool = False) -> SafeString:
    stretched = ' preserveAspectRatio="none"' if is_stretched else ""
    return mark_safe(  # noqa: S308 (numbers alone)
        f'<svg class="{css}" viewBox="{view_box}"{stretched} aria-hidden="true">{body}</svg>'
    )
