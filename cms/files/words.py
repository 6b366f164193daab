"""How attachments are said on the screens."""

from cms.files.models import Attachment


def size_words(size: int) -> str:
    """« 240 Ko », « 1,2 Mo »."""
    kilobytes = size / 1024
    if kilobytes < 1000:
        return f"{max(1, round(kilobytes))} Ko"
    return f"{kilobytes / 1024:.1f} Mo".replace(".", ",")


def title_of(attachment: Attachment) -> str:
    return attachment.title or "Sans intitulé"
