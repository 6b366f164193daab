"""Logs of production: one JSON object a line, made of a closed list of fields.

A message of a library may quote a row, an address or a path that names a file. What is written is therefore never the
message, but what cannot hold a person: a constant, a code, a place in the sources. Our own lines (`havre.…`) are
constants with fields.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

OURS = "havre"
FIELDS = ("request_id", "route", "method", "status", "ms", "unit", "task", "job_id", "action", "seconds", "count")
"""What a line of ours may say besides its event, given by `extra={"havre": {…}}`."""
CONSTANT = re.compile(r"[\w .,:;()/%=-]{1,120}")
CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,120}")
FRAMES = 12


def logger(name: str) -> logging.Logger:
    """Return one of our loggers, whose messages are constants."""
    return logging.getLogger(f"{OURS}.{name}")


class JsonFormatter(logging.Formatter):
    """Write `time`, `level`, `logger`, `event`, and the fields that are there."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            "process": record.process,
            **_fields(record),
        }
        if record.exc_info and record.exc_info[1]:
            line |= _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """Return the sentence of one of our lines; of any other, its constant part, or where it was written from."""
    is_ours = record.name.partition(".")[0] == OURS
    # Without arguments, a library may have put them in the sentence already.
    if (is_ours or record.args) and CONSTANT.fullmatch(str(record.msg)):
        return str(record.msg)
    return f"{record.module}:{record.lineno}"


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields of a line of ours, or of the queue, which names its tasks. What is no code is left out."""
    given: dict[str, Any] = dict(getattr(record, "havre", {}))
    job = getattr(record, "job", None)
    if isinstance(job, dict):
        given |= {"task": job.get("task_name"), "job_id": job.get("id")}
    if action := getattr(record, "action", None):
        given["action"] = action
    return {name: given[name] for name in FIELDS if name in given and CODE.fullmatch(str(given[name]))}


def _error(error: BaseException) -> dict[str, Any]:
    """Return the type of an error and where it rose: never its text, which may quote what was typed."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    said = {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "where": [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}" for frame in frames],
    }
    cause = error.__cause__ or error.__context__
    if cause is not None:
        said["cause"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    sqlstate = getattr(error, "sqlstate", None) or getattr(cause, "sqlstate", None)
    return said | ({"sqlstate": sqlstate} if sqlstate else {})
