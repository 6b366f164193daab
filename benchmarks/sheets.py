"""Rows taken out: our writer beside the fastest library, Wagtail's own and a CSV file, on the same rows.

python -m benchmarks.sheets [rows] — each in a process of its own, for its peak of memory. rustpy-xlsxwriter is
measured when it is installed (`pip install rustpy-xlsxwriter`); the product does not need it.
"""

import csv
import datetime as dt
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

ROUNDS = 3
DAY, MOMENT = dt.date(2026, 3, 4), dt.datetime(2026, 3, 4, 23, 27, tzinfo=dt.UTC)
HEADINGS = [f"Colonne {number}" for number in range(1, 21)]
WORDS = (
    "Étoile & Cie",
    "forme:SEX",
    "Brigade <territoriale>",
    "Nord",
    "M-2026-0147",
    "",
    "U1",
    "en cours",
    "=1+1",
    "–",
    "oui",
)


def rows(count: int) -> Iterator[tuple]:
    """Return rows of twenty columns: numbers, words with accents and signs to escape, days, a moment, an empty one."""
    for number in range(count):
        yield (number, number % 18, 59, *WORDS, DAY, DAY, DAY, MOMENT, 0.25, None)


class Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)


def ours(count: int) -> None:
    from cms.kit.xlsx.sheets import cell_of, day_cell, moment_cell, number_cell, sheets_write, text_cell

    renders = [number_cell] * 3 + [text_cell] * 11 + [day_cell] * 3 + [moment_cell, number_cell, cell_of]
    sheets_write(Nowhere(), HEADINGS, rows(count), title="Lignes", renders=renders)


def ours_looking(count: int) -> None:
    from cms.kit.xlsx.sheets import sheets_write

    sheets_write(Nowhere(), HEADINGS, rows(count), title="Lignes")


def as_csv(count: int) -> None:
    with tempfile.TemporaryFile("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count))


def rustpy(count: int) -> None:
    import rustpy_xlsxwriter

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        records = (dict(zip(HEADINGS, row, strict=True)) for row in rows(count))
        rustpy_xlsxwriter.write_worksheet(records, file.name, sheet_name="Lignes")


def wagtail(count: int) -> None:
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    mixin = SpreadsheetExportMixin()
    mixin.list_export = HEADINGS
    mixin.export_headings = dict(zip(HEADINGS, HEADINGS, strict=True))
    mixin.to_row_dict = lambda row: dict(zip(HEADINGS, row, strict=True))
    mixin.write_xlsx(rows(count), io.BytesIO())


WRITERS: dict[str, Callable[[int], None]] = {
    "CSV": as_csv,
    "Havre": ours,
    "Havre, types cherchés": ours_looking,
    "rustpy-xlsxwriter": rustpy,
    "Wagtail": wagtail,
}


def measure(name: str, count: int) -> None:
    """Print seconds, then megabytes above the loaded interpreter; run in a process of its own."""
    WRITERS[name](10)
    Path("/proc/self/clear_refs").write_text("5")  # forgets the peak of loading
    before = _peak()
    started = time.perf_counter()
    WRITERS[name](count)
    seconds = time.perf_counter() - started
    print(seconds, (_peak() - before) / 1024)


def _peak() -> int:
    """Return the highest memory held since the peak was last reset, in kilobytes."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def run(name: str, count: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.sheets", str(count), name]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(memory)


def main(count: int) -> None:
    names = [name for name in WRITERS if name != "rustpy-xlsxwriter" or _has_rustpy()]
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:  # in turn, so that what slows the machine slows each of them
            measured[name].append(run(name, count))
    floor = statistics.median(seconds for seconds, _ in measured["CSV"])
    print(f"{count} lignes de 20 colonnes, médiane de {ROUNDS} passages")
    for name, measures in measured.items():
        seconds = statistics.median(item[0] for item in measures)
        memory = statistics.median(item[1] for item in measures)
        print(f"  {name:24} {seconds:7.2f} s   {seconds / floor:5.2f} × CSV   +{memory:.0f} Mo")


def _has_rustpy() -> bool:
    try:
        import rustpy_xlsxwriter  # noqa: F401
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    if len(sys.argv) > 2:
        measure(sys.argv[2], count)
    else:
        main(count)
