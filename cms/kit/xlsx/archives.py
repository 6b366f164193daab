"""What must be true of a workbook that somebody hands in before any part of it is opened."""

import io
import zipfile

from django.core.exceptions import ValidationError

UNREADABLE = (zipfile.BadZipFile, OSError, ValueError)
"""What reading a file that is no archive, or a damaged one, may raise."""


def archive_check(data: bytes, *, most: int) -> None:
    """Raise `ValidationError` for an archive whose parts hold more than `most` bytes once opened; one of `UNREADABLE`
    for what is no archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > most:
            raise ValidationError("Ce fichier est compressé de façon anormale : il n’a pas été ouvert.")
