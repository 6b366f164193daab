"""The workbook says what the page says, and no text of it can be run."""

import datetime as dt
import io
import random
import re
import zipfile
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange
from python_calamine import CalamineWorkbook

from cms.journal.models import JournalLine
from cms.kit.xlsx.cells import CONTROL, text_fit
from cms.partners.models import Partner
from dashboards.figures.selectors.report import figures_for
from dashboards.figures.words.drawn import DRAWINGS
from dashboards.periods import Period
from dashboards.reporting.targets.services import target_set
from dashboards.workbook.papers.cells import put, styles_add
from dashboards.workbook.papers.drawings import MOST_BARS
from dashboards.workbook.papers.export import indicators_export
from dashboards.workbook.papers.flow import LEFT, RIGHT, Flow
from dashboards.workbook.papers.seals import workbook_check
from tests.dashboards.world import at
from tests.journal.sql import as_owner
from tests.readers import cells_of, opened_by_libreoffice

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\x0bcollé\x00 de Word",
    "=cmd|' /C calc'!A0",
    "\tavec une tabulation",
    "Foyer 🏠 Étoile",
)
PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
CALL = (
    "Nombre de sollicitations pour prendre en charge un mineur",
    "Nombre de victimes orientées",
    "Nombre de victimes placées au sein d’une structure partenaire du réseau",
    "Nombre de conseils départementaux et de structures partenaires du réseau",
    "Nombre de départements couverts par le réseau, notamment en outre-mer",
    "Nombre et profil des professionnels accompagnés et formés à la prise en charge des mineurs victimes "
    "d’exploitation et de traite",
    "Stratégie de formation continue proposée aux structures partenaires du réseau",
    "Circuit de remontée vers la coordination du réseau des signalements de situations préoccupantes survenant dans "
    "les structures partenaires du réseau",
)


@pytest.fixture
def filled(world):
    house = Partner.objects.get(code_name="Les Tilleuls")
    for month, place in ((1, "59"), (2, "13"), (2, None)):
        case = world.case(exploitation_place_id=place)
        asked = world.sollicitation(at(dt.date(2026, month, 3)), case=case, exploitation_place_id=place)
        orientation = world.orientation(asked, at(dt.date(2026, month, 6)))
        world.proposal(orientation, house, "reponse:ACC")
        world.placement(case, house, at(dt.date(2026, month, 20)), orientation=orientation)
    world.incident(house, at(dt.date(2026, 3, 1)))
    return world


