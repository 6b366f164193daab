"""The State's pages, papers and API: one mask everywhere, and the conversation with the coordination."""

import csv
import datetime as dt
import io
import re
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from odf.opendocument import load as ods_load
from odf.table import TableCell
from odf.teletype import extractText
from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange
from pikepdf import Pdf
from python_calamine import CalamineWorkbook

from cases.models import Sollicitation
from cms.api import router
from cms.files.models import Attachment
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.periods import Period
from dashboards.reporting.models import Committee, Release, StateQuestion
from dashboards.reporting.releases.displays import release_shown
from dashboards.reporting.releases.papers.formats import PAPERS
from dashboards.reporting.releases.papers.spreadsheet import sheet_name
from dashboards.reporting.releases.services import release_agree, release_ask
from dashboards.reporting.releases.words import MASKED, page_of
from dashboards.reporting.state.services import committee_write, question_answer, question_ask
from dashboards.reporting.targets.services import target_set
from tests.cast.files import pdf, upload
from tests.cast.session import token_header
from tests.dashboards.indicators.test_oracle import scatter
from tests.dashboards.reporting.periods.test_closing import closed, other
from tests.dashboards.world import World
from tests.readers import cells_of, opened_by_libreoffice

HALF = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
YEAR = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@pytest.fixture(scope="module")
def published(stage):
    with stage(), scope.acting(User.objects.get(email="coordination@havre.example")):
        world = World(User.objects.get(email="coordination@havre.example"))
        scatter(world, 8)
        row = release_ask(by=world.by, closed=closed(world, HALF), comments={"I1": "=Reprise au printemps"})
        with scope.acting(other()):
            return release_agree(by=other(), release=row).pk


@pytest.fixture
def release(published, world) -> Release:
    return Release.objects.get(pk=published)


def counts(release: Release) -> list[tuple[str, str]]:
    """Each line of each table, as it is shown: what every paper must say."""
    return [
        (line.label, cell)
        for part in page_of(release).parts
        for table in (*part.drawn, *part.tables)
        for line in table.lines
        for cell in line.cells
    ]


def test_the_state_reads_one_page_with_the_eight_indicators(client_of, release):
    page = client_of("state_reader").get(reverse("dashboards:state")).content.decode()
    assert page.count('class="fig-tile"') == 8
    assert MASKED in page
    assert "Reprise au printemps" in page
    assert "Saint-Martin" in page  # overseas, always
    assert "Code de trace" in page
    assert release.trace in page


def test_sentence_figures_map_and_trend_come_before_what_is_masked_which_is_said_once(client_of, release):
    browser = client_of("state_reader")
    for code in DEFINITIONS:
        page = browser.get(reverse("dashboards:state"), {"indicateur": code}).content.decode()
        places = [
            page.index(f'class="{name}') for name in ("fig-sentence", "fig-tiles", "fig-svg fig-map", "fig-tabs")
        ]
        assert places == sorted(places)
        tables = page.find('class="fig-rule"')
        assert page.count('class="fig-rule"') == page.count("nombre de 1 à 4") == 1
        assert tables > places[-1]
        assert page.find("fig-masked") > tables  # what is hatched comes after the rule
        assert len(page.encode()) < 120 * 1024
    assert "le réseau a reçu" in page
    assert f'id="definition-{code}"' in page


def test_the_trend_links_releases_of_as_long_a_period(world):
    def published(period: Period) -> Release:
        row = release_ask(by=world.by, closed=closed(world, period), comments={}, reason="Demandée par l’État.")
        with scope.acting(other()):
            return release_agree(by=other(), release=row)

    scatter(world, 8)
    alone = release_shown(published(Period(dt.date(2025, 1, 1), dt.date(2025, 6, 30))), QueryDict()).trend
    assert alone is None, "months of so few rows are not told, and nothing was published before"
    published(YEAR)
    second = published(Period(dt.date(2025, 7, 1), dt.date(2025, 12, 31)))
    third = published(HALF)
    drawn = release_shown(third, QueryDict()).trend
    assert drawn.labels == ("S1 2025", "S2 2025", "S1 2026")  # the year overlaps them
    told = {figure["code"]: figure["value"] for item in second.content["indicators"] for figure in item["figures"]}
    assert [item.values[1] for item in drawn.series] == [told["I1"], told["I2"], told["I3"]]


