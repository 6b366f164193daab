"""What may be attached, and why an attachment goes."""

from django.db import models


class FileType(models.TextChoices):
    """What a file is, read in its bytes; the value is the ending of the name under which it is given back."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "photo (JPEG)"
    PNG = "png", "image (PNG)"
    DOCX = "docx", "texte (Word)"
    XLSX = "xlsx", "tableau (Excel)"
    ODT = "odt", "texte (OpenDocument)"


MIME = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
}

PORTRAIT_TYPES = (FileType.JPEG.value, FileType.PNG.value)
PORTRAIT_MEGABYTES = 8
"""A photo to be recognised by: what a telephone takes, and no more."""

ACCEPTED = "PDF, photo (JPEG, PNG ou HEIC), Word (.docx), Excel (.xlsx) ou OpenDocument (.odt)"
ENDINGS = {
    "pdf": "PDF",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "heic": "HEIC",
    "heif": "HEIC",
    "docx": "DOCX",
    "xlsx": "XLSX",
    "odt": "ODT",
}
"""Ending of a name → what the bytes must be. The name is compared, then forgotten."""


class RemovalReason(models.TextChoices):
    MISTAKE = "mistake", "Déposée par erreur ou sur le mauvais dossier"
    REPLACED = "replaced", "Remplacée par une autre pièce"
    USELESS = "useless", "N’a plus lieu d’être gardée"
    REQUEST = "request", "Demande de la personne concernée"
