"""Each body is where its row says, byte for byte, and opens with the key of its row."""

from collections.abc import Iterator

from django.conf import settings

from cms.files.models import Attachment
from cms.vault import store
from cms.vault.sealing import SealError
from cms.vault.stream import StreamError


def check() -> list[str]:
    """One sentence for each body that is missing, changed or closed, without any title."""
    return [problem for problem in _problems() if problem]


def summary() -> str:
    count = Attachment.objects.with_body().count()
    scanned = "antivirus configuré" if settings.HAVRE_CLAMD else "sans antivirus (HAVRE_CLAMD est vide)"
    return f"{count} pièce(s), {scanned}"


def _problems() -> Iterator[str]:
    rows = Attachment.objects.with_body().order_by("pk")
    for pk, name, digest in rows.values_list("pk", "stored_name", "digest").iterator():
        try:
            if store.body_digest(name) != digest:
                yield f"pièce {pk} : le fichier a été modifié"
                continue
            for _ in store.body_pieces(name, Attachment.objects.values_list("body_key", flat=True).get(pk=pk)):
                pass
        except OSError:
            yield f"pièce {pk} : le fichier manque"
        except StreamError as error:
            yield f"pièce {pk} : {error}"
        except SealError as error:
            yield f"pièce {pk} : {error.reason}"
