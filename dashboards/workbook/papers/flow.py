"""Where lists and charts stand on the sheet of an indicator: two columns, filled as a newspaper fills its own."""

from dataclasses import dataclass

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Side:
    """A column of the sheet: names of rows take `span` cells from `label`, then come two cells of numbers."""

    label: int
    span: int

    @property
    def number(self) -> int:
        return self.label + self.span

    def names_merge(self, sheet: Worksheet, row: int) -> None:
        """Make one cell of those that hold a name."""
        if self.span > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=self.label, end_column=self.number - 1)


LEFT, RIGHT = Side(1, 1), Side(5, 4)
LIST_COLUMNS = 3
"""Columns of a list; a table that has no more of them is one."""
LAST_COLUMN = RIGHT.number + 1


@dataclass
class Flow:
    """What is free under what was placed. A block is never cut by the end of a page, unless it is taller than one."""

    page: int
    """Rows of a page."""
    end: int
    """Last row of the first page, which holds taller ones."""
    free: dict[Side, int]
    """First free row of each column."""

    @classmethod
    def under(cls, row: int, page: int, taller: int) -> "Flow":
        """Return what is free from `row` on, whose page already holds so many lines more than rows."""
        return cls(page, page - taller, {LEFT: row, RIGHT: row})

    @property
    def bottom(self) -> int:
        return max(self.free.values())

    def left(self, row: int) -> int:
        """Return how many rows a page still has from `row` on."""
        return self.end + 1 - row if row <= self.end else self.page - (row - self.end - 1) % self.page

    def place(self, height: int) -> tuple[Side, int]:
        """Return the column and the first row of a block of so many rows: where it stands highest, left first."""
        side, row = min(((side, self._start(row, height)) for side, row in self.free.items()), key=lambda at: at[1])
        self.free[side] = row + height + 1
        return side, row

    def _start(self, row: int, height: int) -> int:
        left = self.left(row)
        return row + left if left < height <= self.page else row

    def cut(self, sheet: Worksheet) -> None:
        """End the pages of what was placed."""
        for last in range(self.end, self.bottom - 1, self.page):
            page_end(sheet, last)


def page_end(sheet: Worksheet, row: int) -> None:
    sheet.row_breaks.append(Break(id=row))
