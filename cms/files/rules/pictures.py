"""Pictures are drawn again from their pixels: the place, date and device beside them stay behind."""

import io
import re
import struct
import warnings

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from cms.files.enums import FileType
from cms.files.rules.refusals import FileRefusedError

MOST_PIXELS = 60_000_000
"""The largest sensors of telephones give 50 million; more is a bomb, or of no use here."""
JPEG_QUALITY = 90
KEPT_SEGMENTS = {0xE0, 0xEE}
"""JFIF and Adobe: how the colours are coded, and nothing else."""
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The end of a scan: inside it, a byte 255 is followed by a zero or by a restart."""
KEPT_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB"}

pillow_heif.register_heif_opener(thumbnails=False)


def picture_clean(data: bytes, format_name: str) -> tuple[FileType, bytes]:
    """Return the picture drawn again; a HEIC becomes a JPEG. Raises `FileRefusedError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["HEIF" if format_name == "HEIC" else format_name]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise FileRefusedError("bomb", _too_large())
                picture.load()
                return _drawn_again(picture, FileType.PNG if format_name == "PNG" else FileType.JPEG)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefusedError("bomb", _too_large()) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, EOFError):
        raise FileRefusedError(
            "damaged", "Cette image est abîmée et ne s’ouvre pas : prenez une autre copie."
        ) from None


def _too_large() -> str:
    return f"Cette image a trop de points ({MOST_PIXELS // 1_000_000} millions au plus) : réduisez-la."


def _drawn_again(picture: Image.Image, kind: FileType) -> tuple[FileType, bytes]:
    upright = ImageOps.exif_transpose(picture)
    if kind == FileType.JPEG:
        upright = upright.convert("RGB")
    elif upright.mode not in ("L", "LA", "RGB", "RGBA"):
        upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
    # `info` holds comments, profiles and EXIF, which `save` would write again.
    upright.info = {}
    output = io.BytesIO()
    if kind == FileType.JPEG:
        upright.save(output, "JPEG", quality=JPEG_QUALITY, optimize=True)
    else:
        upright.save(output, "PNG", optimize=False)
    return kind, output.getvalue()


def jpeg_bare(data: bytes) -> bytes:
    """Return a JPEG inside a document, same pixels, without EXIF, comments and profiles. Raises `ValueError`."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG")
    bare, at = bytearray(data[:2]), 2
    while at + 2 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise ValueError("no marker")
        if marker == 0xD9:  # a telephone adds a film, or a second picture, after the end
            return bytes(bare + data[at : at + 2])
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            following = NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in KEPT_SEGMENTS:
            bare += data[at:end]
        at = end
    return bytes(bare)


def png_bare(data: bytes) -> bytes:
    """Return a PNG the same way."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError("not a PNG")
    bare, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if name in KEPT_CHUNKS:
            bare += data[at : at + 12 + length]
        if name == b"IEND":
            return bytes(bare)
        at += 12 + length
    raise ValueError("no end")
