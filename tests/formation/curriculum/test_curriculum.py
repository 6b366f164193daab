"""The curriculum: loaded once, frozen at each publication, written by trainers alone on their branch."""

import pytest
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from cms.documents.models import DocumentVersion
from cms.wall import scope
from formation.curriculum.rules import questions_of
from formation.curriculum.selectors import curriculum_in_force, module_in_force
from formation.curriculum.services import curriculum_load
from formation.models import ModulePage
from tests.cast.session import token_header


@pytest.fixture
def version(acting_as):
    return lambda: DocumentVersion.objects.filter(document__kind="curriculum").order_by("-sequence").first()


def test_the_first_version_holds_the_modules_of_the_network(acting_as):
    with acting_as("trainee"):
        version = curriculum_in_force()
        codes = [clause.code for clause in version.ordered_clauses]
    assert version.number == "1.0"
    assert codes == [f"M{number}" for number in range(1, 14)] + ["R"]


def test_loading_again_adds_nothing(db):
    with scope.acting(scope.REFERENCE):
        before = DocumentVersion.objects.count()
        assert curriculum_load() == 0
        assert DocumentVersion.objects.count() == before


def test_publishing_a_module_freezes_a_minor_version(acting_as, cast, version):
    with acting_as("trainer"):
        page = ModulePage.objects.get(code="M1")
        page.evaluation = "Un questionnaire revu."
        page.save_revision(user=cast["trainer"]).publish(user=cast["trainer"])
        latest = version()
        assert latest.number == "1.1"
        assert not latest.is_major
        assert latest.published_by == cast["trainer"]
        assert module_in_force("M1").content["evaluation"] == "Un questionnaire revu."
        first = DocumentVersion.objects.get(document=latest.document, number="1.0")
        assert first.clauses.get(code="M1").content["evaluation"] != "Un questionnaire revu."


def test_publishing_without_a_change_makes_no_version(acting_as, cast, version):
    with acting_as("trainer"):
        page = ModulePage.objects.get(code="M1")
        page.save_revision(user=cast["trainer"]).publish(user=cast["trainer"])
        assert version().number == "1.0"


def test_a_module_taken_offline_leaves_the_next_version(acting_as, cast, version):
    with acting_as("coordination"):
        ModulePage.objects.get(code="M13").unpublish(user=cast["coordination"])
        assert version().number == "1.1"
        assert module_in_force("M13") is None


def test_trainers_have_rights_on_their_branch_alone(cast):
    rows = GroupPagePermission.objects.filter(group__name="trainer").select_related("page")
    assert {row.page.slug for row in rows} == {"formation"}
    home = Page.objects.get(slug="accueil")
    module = ModulePage.objects.get(code="M1")
    assert module.permissions_for_user(cast["trainer"]).can_publish()
    assert not home.permissions_for_user(cast["trainer"]).can_edit()


def test_a_trainer_edits_and_publishes_in_the_admin(client_of, acting_as, version):
    browser = client_of("trainer")
    page = ModulePage.objects.get(code="M2")
    address = f"/admin/pages/{page.pk}/edit/"
    form = browser.get(address).context["form"]
    sent = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    sent |= {"prerequisites": "M1 et une visite", "questions-count": "0", "action-publish": "1"}
    sent |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    assert browser.post(address, sent).status_code == 302
    with acting_as("trainer"):
        assert module_in_force("M2").content["prerequisites"] == "M1 et une visite"


def question(rights: tuple[bool, ...]) -> dict[str, str]:
    """What the editor of pages sends for one question of a single choice, whose answers are right or not."""
    sent = {
        "questions-count": "1", "questions-0-deleted": "", "questions-0-order": "0", "questions-0-type": "one",
        "questions-0-id": "", "questions-0-value-text": "Qui appeler d’abord ?", "questions-0-value-moment": "both",
        "questions-0-value-choices-count": str(len(rights)),
    }  # fmt: skip
    for rank, is_right in enumerate(rights):
        prefix = f"questions-0-value-choices-{rank}"
        sent |= {f"{prefix}-deleted": "", f"{prefix}-order": str(rank), f"{prefix}-value-text": f"Réponse {rank}"}
        sent |= {f"{prefix}-value-is_right": "on"} if is_right else {}
    return sent


def test_a_trainer_writes_a_questionnaire_without_code(client_of, acting_as, cast):
    browser = client_of("trainer")
    page = ModulePage.objects.get(code="M9")
    address = f"/admin/pages/{page.pk}/edit/"
    form = browser.get(address).context["form"]
    sent = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    sent |= {"action-publish": "1", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    refused = browser.post(address, sent | question((True, True)))
    assert refused.status_code == 200
    assert "questions" in refused.context["form"].errors
    assert browser.post(address, sent | question((False, True, False))).status_code == 302
    with acting_as("trainee"):
        [asked] = questions_of(module_in_force("M9").content)
        assert (asked.text, asked.choices[1], asked.right) == ("Qui appeler d’abord ?", "Réponse 1", {1})
        assert asked.key
    # Whoever reads the catalogue through the content API is not told the right answers.
    shown = Client().get("/api/content/v2/documents/curriculum/", **token_header(cast["trainer"]))
    assert shown.status_code == 200
    assert "Réponse 1" not in shown.content.decode()
    read = client_of("trainee").get("/formation/modules/M9/").content.decode()
    assert "Un questionnaire se remplit" in read
    assert "Réponse 1" not in read


def test_published_modules_are_served_headless(cast):
    answer = Client().get("/api/content/v2/documents/curriculum/", **token_header(cast["trainer"]))
    assert answer.status_code == 200
    assert len(answer.json()["clauses"]) == 14
