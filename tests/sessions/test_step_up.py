"""What takes data out, opens what is sealed or changes rights asks for a factor shown minutes ago."""

import json
import re
import time
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cms.sessions.step_up import SENTENCE, fresh_factor
from cms.values.services import setting_change
from cms.wall import scope
from cms.wall.reveals.services import reveal_open
from tests.cast.everything import all_rows
from tests.cast.session import code_of, signed_in
from tests.plugins.extent import IS_WHOLE
from tests.wall.expectations import door_of
from tests.wall.routes import Route, routes

FRESH, STALE = 10, 301
SEALED = ("MARQUEUR-NOM-A", "MARQUEUR-NOM-B", "MARQUEUR-ADRESSE-A", "MARQUEUR-ADRESSE-B")
OPENS = {
    "coordination": ("cases_case:reveal", "havre_rights:copy", "partners_partner:reveal"),
    "educator_a": ("cases:stay_identity", "cases:stay_address"),
    "ase": ("cases:stay_address", "cases:linking_paper"),
    "dpo": ("havre_file:break_glass",),
}
"""Pages which show something sealed to whoever has opened it."""
LISTS = {
    f"{name}:{page}"
    for name in (
        "cases_case", "cases_sollicitation", "cases_orientation", "cases_placement", "cases_incident",
        "partners_partner", "partners_convention", "formation_session", "values_value",
    )
    for page in ("list", "list_results")
}  # fmt: skip
GIVING = {
    "dashboards_export",
    "dashboards_rows_export",
    "dashboards_table_export",
    "formation:questionnaires-export",
    "formation:sheet-pdf",
    "havre_exports:download",
}
EMPTY = {
    "dashboards:paper",
    "documents:pdf",
    "referentiel:pdf",
    "referentiel:visit_letter",
    "formation:calendar",
    "formation:workbook-template",
    "havre_config:export",
    "havre_partners_template",
    "cases:voice_poster",
}
"""Files that hold nobody: published figures and standards, marks of a structure, hours of sessions, blank books, what
the coordination set, the poster for children."""
RIGHTS = ("partners_partner:member_end", "havre_accounts:invite")
WHY = {"reason": "danger", "words": "Fugue dans la nuit."}


@pytest.fixture(autouse=True)
def _real_network(settings):
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()


@pytest.fixture
def rows(cast):
    return all_rows()


def opened(cast, key: str, rows: dict) -> None:
    """Everything that this person may open is open, by the service: the pages only have to show it."""
    words = "Je dois vérifier ce qui est écrit dans ce dossier."
    with scope.acting(cast[key]):
        for kind, row in (("case", rows["case_a"]), ("partner", rows["partner_a"])):
            if key == "dpo" and kind == "case":
                told = {"is_break_glass": True, "words": words, "necessity": words}
                reveal_open(kind=kind, object_id=row.pk, by=cast[key], reason="control", **told)
            elif key in ("coordination", "educator_a"):
                reveal_open(kind=kind, object_id=row.pk, by=cast[key], reason="danger")
        if key == "ase":
            reveal_open(kind="partner", object_id=rows["placement_b"].partner_id, by=cast[key], reason="contact")


