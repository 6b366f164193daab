"""Days as screens of visits write them."""

import datetime as dt


def day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def due(value: dt.date | None, today: dt.date) -> str:
    return f"{day(value)}, en retard" if value and value < today else day(value)
