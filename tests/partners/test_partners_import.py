"""Importing partners from a workbook: nothing before the second press, everything or nothing with it."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cms.files.rules.workbooks import SWELLS
from cms.partners.imports import rules as importing
from cms.partners.imports.rules import COLUMNS, SHEET
from cms.partners.models import Contact, Partner
from tests.cast.files import upload

URL = "havre_partners_import"
HOUSE = ["Structure d’accueil", "Les Érables", "MECS", 1, None, "Association", "123456789", dt.datetime(2026, 3, 1)]
SERVICE = [
    "Service prescripteur",
    "Brigade 40",
    "GN-BT",
    "59",
    None,
    None,
    None,
    "15/02/2026",
    "Paule Ravel",
    "Cheffe",
]
SERVICE += ["01 00 00 00 00", "paule@havre.example"]


def book(*rows, headings=COLUMNS, change=None) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


@pytest.fixture
def office(client_of, acting_as):
    browser = client_of("coordination")

    class Office:
        def send(self, data: bytes):
            return browser.post(reverse(URL), {"file": upload("partenaires.xlsx", data)})

        def confirm(self, lines: str):
            return browser.post(reverse(URL), {"lines": lines})

        def get(self, name: str):
            return browser.get(reverse(name))

        def count(self) -> int:
            with acting_as("coordination"):
                return Partner.objects.count()

    return Office()


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " "))


def test_a_workbook_is_read_then_entered_whole(office, acting_as):
    before = office.count()
    tried = office.send(book(HOUSE, [None] * 4, SERVICE, ["Service prescripteur", "BRIGADE  12", "GN-BT"]))
    assert tried.status_code == 200
    assert "2 partenaires à ajouter, 1 déjà au carnet, 0 ligne à corriger" in said(tried)
    assert "Ligne 5 : « Brigade 12 » est déjà au carnet" in said(tried)
    assert office.count() == before
    lines = tried.context["lines"]
    assert office.confirm(lines[:-3] + "abc").status_code == 422
    assert office.count() == before
    assert office.confirm(lines).status_code == 302
    assert office.count() == before + 2
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Les Érables")
        assert (house.territory_id, house.structure_type_id) == ("01", "type_structure:MECS")
        assert (house.establishment_number, house.opened_on) == ("123456789", dt.date(2026, 3, 1))
        assert Contact.objects.get().partner.code_name == "Brigade 40"
    assert office.confirm(lines).status_code == 302  # sent twice: all known by now
    assert office.count() == before + 2


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (0, "Crèche", "Ligne 3, colonne A (Nature) : « Crèche » n’est pas connu"),
        (1, "", "Ligne 3, colonne B (Nom d’usage) : donnez un nom d’usage"),
        (1, "Brigade 40", "Ligne 3 : le même partenaire est déjà à la ligne 2"),
        (2, "GN-BT", "Ligne 3, colonne C (Type) : « GN-BT » n’est pas connu"),
        (3, "999", "Ligne 3, colonne D (Département) : « 999 » n’est pas connu"),
        (4, "59", "Ligne 3, colonne E (Autorité ASE) : seule une autorité ASE en porte une"),
        (6, "12-34", "Ligne 3, colonne G (FINESS ou SIRET)"),
        (7, "32/01/2026", "Ligne 3, colonne H (Entrée au carnet) : « 32/01/2026 » n’est pas une date"),
        (7, "=TODAY()", "Ligne 3, colonne H (Entrée au carnet) : cette case contient une formule"),
        (9, "Cheffe", "Ligne 3, colonne I (Contact : nom) : donnez le nom"),
    ],
)
def test_each_fault_is_told_by_its_line_and_its_column(office, column, value, sentence):
    before = office.count()
    row = [*HOUSE, *[None] * 4]
    row[column] = value
    response = office.send(book(SERVICE, row))
    assert response.status_code == 422
    assert sentence in said(response)
    assert "lines" not in response.context or not response.context.get("lines")
    assert office.count() == before


def bomb() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(HOUSE))) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            out.writestr(info.filename, source.read(info))
        out.writestr("xl/media/zeros.bin", b"\0" * (SWELLS * importing.MOST_BYTES + 1))
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Nature;Nom", "n’est pas un classeur"),
        (b"PK\x03\x04rien", "n’est pas un classeur"),
        (bomb, "compressé de façon anormale"),
        (lambda: book(HOUSE, headings=("Nom", *COLUMNS[1:])), "colonne A : le titre attendu est « Nature »"),
        (lambda: book(), "aucune ligne"),
        (lambda: book(*[SERVICE] * (importing.MOST_ROWS + 1)), "tient en 500 lignes"),
        (lambda: b"PK" + b"0" * importing.MOST_BYTES, "dépasse 2 Mo"),
    ],
    ids=["text", "damaged", "bomb", "headings", "empty", "long", "large"],
)
def test_a_file_that_is_not_what_is_asked_is_refused(office, data, sentence):
    response = office.send(data() if callable(data) else data)
    assert response.status_code == 422
    assert sentence in said(response)


def test_the_template_is_what_is_read(office, client_of):
    template = b"".join(office.get("havre_partners_template").streaming_content)
    sheet = load_workbook(io.BytesIO(template))[SHEET]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert "aucune ligne" in said(office.send(template))
    for key in ("editor", "dpo", "tech_admin", "director_a"):
        browser = client_of(key)
        for name in (URL, "havre_partners_template"):
            assert browser.get(reverse(name)).status_code in (302, 404)
        assert browser.post(reverse(URL), {"file": upload("p.xlsx", book(HOUSE))}).status_code in (302, 404)
