"""No list and no file of the admin costs more queries when there is more to show."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.enums import Decision, Nature
from cases.grid.services import grid_attach
from cases.incidents.authorities.services import authority_tell
from cases.models import Case, Incident, Linking
from cases.proposals.services import Consultation, orientation_decide
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_link, sollicitation_send
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.conventions.pipeline.services import convention_follow
from cms.partners.conventions.services import convention_open, partner_suspend, places_open, suspension_end
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.partners.people.services import contact_add, membership_open
from cms.proconnect.services.requests import request_open
from cms.users.roles import Role
from cms.users.services import user_create
from cms.values.selectors import values_of
from cms.values.services import value_create
from cms.wall.services import Grantee, grant_give
from tests.admin.conftest import viewsets
from tests.cast.people import UNKNOWN
from tests.cast.situations import FACTS
from tests.costs import counted
from tests.plugins.extent import sampled

LIST, FILE = 16, 26
CASE_FILE = 30
"""The file of a minor holds what every other file holds, and what protects the minor."""
INCIDENT_FILE = 26
"""Eight of them are those of every page of the admin: connexion, scope, journal, what rings, menus."""
LINKING_FILE = 29
"""What each party signs is read with it: the convention, the protocol, the payer, the waivers."""
CONFIG = 27
"""Each kind of object that is set says when it last changed."""
FILES = {Case: CASE_FILE, Incident: INCIDENT_FILE, Linking: LINKING_FILE}
SCREENS = (
    "havre_config:index",
    "havre_settings:index",
    "havre_journal:index",
    "havre_accounts:index",
    "havre_accounts:invitations",
    "havre_decisions:index",
    "referentiel_adherence",
    "referentiel_visits",
    "havre_board",
    "havre_incident_learning",
    "havre_pipeline",
    "havre_partners_import",
    "havre_grid",
    "havre_grid_new",
    "havre_call",
    "havre_paper",
    "havre_rota:index",
)


def queries_of(browser, url) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(counted(queries))


def grow(cast, files) -> None:
    """More of everything, on the files that are measured and beside them."""
    by = cast["coordination"]
    house, service = (Partner.objects.get(code_name=name) for name in ("Les Tilleuls", "Brigade 12"))
    for number in range(4):
        partner = partner_create(
            PartnerCard(kind=PartnerKind.STATE, code_name=f"Bureau {number}", opened_on=dt.date(2026, 1, 1))
        )
        convention_open(partner=partner, reference=f"CV-B{number}", contacted_on=dt.date(2026, 1, 1))
        followed = convention_open(partner=house, reference=f"CV-T{number}", contacted_on=dt.date(2026, 1, 1))
        convention_follow(convention=followed, owner=by, next_step="Relancer", next_step_on=dt.date(2026, 2, 1))
        person = user_create(email=f"equipe{number}@havre.example", first_name="Éva", last_name=f"N{number}")
        membership_open(user=person, partner=house, role=Role.STRUCTURE_EDUCATOR, starts_on=dt.date(2026, 1, 1))
        contact_add(partner=house, name=f"Contact {number}", phone="01")
        day = dt.date(2025, 3, 1) + dt.timedelta(days=10 * number)
        suspension_end(suspension=partner_suspend(partner=house, starts_on=day, reason="Travaux"), ends_on=day)
        case = files["case_a"]
        asked = sollicitation_send(NewSollicitation(
            requester=service, submitted_by=by, nature_id=Nature.CARE, urgency_id="urgence:U2",
            channel_id="canal:PORTAIL", forms=["forme:SEX"], main_form="forme:SEX", facts=FACTS, age=None,
            detail={"narrative": "récit"},
        ))  # fmt: skip
        sollicitation_link(sollicitation=asked, by=by, case=case)
        for one in (asked, files["sollicitation_a"]):
            grid_attach(sollicitation=one, key=uuid.uuid4(), number=1, answers={"S01": "seen"}, by=by)
            orientation_decide(
                sollicitation=one,
                decision_id=Decision.NETWORK,
                decided_by=by,
                consultation=Consultation(structures=[house], derogation="Essai"),
            )
        grant_give(kind="case", object_id=case.pk, level=30, reason="Essai", to=Grantee(user=cast["trainee"]))
        authority_tell(
            incident=files["incident_a"],
            authority_id=values_of("autorite").first().pk,
            channel_id=None,
            told_at=timezone.now(),
            told_by=by,
        )
        request_open(identity=replace(UNKNOWN, sub=f"agent-{number}", email=f"agent{number}@interieur.example"))
        value_create(list_code="canal", code=f"ESSAI{number}", label=f"Essai {number}", position=90)
    places_open(partner=house, count=4, starts_on=dt.date(2026, 1, 1))


def pages(rows) -> dict[str, int]:
    """Each list, file and history of the admin, and how many queries it may cost."""
    most = {}
    for viewset in viewsets():
        space, row = viewset.url_namespace, [str(rows[viewset.model].pk).replace(":", "_3A")]
        most[reverse(f"{space}:list")] = LIST
        most[reverse(f"{space}:inspect", args=row)] = FILES.get(viewset.model, FILE)
        most[reverse(f"{space}:history", args=row)] = LIST
    return most | {reverse(name): FILE for name in SCREENS} | {reverse("havre_config:index"): CONFIG}


@pytest.mark.sampled
def test_no_page_costs_more_when_there_is_more_to_show(client_of, cast, acting_as, files, rows):
    browser, most = client_of("direction"), pages(rows)
    most = dict(sampled(list(most.items()), list(most.items())[::8]))  # 8: lists, files and histories by turns
    few = {url: queries_of(browser, url) for url in most}
    with acting_as("coordination"):
        grow(cast, files)
    many = {url: queries_of(browser, url) for url in most}
    assert many == few
    assert not {url: (cost, most[url]) for url, cost in few.items() if cost > most[url]}


def test_the_heaviest_files_hold_their_budget(client_of, rows):
    """Not drawn: they are the ones that grow."""
    browser = client_of("direction")
    heavy = {view.model: view.url_namespace for view in viewsets() if view.model in FILES}
    urls = {model: reverse(f"{space}:inspect", args=[rows[model].pk]) for model, space in heavy.items()}
    assert {model: queries_of(browser, url) for model, url in urls.items()} == FILES
