"""A table built without code says what the indicators say, and stays in the coordination."""

import datetime as dt
import io
from collections import Counter
from statistics import median

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cms.partners.models import Partner
from cms.values.models import ConfigVersion
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.models import SavedTable
from dashboards.periods import Period
from dashboards.tables.selectors import DATA_SETS, table_build, table_wanted, wanted_read
from dashboards.tables.services import table_remove, table_save
from tests.dashboards.world import World, at
from tests.portal.test_home import text_of

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
ROWS = [(1, "59", "sexe:F", 2), (2, "13", "sexe:F", 5), (2, None, "sexe:M", 30), (3, "59", None, None)]
"""Month, place, sex, hours before the first answer."""
FACTS = {"title": "Par sexe", "data": "I1", "rows_by": "by_sex", "columns_by": "by_month", "measure": "count"}


@pytest.fixture
def world(cast):
    with scope.acting(cast["coordination"]):
        world = World(cast["coordination"])
        house = Partner.objects.get(code_name="Les Tilleuls")
        for month, place, sex, hours in ROWS:
            received = at(dt.date(2026, month, 3))
            case = world.case(exploitation_place_id=place, sex_id=sex)
            answered = received + dt.timedelta(hours=hours) if hours else None
            asked = world.sollicitation(
                received, case=case, exploitation_place_id=place, sex_id=sex, first_answered_at=answered
            )
            world.sollicitation(received + dt.timedelta(days=9), case=case, sex_id=sex)
            world.placement(case, house, at(dt.date(2026, month, 20)), orientation=world.orientation(asked, received))
    return world


def built(world, **asked):
    asked = {"data": "I1", "rows_by": "by_sex", "columns_by": "", "measure": "count", "filters": {}, **asked}
    with scope.acting(world.by):
        return table_build(world.by, wanted_read(period=PERIOD, **asked))


def grid(table) -> dict:
    return {label: dict(zip(table.headers, values, strict=True)) for label, values in table.rows}


def test_one_breakdown_counts_rows_and_persons(world):
    assert grid(built(world)) == {
        label: {"Nombre": 2 * n} for label, n in Counter(["Féminin", "Féminin", "Masculin", "Non renseigné"]).items()
    }
    persons = built(world, measure="persons")
    assert {label: values[0] for label, values in persons.rows} == {"Féminin": 2, "Masculin": 1, "Non renseigné": 1}
    assert persons.total == (4,)
    assert "n’est pas leur somme" in persons.note


def test_two_breakdowns_agree_with_their_totals(world):
    table = built(world, columns_by="by_month")
    cells = grid(table)
    assert cells["Féminin"]["janvier 2026"] == 2
    assert cells["Féminin"]["février 2026"] == 2
    assert cells["Masculin"]["janvier 2026"] == 0
    for line in cells.values():
        assert sum(value for name, value in line.items() if name != "Total") == line["Total"]
    assert table.total[-1] == 8
    assert [sum(values[place] for _, values in table.rows) for place in range(len(table.headers))] == list(table.total)


def test_the_median_is_that_of_the_rows(world):
    table = built(world, measure="delay")
    hours = [hours for *_, hours in ROWS if hours]
    assert table.total == (pytest.approx(median(hours)),)
    assert dict(table.rows)["Féminin"] == (pytest.approx(median([2, 5])),)
    assert dict(table.rows)["Non renseigné"] == (None,)
    assert "en heures" in table.note
    assert dict(table.shown())["Féminin"] == ["3\u00a0h\u00a030"]


@pytest.mark.parametrize("code", ["I1", "I2", "I3"])
def test_a_table_is_cut_as_its_indicator_is(world, code):
    with scope.acting(world.by):
        result = figures_for(world.by, PERIOD).results[code]
    for cut in DATA_SETS[code].cuts:
        rows = {label: values[0] for label, values in built(world, data=code, rows_by=cut.name).rows}
        assert rows == {row.label: row.n for row in result.breakdown(cut.name).rows}, cut.name


@pytest.mark.parametrize("code", ["I1", "I2", "I3"])
def test_filters_keep_the_rows_of_one_cell(world, code):
    with scope.acting(world.by):
        cells = figures_for(world.by, PERIOD).results[code].breakdown("by_sex").rows
    for row in cells:
        table = built(world, data=code, rows_by="by_month", filters={"by_sex": row.key or "NR"})
        assert table.total == (row.n,)


@pytest.mark.parametrize(
    "asked",
    [
        {"data": "I9"},
        {"rows_by": "password"},
        {"columns_by": "by_sex"},
        {"columns_by": "line"},
        {"measure": "sum"},
        {"data": "I2", "measure": "persons"},
    ],
)
def test_what_does_not_go_together_is_refused(world, asked):
    with pytest.raises(ValidationError):
        built(world, **asked)


