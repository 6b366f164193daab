"""Views of a list: kept, shared, opened first, taken out; they give no right and show each their own."""

import io
import json
from dataclasses import replace
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.extra.enums import ExtraKind
from cases.extra.services import extra_answers_write, extra_field_create, extra_unseal_agree, extra_unseal_ask
from cases.files.admin.viewsets import CaseViewSet
from cases.requests.admin.viewsets import SollicitationViewSet
from cms.columns.models import SavedView
from cms.columns.rules.columns import Column
from cms.columns.rules.conditions import condition_check
from cms.columns.rules.views import DENIED, ViewContent, content_open
from cms.columns.selectors import GONE
from cms.columns.services import Sharing, view_first, view_remove, view_save
from cms.columns.settings import views_dump, views_put
from cms.exports.selectors.lists import source
from cms.journal.models import JournalLine
from cms.kit.xlsx.lists import list_export_write
from cms.values.models import ConfigVersion
from cms.wall import scope
from tests.admin.conftest import viewsets
from tests.costs import counted
from tests.portal.test_home import text_of

LIST = "cases_sollicitation"
BOTH = Sharing(["coordination", "direction"])


@pytest.fixture
def columns(db):
    return SollicitationViewSet().list_columns


@pytest.fixture
def keep(cast, columns):
    """Keeps a view of the requests, as the coordination unless another is named."""

    def kept(title="Reçues", *, by="coordination", sharing=None, view=None, **content):
        content = {"columns": ["reference", "state", "urgency"], "condition": {}, "sort": [], **content}
        with scope.acting(cast[by]):
            return view_save(
                user=cast[by], columns=columns, view=view, title=title, content=content, sharing=sharing or Sharing()
            )

    return kept


def line(column, test, value=None):
    return {"column": column, "test": test, "value": value}


def list_of(browser, view=None, **asked):
    return browser.get(f"{reverse(f'{LIST}:list')}?{urlencode({'vue': view.pk if view else 'toutes', **asked})}")


def headings(response) -> list[str]:
    return [column.label for column in response.context["table"].columns.values()][1:]


def rows(response) -> list[str]:
    return [row.reference for row in response.context["object_list"]]


def test_a_view_chooses_columns_filters_and_order(client_of, files, keep):
    received = line("state", "in", ["received"])
    view = keep(columns=["reference", "age_at_reception", "urgency"], condition=received, sort=["-age_at_reception"])
    response = list_of(client_of("coordination"), view)
    assert headings(response) == ["Référence", "Âge à la réception", "Urgence"]
    shown = list(response.context["object_list"])
    assert shown
    assert {row.state for row in shown} == {"received"}
    ages = [row.age_at_reception for row in shown if row.age_at_reception is not None]
    assert ages == sorted(ages, reverse=True)
    assert response.context["bar"].tabs[1].count == len(shown)


def test_filters_of_the_screen_narrow_a_view_and_the_table_keeps_it(client_of, files, keep):
    view = keep(condition=line("state", "in", ["received"]))
    response = list_of(client_of("coordination"), view, urgency="urgence:U3", q="S-")
    assert {row.urgency_id for row in response.context["object_list"]} <= {"urgence:U3"}
    assert response.context["search_form"].fields["vue"].initial == str(view.pk)
    assert "requester" not in response.context["filters"].filters
    wider = keep("Services", columns=["reference", "requester"])
    assert "requester" in list_of(client_of("coordination"), wider).context["filters"].filters


def test_the_export_is_the_view_cell_by_cell(client_of, files, keep):
    view = keep(columns=["reference", "minor", "current_place", "urgency"], sort=["reference"])
    browser = client_of("coordination")
    shown = list_of(browser, view)
    sheet = sheet_of(list_of(browser, view, export="xlsx"))
    assert [cell.value for cell in sheet[1]] == headings(shown)
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    drawn = [
        [column.get_value(row) or "" for column in list(shown.context["table"].columns.values())[1:]]
        for row in shown.context["object_list"]
    ]
    assert cells == drawn


