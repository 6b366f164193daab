"""What is kept of a file, and what is refused: no database, real files."""

import io
import zipfile

import pikepdf
import pillow_heif
import pytest
from PIL import Image

from cms.files.enums import FileType
from cms.files.rules.files import file_clean
from cms.files.rules.pictures import jpeg_bare, png_bare
from cms.files.rules.refusals import FileRefusedError
from tests.cast.files import DEVICE, TYPES, archive, pdf, photo, word

GPS = b"\x88\x25"


def refused(name: str, content: bytes) -> str:
    with pytest.raises(FileRefusedError) as caught:
        file_clean(content, name)
    assert caught.value.message_dict["file"][0].endswith((".", ")"))
    return caught.value.refusal


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.png", "PNG")])
def test_a_picture_loses_its_place_its_device_and_its_comment(name, kind):
    sent = photo(kind)
    assert DEVICE.encode() in sent
    file_type, kept = file_clean(sent, name)
    assert file_type == FileType[kind]
    assert DEVICE.encode() not in kept
    picture = Image.open(io.BytesIO(kept))
    assert dict(picture.getexif()) == {}
    assert not set(picture.info) & {"exif", "comment", "icc_profile", "xmp", "XML:com.adobe.xmp"}


def test_a_picture_stays_upright_once_its_orientation_is_forgotten():
    _, kept = file_clean(photo(size=(120, 80)), "a.jpg")
    assert Image.open(io.BytesIO(kept)).size == (80, 120)


def test_a_heic_becomes_a_jpeg_without_metadata():
    output = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = DEVICE
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "red")).save(output, exif=exif.tobytes())
    file_type, kept = file_clean(output.getvalue(), "IMG_0001.HEIC")
    assert file_type == FileType.JPEG
    assert DEVICE.encode() not in kept
    assert Image.open(io.BytesIO(kept)).size == (64, 48)


def test_a_transparent_png_stays_transparent():
    output = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(output, "PNG")
    _, kept = file_clean(output.getvalue(), "a.png")
    assert Image.open(io.BytesIO(kept)).getpixel((0, 0))[3] == 0


def test_a_picture_with_too_many_points_is_not_drawn():
    output = io.BytesIO()
    Image.new("1", (12_000, 6_000)).save(output, "PNG")
    assert len(output.getvalue()) < 100_000
    assert refused("a.png", output.getvalue()) == "bomb"


def test_a_cut_picture_is_refused():
    assert refused("a.jpg", photo()[:900]) == "damaged"


def test_what_follows_a_picture_is_left_behind():
    _, kept = file_clean(photo() + b"<script>PROGRAMME</script>", "a.jpg")
    assert b"PROGRAMME" not in kept


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", photo(), "disguised"),
        ("a.jpg", pdf(), "disguised"),
        ("a.pdf.exe", pdf(), "disguised"),
        ("a.docx", archive({"lisez.txt": "bonjour"}), "type"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "type"),
        ("a.html", b"<!doctype html><script>1</script>", "type"),
        ("a.pdf", b"<html>%PDF-1.7", "type"),
        ("a.gif", b"GIF89a" + bytes(20), "type"),
        ("a.exe", b"MZ" + bytes(200), "type"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "type"),
        ("a.txt", b"Un texte.", "type"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(200), "damaged"),
    ],
)
def test_disguised_and_unknown_files_are_refused(name, content, why):
    assert refused(name, content) == why


def test_a_pdf_loses_its_author_and_its_attached_files():
    def change(document):
        document.attachments["secret.txt"] = pikepdf.AttachedFileSpec(document, f"{DEVICE} joint".encode())
        document.pages[0].obj.PieceInfo = pikepdf.Dictionary(Havre=pikepdf.String(DEVICE))

    sent = pdf(DEVICE, change=change)
    with pikepdf.open(io.BytesIO(sent)) as document:
        assert DEVICE in str(document.docinfo["/Author"])
    file_type, kept = file_clean(sent, "a.pdf")
    assert file_type == FileType.PDF
    with pikepdf.open(io.BytesIO(kept)) as document:
        assert "/Info" not in document.trailer
        assert "/Metadata" not in document.Root
        assert len(document.attachments) == 0
        held = [each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)]
        assert not any(DEVICE.encode() in each for each in held)
        assert len(document.pages) == 1


