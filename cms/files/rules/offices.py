"""Word, Excel and OpenDocument files are zip archives: each part is checked, then the archive is written again."""

import io
import posixpath
import re
import struct
import zipfile
import zlib

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from cms.files.enums import FileType
from cms.files.rules.pictures import jpeg_bare, png_bare
from cms.files.rules.refusals import FileRefusedError

MOST_PARTS = 2000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 200
"""Texts shrink twenty or thirty times; a bomb, a thousand."""
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": FileType.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": FileType.XLSX,
}
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/|activex/|basic/|scripts/)", re.IGNORECASE)
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\xd0\xcf\x11\xe0")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE = re.compile(rb"<\x00!\x00|\x00<\x00!")
REMOTE_TYPES = ("attachedtemplate", "oleobject", "frame", "externallinkpath", "subdocument")
EMPTIED = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
    b"</office:document-meta>",
}
"""Parts that say who wrote, when, and on which machine."""


def office_clean(data: bytes) -> tuple[FileType, bytes]:
    """Return what the archive is, and the archive written again. Raises `FileRefusedError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_list(archive.infolist(), len(data))
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        kind = _kind(parts)
        for name, content in parts.items():
            _check_part(name, content)
        return kind, _written_again(parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, struct.error, UnicodeError):
        raise _damaged() from None
    except (DefusedXmlException, ElementTree.ParseError, ValueError):
        raise _damaged() from None


def _damaged() -> FileRefusedError:
    return FileRefusedError(
        "damaged", "Ce document est abîmé et ne s’ouvre pas : enregistrez-le en PDF, puis déposez le PDF."
    )


def _check_list(infos: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or total > MOST_BYTES or total > MOST_RATIO * size:
        raise FileRefusedError("bomb", "Ce fichier est compressé de façon anormale : il n’a pas été ouvert.")
    names = [info.filename for info in infos]
    if any(_escapes(name) for name in names) or len(set(names)) != len(names):
        raise FileRefusedError("path", "Ce fichier contient un chemin vers d’autres dossiers : il n’a pas été ouvert.")
    for info in infos:
        if info.flag_bits & 0x1:
            raise FileRefusedError("locked", "Ce document est protégé par un mot de passe : enregistrez-le sans.")
        if info.external_attr >> 28 == 0xA:
            raise FileRefusedError(
                "path", "Ce fichier contient un lien vers d’autres dossiers : il n’a pas été ouvert."
            )


def _escapes(name: str) -> bool:
    normal = posixpath.normpath(name)
    return "\\" in name or ":" in name or "\0" in name or normal.startswith(("/", ".."))


def _kind(parts: dict[str, bytes]) -> FileType:
    if parts.get("mimetype", b"").strip() == OPEN_DOCUMENT:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise FileRefusedError("locked", "Ce document est protégé par un mot de passe : enregistrez-le sans.")
        return FileType.ODT
    if "[Content_Types].xml" in parts:
        listed = [each.get("ContentType", "") for each in ElementTree.fromstring(parts["[Content_Types].xml"])]
        if any("macroenabled" in each.lower() for each in listed):
            raise _macros()
        kinds = [MAIN_PARTS[each] for each in listed if each in MAIN_PARTS]
        if len(kinds) == 1:
            return kinds[0]
    raise FileRefusedError("type", "Une archive (zip) n’est pas acceptée : déposez chaque document à part.")


def _macros() -> FileRefusedError:
    return FileRefusedError("program", "Ce document contient des macros : enregistrez-le sans macros, ou en PDF.")


def _check_part(name: str, content: bytes) -> None:
    if MACROS.search(name):
        raise _macros()
    if name.lower().endswith((".xml", ".rels")):
        if DECLARED.search(content) or WIDE.search(content):
            raise FileRefusedError("bomb", "Ce document est construit de façon anormale : enregistrez-le en PDF.")
        if name.lower().endswith(".rels"):
            _check_links(content)
    elif content.startswith(ARCHIVES):
        raise FileRefusedError(
            "nested", "Ce document en contient un autre : enregistrez-le en PDF, puis déposez le PDF."
        )
    elif content.startswith(PROGRAMS):
        raise FileRefusedError(
            "program", "Ce document contient un programme : enregistrez-le en PDF, puis déposez le PDF."
        )


def _check_links(content: bytes) -> None:
    for link in ElementTree.fromstring(content):
        kind = link.get("Type", "").rsplit("/", 1)[-1].lower()
        if link.get("TargetMode", "").lower() == "external" and kind in REMOTE_TYPES:
            raise FileRefusedError(
                "program", "Ce document va chercher un autre fichier ailleurs : enregistrez-le en PDF."
            )


def _written_again(parts: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # An OpenDocument names itself in its first part, which is not compressed.
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), _bare(name, content), compress_type=method)
    return output.getvalue()


def _bare(name: str, content: bytes) -> bytes:
    if name in EMPTIED:
        return EMPTIED[name]
    if content.startswith(b"\xff\xd8"):
        return jpeg_bare(content)
    return png_bare(content) if content.startswith(b"\x89PNG") else content
