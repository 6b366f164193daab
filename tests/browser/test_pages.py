"""Every page of the portal, as each of the cast opens it: on a phone and on a desk, by day and by night."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.stays.services import absence_open
from cms.accounts.services.invitations import invitation_send, token_of
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from tests.browser.conftest import DESK, HEIGHTS, PHONE
from tests.browser.look import COLOURS, EVERYTHING, accessibility, overflow, part_of, picture
from tests.cast.assessments import assessment, campaign
from tests.cast.everything import all_rows
from tests.cast.people import PEOPLE
from tests.cast.readings import read_whole
from tests.cast.session import signed_in
from tests.plugins.extent import IS_WHOLE
from tests.wall.routes import routes

PORTAL = ("portal:", "cases:", "reperage:", "documents:", "referentiel:", "formation:", "accounts:", "notify:")
PORTAL += ("dashboards:", "inbox:", "voice:", "oncall:")
NOT_PAGES = {"portal:robots", "portal:alive", "portal:ready", "portal:session", "portal:session_stay", "portal:mask"}
# They lead to another page first: the identity to open, the return of a runaway.
NOT_PAGES |= {"cases:incident_notice", "cases:stay_return"}
NOT_PAGES |= {"cases:incident_proof"}
"""The form of a notice, for one that is told: see tests/cases/incidents/test_authority_pages.py."""
NOT_PAGES |= {
    "portal:sessions_close",
    "portal:session_close",
    "portal:draft_save",
    "portal:draft_drop",
    "portal:token_end",
    "portal:token_less",
    "portal:software_key",
    "portal:software_end",
}
NOT_PAGES |= {"portal:display_close", "portal:display", "portal:display_open", "portal:display_about"}
"""The pages of displays are looked at in tests/browser/test_displays.py."""
NOT_PAGES |= {"accounts:link", "accounts:welcome", "cases:proposal_link"}
"""The three last are for whoever holds a link: tests of their own."""
NOT_PAGES |= {"cases:proposal_ask"}
"""The question of a team: a form on the page of the sheet."""
NOT_PAGES |= {f"referentiel:{name}" for name in ("pdf", "chapter_read", "receipt_pdf", "receipt_piece")}
NOT_PAGES |= {"documents:pdf", "documents:sign", "cases:voice_poster", "cases:linking_paper", "cases:stay_portrait"}
"""The signature of a unit is looked at in tests/browser/test_units.py."""
NOT_PAGES |= {"documents:pdf", "dashboards:paper", "dashboards:question_piece", "dashboards:committee_piece"}
NOT_PAGES |= {"dashboards:committee_piece_remove"}
"""The coordination shared that document: the State, which may not remove it, is led back to the committees."""
NOT_PAGES |= {f"inbox:{name}" for name in ("open", "read", "read_all")}
NOT_PAGES |= {f"referentiel:assessment_{name}" for name in ("piece", "send", "carry")}
NOT_PAGES |= {f"referentiel:{name}" for name in ("visit_send", "visit_letter", "assessment_renew")}
"""Renewing a proof is the page of a proof, with another title."""
NOT_PAGES |= {"cases:request_piece", "cases:incident_piece", "cases:incident_task", "notify:gateway"}
NOT_PAGES |= {f"formation:signing-{name}" for name in ("sign", "walk-in", "done", "scan", "drawing")}
NOT_PAGES |= {f"formation:{name}" for name in ("walk-in", "attestation-check", "attestation-replace")}
NOT_PAGES |= {f"formation:{name}" for name in ("attestation-withdraw", "waiting-leave", "pair", "separate")}
"""For whoever holds a code, and about rows that the cast has not: looked at in tests/browser/test_signing.py."""
NOT_PAGES |= {
    "formation:workbook-template",
    "formation:calendar",
    "formation:attestation",
    "formation:attestations-pdf",
    "formation:questionnaires-export",
    "formation:questionnaire-own",
    "formation:leave-own",
    "formation:sheet-pdf",
    "formation:session_piece",
    "formation:session_piece_remove",
    "formation:year-plan",
    "formation:year-plan-line",
    "formation:year-plan-publish",
    "formation:year-plan-write",
    "formation:answer",
}


@dataclass(frozen=True)
class Place:
    """A page: its name, the row that it is about, what follows its address, the code of a module."""

    name: str
    row: str = ""
    query: str = ""
    code: str = ""

    def address(self, rows) -> str:
        arguments = [*([rows[self.row].pk] if self.row else []), *([self.code] if self.code else [])]
        if self.row.startswith("piece_"):
            arguments.insert(0, rows[self.row].object_id)
        if self.row.startswith("grid_"):
            arguments.insert(0, rows[self.row].sollicitation_id)
        return reverse(self.name, args=arguments) + self.query

    def __str__(self) -> str:
        return "-".join(part for part in (self.name.replace(":", "-"), self.row, self.query[-3:]) if part)


def places(names: str, prefix: str = "", row: str = "") -> list[Place]:
    return [Place(prefix + name, row) for name in names.split()]


OWN = places("portal:home portal:account portal:own_data portal:sessions portal:displays")
OWN += [Place("portal:search", query="?q=session")]
ASKS = [*OWN, *places("cases:request_new cases:requests")]
DECLARES = [*places("cases:incidents"), Place("cases:incident_new", query="?danger=non")]
TEAM = [*OWN, *places("cases:stays cases:incidents cases:incident_new")]
TEAM += [Place("cases:incident_new", query=f"?danger={answer}") for answer in ("oui", "non")]
DIRECTS = [*TEAM, *places("cases:proposals cases:places formation:team formation:team-add formation:team-skills")]
DIRECTS += places("accounts:team accounts:invite accounts:review oncall:line")
RUNS = places("session trainee-add attendance paper-sheet close cancel", "formation:", "session")
RUNS += [*places("formation:sessions formation:plan"), Place("formation:enrolment-cancel", "enrolment")]
RUNS += [
    *places("postpone results attestations workbook questionnaires questionnaire-device", "formation:", "session"),
    Place("formation:session_piece_add", "session"),
    *places("formation:evaluation formation:year-plans"),
    Place("formation:excuse", "enrolment"),
]
RUNS += places("board countersign device", "formation:", "half_day")
RUNS += places("formation:support formation:support-add")

PAGES = {
    **dict.fromkeys(PEOPLE, OWN),
    "anonymous": places(
        "portal:home reperage:grid account_login account_reset_password accessibility privacy legal notice_minors "
        "notice_families notice_professionals cases:unverified_new cases:unverified_follow voice:say voice:follow "
        "formation:signing-code formation:attestation-verify portal:neutral "
        "portal:display_code portal:help"
    )
    + [Place("portal:guide", code="declarer")],
    "gendarme": [
        *ASKS,
        *places("cases:request_paper"),
        *places("cases:request cases:request_receipt cases:request_piece_add", row="sollicitation_a"),
        *places("cases:linking cases:linking_identity cases:handover", row="linking_a"),
        *places("cases:request_grid_new", row="sollicitation_a"),
        Place("cases:request_grid", "grid_a"),
        Place("cases:request_piece_remove", "piece_sollicitation_a"),
    ],
    "ase": [
        *ASKS,
        Place("cases:authority"),
        Place("cases:payer", "linking_a"),
        *DECLARES,
        *places("cases:incident cases:incident_receipt cases:incident_note", row="incident_b_service"),
        Place("cases:incident_charge", "incident_b"),
        *places("cases:request cases:request_circuit", row="sollicitation_b"),
        Place("cases:stay_address", "placement_b"),
    ],
    "state_reader": [
        *OWN,
        *places("dashboards:state dashboards:exchanges dashboards:ask"),
        Place("dashboards:release", "release"),
        Place("dashboards:question", "question_a"),
        Place("dashboards:question_piece_add", "question_a"),
        Place("dashboards:question_piece_remove", "piece_question_a"),
        Place("dashboards:committee_piece_add", "committee"),
    ],
    "transmitter": [
        *ASKS,
        Place("cases:incident_outside"),
        Place("cases:incident_outside", query="?danger=non"),
        *places("cases:request cases:request_receipt", row="sollicitation_transmitted"),
    ],
    "director_a": [
        *DIRECTS,
        *places("portal:tokens portal:token_new portal:software_new"),
        *places("cases:proposal", row="proposal_a"),
        *places("cases:proposal", row="proposal_placed_a"),
        *places("stay stay_arrival stay_absence stay_identity stay_identity_give", "cases:", "placement_a"),
        Place("cases:step", "step_a"),
        Place("cases:stay_review", "placement_a", code="7"),
        *places("cases:incident cases:incident_receipt cases:incident_piece_add", row="incident_a"),
        *places("incident_authorities incident_report", "cases:", "incident_a"),
        *places("list choices", "inbox:"),
        Place("cases:incident_piece_remove", "piece_incident_a"),
        *places("cases:places_of oncall:line_of", row="partner_a"),
        *places("session team-enrol", "formation:", "session_b"),
        *places("member member_renew member_end member_factor member_reopen", "accounts:", "member_a"),
        Place("accounts:invitation", "invitation_a"),
        *places("sign readings changes search assessments", "referentiel:"),
        *places("referentiel:assessment", row="assessment"),
        Place("referentiel:assessment_chapter", "assessment", code="E"),
        *(Place(f"referentiel:assessment_{name}", "assessment", code="E1.3") for name in ("step", "done", "evidence")),
        Place("referentiel:exigence", code="E1.3"),
        Place("referentiel:visit", "visit_a"),
    ],
    "director_b": [
        *DIRECTS,
        *places("cases:stay cases:stay_runaway_return", row="placement_b"),
        Place("cases:incident", "incident_b"),
        Place("referentiel:receipt", "signature"),
        Place("referentiel:visit", "visit_b"),
        Place("referentiel:visit_chapter", "visit_b", code="E"),
        Place("formation:invitation-decline", "session_invitation_b"),
    ],
    "educator_a": [*TEAM, *places("cases:incident cases:incident_receipt", row="incident_a_confidential")],
    "trainer": [*OWN, *RUNS],
    "coordination": [
        *OWN,
        *RUNS,
        *places("formation:skills formation:doubles formation:year-plan-new"),
        Place("formation:invite", "session_b"),
        Place("notify:ring", "ring"),
    ],
    "trainee": [
        *OWN,
        *places("referentiel:read formation:catalogue formation:own account_change_password account_logout"),
        Place("documents:index"),
        *(Place(f"documents:{name}", code="fsi-protocol") for name in ("read", "changes")),
        Place("formation:session", "session"),
        Place("formation:enrol-own", "session_b"),
        Place("formation:module", code="M1"),
    ],
}


LOOKS = {
    (PHONE, "light"): EVERYTHING,
    (DESK, "dark"): EVERYTHING,
    # What these two alone can spoil.
    (PHONE, "dark"): COLOURS,
    (DESK, "light"): COLOURS,
}


def each_page_once() -> dict[str, list[Place]]:
    """Return the pages with each name once, by the first person who opens it."""
    seen: set[str] = set()
    walk: dict[str, list[Place]] = {}
    for key, pages in PAGES.items():
        for place in pages:
            if place.name not in seen:
                seen.add(place.name)
                walk.setdefault(key, []).append(place)
    return walk


WALK = PAGES if IS_WHOLE else each_page_once()


@pytest.fixture
def rows(server):
    """Rows of the cast, a signature of structure B and a minor who ran away from it."""
    rows = all_rows()
    rows["assessment"] = assessment(campaign())
    director = User.objects.get(email="director-b@havre.example")
    with scope.acting(director):
        house = Partner.objects.get(code_name="Aubépine")
        read_whole(director, rows["version"], house)
        rows["signature"] = acknowledgement_sign(
            version=rows["version"],
            partner=house,
            signed_by=director,
            position="Directeur",
        )
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        absence_open(placement=rows["placement_b"], starts_on=yesterday, by=director)
    return rows


@pytest.fixture
def open_page(open_context, server):
    """A page for somebody signed in without the form, which other tests fill in."""

    def open_one(key: str) -> Page:
        context = open_context(width=PHONE)
        if key != "anonymous":
            client = signed_in(User.objects.get(email=f"{key.replace('_', '-')}@havre.example"))
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
        return context.new_page()

    return open_one


def faults(page: Page, name: str, *, turn: int = 0) -> list[str]:
    """Everything on a phone by day and on a desk at night, colours on the other two; one look of the first two when
    sampled, always the same.
    """
    found = []
    looks = list(LOOKS)
    for width, scheme in looks if IS_WHOLE else [looks[sum(name.encode()) % 2]]:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        asked = LOOKS[width, scheme]
        said = accessibility(page, asked, part=part_of(turn)) + overflow(page)
        found += [f"{name}, {width}, {scheme}: {fault}" for fault in said]
        if asked is EVERYTHING:
            picture(page, f"page-{name}-{width}")
    return found


@pytest.mark.sampled
@pytest.mark.parametrize("key", WALK)
def test_every_page_holds_on_a_phone_and_at_night(open_page, server, rows, key):
    page, found = open_page(key), []
    for turn, place in enumerate(WALK[key]):
        address = place.address(rows)
        page.goto(address)
        assert page.url == server + address
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        found += faults(page, f"{key}-{place}", turn=0 if key == "anonymous" else turn)
    assert not found, "\n".join(found)


def test_the_pages_of_an_invitation_hold_too(open_page, server, rows, watch):
    sent = []
    with scope.acting(User.objects.get(email="director-a@havre.example")):
        for email in ("nouvelle@havre.example", "trainee@havre.example"):
            sent += [
                invitation_send(
                    partner=rows["partner_a"],
                    email=email,
                    role=Role.STRUCTURE_EDUCATOR,
                    ends_on=timezone.localdate() + dt.timedelta(days=90),
                )
            ]
    with scope.acting(scope.NOTIFY):
        keys = [Obligation.objects.get(object_id=row.pk).pk for row in sent]
    links = [f"/invitation/{token_of(key)}/" for key in keys]
    page, found = open_page("anonymous"), []
    for name, link in zip(("new", "known"), links, strict=True):
        page.goto(link)
        assert page.url == f"{server}/invitation/"
        found += faults(page, f"invitation-{name}")
    watch.expected.add(404)
    page.goto("/invitation/rien/")
    found += faults(page, "invitation-over")
    assert not found, "\n".join(found)


def test_the_page_of_what_does_not_exist_holds_too(open_page, watch):
    watch.expected.add(404)
    page = open_page("trainee")
    page.goto("/situations/sejours/00000000-0000-4000-8000-000000000000/")
    expect(page.get_by_role("main")).to_contain_text("Cette page n’existe pas")
    assert not faults(page, "not-found")


def test_no_page_of_the_portal_is_forgotten():
    portal = {route.name for route in routes() if route.name.startswith(PORTAL)}
    assert portal - NOT_PAGES == {place.name for pages in PAGES.values() for place in pages if ":" in place.name}