def test_what_is_ticked_is_taken_out_alone_and_told_to_the_journal(client_of, files, acting_as, keep):
    view = keep(columns=["reference"])
    chosen = files["sollicitation_a"]
    forged = "11111111-1111-4111-8111-111111111111"
    answer = client_of("coordination").get(
        f"{reverse(f'{LIST}:list')}?vue={view.pk}&export=xlsx&choisies={chosen.pk}&choisies={forged}&choisies=rien"
    )
    assert [[cell.value for cell in row] for row in sheet_of(answer).iter_rows(min_row=2)] == [[chosen.reference]]
    with acting_as("dpo"):
        details = JournalLine.objects.get(action="cases.sollicitation.export").details
    assert details == {"rows": 1, "filters": {"columns": "reference", "condition": "{}", "chosen": "3"}}


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def test_a_column_drawn_from_the_whole_row_is_taken_out_as_it_is_shown(client_of, files, cast):
    with scope.acting(cast["coordination"]):
        view = view_save(
            user=cast["coordination"], columns=CaseViewSet().list_columns, title="Âges",
            content={"columns": ["reference", "minor", "state"], "condition": {}, "sort": ["reference"]},
        )  # fmt: skip
    browser, url = client_of("coordination"), f"{reverse('cases_case:list')}?vue={view.pk}"
    shown = {row.reference: row for row in browser.get(url).context["object_list"]}
    found = {
        row[0].value: (row[1].value, row[2].value)
        for row in sheet_of(browser.get(f"{url}&export=xlsx")).iter_rows(min_row=2)
    }
    assert found.keys() == shown.keys()
    assert {state for _, state in found.values()} <= {"Suivie", "Close"}
    assert all(minor for minor, _ in found.values())


def test_a_view_that_is_shared_opens_for_the_role_and_stays_closed_otherwise(client_of, files, keep):
    mine, ours = keep("À moi"), keep("À nous", sharing=BOTH)
    direction = client_of("direction")
    tabs = [tab.label for tab in list_of(direction).context["bar"].tabs]
    assert tabs == ["Toutes", "À nous"]
    assert headings(list_of(direction, ours)) == ["Référence", "État", "Urgence"]
    refused = list_of(direction, mine)
    assert refused.status_code == 200
    assert GONE in text_of(refused)
    assert client_of("direction").get(reverse("havre_views:edit", args=[mine.pk])).status_code == 404
    assert client_of("director_a").get(f"{reverse(f'{LIST}:list')}?vue={ours.pk}").status_code in (302, 404)


def test_the_wall_keeps_views_to_their_author_and_their_roles(cast, acting_as, keep):
    mine, ours = keep("À moi"), keep("À nous", sharing=BOTH)
    with acting_as("direction"):
        assert set(SavedView.objects.filter(pk__in=[mine.pk, ours.pk])) == {ours}
        assert SavedView.objects.filter(pk=ours.pk).update(position=3) == 1
        assert not SavedView.objects.filter(pk=mine.pk).update(position=3)
        with pytest.raises(ProgrammingError), transaction.atomic():
            SavedView.objects.filter(pk=ours.pk).update(shared_with=[])
    for key in ("trainer", "director_a", "educator_a", "state_reader"):
        with acting_as(key):
            assert not SavedView.objects.filter(pk__in=[mine.pk, ours.pk]).exists(), key
            with pytest.raises(ProgrammingError), transaction.atomic():
                SavedView.objects.create(
                    list_code=LIST,
                    code="x",
                    title="x",
                    columns=["reference"],
                    author=cast[key],
                    shared_with=["trainer"],
                )


def test_a_list_opens_first_by_one_s_own_choice_then_by_that_of_the_role(client_of, cast, files, keep):
    of_role = keep("Rôle", sharing=Sharing(["direction"], ["direction"]))
    other = keep("Autre", by="direction")
    browser, url = client_of("direction"), reverse(f"{LIST}:list")
    assert browser.get(url).context["bar"].view == of_role
    assert client_of("coordination").get(url).context["bar"].view is None
    browser.post(reverse("havre_views:first", args=[LIST]), {"vue": other.pk})
    assert browser.get(url).context["bar"].view == other
    browser.post(reverse("havre_views:first", args=[LIST]), {"vue": "toutes"})
    assert browser.get(url).context["bar"].view is None
    assert list_of(browser, of_role).context["bar"].view == of_role


