"""A long list is prepared apart, as whoever asked, kept a few days under its own key, and given to nobody else."""

import datetime as dt
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from cms.exports.enums import ExportState, Failure
from cms.exports.models import Export
from cms.exports.rules import source_register
from cms.exports.selectors.own import progress_tell
from cms.exports.services import export_prepare, exports_purge
from cms.files.services import orphans_remove
from cms.journal.models import JournalLine
from cms.kit.xlsx.cells import MOST_ROWS
from cms.kit.xlsx.lists import ListExport
from cms.users.models import User
from cms.values.models import Value
from cms.values.services import setting_change
from cms.vault.shelves import place
from cms.wall import scope
from tests.journal.sql import as_owner

LIST = reverse("values_value:list")


@pytest.fixture(autouse=True)
def _short(cast, settings, tmp_path):
    settings.HAVRE_FILES = tmp_path / "files"
    with scope.acting(cast["coordination"]):
        setting_change(key="exports.direct_rows", value=100, changed_by_id=None)


def asked(browser, query: str = "") -> Export:
    """From the list to the page that follows the export."""
    answer = browser.get(f"{LIST}?export=xlsx{query}")
    assert answer.status_code == 302
    page = browser.get(answer.url)
    assert "ligne" in page.content.decode()
    values = {name: found[0] for name, found in parse_qs(urlsplit(answer.url).query).items()}
    answer = browser.post(reverse("havre_exports:ask"), values)
    assert answer.status_code == 302
    return Export.objects.get(pk=answer.url.rstrip("/").rsplit("/", 1)[-1])


@pytest.fixture
def browser(client_of):
    return client_of("coordination")


@pytest.fixture
def mine(cast):
    with scope.acting(cast["coordination"]):
        yield


def lines(action: str) -> list[dict]:
    with as_owner():
        return list(JournalLine.objects.filter(action=action).order_by("at", "id").values_list("details", flat=True))


def test_a_short_list_is_given_at_once(browser):
    answer = browser.get(f"{LIST}?export=xlsx&list=urgence")
    assert "attachment" in answer["Content-Disposition"]


def test_a_long_list_is_prepared_then_downloaded(browser, mine):
    export = asked(browser, "&is_core=unknown")
    address = reverse("havre_exports:export", args=[export.pk])
    progress_tell(export.pk, 120)
    page = browser.get(address)
    assert page["Refresh"] == "4"
    assert "<progress" in page.content.decode()
    assert "120 lignes sur" in page.content.decode().replace("\u202f", " ")
    export_prepare(export.pk)
    page = browser.get(address)
    assert "Refresh" not in page
    assert "Le fichier est prêt" in page.content.decode()
    answer = browser.get(reverse("havre_exports:download", args=[export.pk]))
    content = b"".join(answer.streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("Valeurs").to_python()
    assert len(rows) - 1 == Value.objects.count()
    code = rows[0].index("Code")
    assert {row[code] for row in rows[1:]} == set(Value.objects.values_list("code", flat=True))
    assert book.get_sheet_by_name("À propos").to_python()[0] == ["Numéro de l’export au journal", export.number]
    assert int(answer["Content-Length"]) == len(content)
    assert lines("values.value.export")[-1]["number"] == export.number
    assert lines("exports.export.download")[-1] == {"number": export.number, "rows": len(rows) - 1}


def test_nothing_clear_reaches_the_disk(browser, mine):
    export = asked(browser)
    export_prepare(export.pk)
    export.refresh_from_db()
    body = place().path(export.stored_name).read_bytes()
    assert body[:2] != b"PK"
    assert b"xl/worksheets" not in body
    assert export.query == ""


def test_what_was_prepared_is_not_prepared_again(browser, mine):
    export = asked(browser)
    export_prepare(export.pk)
    export.refresh_from_db()
    name = export.stored_name
    export_prepare(export.pk)
    export.refresh_from_db()
    assert export.stored_name == name


@pytest.mark.parametrize("page", ["export", "download"])
def test_nobody_else_sees_it(browser, client_of, cast, page):
    with scope.acting(cast["coordination"]):
        export = asked(browser)
        export_prepare(export.pk)
    for key in ("direction", "dpo", "trainer"):
        assert client_of(key).get(reverse(f"havre_exports:{page}", args=[export.pk])).status_code == 404
    assert client_of("direction").get(reverse("havre_exports:index")).status_code == 200
    with scope.acting(cast["direction"]):
        assert not Export.objects.exists()


def test_a_list_closed_since_is_not_given(client_of, cast):
    browser = client_of("coordination")
    with scope.acting(cast["coordination"]):
        export = asked(browser)
        export_prepare(export.pk)
    with as_owner():
        cast["coordination"].groups.clear()
    answer = browser.get(reverse("havre_exports:download", args=[export.pk]))
    assert answer.status_code in (302, 404)


def test_an_account_closed_meanwhile_gets_nothing(browser, cast):
    with scope.acting(cast["coordination"]):
        export = asked(browser)
    with as_owner():
        User.objects.filter(pk=cast["coordination"].pk).update(is_active=False)
    export_prepare(export.pk)
    with as_owner():
        export.refresh_from_db()
    assert (export.state, export.failure) == (ExportState.FAILED, Failure.CLOSED)


def test_the_file_goes_after_its_delay_and_not_before(browser, mine):
    export = asked(browser)
    export_prepare(export.pk)
    export.refresh_from_db()
    path = place().path(export.stored_name)
    assert export.expires_at.date() == timezone.localdate() + dt.timedelta(days=7)
    with scope.acting(scope.FILES):
        orphans_remove()
    with scope.acting(scope.EXPORTS):
        assert exports_purge() == 0
    assert path.exists()
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now())
    assert browser.get(reverse("havre_exports:download", args=[export.pk])).status_code == 410
    with scope.acting(scope.EXPORTS):
        assert exports_purge() == 1
    export.refresh_from_db()
    assert (export.state, export.body_key) == (ExportState.GONE, "")
    assert browser.get(reverse("havre_exports:download", args=[export.pk])).status_code == 410


def test_more_rows_than_a_sheet_is_said_before_anything_is_prepared(browser, mine):
    source_register(
        "million", lambda user, name, query: ListExport("Lignes", ["A"], MOST_ROWS, lambda: [], action="tests.export")
    )
    before = Export.objects.count()
    answer = browser.post(reverse("havre_exports:ask"), {"source": "million:", "query": ""})
    assert answer.status_code == 422
    assert "resserrez les filtres" in answer.content.decode()
    assert Export.objects.count() == before


def test_a_source_that_does_not_exist_does_not(browser):
    for source in ("", "list:nothing", "nothing", "list:accounts"):
        assert browser.get(reverse("havre_exports:ask"), {"source": source}).status_code == 404


def test_three_at_a_time(browser, mine):
    for _ in range(3):
        asked(browser)
    answer = browser.post(reverse("havre_exports:ask"), {"source": "list:values_value", "query": ""})
    assert answer.status_code == 422
    assert "Trois exports" in answer.content.decode()
