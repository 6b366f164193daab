"""What a document of the network is called in an address: pure."""

import re
import unicodedata

LONGEST = 30


def kind_of(title: str) -> str:
    """Return the code of a title: « Charte des bénévoles » → `charte-des-benevoles`."""
    text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:LONGEST].strip("-")
    return code if code[:1].isalpha() else f"document-{code}"[:LONGEST].strip("-")