def test_one_view_alone_opens_first_for_a_role(cast, keep):
    first = keep("Une", sharing=Sharing(["direction"], ["direction"]))
    second = keep("Deux", sharing=Sharing(["direction"], ["direction"]))
    with scope.acting(cast["coordination"]):
        first.refresh_from_db()
    assert (first.default_for, second.default_for) == ([], ["direction"])


REFUSED = [
    ({"columns": []}, "au moins une colonne"),
    ({"columns": ["identity"]}, "n’existe pas"),
    ({"sort": ["form"]}, "ne s’applique pas"),
    ({"sort": ["reference", "state", "urgency", "closed_at"]}, "ne s’applique pas"),
    ({"condition": line("nothing", "answered")}, "n’existe pas"),
    ({"columns": "reference"}, "ne se lit pas"),
]


@pytest.mark.parametrize(("content", "sentence"), REFUSED)
def test_a_view_that_cannot_stand_is_refused(keep, content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        keep(**content)


def test_more_than_twelve_columns_are_refused(keep, columns):
    codes = list(columns.all())[:13]
    with pytest.raises(ValidationError, match="12 colonnes au plus"):
        keep(columns=codes)


def test_who_may_not_open_the_list_keeps_no_view_of_it_and_alone_the_coordination_shares(cast, columns, keep):
    with pytest.raises(PermissionDenied):
        keep(by="trainer")
    with pytest.raises(ValidationError, match="rôle"):
        keep(sharing=Sharing(["trainer"]))
    with pytest.raises(ValidationError, match="d’abord"):
        keep(sharing=Sharing([], ["direction"]))


def closed(column: Column) -> Column:
    return replace(column, may_read=lambda user: False)


def test_a_column_that_one_may_not_read_is_neither_shown_nor_filtered_nor_sorted(columns):
    known = columns.all()
    first = known["reference"]
    readable = {code: column for code, column in known.items() if code != "urgency"}
    shown = content_open(ViewContent(("reference", "urgency", "state")), readable, first)
    assert [column.code for column in shown.columns] == ["reference", "state"]
    assert "Une colonne de cette vue ne vous est pas montrée" in shown.notes[0]
    urgent = condition_check(line("urgency", "answered"), known)
    for content in (
        ViewContent(("reference",), urgent),
        ViewContent(("reference",), sort=("-urgency",)),
    ):
        opened = content_open(content, readable, first)
        assert (opened.condition, opened.sort, opened.notes) == ({}, (), (DENIED,))


def test_the_address_gives_a_reader_no_column_filter_or_order_without_the_right(client_of, files):
    viewset = type(files["sollicitation_a"]).snippet_viewset
    built = viewset.list_columns.built_in()
    kept = list(built)
    built[:] = [closed(column) if column.code == "urgency" else column for column in kept]
    try:
        tried = {"columns": ["reference", "urgency"], "condition": line("urgency", "answered"), "sort": []}
        response = list_of(client_of("coordination"), voir=json.dumps(tried), ordering="urgency", urgency="urgence:U1")
        assert "Urgence" not in headings(response)
        assert "urgency" not in response.context["filters"].filters
        assert "ne se lit pas" in text_of(response)
        assert len(rows(response)) == len(rows(list_of(client_of("coordination"))))
    finally:
        built[:] = kept


@pytest.mark.parametrize("tried", ["{", "[]", '{"columns": 3}', '{"columns": ["reference"], "condition": "1=1"}'])
def test_an_address_written_by_hand_shows_the_whole_list(client_of, files, tried):
    response = list_of(client_of("coordination"), voir=tried)
    assert response.status_code == 200
    assert "ne se lit pas" in text_of(response)


def posted(**given):
    return {
        "joined": "all",
        "show_reference": "on",
        "show_urgency": "on",
        "rank_urgency": "1",
        "rank_reference": "2",
    } | given


def test_a_view_is_made_without_a_script(client_of, files, cast):
    browser, url = client_of("coordination"), reverse("havre_views:new", args=[LIST])
    assert browser.get(url).status_code == 200
    page = browser.post(url, posted(line_0_column="received_on", lignes="1"))
    assert page.context["form"].fields["line_0_test"].choices[0][0] == "before"
    filled = posted(line_0_column="received_on", line_0_test="after", line_0_value="-3650", sort_0="-received_at")
    tried = browser.post(url, filled | {"voir": "1"}, follow=True)
    assert headings(tried) == ["Référence", "Urgence"]
    assert "Cette vue n’est pas enregistrée" in text_of(tried)
    nameless = browser.post(url, filled)
    assert nameless.status_code == 422
    assert "Donnez un nom" in text_of(nameless)
    kept = browser.post(
        url, filled | {"title": "Depuis dix ans", "shared_with": ["direction"], "is_first": "on"}, follow=True
    )
    with scope.acting(cast["coordination"]):
        view = SavedView.objects.get(title="Depuis dix ans")
    assert view.columns == ["urgency", "reference"]
    assert view.condition == {"all": [line("received_on", "after", "-3650")]}
    assert view.sort == ["-received_at"]
    assert kept.context["bar"].is_first
    edited = browser.get(reverse("havre_views:edit", args=[view.pk]))
    assert edited.context["form"].fields["line_0_value"].initial == "-3650"


def test_a_filter_that_cannot_be_read_comes_back_with_its_sentence(client_of, files):
    browser, url = client_of("coordination"), reverse("havre_views:new", args=[LIST])
    wrong = posted(line_0_column="received_on", line_0_test="before", line_0_value="hier", title="x")
    answer = browser.post(url, wrong)
    assert answer.status_code == 422
    assert "donnez une valeur" in text_of(answer)


def test_a_shared_view_is_changed_by_the_others_of_the_coordination_and_keeps_its_versions(client_of, cast, keep):
    view = keep("À nous", sharing=BOTH)
    with scope.acting(cast["direction"]):
        keep("À nous", by="direction", sharing=BOTH, view=view, columns=["reference"])
        with pytest.raises(ValidationError, match="reste partagée"):
            keep("À nous", by="direction", view=SavedView.objects.get(pk=view.pk))
        contents = ConfigVersion.objects.filter(part="views", key=str(view.pk)).order_by("changed_at")
        assert [version.content["columns"] for version in contents] == [
            ["reference", "state", "urgency"],
            ["reference"],
        ]
        view_remove(user=cast["direction"], view=SavedView.objects.get(pk=view.pk))
        assert not views_dump()


def test_a_view_of_one_s_own_has_no_version_and_no_line_in_the_file(cast, keep):
    view = keep("À moi")
    with scope.acting(cast["coordination"]):
        assert not ConfigVersion.objects.filter(part="views", key=str(view.pk)).exists()
        assert not views_dump()


def test_the_file_carries_shared_views_and_says_what_it_cannot_load(cast, keep):
    keep(
        "À nous",
        sharing=Sharing(["direction"], ["direction"], 2),
        condition=line("is_mine", "is", True),
        sort=["-closed_at"],
    )
    with scope.acting(cast["coordination"]):
        written = views_dump()
        view_remove(user=cast["coordination"], view=SavedView.objects.get(title="À nous"))
        assert views_put(written, cast["coordination"]) == 1
        assert views_dump() == written
        assert views_put(written, cast["coordination"]) == 0
        with pytest.raises(ValidationError, match="À nous"):
            views_put([{**written[0], "code": "autre", "columns": ["identity"]}], cast["coordination"])
        with pytest.raises(ValidationError, match="cette liste n’existe pas"):
            views_put([{**written[0], "list_code": "autre"}], cast["coordination"])


@pytest.fixture
def language(cast):
    """An added field that two people let be counted, and one that stays sealed."""
    with scope.acting(cast["coordination"]):
        counted_field = extra_field_create(
            by=cast["coordination"], code="ecole", label="Va à l’école", target="case", kind=ExtraKind.YES_NO,
            audience="office",
        )  # fmt: skip
        extra_field_create(
            by=cast["coordination"], code="proche", label="Personne proche", target="case", kind=ExtraKind.TEXT,
            audience="office",
        )  # fmt: skip
        extra_unseal_ask(field=counted_field, by=cast["coordination"], reason="Compter")
    with scope.acting(cast["direction"]):
        extra_unseal_agree(field=counted_field, by=cast["direction"])


def test_an_added_field_is_a_column_a_filter_and_an_order_and_a_sealed_one_is_none(client_of, cast, files, language):
    with scope.acting(cast["coordination"]):
        extra_answers_write(
            parent=files["case_a"], answers={"ecole": "non", "proche": "MARQUEUR-PROCHE"}, by=cast["coordination"]
        )
        columns = CaseViewSet().list_columns
        content = {
            "columns": ["reference", "x_ecole"],
            "condition": line("x_ecole", "in", ["non"]),
            "sort": ["x_ecole"],
        }
        view = view_save(user=cast["coordination"], columns=columns, title="Sans école", content=content, sharing=BOTH)
        with pytest.raises(ValidationError, match="ne pouvez pas la lire"):
            view_save(
                user=cast["coordination"], columns=columns, title="x",
                content={"columns": ["reference", "x_proche"], "condition": {}, "sort": []},
            )  # fmt: skip
    browser, url = client_of("direction"), f"{reverse('cases_case:list')}?vue={view.pk}"
    response = browser.get(url)
    assert [row.pk for row in response.context["object_list"]] == [files["case_a"].pk]
    assert headings(response) == ["Référence", "Va à l’école"]
    assert [cell.value for cell in sheet_of(browser.get(f"{url}&export=xlsx"))[2]] == [
        files["case_a"].reference,
        "Non",
    ]
    page = text_of(browser.get(reverse("havre_views:edit", args=[view.pk])))
    assert "Personne proche" in page
    assert "MARQUEUR-PROCHE" not in page


def test_ten_columns_more_cost_two_queries_at_most(client_of, files, keep, columns):
    codes = [code for code, column in columns.all().items() if not column.is_shown][:10]
    view = keep(columns=["reference", *codes])
    browser = client_of("coordination")
    cost = {}
    for name, asked in (("whole", None), ("view", view)):
        list_of(browser, asked)
        with CaptureQueriesContext(connection) as queries:
            assert list_of(browser, asked).status_code == 200
        cost[name] = len(counted(queries))
    assert cost["view"] <= cost["whole"] + 2


def test_every_column_of_every_list_is_shown_filtered_sorted_and_taken_out(client_of, cast, files):
    """A path that is wrong, or a test that the database refuses, would be found by whoever chose that column."""
    browser, user = client_of("coordination"), cast["coordination"]
    for viewset in viewsets():
        known = {code: column for code, column in viewset.list_columns.all().items() if not column.is_sealed}
        first, *others = known
        for start in range(0, len(others), 11):
            codes = [first, *others[start : start + 11]]
            filtered = [code for code in codes if known[code].can_filter]
            lines = [line(code, test) for code in filtered[:10] for test in ("answered", "unanswered")]
            sort = [f"-{code}" for code in codes if known[code].can_sort][-3:]
            query = urlencode({"voir": json.dumps({"columns": codes, "condition": {"any": lines}, "sort": sort})})
            response = browser.get(f"{reverse(f'{viewset.admin_url_namespace}:list')}?{query}")
            assert "ne se lit pas" not in text_of(response), (viewset.menu_label, codes)
            assert len(headings(response)) == len(codes)
            with scope.acting(user):
                taken = source(user, viewset.admin_url_namespace, query)
                assert list_export_write(taken)[1] == taken.total


def test_one_opens_a_view_first_only_if_one_may_see_it(cast, keep):
    mine = keep("À moi")
    with scope.acting(cast["direction"]), pytest.raises(ProgrammingError), transaction.atomic():
        view_first(user=cast["direction"], list_code=LIST, view=mine)


def test_a_view_follows_whoever_reads_it(client_of, cast, files, keep):
    """« Suivie par moi » is each one's own."""
    view = keep("Les miennes", sharing=BOTH, condition=line("is_mine", "is", True))
    with scope.acting(cast["direction"]):
        row = files["sollicitation_open"]
        type(row).objects.filter(pk=row.pk).update(taken_by=cast["direction"])
    assert rows(list_of(client_of("direction"), view)) == [files["sollicitation_open"].reference]
    assert files["sollicitation_open"].reference not in rows(list_of(client_of("coordination"), view))