def sheets(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_summary_follows_the_order_and_the_words_of_the_call(filled):
    book = sheets(indicators_export(user=filled.by, period=PERIOD).content)
    labels = [row[1] for row in book["Synthèse"] if str(row[0]) in {f"I{number}" for number in range(1, 9)}]
    assert tuple(labels) == CALL
    assert "Réservé à la coordination" in book["Synthèse"][2][0].replace("\xa0", " ")


def test_values_are_those_of_the_page(filled):
    report = figures_for(filled.by, PERIOD)
    book = sheets(indicators_export(user=filled.by, period=PERIOD).content)
    assert report.results["I1"].figure("I1").value == 3
    for code, result in report.results.items():
        rows = book[f"{code} {result.definition.short}"[:31]]
        written = {row[0]: row[1] for row in rows if row[0]}
        for figure in (*result.headline, *result.companions):
            expected = "–" if figure.value is None else figure.value
            assert written[figure.label] == pytest.approx(expected) if not isinstance(expected, str) else expected
        for item in result.breakdowns:
            if item.rows:
                down, left = next((down, row.index(item.title)) for down, row in enumerate(rows) if item.title in row)
                right = left + SIDES[left]
                found = [(row[left], row[right]) for row in rows[down + 2 : down + 2 + len(item.rows)]]
                assert found == [(row.label, row.n) for row in item.rows]


SIDES = {side.label - 1: side.span for side in (LEFT, RIGHT)}


def test_sheets_are_all_there_with_their_charts(filled):
    content = indicators_export(user=filled.by, period=PERIOD).content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames[0] == "Synthèse"
    assert book.sheetnames[-3:] == ["Définitions", "Qualité des données", "Paramètres"]
    assert len(book.sheetnames) == 12
    assert len(book["Synthèse"]._charts) == 2
    assert all(book[name]._charts for name in book.sheetnames if name.startswith(("I1", "I2", "I3")))
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        assert sheet.column_dimensions["A"].width > 5
    assert {"Havre titre", "Havre en-tête", "Havre nombre"} <= set(book.named_styles)
    assert book.properties.title == "Indicateurs du réseau"


def test_every_cell_is_printed_and_every_chart_says_what_it_shows(filled):
    content = indicators_export(user=filled.by, period=PERIOD).content
    for sheet in load_workbook(io.BytesIO(content)):
        area = CellRange(sheet.print_area.split("!")[1].replace("$", ""))
        filled_cells = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
        assert not [place for place in filled_cells if not area.issuperset(CellRange(place))], sheet.title
        # A footer has its own margin, under the rows.
        assert sheet.page_margins.bottom - sheet.page_margins.footer >= 0.4
    book = zipfile.ZipFile(io.BytesIO(content))
    drawings = [name for name in book.namelist() if name.startswith("xl/drawings/drawing")]
    frames = [frame for name in drawings for frame in re.findall(r"<[a-z:]*cNvPr[^>]*>", book.read(name).decode())]
    assert len(frames) >= 5
    assert all(re.search(r'descr="[^"]{10,}"', frame) for frame in frames)
    assert any("janvier 2026 : 1" in unescape(frame) for frame in frames)


def test_a_chart_of_one_number_is_not_drawn(filled):
    book = load_workbook(io.BytesIO(indicators_export(user=filled.by, period=PERIOD).content))
    report = figures_for(filled.by, PERIOD)
    for code, result in report.results.items():
        several = [
            item
            for item in result.breakdowns
            if item.code in DRAWINGS[code].drawn
            and len(item.rows) <= MOST_BARS
            and sum(row.n > 0 for row in item.rows) > 1
        ]
        assert len(book[f"{code} {result.definition.short}"[:31]]._charts) == len(several), code


def test_no_list_is_cut_by_the_end_of_a_page_nor_stands_on_another():
    draw, page, taller = random.Random(7), 60, 5
    flow = Flow.under(9, page, taller)
    ends = range(page - taller, 2_000, page)
    taken = {LEFT: set(), RIGHT: set()}
    for height in (draw.randint(1, page) for _ in range(40)):
        side, row = flow.place(height)
        rows = set(range(row, row + height))
        assert not rows & taken[side]
        assert not [last for last in ends if row <= last < row + height - 1]
        taken[side] |= rows
    assert min(min(rows) for rows in taken.values()) == 9


def test_the_summary_holds_the_period_before_the_difference_and_the_target_as_numbers(filled):
    filled.sollicitation(at(dt.date(2025, 3, 3)))
    target_set(by=filled.by, year=2, code="I1", value=40)
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    rows = sheets(indicators_export(user=filled.by, period=year).content)["Synthèse"]
    line = next(row for row in rows if row[0] == "I1")
    assert line[6] == line[3] - line[5]
    assert line[5] >= 1
    assert line[7] == 40


def test_the_file_names_nobody_unless_asked_and_its_moments_are_those_of_the_meridian(filled):
    content = indicators_export(user=filled.by, period=PERIOD).content
    words = [str(cell) for rows in sheets(content).values() for row in rows for cell in row]
    assert not [word for word in words if filled.by.email in word or str(filled.by) in word]
    made = load_workbook(io.BytesIO(content)).properties.created
    assert abs(made - dt.datetime.now(dt.UTC).replace(tzinfo=None)) < dt.timedelta(minutes=30)


def test_no_cell_is_a_formula_and_control_characters_are_gone():
    book = Workbook()
    styles_add(book)
    for row, text in enumerate(HOSTILE, start=1):
        put(book.active, row, 1, text)
    content = io.BytesIO()
    book.save(content)
    found = load_workbook(io.BytesIO(content.getvalue())).active
    assert [cell.data_type for cell in found["A"]] == ["s"] * len(HOSTILE)
    assert [cell.value for cell in found["A"]][:5] == [*HOSTILE[:4], "collé de Word"]
    assert [cell.quotePrefix for cell in found["A"]][:5] == [True] * 4 + [False]
    assert found["A7"].value == "\tavec une tabulation"
    assert found["A8"].value == "Foyer 🏠 Étoile"


def test_a_text_longer_than_a_cell_is_cut_aloud(tmp_path):
    for text in ("a" * 32_768, "🏠" * 16_384, "é" * 40_000):
        cut = text_fit(text)
        assert cut.endswith("(texte coupé : une cellule n’en contient pas plus)")
        assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert text_fit("a" * 32_767) == "a" * 32_767


def test_a_label_written_by_the_coordination_is_never_run(filled):
    from cms.values.models import Value

    Value.objects.filter(pk="forme:SEX").update(label="=1+1")
    book = load_workbook(io.BytesIO(indicators_export(user=filled.by, period=PERIOD).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_no_departement_of_a_structure_leaves(filled):
    version = filled.standard(PERIOD.first)
    house = filled.structure("Maison de la Lozère", "23", signed_on=PERIOD.first)
    filled.acknowledge(version, house, PERIOD.first)
    book = sheets(indicators_export(user=filled.by, period=PERIOD).content)
    words = {str(cell) for name in book if name.startswith(("I4", "I8")) for row in book[name] for cell in row}
    assert not any("Creuse" in word for word in words)
    assert "Nouvelle-Aquitaine" in words


def test_parameters_tell_period_author_counts_trace_and_nature(filled, settings):
    settings.HAVRE_FICTITIOUS = True
    export = indicators_export(user=filled.by, period=PERIOD, is_named=True)
    written = {row[0]: row[1] for row in sheets(export.content)["Paramètres"]}
    assert written["Premier jour"] == dt.date(2026, 1, 1)
    assert written["Numéro de l’export au journal"] == export.number
    assert written["Code de trace"] == export.trace
    assert "fictive" in written["Nature des données"]
    assert filled.by.email in written["Exporté par"]
    assert written["Lignes comptées, I1 – Sollicitations"] == 3


def test_the_trace_changes_with_the_rows_and_only_with_them(filled):
    first = indicators_export(user=filled.by, period=PERIOD).trace
    assert indicators_export(user=filled.by, period=PERIOD).trace == first
    filled.sollicitation(at(dt.date(2026, 4, 1)))
    assert indicators_export(user=filled.by, period=PERIOD).trace != first


def test_an_export_leaves_a_line_in_the_journal(filled):
    export = indicators_export(user=filled.by, period=PERIOD)
    line = journal_lines()[-1]
    assert line["trace"] == export.trace
    assert line["rows"]["I1"] == 3
    assert (line["du"], line["au"]) == ("2026-01-01", "2026-06-30")


def test_the_journal_holds_the_number_and_the_hash_of_each_sheet(filled):
    export = indicators_export(user=filled.by, period=PERIOD)
    line = journal_lines()[-1]
    assert line["number"] == export.number
    assert export.number.startswith("EXP-")
    checked = workbook_check(export.content)
    assert list(checked) == list(sheets(export.content))
    assert all(is_whole for _, is_whole in checked.values())
    assert checked["Synthèse"][0] == export.trace
    assert checked["I1 Sollicitations"][0] == line["traces"]["I1"] != line["traces"]["I2"]


def test_a_figure_changed_in_the_file_is_seen(filled):
    book = load_workbook(io.BytesIO(indicators_export(user=filled.by, period=PERIOD).content))
    book["I1 Sollicitations"]["B5"].value += 1
    changed = io.BytesIO()
    book.save(changed)
    checked = workbook_check(changed.getvalue())
    assert [name for name, (_, is_whole) in checked.items() if not is_whole] == ["I1 Sollicitations"]
    with pytest.raises(ValueError, match="not a workbook"):
        workbook_check(b"PK nothing")


def test_libreoffice_reads_the_same_figures_and_the_days_as_days(filled, tmp_path):
    content = indicators_export(user=filled.by, period=PERIOD).content
    read = opened_by_libreoffice(content, tmp_path)
    written = sheets(content)
    assert list(read) == list(written)
    for name, rows in written.items():
        assert cells_of(read[name]) == cells_of(rows), name
    assert dt.date(2026, 1, 1) in [row[1] for row in read["Paramètres"]]


def test_libreoffice_runs_none_of_the_texts(tmp_path):
    book = Workbook()
    styles_add(book)
    for row, text in enumerate(HOSTILE, start=1):
        put(book.active, row, 1, text)
    content = io.BytesIO()
    book.save(content)
    (rows,) = opened_by_libreoffice(content.getvalue(), tmp_path).values()
    assert [row[0].strip("\t") for row in rows] == [CONTROL.sub("", text).strip("\t") for text in HOSTILE]


def journal_lines() -> list[dict]:
    with as_owner():
        lines = JournalLine.objects.filter(action="dashboards.indicators.export").order_by("at", "id")
        return list(lines.values_list("details", flat=True))