def test_a_page_photographed_loses_its_place():
    def change(document):
        picture = pikepdf.Stream(document, photo())
        picture.stream_dict.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Filter": pikepdf.Name.DCTDecode}
        )
        document.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))

    sent = pdf(change=change)
    assert DEVICE.encode() in sent
    _, kept = file_clean(sent, "a.pdf")
    assert DEVICE.encode() not in kept
    with pikepdf.open(io.BytesIO(kept)) as document:
        bare = document.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert Image.open(io.BytesIO(bare)).size == (120, 80)
    Image.open(io.BytesIO(bare)).load()


ACTIONS = {
    "javascript": {"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String("app.alert(1)")},
    "launch": {"/S": pikepdf.Name.Launch, "/F": pikepdf.String("cmd.exe")},
    "form": {"/S": pikepdf.Name.SubmitForm, "/F": pikepdf.String("https://exemple.invalid")},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("place", ["open", "page", "link"])
def test_a_pdf_with_a_program_is_refused(action, place):
    def change(document):
        held = pikepdf.Dictionary(ACTIONS[action])
        if place == "open":
            document.Root.OpenAction = held
        elif place == "page":
            document.pages[0].obj.AA = pikepdf.Dictionary(O=held)
        else:
            link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=held)
            document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])

    assert refused("a.pdf", pdf(change=change)) == "program"


@pytest.mark.parametrize("passwords", [{"user": "secret", "owner": "secret"}, {"user": "", "owner": "secret"}])
def test_a_locked_pdf_is_refused(passwords):
    assert refused("a.pdf", pdf(encryption=pikepdf.Encryption(**passwords))) == "locked"


def test_a_word_document_loses_its_author_and_the_place_of_its_pictures():
    sent = word(docProps__core_dot_xml=f"<a>{DEVICE}</a>", word__media__image1_dot_jpeg=photo())
    file_type, kept = file_clean(sent, "a.docx")
    assert file_type == FileType.DOCX
    with zipfile.ZipFile(io.BytesIO(kept)) as document:
        held = b"".join(document.read(name) for name in document.namelist())
        assert document.read("word/document.xml") == b"<document/>"
    assert DEVICE.encode() not in held


def test_an_opendocument_keeps_its_type_first_and_uncompressed():
    sent = archive({"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": f"<a>{DEVICE}</a>"})
    file_type, kept = file_clean(sent, "a.odt")
    assert file_type == FileType.ODT
    assert kept[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    assert DEVICE.encode() not in kept


MACRO_TYPES = TYPES.replace("wordprocessingml.document.main", "wordprocessingml.document.macroEnabled.main")
REMOTE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="https://exemple.invalid/a.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (word(word__vbaProject_dot_bin=b"macro"), "program"),
        (archive({"[Content_Types].xml": MACRO_TYPES}), "program"),
        (word(word___rels__settings_dot_xml_dot_rels=REMOTE), "program"),
        (word(word__embeddings__a_dot_bin=b"MZ programme"), "program"),
        (word(word__embeddings__a_dot_zip=archive({"b": "c"})), "nested"),
        (archive({"[Content_Types].xml": TYPES, "../../etc/cron.d/a": "x"}), "path"),
        (archive({"[Content_Types].xml": TYPES, "/etc/passwd": "x"}), "path"),
        (archive({"[Content_Types].xml": TYPES, "C:\\a": "x"}), "path"),
        (word(word__zeros_dot_bin=bytes(60_000_000)), "bomb"),
        (word(word__a_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "bomb"),
        (word() + b"", "kept"),
        (word()[:-30], "damaged"),
    ],
)
def test_office_documents_are_looked_into(content, why):
    if why == "kept":
        assert file_clean(content, "a.docx")[0] == FileType.DOCX
    else:
        assert refused("a.docx", content) == why


def test_an_archive_of_many_parts_is_refused():
    assert refused("a.docx", word(**{f"word__{rank}": b"" for rank in range(2100)})) == "bomb"


def test_a_bare_picture_shows_the_same_points():
    for sent, bare in ((photo(), jpeg_bare), (photo("PNG"), png_bare)):
        kept = bare(sent)
        assert DEVICE.encode() not in kept
        assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(sent)).tobytes()
