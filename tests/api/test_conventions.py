"""How every resource answers: strict parameters, pages by cursor, conditional reads, problems."""

import csv
import io
import json

import pytest
from rest_framework.relations import RelatedField

from cms.api import router
from cms.kit.api.resources import ResourceViewSet
from cms.kit.api.views import Conventions
from cms.partners.models import Partner
from cms.sessions.scopes.rules import ANY
from tests.api.reading import everything, problem

VIEWSETS = {prefix: viewset for prefix, viewset, _ in router.registry}
RESOURCES = [prefix for prefix, viewset in VIEWSETS.items() if issubclass(viewset, ResourceViewSet)]
LISTS = [prefix for prefix, viewset in VIEWSETS.items() if hasattr(viewset, "filter_backends")]
SHOWN = {"territory", "values"}
"""Apps whose rows everybody reads: their keys are codes, and tell of nobody."""
BAD = [
    ("zzz=1", "zzz"),
    ("ordering=zzz", "ordering"),
    ("ordering=", "ordering"),
    ("page_size=0", "page_size"),
    ("page_size=1000000", "page_size"),
    ("page_size=²", "page_size"),
    ("page_size=10&page_size=20", "page_size"),
    ("cursor=zz", "cursor"),
    ("cursor=", "cursor"),
    ("format=csv", "format"),
]


@pytest.fixture
def browser(client_of):
    return client_of("coordination")


def test_every_view_is_strict():
    assert all(issubclass(viewset, Conventions) for viewset in VIEWSETS.values())


def test_every_view_says_which_token_opens_it():
    for prefix, viewset in VIEWSETS.items():
        assert viewset.opened_by is not None or viewset.written_by, prefix
    assert [prefix for prefix, viewset in VIEWSETS.items() if viewset.opened_by == ANY] == ["values"]


@pytest.mark.parametrize("prefix", LISTS)
def test_without_account_the_way_in_is_named(client, cast, prefix):
    answer = client.get(f"/api/v1/{prefix}/")
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="havre"'


def test_a_forged_token_is_told_so(client, cast):
    for scheme in ("Bearer", "Token"):
        answer = client.get("/api/v1/partners/", headers={"Authorization": f"{scheme} hvj_forged"})
        problem(answer, 401)
        assert answer["WWW-Authenticate"] == 'Bearer realm="havre", error="invalid_token"'


def test_what_is_not_understood_is_refused(browser):
    for prefix in LISTS:
        for query, name in BAD:
            body = problem(browser.get(f"/api/v1/{prefix}/?{query}"), 400)
            assert [error["parameter"] for error in body["errors"]] == [name], (prefix, query)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("partners/?kind=zzz", "kind"),
        ("partners/?territory=zzz", "territory"),
        ("places/?partner=zzz", "partner"),
        ("places/?is_extra=zzz", "is_extra"),
        ("places/?starts_on__gte=2026-02-31", "starts_on__gte"),
        ("referentiel/versions/?is_major=zzz", "is_major"),
    ],
)
def test_a_value_of_no_meaning_is_refused_beside_its_parameter(browser, address, name):
    body = problem(browser.get(f"/api/v1/{address}"), 400)
    assert [error["parameter"] for error in body["errors"]] == [name]


def test_a_cursor_serves_the_list_that_gave_it(browser):
    cursor = browser.get("/api/v1/places/?page_size=1").json()["next"].partition("cursor=")[2].partition("&")[0]
    assert browser.get(f"/api/v1/places/?cursor={cursor}&page_size=200").status_code == 200
    for address in (f"partners/?cursor={cursor}", f"places/?ordering=-starts_on&cursor={cursor}"):
        assert problem(browser.get(f"/api/v1/{address}"), 400)["errors"][0]["parameter"] == "cursor"


def test_a_row_that_comes_in_neither_hides_nor_doubles_another(browser, acting_as):
    page = browser.get("/api/v1/partners/?page_size=2").json()
    with acting_as("coordination"):
        Partner.objects.create(kind="state", code_name="0 arrivé entre deux pages", opened_on="2026-01-01")
        before = set(Partner.objects.filter(is_test=False).values_list("code_name", flat=True))
    rows = [row["code_name"] for row in page["results"] + everything(browser, page["next"])]
    assert len(rows) == len(set(rows))
    assert before - set(rows) == {"0 arrivé entre deux pages"}


