"""The restore drill: a backup, restored whole into a database made for that, verified, and told in a report.

Nothing of the instance is touched: another database, other folders. What was erased since the backup is erased again.
"""

import datetime as dt
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cms.journal.anchors import Anchor, AnchorError, anchors_read
from cms.journal.integrity import verify_anchors
from cms.operations.backup import BackupError, backup_restore
from cms.operations.integrity import check_run, checks_all
from cms.operations.restore import after_restore

SUFFIX = "_exercice"
EMPTYING = """
DO $$ DECLARE held text; BEGIN
  FOR held IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', held);
  END LOOP;
END $$;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC
"""


@dataclass(frozen=True)
class Report:
    """What a drill found: the age of this is the age of the last backup that is known to open."""

    at: str
    backup: str
    backup_at: str | None
    restore_seconds: float
    verify_seconds: float
    last_line: int | None
    anchors_compared: int
    erased_again: list[str]
    problems: dict[str, int]

    @property
    def is_well(self) -> bool:
        return not any(self.problems.values())


def drill(backup: Path, key: Path, database: str) -> Report:
    """Restore, verify, and leave nothing behind. Raises `BackupError` and `StreamError`."""
    if not database.endswith(SUFFIX):
        raise BackupError(f"L’exercice vide sa base avant et après : son nom finit par {SUFFIX}.")
    connection.close()
    connection.settings_dict["NAME"] = database
    with tempfile.TemporaryDirectory() as folder:
        # Settings of this process alone, which does nothing else.
        settings.HAVRE_FILES, settings.MEDIA_ROOT = Path(folder) / "files", Path(folder) / "media"
        _empty()
        try:
            return _restored(backup, key, Path(folder))
        finally:
            _empty()


def _restored(backup: Path, key: Path, folder: Path) -> Report:
    began = time.monotonic()
    anchor = backup_restore(backup, key)
    restored = time.monotonic()
    kept = _kept_before(anchor, folder)
    problems = {"anchors": len(list(verify_anchors([*kept, *([anchor] if anchor else [])])))}
    erased_again = after_restore()
    problems |= {check.name: len(check_run(check)) for check in checks_all()}
    return Report(
        at=timezone.now().isoformat(timespec="seconds"),
        backup=backup.name,
        backup_at=anchor.at.isoformat(timespec="seconds") if anchor else None,
        restore_seconds=round(restored - began, 1),
        verify_seconds=round(time.monotonic() - restored, 1),
        last_line=anchor.seq if anchor else None,
        anchors_compared=len(kept),
        erased_again=erased_again,
        problems=problems,
    )


def _kept_before(anchor: Anchor | None, folder: Path) -> list[Anchor]:
    """Return the anchors of the instance that are older than the backup, and have the checks read these alone."""
    try:
        kept = [each for each in anchors_read() if anchor and each.at <= anchor.at]
    except AnchorError as error:
        raise BackupError(str(error)) from None
    path = folder / "anchors.txt"
    path.write_text("".join(f"{each}\n" for each in kept), encoding="ascii")
    settings.HAVRE_ANCHORS = str(path)
    return kept


def _empty() -> None:
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(EMPTYING)
    connection.close()


def report_write(report: Report, path: Path) -> None:
    """Write the report whole, readable by the service."""
    part = path.with_name(f"{path.name}.part")
    text = json.dumps(asdict(report) | {"well": report.is_well}, indent=1, ensure_ascii=False)
    part.write_text(f"{text}\n", encoding="utf-8")
    part.chmod(0o644)
    os.replace(part, path)


def proven_seconds() -> float | None:
    """Return the age of the last drill that went well; None without one. Raises `OSError`."""
    if not settings.HAVRE_RESTORE_REPORT:
        return None
    try:
        held = json.loads(Path(settings.HAVRE_RESTORE_REPORT).read_text(encoding="utf-8"))
        at = dt.datetime.fromisoformat(held["at"])
        return (timezone.now() - at).total_seconds() if held["well"] else None
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return None