def test_it_is_kept_shown_exported_and_taken_away(client_of, world):
    browser = client_of("coordination")
    assert browser.get(reverse("dashboards_table_new")).status_code == 200
    page = browser.post(reverse("dashboards_table_new"), {**FACTS, "span": "convention", "voir": "1"})
    assert page.status_code == 200
    assert "Aperçu" in page.content.decode()
    with scope.acting(world.by):
        assert not SavedTable.objects.filter(title="Par sexe").exists()
    assert (
        browser.post(reverse("dashboards_table_new"), {**FACTS, "span": "convention", "title": ""}).status_code == 422
    )
    answer = browser.post(reverse("dashboards_table_new"), {**FACTS, "span": "convention", "is_pinned": "on"})
    assert answer.status_code == 302
    assert "Féminin" in browser.get(answer.url).content.decode()
    assert "Féminin" in browser.get(reverse("dashboards_tables")).content.decode()
    with scope.acting(world.by):
        pk = SavedTable.objects.get(title="Par sexe").pk
    file = browser.post(reverse("dashboards_table_export", args=[pk]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(file.streaming_content)))
    rows = book.get_sheet_by_name("Par sexe").to_python()
    assert rows[-1][0] == "Total"
    assert rows[-1][-1] == sum(row[-1] for row in rows[1:-1]) > 0
    assert browser.post(reverse("dashboards_table_new"), {**FACTS, "span": "year"}).status_code == 422
    edit = reverse("dashboards_table_edit", args=[pk])
    assert 'value="Par sexe"' in browser.get(edit).content.decode()
    assert browser.post(edit, {**FACTS, "title": "Par mois", "span": "year"}).status_code == 302
    assert browser.post(reverse("dashboards_table_remove", args=[pk])).status_code == 302
    assert browser.get(reverse("dashboards_table", args=[pk])).status_code == 404


def test_sharing_opens_it_to_the_coordination_and_to_nobody_else(client_of, cast, world):
    with scope.acting(world.by):
        table = table_save(user=world.by, **FACTS, span="year", filters={}, is_shared=False, is_pinned=False)
    page = reverse("dashboards_table", args=[table.pk])
    assert client_of("direction").get(page).status_code == 404
    with scope.acting(world.by):
        table_save(user=world.by, table=table, is_shared=True)
    assert client_of("direction").get(page).status_code == 200
    for name in ("edit", "remove"):
        assert client_of("direction").post(reverse(f"dashboards_table_{name}", args=[table.pk])).status_code == 404
    with scope.acting(cast["direction"]):
        with pytest.raises(PermissionDenied):
            table_remove(user=cast["direction"], table=table)
        assert not SavedTable.objects.filter(pk=table.pk).update(title="x")
    for key in ("state_reader", "director_a", "gendarme", "dpo", "trainer", "tech_admin"):
        with scope.acting(cast[key]):
            assert not SavedTable.objects.exists()
        assert client_of(key).get(page).status_code in (302, 403, 404)


def test_a_shared_table_keeps_versions_that_its_author_alone_puts_back(cast, client_of, world):
    """What one keeps alone has none: the versions are read by the coordination."""
    facts = {"data": "I1", "rows_by": "by_form", "columns_by": "", "measure": "count", "span": "year"}
    with scope.acting(world.by):
        alone = table_save(user=world.by, title="Pour moi", **facts)
        table = table_save(user=world.by, title="Formes", is_shared=True, **facts)
        table_save(user=world.by, table=table, title="Formes et sexe", columns_by="by_sex", is_shared=True)
        kept = ConfigVersion.objects.filter(part="tables")
        assert not kept.filter(key=str(alone.pk)).exists()
        first = kept.filter(key=str(table.pk)).order_by("pk").first()
        assert first.content["title"] == "Formes"
    versions = reverse("havre_config:versions", args=["tables"])
    assert "En colonnes : Par sexe" in text_of(client_of("direction").get(versions))
    back = f"{reverse('havre_config:restore', args=['tables'])}?objet={table.pk}&version={first.pk}"
    refused = client_of("direction").post(back, {"reason": "Essai"})
    assert refused.status_code == 422
    assert "Seule la personne qui a fait ce tableau" in text_of(refused)
    assert client_of("coordination").post(back, {"reason": "Essai"}).status_code == 302
    with scope.acting(world.by):
        table.refresh_from_db()
        assert (table.title, table.columns_by) == ("Formes", "")
        table_remove(user=world.by, table=table)
    assert kept.filter(key=str(table.pk)).latest("pk").content is None


@pytest.mark.parametrize("key", ["state_reader", "director_a", "gendarme"])
def test_no_filter_is_given_to_whoever_reads_what_is_published(client_of, world, key):
    """A cut chosen by a reader would isolate a person: their pages and the API take none."""
    browser = client_of(key)
    query = {"du": "2026-01-01", "au": "2026-06-30", "par": "by_form", "cle": "forme:SEX", "by_territory": "59"}
    for url in ("/admin/chiffres/I1/lignes/", reverse("dashboards_tables"), reverse("dashboards_table_new")):
        assert browser.get(url, query).status_code in (302, 403, 404)
    assert browser.get("/api/v1/indicators/", query).status_code == 400, "it knows no such filter"
    assert browser.get("/api/v1/indicators/").status_code in (403, 404)


def test_a_software_reads_a_saved_table_and_nobody_outside_finds_it(client_of, cast, world):
    with scope.acting(cast["coordination"]):
        table = table_save(user=cast["coordination"], span="convention", **FACTS)
        built = table_build(cast["coordination"], table_wanted(table))
    address = f"/api/v1/tables/{table.pk}/"
    read = client_of("coordination").get(address).json()
    assert [(row["label"], row["values"]) for row in read["rows"]] == [
        (label, [None if value is None else float(value) for value in values]) for label, values in built.rows
    ]
    assert read["headers"] == list(built.headers)
    assert {client_of(key).get(address).status_code for key in ("direction", "state_reader", "director_a")} == {404}


def test_a_saved_table_that_lost_its_detail_says_so(client_of, cast, world):
    with scope.acting(cast["coordination"]):
        table = table_save(user=cast["coordination"], **FACTS)
        SavedTable.objects.filter(pk=table.pk).update(rows_by="by_gone")
    answer = client_of("coordination").get(f"/api/v1/tables/{table.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
