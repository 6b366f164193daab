"""The head of a file: who it is about, its state, what is late, the next act and the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify

from cms.kit.blocks import Action, Badge, Facts, Listing


@dataclass(frozen=True)
class HeadClock:
    """What is left, until when and for what: « 3 h 12 », « pour trouver un lieu, avant 1 h 43 ». `used` counts
    twentieths of the delay; `tone` (soon, late) only repeats the words.
    """

    left: str
    aim: str
    tone: str = ""
    used: int = 0


@dataclass(frozen=True)
class FileHead:
    """Who before what: « Fille, 15 ans », then the reference, states, and where. Declared by the file's view."""

    who: str
    reference: str = ""
    pills: Sequence[Badge] = field(default=())
    where: str = ""
    acts: str = ""
    """Who must act."""
    clock: HeadClock | None = None


@dataclass(frozen=True)
class FileTab:
    """A part of a file that can be reached from its head. `count` is that of its rows, 0 when it has none to count."""

    anchor: str
    block: Facts | Listing
    count: int = 0


@dataclass(frozen=True)
class FileSection:
    """A tab: several parts of a file, of which one at a time is on the screen. All of them stand in the page."""

    anchor: str
    title: str
    tabs: tuple[FileTab, ...]

    @property
    def count(self) -> int:
        """How many rows wait behind it; of the first one, which is open, nothing is counted."""
        return sum(tab.count for tab in self.tabs)


FIRST = "Faits"
"""The tab that is open, with every block that names none."""


def sections_of(tabs: Iterable[FileTab], *, first: str = FIRST) -> list[FileSection]:
    """Group the parts under their tabs, in the order in which each first comes; none when all stand under one."""
    grouped: dict[str, list[FileTab]] = {first: []}
    for tab in tabs:
        grouped.setdefault(tab.block.tab or first, []).append(tab)
    kept = {title: parts for title, parts in grouped.items() if parts}
    if len(kept) < 2:
        return []
    return [FileSection(f"onglet-{slugify(title)}", title, tuple(parts)) for title, parts in kept.items()]


def actions_split(actions: Iterable[Action]) -> tuple[Action | None, list[Action]]:
    """Return the one act that is the next step, and the others, in their order."""
    actions = list(actions)
    main = next((action for action in actions if action.is_main), None)
    if main is None and len(actions) == 1:
        return actions[0], []
    return main, [action for action in actions if action is not main]


def blocks_aside(blocks: Iterable[Facts | Listing]) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Return what stands beside the file: title, lines (what it begins with, the rest), and what to say of none."""
    parts: list[tuple[str, list[tuple[str, str]], str]] = []
    for block in blocks:
        if not block.is_aside:
            continue
        if isinstance(block, Listing):
            lines = [(str(first), ", ".join(str(value) for value in rest if value)) for first, *rest in block.rows]
            parts.append((block.title, lines, block.empty))
        elif block.rows:
            parts.append((block.title, [(label, str(value)) for label, value in block.rows if value], ""))
    return parts


def blocks_known(blocks: Iterable[Facts | Listing]) -> tuple[list[FileTab], list[str]]:
    """Return the parts with what is known, and the labels of what is not: an empty part is not drawn."""
    tabs: list[FileTab] = []
    missing: list[str] = []
    for number, block in enumerate(blocks, start=1):
        if block.is_aside:
            continue
        anchor = f"partie-{number}"
        if isinstance(block, Listing):
            tabs.append(FileTab(anchor, block, len(block.rows)))
            continue
        missing += [label for label, value in block.rows if is_unknown(value)]
        if known := [(label, value) for label, value in block.rows if not is_unknown(value)]:
            tabs.append(FileTab(anchor, Facts(block.title, known, tab=block.tab)))
    return tabs, missing


def is_unknown(value: object) -> bool:
    """Tell whether nothing was written: « non » and zero are answers."""
    return value is None or value == ""