def test_every_paper_says_what_the_page_says(client_of, release):
    browser = client_of("state_reader")
    files = {kind: browser.get(reverse("dashboards:paper", args=[release.pk, kind])).content for kind in PAPERS}
    masked = sum(cell == MASKED for _, cell in counts(release))
    assert masked > 10
    book = load_workbook(io.BytesIO(files["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.value == MASKED for cell in cells) >= masked
    assert not [cell for cell in cells if cell.data_type == "f"]
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert sum(cell == MASKED for row in rows for cell in row) >= masked
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    sheet = ods_load(io.BytesIO(files["ods"]))
    said = [extractText(cell) for cell in sheet.spreadsheet.getElementsByType(TableCell)]
    assert said.count(MASKED) >= masked
    text = Document(io.BytesIO(files["docx"]))
    words = [cell.text for table in text.tables for row in table.rows for cell in row.cells]
    assert words.count(MASKED) >= masked
    assert any(paragraph.text == "=Reprise au printemps" for paragraph in text.paragraphs)
    pdf = Pdf.open(io.BytesIO(files["pdf"]))
    assert pdf.Root.MarkInfo.Marked
    for name in ("Les Tilleuls", "Aubépine"):
        for kind in ("csv", "docx"):
            assert name.encode() not in files[kind]
        assert name not in " ".join(words)


def test_the_papers_hold_the_same_numbers_as_numbers(client_of, release):
    """Workbook, ods and csv, cell by cell; percents and delays keep their value, whatever their format."""
    browser = client_of("state_reader")
    files = {kind: browser.get(reverse("dashboards:paper", args=[release.pk, kind])).content for kind in PAPERS}
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames[-2:] == ["Définitions", "Qualité des données"]
    assert all(sheet.freeze_panes and sheet.print_area for sheet in book)
    shown = {
        figure["code"]: figure["value"]
        for item in release.content["indicators"]
        for figure in item["figures"]
        if isinstance(figure["value"], int | float)
    }
    written = [row[2] for row in book["Synthèse"].iter_rows(values_only=True) if isinstance(row[2], int | float)]
    assert written == list(shown.values())
    numbers = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if is_number(cell)]
    cells = ods_load(io.BytesIO(files["ods"])).spreadsheet.getElementsByType(TableCell)
    assert [float(cell.getAttribute("value")) for cell in cells if cell.getAttribute("value")] == numbers
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    told = [cell.replace(",", ".") for row in rows for cell in row]
    assert [float(cell) for cell in told if re.fullmatch(r"-?\d+(\.\d+)?", cell) and cell not in VERSIONS] == numbers


def test_the_workbook_draws_what_is_shown_whole_and_says_it_in_words(release):
    content = PAPERS["xlsx"].write(release)
    book, pages = load_workbook(io.BytesIO(content)), page_of(release).parts
    charts = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    assert charts
    for part in pages:
        whole = [table for table in part.drawn if all(line.raw[0] is not None for line in table.lines)]
        assert len(charts.get(sheet_name(part), [])) <= len(whole)
    parts = zipfile.ZipFile(io.BytesIO(content))
    drawn = "".join(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    assert len(re.findall(r'<[a-z:]*cNvPr[^>]* descr="[^"]{10,}"', drawn)) == sum(map(len, charts.values()))
    for sheet in book:
        area = CellRange(sheet.print_area.split("!")[1].replace("$", ""))
        written = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
        assert not [place for place in written if not area.issuperset(CellRange(place))], sheet.title


def test_three_readers_read_the_same_cells_of_the_workbook(release, tmp_path):
    content = PAPERS["xlsx"].write(release)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    first = {name: cells_of(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}
    second = {
        sheet.title: cells_of([list(row) for row in sheet.iter_rows(values_only=True)])
        for sheet in load_workbook(io.BytesIO(content))
    }
    third = {name: cells_of(rows) for name, rows in opened_by_libreoffice(content, tmp_path).items()}
    assert first == second == third


VERSIONS = {definition.version for definition in DEFINITIONS.values()}


def is_number(cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def test_the_api_hides_the_same_cells(client_of, release):
    browser = client_of("state_reader")
    answer = browser.get(reverse("release-period"), {"du": "2026-01-01", "au": "2026-06-30"}).json()
    assert answer["trace"] == release.trace
    shown = [row[1:] for item in answer["indicators"] for table in item["tables"] for row in table["rows"]]
    stored = [row[1:] for item in release.content["indicators"] for table in item["tables"] for row in table["rows"]]
    assert shown == stored
    assert browser.get(reverse("release-trace"), {"code": release.trace.lower()}).json()["id"] == str(release.pk)
    assert {item["code"] for item in browser.get(reverse("definition-list")).json()} == {f"I{n}" for n in range(1, 9)}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"du": "2026-07-01", "au": "2026-09-30"}, "pas publiée"),
        ({"du": "hier", "au": "2026-09-30"}, "AAAA-MM-JJ"),
        ({"du": "2126-07-01", "au": "2126-09-30"}, "pas encore commencé"),
    ],
)
def test_what_is_not_published_is_refused_with_a_sentence(client_of, release, days, words):
    answer = client_of("state_reader").get(reverse("release-period"), days)
    assert answer.status_code == 400
    assert words in str(answer.json())


def test_an_unknown_trace_code_is_said(client_of, release):
    browser = client_of("state_reader")
    page = browser.get(reverse("dashboards:state"), {"trace": "AAAA-BBBB"})
    assert page.status_code == 404
    assert "Aucune publication ne porte ce code" in page.content.decode()
    assert browser.get(reverse("dashboards:state"), {"trace": release.trace}).status_code == 302
    assert browser.get(reverse("release-trace"), {"code": "AAAA"}).status_code == 404


def test_no_filter_reaches_the_state(client_of, release):
    """A cut chosen by the reader would isolate somebody: there is none."""
    browser = client_of("state_reader")
    address = reverse("release-detail", args=[release.pk])
    assert browser.get(address).status_code == 200
    assert browser.get(address, {"par": "by_territory", "cle": "13"}).status_code == 400
    assert browser.get("/api/v1/indicators/", {"du": "2026-01-01", "au": "2026-06-30"}).status_code == 404


def test_a_token_of_the_state_opens_what_is_published_and_nothing_else(cast, release):
    header, given = token_header(cast["state_reader"]), set()
    asked = {"release-period": {"du": "2026-01-01", "au": "2026-06-30"}, "release-trace": {"code": release.trace}}
    with scope.acting(cast["coordination"]):
        pk = Sollicitation.objects.values_list("pk", flat=True).first()
    for pattern in router.urls:
        known = {"pk": release.pk if pattern.name.startswith("release-") else pk}
        values = {name: known.get(name, "M1") for name in pattern.pattern.regex.groupindex}
        answer = Client().get(reverse(pattern.name, kwargs=values), asked.get(pattern.name), **header)
        if answer.status_code == 200:
            given.add(pattern.name)
        else:
            assert answer.status_code in (403, 404, 405), (pattern.name, answer.status_code)
    assert given == {"definition-list", "release-list", "release-detail", "release-period", "release-trace"}
    assert Client().get(reverse("release-list")).status_code in (401, 403)


def test_a_definition_changed_since_stays_that_of_the_release(client_of, release, monkeypatch):
    from dataclasses import replace

    from dashboards.indicators.rules.definitions import DEFINITIONS

    monkeypatch.setitem(DEFINITIONS, "I1", replace(DEFINITIONS["I1"], version="2.0"))
    browser = client_of("state_reader")
    then_version = release.content["indicators"][0]["version"]
    now = {item["code"]: item["version"] for item in browser.get(reverse("definition-list")).json()}
    then = browser.get(reverse("release-detail", args=[release.pk])).json()["indicators"]
    assert now["I1"] == "2.0"
    assert then[0]["version"] == then_version != "2.0"


def test_targets_are_shown_for_the_year_of_the_convention(world):
    for code, value in (("I1", 260), ("I5", 40)):
        target_set(by=world.by, year=1, code=code, value=value)
    target_set(by=world.by, year=1, code="I5", value=None)
    row = release_ask(by=world.by, closed=closed(world, YEAR))
    assert row.content["targets"] == {"I1": 260}
    assert page_of(row).parts[0].headline[0].target == "260"
    with pytest.raises(ValidationError):
        target_set(by=world.by, year=1, code="I9", value=1)
    half = release_preview_of(world)
    assert half["targets"] == {}


def release_preview_of(world) -> dict:
    from dashboards.reporting.releases.services import release_preview

    return release_preview(by=world.by, closed=closed(world, HALF))


@pytest.fixture
def body(world) -> Partner:
    return Partner.objects.get(kind=PartnerKind.STATE, memberships__user__email="state-reader@havre.example")


def test_a_question_is_asked_on_one_side_and_answered_once_on_the_other(cast, body):
    reader, team = cast["state_reader"], cast["coordination"]
    with scope.acting(reader):
        row = question_ask(by=reader, partner=body, subject="Places", body="Combien ?", due_on=timezone.localdate())
        with pytest.raises(PermissionDenied):
            question_answer(by=reader, question=row, answer="Cent.")
        with pytest.raises(ValidationError, match="passé"):
            question_ask(by=reader, partner=body, subject="Hier", body="?", due_on=dt.date(2020, 1, 1))
    with scope.acting(cast["director_a"]):
        assert not StateQuestion.objects.exists()
        with pytest.raises(PermissionDenied):
            question_ask(by=cast["director_a"], partner=body, subject="Moi", body="?")
    with scope.acting(team):
        question_answer(by=team, question=row, answer="Quatre-vingts.")
        with pytest.raises(ValidationError, match="déjà"):
            question_answer(by=team, question=row, answer="Cent.")
        with pytest.raises(DatabaseError), transaction.atomic():
            StateQuestion.objects.filter(pk=row.pk).update(answer="Cent.")


def test_the_state_asks_and_reads_its_answers_in_the_portal(client_of, cast):
    browser = client_of("state_reader")
    sent = browser.post(reverse("dashboards:ask"), {"subject": "Astreinte", "body": "Qui répond la nuit ?"})
    assert sent.status_code == 302
    assert browser.post(reverse("dashboards:ask"), {"subject": "", "body": ""}).status_code == 422
    with scope.acting(cast["coordination"]):
        row = StateQuestion.objects.get(subject="Astreinte")
        committee_write(by=cast["coordination"], title="Comité", held_on=dt.date(2026, 1, 5), minutes="Tout est dit.")
        assert Committee.objects.get(minutes="Tout est dit.").minutes_shared_at
    home = client_of("coordination").get(reverse("havre_week")).content.decode()
    assert "Astreinte" in home
    address = reverse("havre_periods:question_answer", args=[row.pk])
    assert client_of("coordination").post(address, {"answer": "Deux rangs."}).status_code == 302
    assert "Deux rangs." in browser.get(reverse("dashboards:question", args=[row.pk])).content.decode()
    assert "Tout est dit." in browser.get(reverse("dashboards:exchanges")).content.decode()


def test_the_screens_close_and_publish_by_two_people(client_of, cast, world):
    scatter(world, 9)
    with scope.acting(scope.FIGURES):
        pass
    first, second = client_of("coordination"), client_of("direction")
    asked = first.post(
        reverse("havre_periods:ask"), {"first": "2026-01-01", "last": "2026-06-30", "title": "Semestre"}
    )
    assert asked.status_code == 302
    from dashboards.reporting.models import ClosedPeriod

    row = ClosedPeriod.objects.get(title="Semestre")
    assert first.post(reverse("havre_periods:agree", args=[row.pk])).status_code == 422
    assert second.post(reverse("havre_periods:agree", args=[row.pk])).status_code == 302
    for name in ("period", "detail", "release_ask"):
        assert first.get(reverse(f"havre_periods:{name}", args=[row.pk])).status_code in (200, 422)
    assert first.post(reverse("havre_periods:release_ask", args=[row.pk]), {"I1": "Une reprise."}).status_code == 302
    found = Release.objects.get(period=row)
    assert "mot pour mot" in second.get(reverse("havre_periods:release", args=[found.pk])).content.decode()
    assert second.post(reverse("havre_periods:release_agree", args=[found.pk])).status_code == 302
    assert first.get(reverse("havre_periods:index")).status_code == 200
    open_period = first.post(reverse("havre_periods:ask"), {"first": "2026-10-01", "last": "2126-12-31"})
    assert open_period.status_code == 422


def test_both_sides_share_documents_on_a_question_and_a_committee(client_of, cast):
    with scope.acting(cast["state_reader"]):
        mine = StateQuestion.objects.get(subject="Question")
        committee = Committee.objects.get()
    with scope.acting(cast["coordination"]):
        elsewhere = StateQuestion.objects.get(subject="Question ailleurs")
    state, office = client_of("state_reader"), client_of("coordination")
    for browser, title in ((state, "Avis du ministère"), (office, "Projet d’avenant")):
        for name, row in (("question", mine), ("committee", committee)):
            sent = {"title": title, "file": upload("avis.pdf", pdf())}
            answer = browser.post(reverse(f"dashboards:{name}_piece_add", args=[row.pk]), sent)
            assert answer.status_code == 302, answer.content.decode()[:2000]
    read = state.get(reverse("dashboards:question", args=[mine.pk])).content.decode()
    read += state.get(reverse("dashboards:exchanges")).content.decode()
    shown = office.get(reverse("havre_periods:question", args=[mine.pk])).content.decode()
    shown += office.get(reverse("havre_periods:committee", args=[committee.pk])).content.decode()
    for page in (read, shown):
        assert page.count("Avis du ministère") >= 2
        assert page.count("Projet d’avenant") >= 2
    with scope.acting(cast["state_reader"]):
        piece = next(
            row for row in Attachment.objects.on("statequestion", mine.pk) if row.added_by == cast["coordination"]
        )
    given = state.get(reverse("dashboards:question_piece", args=[mine.pk, piece.pk]))
    assert given["Content-Type"] == "application/pdf"
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    refused = state.post(reverse("dashboards:question_piece_add", args=[elsewhere.pk]), {"title": "x"})
    assert refused.status_code == 404
    wrong = {"title": "Programme", "file": upload("avis.pdf", b"MZ rien d'un PDF")}
    assert state.post(reverse("dashboards:question_piece_add", args=[mine.pk]), wrong).status_code == 422
    with scope.acting(cast["director_a"]):
        assert not Attachment.objects.filter(object_kind__in=("statequestion", "committee")).exists()