def test_what_did_not_change_is_not_sent_again(browser, acting_as):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
    address = f"/api/v1/partners/{partner.pk}/"
    mark = browser.get(address)["ETag"]
    for held in (mark, f"W/{mark}", f'"other", {mark}', "*"):
        again = browser.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    assert browser.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    with acting_as("coordination"):
        Partner.objects.filter(pk=partner.pk).update(closed_on="2027-01-01")
    changed = browser.get(address, headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed["ETag"] != mark


@pytest.mark.parametrize("prefix", RESOURCES)
def test_a_row_of_the_wall_is_given_by_a_link(prefix):
    """A key given as it is would be given of a row that the reader may not see."""
    fields = VIEWSETS[prefix].serializer_class().fields
    keys = {name: field for name, field in fields.items() if isinstance(field, RelatedField)}
    model = VIEWSETS[prefix].serializer_class.Meta.model
    targets = {name: model._meta.get_field(field.source).related_model._meta.app_label for name, field in keys.items()}
    assert {name for name, app in targets.items() if app not in SHOWN} == set()


@pytest.mark.parametrize("prefix", RESOURCES)
def test_a_list_is_ordered_by_what_is_never_empty(prefix):
    viewset = VIEWSETS[prefix]
    for name in {term.removeprefix("-") for term in [*viewset.ordering, *viewset.ordering_fields]}:
        model = viewset.serializer_class.Meta.model
        for part in name.split("__"):
            field = model._meta.get_field(part)
            model = field.related_model
            assert not field.null, name
        # A page begins after a value: a link ends an order only where it is a column of the row itself (`column_of`).
        assert not field.is_relation or part == name, name


NDJSON, CSV = "application/x-ndjson", "text/csv"


@pytest.mark.parametrize("prefix", RESOURCES)
def test_a_whole_list_is_the_pages_one_after_the_other(browser, prefix):
    address = f"/api/v1/{prefix}/"
    rows = everything(browser, f"{address}?page_size=200")
    answer = browser.get(address, headers={"Accept": NDJSON})
    assert answer["Content-Type"] == f"{NDJSON}; charset=utf-8"
    assert "Accept" in answer["Vary"]
    assert [json.loads(line) for line in answer.content.decode().splitlines()] == rows
    sheet = list(csv.reader(io.StringIO(browser.get(address, headers={"Accept": CSV}).content.decode())))
    assert len(sheet) == len(rows) + 1
    assert {len(line) for line in sheet} == {len(sheet[0])}
    assert [line[0] for line in sheet[1:]] == [row["id"] for row in rows]


def test_a_formula_of_a_sheet_is_quoted_and_a_line_of_json_is_raw(browser, acting_as):
    with acting_as("coordination"):
        Partner.objects.create(kind="state", code_name="=SOMME(A1)", opened_on="2026-01-01")
    asked = "/api/v1/partners/?kind=state"
    assert ",'=SOMME(A1)," in browser.get(asked, headers={"Accept": CSV}).content.decode()
    assert '"=SOMME(A1)"' in browser.get(asked, headers={"Accept": NDJSON}).content.decode()


def test_a_hidden_link_leaves_two_empty_cells(client_of, files):
    answer = client_of("ase").get("/api/v1/stays/", headers={"Accept": CSV})
    [line, *_] = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {"case.id", "case.name", "partner.id", "partner.name"} <= set(line)
    assert (line["case.id"], line["case.name"]) == ("", "")


def test_a_list_too_long_for_one_answer_says_so(browser, monkeypatch):
    monkeypatch.setattr("cms.kit.api.resources.MOST", 3)
    for kind in (NDJSON, CSV):
        body = problem(browser.get("/api/v1/places/", headers={"Accept": kind}), 413)
        assert "filtre" in body["detail"]
    assert problem(browser.get("/api/v1/places/?page_size=2", headers={"Accept": CSV}), 400)["errors"]
    problem(browser.get("/api/v1/places/", headers={"Accept": "text/html"}), 406)


def test_an_address_of_no_resource_answers_in_json(client, browser):
    for address in ("/api/v1/", "/api/v1/zzz/", "/api/v1/partners/zzz/zzz/"):
        assert problem(browser.get(address), 404)["detail"] == problem(client.get(address), 404)["detail"]
