"""What keeps the admin closed: policies, no copies in Wagtail's own tables, exports, forged choices, flat queries."""

import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.apps import apps
from django.contrib.admin.utils import quote
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.search.index import get_indexed_models
from wagtail.snippets.models import get_snippet_models

from cases.models import Case
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_send
from cms.journal.models import JournalLine
from cms.kit.xlsx.lists import workbook_write
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.models import Partner
from cms.values.models import Value
from cms.wall.policies import ScopedPolicy
from tests.admin.conftest import viewsets
from tests.cast.situations import FACTS
from tests.costs import counted

HOME = 23
"""One query a panel, and what the menus of Wagtail ask."""
"""The scope is given back by a query inside the transaction of the tests alone."""
PUBLIC = set()
"""Snippet models that anybody with access to the admin may read: none."""


def test_every_snippet_has_our_policy():
    for model in set(get_snippet_models()) - PUBLIC:
        assert isinstance(policy_registry.get_by_type(model, fallback=False), ScopedPolicy)


def test_wagtail_keeps_no_copy_of_business_rows():
    ours = {model for label in ("cases", "partners", "formation") for model in apps.get_app_config(label).get_models()}
    pages = {model for model in ours if hasattr(model, "url_path")}
    assert not (ours - pages) & set(get_indexed_models())
    assert not (ours - pages) & ReferenceIndex.indexed_models
    assert not [model for model in ours - pages if hasattr(model, "api_fields")]
    assert not apps.is_installed("wagtail.api.v3")


def test_the_policy_answers_for_nobody_else(cast, files, acting_as):
    policy = policy_registry.get_by_type(Case)
    with acting_as("director_a"):
        assert not policy.user_has_permission_for_instance(cast["coordination"], "view", files["case_b"])
    with acting_as("coordination"):
        assert policy.user_has_permission_for_instance(cast["coordination"], "view", files["case_b"])
        assert not policy.user_has_permission_for_instance(cast["coordination"], "delete", files["case_b"])


def test_a_consulted_file_leaves_a_line(client_of, files, acting_as):
    browser = client_of("coordination")
    browser.get(reverse("cases_case:inspect", args=[files["case_a"].pk]))
    browser.get(reverse("cases_case:list"))
    with acting_as("dpo"):
        lines = JournalLine.objects.filter(action="case.read")
        assert lines.filter(object_id=files["case_a"].pk).exists()
        assert lines.get(object_id=None).details == {"count": 3}


def test_a_refused_file_leaves_a_line(client_of, files, acting_as):
    browser = client_of("editor")
    assert browser.get(reverse("cases_case:inspect", args=[files["case_a"].pk])).status_code == 404
    with acting_as("dpo"):
        assert JournalLine.objects.filter(outcome="refused", object_id=files["case_a"].pk).exists()


def test_wagtail_logs_nothing_of_a_change(client_of, files):
    browser = client_of("coordination")
    url = reverse("cases_case:edit", args=[files["case_a"].pk])
    assert browser.post(url, {**case_form(), "adhesion": "adhesion:REFUSE"}).status_code in (200, 302)
    assert not ModelLogEntry.objects.exists()


def case_form() -> dict:
    return {
        "sex": "sexe:F",
        "birth_year": "2010",
        "birth_month": "3",
        "age_precision": "precision_age:DECL",
        "identification_level": "niveau_identification:SUSP",
        "nationality_zone": "zone_nationalite:FR",
        "is_unaccompanied": "unknown",
        "origin": "59",
        "exploitation_place": "59",
    }


def test_the_facts_of_a_case_are_changed(client_of, files, acting_as):
    browser = client_of("coordination")
    url = reverse("cases_case:edit", args=[files["case_a"].pk])
    response = browser.post(url, {**case_form(), "containment": "contenance:CONTENANT", "origin": "75"})
    assert response.status_code == 302
    with acting_as("coordination"):
        assert Case.objects.get(pk=files["case_a"].pk).origin_id == "75"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sex", "nature:PEC"),
        ("sex", "sexe:INCONNUE"),
        ("exploitation_place", "X9"),
        ("origin", "<script>"),
        ("sex", "x' OR 1=1"),
    ],
)
def test_a_forged_choice_is_refused_beside_its_field(client_of, files, acting_as, field, value):
    browser = client_of("coordination")
    url = reverse("cases_case:edit", args=[files["case_a"].pk])
    response = browser.post(url, {**case_form(), field: value})
    assert response.status_code == 422
    assert "Ce choix n’est pas disponible" in response.content.decode()
    with acting_as("coordination"):
        assert Case.objects.get(pk=files["case_a"].pk).sex_id == "sexe:F"


