"""Images and files of the site: described, cleaned before they are kept, managed by those who write the site."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission, ReferenceIndex

from cms.files.models import Attachment
from cms.files.rules.refusals import FileRefusedError
from cms.home.models import TextPage
from cms.home.services import media_permissions_load
from cms.journal.models import JournalLine
from cms.users.roles import MEDIA_ROLES

ADD_IMAGE, ADD_FILE = reverse("wagtailimages:add"), reverse("wagtaildocs:add")
GPS, MODEL = 0x8825, 0x0110

# Wagtail leaves the spooled file of a rendition to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    media_permissions_load()
    return tmp_path


def photo(name="photo-de-MARQUEUR-NOM.jpg", size=(60, 40)):
    """A photo that says where and with what it was taken."""
    exif, output = Picture.Exif(), io.BytesIO()
    exif[MODEL] = "MARQUEUR-APPAREIL"
    exif.get_ifd(GPS)[1] = "N"
    Picture.new("RGB", size, "teal").save(output, "JPEG", exif=exif, comment=b"MARQUEUR-COMMENTAIRE")
    assert b"MARQUEUR-APPAREIL" in output.getvalue()
    return SimpleUploadedFile(name, output.getvalue(), "image/jpeg")


def letter():
    output = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = "MARQUEUR-AUTEUR"
    pdf.save(output)
    return SimpleUploadedFile("lettre-de-MARQUEUR-NOM.pdf", output.getvalue(), "application/pdf")


def given(**changed):
    return {"title": "Un phare", "description": "Un phare la nuit", "file": photo(), "nothing_shown": "on"} | changed


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() + path.name.encode() for path in folder.rglob("*") if path.is_file())


def test_an_image_is_cleaned_before_it_is_kept(client_of, folder):
    assert client_of("editor").post(ADD_IMAGE, given()).status_code == 302
    image = get_image_model().objects.get()
    assert (image.description, image.width) == ("Un phare la nuit", 60)
    assert b"MARQUEUR" not in everything(folder)
    with Picture.open(image.file.path) as kept:
        assert not dict(kept.getexif())
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "changed", [{"description": ""}, {"nothing_shown": ""}, {"file": ""}, {"title": ""}]
)  # fmt: skip
def test_what_is_not_said_is_asked(client_of, folder, changed):
    answer = client_of("editor").post(ADD_IMAGE, given(**changed))
    assert answer.status_code == 200
    assert not get_image_model().objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_an_image_that_replaces_another_is_cleaned_too(client_of, folder):
    client = client_of("editor")
    client.post(ADD_IMAGE, given())
    image = get_image_model().objects.get()
    edit = reverse("wagtailimages:edit", args=[image.pk])
    assert client.post(edit, {"title": "Autre titre", "description": "Un phare"}).status_code == 302
    assert client.post(edit, given(file=photo(size=(80, 20)), nothing_shown="")).status_code == 200
    assert client.post(edit, given(file=photo(size=(80, 20)))).status_code == 302
    image.refresh_from_db()
    assert image.width == 80
    assert b"MARQUEUR" not in everything(folder)


def test_the_chooser_of_the_editor_cleans_as_well(client_of, folder):
    names = {f"image-chooser-upload-{name}": value for name, value in given().items()}
    answer = client_of("editor").post(reverse("wagtailimages_chooser:create"), names)
    assert get_image_model().objects.count() == 1, answer.content[:500]
    assert b"MARQUEUR" not in everything(folder)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00", "a.jpg"), (b"<svg onload='alert(1)'/>", "a.svg"), (b"%PDF-1.4", "a.jpg"), (b"", "a.png"),
        (b"\xff\xd8\xff\xe0" + b"x" * 100, "a.jpg"),
    ],
)  # fmt: skip
def test_what_is_no_image_is_refused(client_of, folder, content, name):
    file = SimpleUploadedFile(name, content, "image/jpeg")
    assert client_of("editor").post(ADD_IMAGE, given(file=file)).status_code == 200
    assert not get_image_model().objects.exists()
    assert not everything(folder)


def test_what_the_antivirus_refuses_is_not_kept_and_is_told(client_of, folder, monkeypatch, acting_as):
    """Real clamd: tests/files/test_antivirus.py. Here, what the form does of its answer."""

    def infected(data):
        raise FileRefusedError("virus", "Ce fichier contient un virus.")

    monkeypatch.setattr("cms.home.forms.scan", infected)
    for address, file in ((ADD_IMAGE, photo()), (ADD_FILE, letter())):
        assert "contient un virus" in client_of("editor").post(address, given(file=file)).content.decode()
    assert not everything(folder)
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="home.media.refused", outcome="refused").count() == 2


def test_a_file_is_cleaned_and_given_by_a_page_online_alone(client_of, folder):
    answer = client_of("editor").post(ADD_FILE, {"title": "Une lettre", "file": letter(), "nothing_shown": "on"})
    assert answer.status_code == 302
    row = get_document_model().objects.get()
    assert b"MARQUEUR" not in everything(folder)
    address = reverse("content:file", args=[row.pk])
    assert Client().get(address).status_code == 404
    page = TextPage.objects.get(slug="accessibilite")
    page.body += f'<p><a id="{row.pk}" linktype="document">La lettre</a></p>'
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    assert Client().get(address).status_code == 200
    assert f'href="{address}"' in Client().get("/pages/accessibilite/").content.decode()


def test_readers_take_an_image_from_the_content_api(client_of, folder):
    client_of("editor").post(ADD_IMAGE, given())
    image = get_image_model().objects.get()
    page = TextPage.objects.get(slug="accessibilite")
    page.body += f'<embed alt="Un phare" embedtype="image" format="fullwidth" id="{image.pk}"/>'
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    html = Client().get("/pages/accessibilite/").content.decode()
    address = reverse("content:rendition", args=[image.pk, "800-jpeg"])
    assert f'<img src="{address}" alt="Un phare"' in html
    assert Client().get(address)["Content-Type"] == "image/jpeg"
    assert "/media/" not in html


def test_who_writes_the_site_alone_sees_what_is_kept(client_of, folder):
    client_of("editor").post(ADD_IMAGE, given())
    address = get_image_model().objects.get().file.url
    assert client_of("editor").get(address).status_code == 200
    for key in ("dpo", "tech_admin", "director_a", "anonymous"):
        assert client_of(key).get(address).status_code in (302, 403, 404), key
    (folder / "autre.txt").write_text("rien")
    for name in ("autre.txt", "../keyring.json", "images/../autre.txt"):
        assert client_of("editor").get(f"/admin/media/{name}").status_code == 404


@pytest.mark.parametrize("key", ["dpo", "tech_admin", "trainer"])
def test_others_add_nothing(client_of, folder, key):
    for address in (ADD_IMAGE, ADD_FILE):
        assert client_of(key).post(address, given()).status_code in (302, 403, 404)
    assert not get_image_model().objects.exists()
    assert not everything(folder)


def test_several_files_at_once_are_not_taken(client_of, folder):
    """Wagtail keeps them as they came until somebody describes them."""
    client = client_of("editor")
    for name in ("wagtailimages:add_multiple", "wagtaildocs:add_multiple"):
        answer = client.post(reverse(name), {"files[]": photo()}, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        assert answer.status_code == 302
    assert client.post("/admin/images/multiple/create_from_uploaded_image/1/").status_code == 404
    assert not everything(folder)


def test_rights_are_those_of_the_code(db):
    names = {role.value for role in MEDIA_ROLES}
    rows = GroupCollectionPermission.objects.all()
    assert set(rows.values_list("group__name", flat=True)) == names
    assert {name.partition("_")[0] for name in rows.values_list("permission__codename", flat=True)} == {
        "add", "change", "choose",
    }  # fmt: skip
    before = rows.count()
    media_permissions_load()
    assert rows.count() == before
    assert Group.objects.count() >= len(names)
