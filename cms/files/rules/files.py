"""What a file is, by its bytes; then the copy of it that is kept."""

import filetype

from cms.files.enums import ACCEPTED, ENDINGS, FileType
from cms.files.rules.offices import office_clean
from cms.files.rules.pdfs import pdf_clean
from cms.files.rules.pictures import picture_clean
from cms.files.rules.refusals import FileRefusedError

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIC", "image/heif": "HEIC"}
NOT_ACCEPTED = f"Ce type de fichier n’est pas accepté. Déposez un fichier {ACCEPTED}."


def file_clean(data: bytes, name: str) -> tuple[FileType, bytes]:
    """Type of the file and the copy to keep. `name` tells only what the sender believes. Raises `FileRefusedError`."""
    expected = ENDINGS.get(name.rpartition(".")[2].lower(), "")
    guessed = filetype.guess(data[:8192])
    mime = guessed.mime if guessed else ""
    if mime in PICTURES:
        _same(expected, PICTURES[mime])
        return picture_clean(data, PICTURES[mime])
    if mime == "application/pdf":
        _same(expected, "PDF")
        return FileType.PDF, pdf_clean(data)
    if data.startswith(b"PK\x03\x04"):
        kind, cleaned = office_clean(data)
        _same(expected, kind.name)
        return kind, cleaned
    raise FileRefusedError("type", NOT_ACCEPTED)


def portrait_only(data: bytes) -> None:
    """Raise `FileRefusedError` for anything but a JPEG or a PNG."""
    guessed = filetype.guess(data[:8192])
    if guessed is None or PICTURES.get(guessed.mime) not in ("JPEG", "PNG"):
        raise FileRefusedError("type", "Déposez une photo en JPEG ou en PNG.")


def _same(expected: str, actual: str) -> None:
    if expected != actual:
        raise FileRefusedError(
            "disguised", "Ce fichier n’est pas ce que son nom annonce : ouvrez-le et enregistrez-le à nouveau."
        )