def test_a_forged_partner_is_refused(client_of):
    browser = client_of("coordination")
    form = {"partner": str(uuid.uuid4()), "reference": "CV-FAUX", "contacted_on": "2026-01-05"}
    response = browser.post(reverse("partners_convention:add"), form)
    assert "Ce choix n’est pas disponible" in response.content.decode()


def test_a_forged_structure_opens_no_stay(client_of, files, acting_as):
    with acting_as("coordination"):
        service = Partner.objects.get(code_name="Brigade 12")
    form = {"partner": str(service.pk), "arrived_at": "2026-01-05T10:00", "legal_frame": "cadre_juridique:OPP-P"}
    response = client_of("coordination").post(reverse("cases_case:stay", args=[files["case_open"].pk]), form)
    assert response.status_code == 422
    assert "écarte cette structure : choisissez-en une autre" in response.content.decode()


def test_a_core_value_is_not_retired(client_of, acting_as):
    url = reverse("values_value:edit", args=[quote("nature:PEC")])
    form = {"label": "Prise en charge d’un mineur", "position": "0", "active_to": "2026-01-01"}
    client_of("coordination").post(url, form)
    assert Value.objects.get(pk="nature:PEC").active_to is None


def test_a_value_is_added_and_retired(client_of):
    browser = client_of("coordination")
    form = {"list": "canal", "code": "PIGEON", "label": "Pigeon voyageur", "position": "90"}
    assert browser.post(reverse("values_value:add"), form).status_code == 302
    url = reverse("values_value:edit", args=[quote("canal:PIGEON")])
    assert browser.post(url, {"label": "Pigeon", "position": "91", "active_to": "2026-01-01"}).status_code == 302
    assert Value.objects.get(pk="canal:PIGEON").active_to == dt.date(2026, 1, 1)


def test_a_setting_is_changed_and_its_versions_kept(client_of):
    browser = client_of("coordination")
    url = reverse("havre_settings:edit", args=["cases.answer_hours"])
    asked = browser.post(url, {"value": "36"})
    assert browser.post(url, {"value": "36", "seen": asked.context_data["mark"]}).status_code == 302
    page = browser.get(url).content.decode()
    assert "36" in page
    assert "Claire Vasseur" in page
    assert browser.post(url, {"value": "beaucoup"}).status_code == 422


@pytest.mark.parametrize("key", ["editor", "trainer", "dpo", "tech_admin"])
def test_settings_are_closed_to_the_others(client_of, key):
    browser = client_of(key)
    assert browser.get(reverse("havre_settings:index")).status_code == 404
    assert browser.post(reverse("havre_settings:edit", args=["cases.answer_hours"]), {"value": "1"}).status_code == 404


@pytest.mark.parametrize(("key", "status"), [("dpo", 200), ("direction", 200), ("coordination", 404), ("editor", 404)])
def test_the_journal_is_read_by_direction_and_data_protection(client_of, key, status):
    assert client_of(key).get(reverse("havre_journal:index")).status_code == status


def export_of(browser, name: str, query: str = ""):
    response = browser.get(f"{reverse(f'{name}:list')}?export=xlsx{query}")
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def test_an_export_is_typed_and_told_to_the_journal(client_of, files, acting_as):
    sheet = export_of(client_of("coordination"), "cases_sollicitation", "&urgency=urgence:U2&q=S-")
    headings = [cell.value for cell in sheet[1]]
    assert headings[0] == "Référence"
    assert "Service demandeur" in headings
    received = sheet.cell(row=2, column=headings.index("Reçue le") + 1)
    assert isinstance(received.value, dt.datetime)
    assert sheet.cell(row=2, column=headings.index("État") + 1).value in {"orientée", "reçue"}
    with acting_as("dpo"):
        line = JournalLine.objects.get(action="cases.sollicitation.export")
    assert line.details == {"rows": sheet.max_row - 1, "filters": {"urgency": "urgence:U2"}}


