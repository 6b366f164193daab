"""PDF are written again by qpdf: no program, no attached file, no author, no trace of a telephone."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import pikepdf

from cms.files.rules.pictures import jpeg_bare
from cms.files.rules.refusals import FileRefusedError

MOST_PAGES = 500
MOST_OBJECTS = 100_000
DEEPEST = 50
PROGRAMS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/Rendition", "/GoToE"}
ALIVE = {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}
LEFT_BEHIND = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/AA", "/OpenAction")
PROGRAM = (
    "Ce PDF contient un programme ou un formulaire animé : ouvrez-le, choisissez « Imprimer », puis « Enregistrer en "
    "PDF », et déposez la copie."
)

UNUSUAL = "Une image de ce PDF ne se lit pas : ouvrez-le, choisissez « Imprimer », puis « Enregistrer en PDF »."


def pdf_clean(data: bytes) -> bytes:
    """Return the PDF without metadata, attached files nor actions. Raises `FileRefusedError`."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=True, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            if len(pdf.pages) > MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
                raise FileRefusedError("bomb", f"Ce PDF est trop long : {MOST_PAGES} pages au plus.")
            _refuse_programs(pdf)
            _strip(pdf)
            output = io.BytesIO()
            pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return output.getvalue()
    except pikepdf.PasswordError:
        raise _locked() from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError):
        raise FileRefusedError("damaged", "Ce PDF est abîmé et ne s’ouvre pas : déposez une autre copie.") from None


def _locked() -> FileRefusedError:
    return FileRefusedError(
        "locked", "Ce PDF est protégé par un mot de passe ou une restriction : enregistrez-le sans, puis déposez-le."
    )


def _refuse_programs(pdf: pikepdf.Pdf) -> None:
    for held in _dictionaries(pdf):
        if "/JS" in held or "/XFA" in held or str(held.get("/S", "")) in PROGRAMS:
            raise FileRefusedError("program", PROGRAM)
        if str(held.get("/Subtype", "")) in ALIVE:
            raise FileRefusedError("program", PROGRAM)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those of streams and those written inside others included."""
    yield from _inside(pdf.Root, 0)
    for held in pdf.objects:
        yield from _inside(held, 0)


def _inside(held: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise FileRefusedError("bomb", "Ce PDF est construit de façon anormale : enregistrez-le à nouveau en PDF.")
    if isinstance(held, pikepdf.Array):
        children = list(held)
    elif isinstance(held, pikepdf.Stream | pikepdf.Dictionary):
        dictionary = held.stream_dict if isinstance(held, pikepdf.Stream) else held
        yield dictionary
        children = [child for _, child in dictionary.items()]
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _inside(child, depth + 1)


def _strip(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    names = pdf.Root.get("/Names")
    if names is not None and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array(
                [each for each in page.obj.Annots if str(each.get("/Subtype", "")) != "/FileAttachment"]
            )
    for held in list(_dictionaries(pdf)):
        for name in LEFT_BEHIND:
            if name in held:
                del held[name]
    for held in pdf.objects:
        if isinstance(held, pikepdf.Stream):
            _strip_picture(held)


def _strip_picture(held: pikepdf.Stream) -> None:
    """Clean a picture of a page: a scan by telephone keeps its JPEG as it was, location included."""
    filters = held.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names[-1:] != ["/DCTDecode"]:
        return
    if len(names) > 1:
        raise FileRefusedError("damaged", UNUSUAL)
    try:
        bare = jpeg_bare(held.read_raw_bytes())
    except (ValueError, struct.error):
        raise FileRefusedError("damaged", UNUSUAL) from None
    held.write(bare, filter=pikepdf.Name.DCTDecode)
