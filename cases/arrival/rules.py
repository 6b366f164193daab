"""Whether a text reveals where a structure is: checked on whatever the coordination sends for a journey. Whether it is
night, when nobody can sign, and until when what was not signed is due.
"""

import datetime as dt
import re
import unicodedata
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from cms.partners.models import Partner, PartnerIdentity
from cms.wall.reveals.services import sealed_row_open

LEAST_LETTERS = 4
POSTCODE = re.compile(r"^\d{5}\s+")


@dataclass(frozen=True)
class Delays:
    """What is set about an arrival by waiver: hours of the night in Paris, the hour by which what a night left out is
    due on the day after it, and the hours given by day.
    """

    night_from: int
    night_to: int
    morrow_hour: int
    day_hours: int


def is_night(at: dt.datetime, delays: Delays) -> bool:
    hour = at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    if delays.night_from <= delays.night_to:
        return delays.night_from <= hour < delays.night_to
    return hour >= delays.night_from or hour < delays.night_to


def due_after_waiver(waived_at: dt.datetime, delays: Delays) -> dt.datetime:
    """Return when what was waived is due: the day after the night, at its hour, else so many hours later."""
    if not is_night(waived_at, delays):
        return waived_at + dt.timedelta(hours=delays.day_hours)
    local = waived_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = local.date() + dt.timedelta(days=local.hour >= delays.night_from and delays.night_from > delays.night_to)
    return dt.datetime.combine(day, dt.time(delays.morrow_hour), local.tzinfo)


def tells_where(partner_id: uuid.UUID, *texts: str) -> bool:
    """Return whether one of the texts names the structure: address line, town, real name or code name.

    The sealed row is read for this check alone; nothing of it is shown.
    """
    with sealed_row_open("partner", partner_id):
        identity = PartnerIdentity.objects.filter(pk=partner_id).first()
    words = [Partner.objects.values_list("code_name", flat=True).get(pk=partner_id)]
    if identity:
        lines = [*identity.address.splitlines(), *identity.mail_address.splitlines()]
        words += [identity.real_name, *lines, *(POSTCODE.sub("", line.strip()) for line in lines)]
    wanted = {_plain(word) for word in words}
    plain = [_plain(text) for text in texts]
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
        for word in wanted
        if len(word) >= LEAST_LETTERS
        for text in plain
    )


def _plain(text: str) -> str:
    """Return a text without accents, case or punctuation: « 12, rue des Lilas » is « 12 rue des lilas »."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))