def test_no_exported_text_is_a_formula(client_of, acting_as):
    with acting_as("coordination"):
        partner_create(PartnerCard(kind="state", code_name="=1+1", opened_on=dt.date(2026, 1, 1)))
    sheet = export_of(client_of("coordination"), "partners_partner")
    cell = next(row[0] for row in sheet.iter_rows() if row[0].value == "=1+1")
    assert cell.data_type == "s"


def test_control_characters_do_not_break_a_workbook():
    output, count = workbook_write(["Nom"], [["a\x00b"], [None]], title="Essai")
    assert count == 2
    assert openpyxl.load_workbook(output).active.cell(row=2, column=1).value == "ab"


def test_there_is_no_csv(client_of, files):
    response = client_of("coordination").get(f"{reverse('cases_case:list')}?export=csv")
    assert "csv" not in response["Content-Type"]


def queries_of(browser, url) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(counted(queries))


def more_rows(cast):
    for number in range(6):
        sollicitation_send(
            NewSollicitation(
                requester=Partner.objects.get(code_name="Brigade 12"),
                submitted_by=cast["coordination"],
                nature_id="nature:PEC",
                urgency_id="urgence:U2",
                channel_id="canal:TEL" if Value.objects.filter(pk="canal:TEL").exists() else "canal:PORTAIL",
                forms=["forme:SEX"],
                main_form="forme:SEX",
                facts=FACTS,
                age=None,
                detail={"narrative": f"récit {number}"},
            )
        )
        partner_create(PartnerCard(kind="state", code_name=f"Service {number}", opened_on=dt.date(2026, 1, 1)))


def test_lists_cost_the_same_at_two_sizes(client_of, cast, acting_as, files):
    browser = client_of("coordination")
    addresses = [reverse(f"{viewset.url_namespace}:list") for viewset in viewsets()]
    few = {address: queries_of(browser, address) for address in addresses}
    with acting_as("coordination"):
        more_rows(cast)
    assert {address: queries_of(browser, address) for address in addresses} == few
    assert max(few.values()) <= 15, few


def test_the_home_page_costs_the_same_at_two_sizes(client_of, cast, acting_as, files):
    browser = client_of("coordination")
    few = queries_of(browser, reverse("wagtailadmin_home"))
    with acting_as("coordination"):
        more_rows(cast)
    assert queries_of(browser, reverse("wagtailadmin_home")) == few
    assert few <= HOME


def test_titles_say_nothing_of_a_child(files):
    for row in files.values():
        assert "MARQUEUR" not in str(row)


def test_the_sealed_identity_is_never_shown(client_of, files):
    browser = client_of("coordination")
    for page in ("inspect", "edit", "identity"):
        text = browser.get(reverse(f"cases_case:{page}", args=[files["case_a"].pk])).content.decode()
        assert "MARQUEUR-NOM" not in text
        assert "MARQUEUR-PRENOM" not in text


@pytest.mark.parametrize("key", ["coordination", "direction", "editor", "trainer", "dpo", "tech_admin", "director_a"])
@pytest.mark.parametrize(
    "screen",
    [
        "users",
        "groups",
        "sites",
        "workflows/list",
        "collections",
        "reports/site-history",
        "reports/locked",
        "snippets",
    ],
)
def test_screens_that_nobody_uses_are_closed(client_of, key, screen):
    assert client_of(key).get(f"/admin/{screen}/").status_code == 404


@pytest.mark.parametrize("key", ["director_a", "gendarme", "trainee"])
def test_whoever_has_nothing_to_do_in_the_admin_does_not_loop(client_of, key):
    response = client_of(key).get("/admin/", follow=True)
    assert response.status_code == 404
    assert len(response.redirect_chain) == 1


@pytest.mark.parametrize("key", ["coordination", "direction", "editor", "trainer", "dpo", "tech_admin"])
def test_each_role_has_its_home_and_no_word_of_software(client_of, files, key):
    text = client_of(key).get("/admin/").content.decode()
    sees_files = key in {"coordination", "direction"}
    assert ("Salle de veille" in text) is sees_files
    assert ("Sollicitations" in text) is sees_files
    for word in ("Fragments", "Rapports", "Documents", "Images", "wagtail.org"):
        assert word not in text.split("<main")[0].split("sidebar-props")[-1], word
