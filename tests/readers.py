"""Other readers of our workbooks than the one that writes them."""

import shutil
import subprocess
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.missing import tool_missing
from tools import clock

SECONDS = 180
"""A first start of LibreOffice writes its profile."""


def opened_by_libreoffice(content: bytes, folder: Path) -> dict[str, list[list]]:
    """Rows of each sheet once LibreOffice has opened the file, worked it out again and saved it in its own format."""
    soffice = shutil.which("soffice")
    if soffice is None:
        tool_missing("LibreOffice introuvable : installez le paquet libreoffice-calc-nogui")
    source = folder / "classeur.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "ods", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env=clock.real_time())
    book = CalamineWorkbook.from_path(folder / "classeur.ods")
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def cells_of(rows: list[list]) -> dict[tuple[int, int], object]:
    """What each filled cell holds; a number keeps twelve digits, beyond which two programs may differ."""
    return {
        (down, across): float(f"{value:.12g}") if isinstance(value, int | float) else value
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
        if value not in ("", None)
    }