def call(client: Client, method: str, path: str, data: dict | None = None):
    """One request whose writing is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(path, data or {})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return response, body.decode(errors="ignore")


def gives(client: Client, method: str, path: str) -> bool:
    """Whether the answer is a file to keep, or shows something sealed."""
    response, body = call(client, method, path)
    return "attachment" in response.get("Content-Disposition", "") or any(marker in body for marker in SEALED)


def calls(route: Route, rows: dict) -> list[tuple[str, str]]:
    """How the route is called: on each row that the matrix knows, and with the parameter that takes a list out."""
    door = door_of(route)
    paths = {route.path(door.values(route, rows.get(row))) for row in door.rows_of(route)}
    is_wagtails = route.name.startswith("wagtail")
    asked = [(method, path + door.query) for path in paths for method in ("get", "post") if not is_wagtails]
    return asked + [("get", f"{path}?export=xlsx") for path in paths if route.pattern.startswith("admin/")]


def what_gives(client: Client, rows: dict, asked: list[Route]) -> set[str]:
    """Names of the routes which give a file or show something sealed to this session."""
    client.raise_request_exception = False
    # A piece read on its own object is a reading, kept as such in the journal.
    read = [route for route in asked if not route.name.endswith("piece") and route.name not in EMPTY]
    return {route.name for route in read if any(gives(client, *call) for call in calls(route, rows))}


def walked_by(key: str) -> list[Route]:
    """Every address of the service for the coordination; those that the others have, for them."""
    return [route for route in routes() if key == "coordination" or route.name.startswith(("cases:", "havre_file:"))]


@pytest.mark.sampled
@pytest.mark.parametrize("key", sorted(OPENS))
def test_every_export_and_every_reveal_asks_for_a_fresh_factor(cast, rows, key):
    opened(cast, key, rows)
    expected = set(OPENS[key]) | (LISTS | GIVING if key == "coordination" else set())
    walk = walked_by(key)
    giving = [route for route in walk if route.name in expected]
    assert what_gives(signed_in(cast[key], ago=FRESH), rows, giving) == expected
    stale = walk if IS_WHOLE else [*giving, *walk[::45]]
    assert what_gives(signed_in(cast[key], ago=STALE), rows, stale) == set()


@pytest.mark.parametrize("name", RIGHTS)
def test_changing_rights_asks_for_a_fresh_factor(cast, rows, name):
    with scope.acting(cast["coordination"]):
        membership = rows["partner_a"].memberships.order_by("pk").first()
    path = reverse(name, args=[rows["partner_a"].pk, *([membership.pk] if name.endswith("end") else [])])
    assert signed_in(cast["coordination"], ago=FRESH).get(path).status_code == 200
    stale = signed_in(cast["coordination"], ago=STALE)
    assert is_led_to_confirm(stale.get(path), path)
    assert stale.post(path, {"email": "quelqu-un@havre.example"}).status_code == 403


def test_signing_what_is_erased_asks_for_a_fresh_factor(cast):
    path = reverse("havre_retention:run_sign", args=[uuid4()])
    assert signed_in(cast["dpo"], ago=FRESH).get(path).status_code == 404
    stale = signed_in(cast["dpo"], ago=STALE)
    assert is_led_to_confirm(stale.get(path), path)
    assert stale.post(path).status_code == 403


def is_led_to_confirm(answer, path: str) -> bool:
    return answer.status_code == 302 and re.fullmatch(
        rf"/compte/(2fa/)?reauthenticate/(webauthn/)?\?next={re.escape(path.replace('/', '%2F'))}", answer["Location"]
    )


def test_one_confirms_and_comes_back_to_the_page(cast, rows, seed_of):
    secret = seed_of("coordination")
    client = signed_in(cast["coordination"], ago=STALE)
    path = reverse("cases_case:reveal", args=[rows["case_a"].pk])
    asked = client.get(path)
    assert asked["Location"].startswith("/compte/2fa/reauthenticate/?next=")
    answer = client.post("/compte/2fa/reauthenticate/", {"code": code_of(secret), "next": path})
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert client.get(path).status_code == 200


def test_what_was_posted_too_late_is_refused_kept_in_the_page_and_written(cast, rows):
    client = signed_in(cast["educator_a"], ago=STALE)
    path = reverse("cases:stay_identity", args=[rows["placement_a"].pk])
    answer = client.post(path, WHY)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Rien n’a été enregistré" in page
    assert 'name="words" value="Fugue dans la nuit."' in page
    assert "Fugue" not in str(dict(client.session))
    with scope.acting(cast["direction"]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, object_id, actor_id FROM journal_line WHERE action = 'auth.step_up.refused'",
        )
        assert cursor.fetchall() == [("refused", cast["educator_a"].pk, cast["educator_a"].pk)]


def test_who_may_not_open_it_is_not_asked_to_confirm(cast, rows):
    path = reverse("cases:stay_identity", args=[rows["placement_a"].pk])
    assert signed_in(cast["director_b"], ago=STALE).get(path).status_code == 404


def test_the_delay_is_a_setting(cast, rows):
    path = reverse("cases_case:reveal", args=[rows["case_a"].pk])
    with scope.acting(cast["coordination"]):
        setting_change(key="access.fresh_minutes", value=10, changed_by_id=cast["coordination"].pk)
    assert signed_in(cast["coordination"], ago=STALE).get(path).status_code == 200
    assert signed_in(cast["coordination"], ago=601).get(path).status_code == 302


def test_a_password_just_typed_is_not_a_factor(cast, rows):
    client = signed_in(cast["coordination"], ago=STALE)
    session = client.session
    typed = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [*session["account_authentication_methods"], typed]
    session.save()
    assert client.get(reverse("cases_case:reveal", args=[rows["case_a"].pk])).status_code == 302


def test_a_factor_shown_in_the_future_is_not_fresh(cast, rows):
    client = signed_in(cast["coordination"], ago=-3600)
    assert client.get(reverse("cases_case:reveal", args=[rows["case_a"].pk])).status_code == 302


def test_the_page_of_figures_asks_before_it_offers_the_workbook(cast):
    page = signed_in(cast["coordination"], ago=STALE).get(reverse("dashboards_figures")).content.decode()
    assert "Confirmer que c’est vous pour télécharger" in page
    page = signed_in(cast["coordination"], ago=FRESH).get(reverse("dashboards_figures")).content.decode()
    assert "Télécharger le classeur" in page


def test_the_invented_network_waives_it(cast, rows, settings):
    settings.HAVRE_FICTITIOUS = True
    path = reverse("cases_case:reveal", args=[rows["case_a"].pk])
    assert signed_in(cast["coordination"], ago=STALE).get(path).status_code == 200


def test_the_api_says_it_in_a_sentence(cast, rf):
    request = rf.get("/api/v1/exemple/")
    request.user, request.session = cast["coordination"], {}
    with scope.acting(cast["coordination"]):
        answer = fresh_factor(lambda request: None)(request)
    assert answer.status_code == 403
    assert json.loads(answer.content)["detail"] == SENTENCE
