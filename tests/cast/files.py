"""Files that people send, made on the spot, and the attachments of the cast."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from cases.models import Case, Incident, Sollicitation
from cms.files.services import attachment_add
from cms.partners.models import Convention
from cms.users.models import User
from cms.wall import scope
from tests.cast.references import reference_of

PLACE = (48.0, 51.0, 30.24)
DEVICE = "Zq-Telephone-Xv"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (120, 80), words: str = DEVICE) -> bytes:
    """A picture as a telephone takes it: place, device and comment inside."""
    picture = Image.effect_noise(size, 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = words
    exif[0x0112] = 6  # taken with the telephone upright
    exif.get_ifd(0x8825).update({1: "N", 2: tuple(IFDRational(each) for each in PLACE), 3: "E", 4: (2.0, 17.0, 40.0)})
    output = io.BytesIO()
    options = {"comment": words.encode()} if kind == "JPEG" else {}
    picture.save(output, kind, exif=exif, **options)
    return output.getvalue()


def pdf(words: str = "", *, change=None, encryption=None) -> bytes:
    """A page of PDF; `words` stands in its metadata, `change` is called with it before it is saved."""
    document = pikepdf.new()
    document.add_blank_page()
    if words:
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [words]
        document.docinfo["/Author"] = words
    if change:
        change(document)
    output = io.BytesIO()
    document.save(output, encryption=encryption) if encryption else document.save(output)
    return output.getvalue()


def archive(parts: dict[str, bytes | str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return output.getvalue()


def word(**more: bytes | str) -> bytes:
    """A Word document; `more` gives parts, `__` standing for `/` and `_dot_` for a point."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": "<document/>", **named})


ATTACHMENTS = {
    "piece_case_a": ("coordination", Case, "M-{year}-0001", "case"),
    "piece_sollicitation_a": ("gendarme", Sollicitation, "S-{year}-0001", "sollicitation"),
    "piece_sollicitation_b": ("ase", Sollicitation, "S-{year}-0002", "sollicitation"),
    "piece_incident_a": ("director-a", Incident, "I-{year}-0001", "incident"),
    "piece_incident_a_confidential": ("educator-a", Incident, "IC-{year}-0001", "incident"),
    "piece_incident_b": ("director-b", Incident, "I-{year}-0002", "incident"),
    "piece_convention_a": ("coordination", Convention, "CV-Les Tilleuls", "convention"),
}
"""Name of an attachment → who added it, to what."""


def attachments() -> None:
    """Write after `situations()`."""
    users = {user.email.split("@")[0]: user for user in User.objects.all()}
    with scope.acting(users["coordination"]):
        year = Sollicitation.objects.earliest("received_at").reference.split("-")[1]
    for name, (who, model, reference, kind) in ATTACHMENTS.items():
        with scope.acting(users[who]):
            row = model.objects.get(reference=reference_of(reference.format(year=year)))
            attachment_add(
                kind=kind, object_id=row.pk, file=upload("a.pdf", pdf()), title=f"MARQUEUR-{name}", by=users[who]
            )
