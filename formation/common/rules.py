"""Dates, and why a code is refused."""

import datetime as dt
import uuid


class CodeRefusalError(Exception):
    """Why a code or a signature is refused (`forged`, `early`, `late`…), and the half-day when it is known."""

    def __init__(self, why: str, half_day_id: uuid.UUID | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.half_day_id = half_day_id


def month_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or sooner; the 29th, 30th and 31st become the 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(years, month + 1, min(day.day, 28))
