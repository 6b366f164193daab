"""What an inspection page is made of: facts, tables, and the actions that the state of the row allows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any


@dataclass(frozen=True)
class Facts:
    """Pairs of label and value. An empty value is shown as « non renseigné »."""

    title: str
    rows: Sequence[tuple[str, Any]]
    is_aside: bool = False
    """It stands beside the file: who may see it, how long it is kept."""
    tab: str = ""
    """The tab of the file under which it stands; the first one when nothing is said."""


@dataclass(frozen=True)
class Cell:
    """A value of a table with the page that it opens."""

    text: Any
    url: str = ""

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class Badge:
    """A state: its word, and a tone (neutral, info, success, warning, danger) that says no more than the word."""

    text: str
    tone: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Action:
    """A button: a link to a page that asks and confirms, never a change by itself."""

    label: str
    url: str
    is_main: bool = False


@dataclass(frozen=True)
class Listing:
    """A table; each row ends with the actions on it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    empty: str
    actions: Sequence[Sequence[Action]] = field(default=())
    is_aside: bool = False
    """It stands beside the file; each row is then one line, what it begins with first."""
    tab: str = ""
    """The tab of the file under which it stands; the first one when nothing is said."""

    @property
    def has_actions(self) -> bool:
        return any(self.actions)

    def lines(self) -> list[tuple[list[tuple[str, Any]], Sequence[Action]]]:
        """Each value with its heading, which it carries itself on a phone."""
        actions = self.actions or [()] * len(self.rows)
        rows = [list(zip_longest(self.headings, row, fillvalue="")) for row in self.rows]
        return list(zip(rows, actions, strict=True))
