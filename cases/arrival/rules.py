"""Whether a text reveals where a structure is: checked on whatever the coordination sends for a journey."""

import re
import unicodedata
import uuid

from cms.partners.models import Partner, PartnerIdentity
from cms.wall.reveals.services import sealed_row_open

LEAST_LETTERS = 4
POSTCODE = re.compile(r"^\d{5}\s+")


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
