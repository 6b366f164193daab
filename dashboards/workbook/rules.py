"""Origin of a workbook."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Origin:
    """Who took the workbook out, from which rows. `trace` finds the same rows again, `traces` those of one indicator;
    `number` is that of the export in the journal.
    """

    author: str
    rows: dict[str, int]
    trace: str
    is_fictitious: bool
    number: str = ""
    traces: dict[str, str] = field(default_factory=dict)
