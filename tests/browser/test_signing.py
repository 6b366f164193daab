"""A session from the code on the projector to the attestation that anybody checks: one trainee late, one without a
camera, one absent, one who was not enrolled.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.users.models import User
from cms.wall import scope
from formation.attestations.services.attestations import attestations_issue
from formation.enums import Period
from formation.models import Attestation, Professional, Session
from formation.people.services.people import enrol
from formation.sessions.services.sessions import SessionFacts, session_plan
from tests.browser.codes import scan
from tests.browser.conftest import DESK, PHONE
from tests.browser.look import look
from tests.browser.test_displays import obtain


class Clock:
    """The clock of the half-day, which has just ended: slow while people sign at its beginning."""

    def __init__(self):
        self.slow = dt.timedelta(minutes=207)

    def now(self) -> dt.datetime:
        return timezone.now() - self.slow

    def __getattr__(self, name):
        return getattr(timezone, name)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    for module in ("formation.attendance.services.signatures", "formation.attendance.displays"):
        monkeypatch.setattr(f"{module}.timezone", clock)
    return clock


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@havre.example")


@pytest.fixture
def session(server) -> Session:
    begins = timezone.localtime(timezone.now() - dt.timedelta(minutes=212))
    trainer, coordination = person("trainer-b"), person("coordination")
    with scope.acting(trainer):
        session = session_plan(
            SessionFacts(
                module_code="M1",
                starts_on=begins.date(),
                ends_on=begins.date(),
                half_days=[(begins.date(), Period.MORNING, Decimal("3.5"), begins.time())],
                trainers=[trainer],
                venue="Lille, salle Vauban",
            ),
            planned_by=trainer,
        )
    with scope.acting(coordination):
        for row in Professional.objects.filter(first_name__in=("Nadia", "Hugo", "Yanis")):
            enrol(session=session, professional=row, by=coordination)
    return session


def sign(page: Page, first_name: str, last_name: str, name: str) -> None:
    page.get_by_label("Votre nom").fill(last_name)
    page.get_by_label("Votre prénom").fill(first_name)
    page.get_by_label("Je suis présent").check()
    look(page, f"signing-{name}-sign", "Signer ma présence")
    page.get_by_role("button", name="Signer").click()
    look(page, f"signing-{name}-signed", "Votre présence est signée")


def come_uninvited(page: Page) -> None:
    page.get_by_role("link", name="Inscrivez-vous sur place").click()
    page.get_by_label("Votre nom").fill("Le Goff")
    page.get_by_label("Votre prénom").fill("Éloïse")
    page.get_by_label("Votre adresse électronique").fill("eloise@exemple.fr")
    page.get_by_label("Votre profession").select_option(index=1)
    page.get_by_label("Votre employeur est").select_option(index=1)
    page.get_by_label("Je suis présent").check()
    look(page, "signing-walk-in", "M’inscrire sur place")
    page.get_by_role("button", name="M’inscrire et signer").click()
    look(page, "signing-walk-in-signed", "Votre présence est signée")


def countersign(trainer: Page) -> None:
    trainer.get_by_role("link", name="Décider").click()
    look(trainer, "signing-decide", "Une personne venue sans inscription")
    trainer.get_by_label("Une personne que je ne connaissais pas").check()
    trainer.get_by_role("button", name="Enregistrer la décision").click()
    trainer.get_by_role("link", name="Émargement").first.click()
    trainer.get_by_role("link", name="Contresigner la feuille").click()
    expect(trainer.get_by_role("row", name="Marchand").get_by_role("radio", name="Absent")).to_be_checked()
    look(trainer, "signing-countersign", "Contresigner la feuille")
    trainer.get_by_role("button", name="Contresigner").click()
    look(trainer, "signing-countersigned", "Émargement")


def test_a_session_signed_on_telephones(sign_in, open_context, server, watch, session, clock):
    watch.expected.add(404)  # a forged code, a forged number
    trainer = sign_in("trainer_b", width=DESK)
    trainer.goto(f"/formation/sessions/{session.pk}/")
    look(trainer, "signing-session", session.title)
    trainer.get_by_role("link", name="Émargement").first.click()
    board = trainer.url
    trainer.get_by_role("link", name="Afficher le code au vidéoprojecteur").click()
    address = obtain(trainer)
    screen = open_context(width=DESK, java_script_enabled=False).new_page()
    screen.goto(address)
    telephone = open_context(width=PHONE, java_script_enabled=False).new_page()
    telephone.goto("/formation/emarger/")
    telephone.get_by_label("Code affiché").fill(screen.locator(".hv-screen-typed").inner_text())
    telephone.get_by_role("button", name="Continuer").click()
    telephone.get_by_label("Votre nom").fill("BENSAID")
    telephone.get_by_label("Votre prénom").fill("Nadia")
    telephone.get_by_label("Je suis présent").check()
    telephone.get_by_role("button", name="Signer").click()
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Votre présence est signée")

    clock.slow = dt.timedelta(minutes=192)
    for width in (DESK, PHONE):
        seen = open_context(width=width).new_page()
        seen.goto(address)
        look(seen, "signing-projector", session.title)
    drawn = seen.get_by_role("img", name="Code à scanner")
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    scanned = scan(drawn)
    assert scanned.startswith(f"{server}/"), "the code leads to another site"
    telephone.goto(scanned)
    expect(telephone.get_by_label("Votre nom")).to_be_visible()
    scanned = drawn.get_attribute("src").removesuffix("code/")
    late = open_context(width=PHONE).new_page()
    late.goto(scanned)
    sign(late, "Yanis", "Faure", "late")
    uninvited = open_context(width=PHONE).new_page()
    uninvited.goto(scanned)
    come_uninvited(uninvited)
    forged = open_context(width=PHONE).new_page()
    forged.goto("/formation/emarger/AAAA/")
    look(forged, "signing-refused", "Signature impossible")

    trainer.goto(board)
    expect(trainer.get_by_role("listitem").filter(has_text="Bensaïd")).to_contain_text("code tapé")
    expect(trainer.get_by_role("listitem").filter(has_text="Faure")).to_contain_text("Signé en retard")
    expect(trainer.get_by_role("listitem").filter(has_text="Marchand")).to_contain_text("N’a pas signé")
    look(trainer, "signing-board", "Émargement")
    trainer.set_viewport_size({"width": PHONE, "height": 800})
    look(trainer, "signing-board", "Émargement")
    clock.slow = dt.timedelta(0)
    trainer.goto(board)
    countersign(trainer)
    trainer.goto(f"/formation/sessions/{session.pk}/clore/")
    trainer.get_by_role("button", name="Clore la session").click()
    with scope.acting(person("trainer-b")):
        attestations_issue(session=session, by=person("trainer-b"))
        papers = list(Attestation.objects.order_by("number"))
    assert {row.content["person"] for row in papers} == {"Nadia Bensaïd", "Yanis Faure", "Éloïse Le Goff"}
    trainer.get_by_role("link", name="Attestations").click()
    look(trainer, "signing-attestations", "Attestations")
    with trainer.expect_download() as download:
        trainer.get_by_role("link", name="Télécharger toutes").click()
    assert download.value.suggested_filename == "attestations.pdf"

    anybody = open_context(width=PHONE).new_page()
    anybody.goto("/formation/verifier/")
    anybody.get_by_label("Numéro de l’attestation").fill(papers[0].number)
    anybody.get_by_label("Code de vérification").fill("AAAAAAAAAA")
    anybody.get_by_role("button", name="Vérifier").click()
    look(anybody, "signing-check-forged", "Attestation inconnue")
    anybody.goto(f"/formation/verifier/{papers[0].number}/{papers[0].check_code}/")
    expect(anybody.get_by_text("Valable", exact=True)).to_be_visible()
    expect(anybody.get_by_text("Bensaïd")).to_have_count(0)
    look(anybody, "signing-check", f"Attestation {papers[0].number}")
    trainer.goto(f"/formation/attestations/{papers[0].pk}/retirer/")
    look(trainer, "signing-withdraw", "Retirer l’attestation")
