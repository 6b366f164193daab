"""What the coordination writes on an anonymous sheet may not tell who the minor is, nor where."""

import re
import unicodedata

from cases.files.models import Case, CaseIdentity
from cms.wall.reveals.services import sealed_row_open

PHONE = re.compile(r"(?:\+?\d[\s.()-]?){8,}")
ADDRESS = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|bd|allée|impasse|chemin|route|quai|place|square|cours)\b"
    r"|\b\d{5}\s+[^\W\d_]{2,}|\S+@\S+\.\w",
    re.IGNORECASE,
)
LEAST_LETTERS = 3


def refusal_of_note(case: Case, text: str) -> str:
    """Return why a text may not stand on the sheet of this minor, in a sentence; empty when it may."""
    if PHONE.search(text):
        return "Retirez le numéro de téléphone : la structure appelle la coordination."
    if ADDRESS.search(text):
        return "Retirez l’adresse : la fiche ne dit ni où se trouve ce mineur, ni d’où il vient."
    if text and _names(case, text):
        return "Retirez le nom, le prénom ou le surnom de ce mineur : la fiche est anonyme."
    return ""


def _names(case: Case, text: str) -> bool:
    """Return whether the text names the minor. The seal is opened for this check alone; nothing of it is shown."""
    with sealed_row_open("case", case.pk):
        identity = CaseIdentity.objects.filter(case=case).first()
    if identity is None:
        return False
    names = [identity.last_name, identity.first_name, *(str(alias) for alias in identity.aliases or ())]
    words = {word for name in names for word in _words(name) if len(word) >= LEAST_LETTERS}
    return bool(words & _words(text))


def _words(text: str) -> set[str]:
    """Return the words of a text, without accents nor capitals."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", bare))
