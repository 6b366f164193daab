"""A photo taken with a phone, with the place where it was taken, sent from that phone and given back without it."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, follow
from tests.browser.look import look
from tests.cast.everything import all_rows
from tests.cast.files import DEVICE, photo


@pytest.fixture
def private(settings, tmp_path):
    settings.HAVRE_FILES = tmp_path / "files"


@pytest.mark.parametrize("with_script", [True, False])
def test_a_photo_from_a_phone_comes_back_without_its_place(private, sign_in, with_script, tmp_path):
    taken = tmp_path / "IMG_2041.jpg"
    taken.write_bytes(photo(size=(1600, 1200)))
    assert DEVICE.encode() in taken.read_bytes()
    page = sign_in("gendarme", width=PHONE, java_script_enabled=with_script)
    page.goto(reverse("cases:request", args=[all_rows()["sollicitation_a"].pk]))
    follow(page, "Ajouter une pièce")
    if with_script:
        look(page, "files-attach", "Ajouter une pièce")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Choisissez un fichier.").first).to_be_visible()
    page.get_by_label("Fichier").set_input_files(taken)
    page.get_by_label("Ce que c’est").fill("Photo de la chambre")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("La pièce est ajoutée.")).to_be_visible()
    if with_script:
        look(page, "files-panel", "Demande")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Photo de la chambre").first.click()
    assert waiting.value.suggested_filename.startswith("piece-")
    given = tmp_path / "given.jpg"
    waiting.value.save_as(given)
    assert DEVICE.encode() not in given.read_bytes()
    kept = Image.open(io.BytesIO(given.read_bytes()))
    assert dict(kept.getexif()) == {}
    assert kept.size == (1200, 1600)
    page.get_by_role("link", name="Retirer").first.click()
    if with_script:
        look(page, "files-remove", "Retirer une pièce")
    page.get_by_label("Pourquoi la retirer").select_option(label="Déposée par erreur ou sur le mauvais dossier")
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("La pièce est retirée")).to_be_visible()
