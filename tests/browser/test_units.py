"""The chief of a unit reads the protocol on a phone and signs it; the coordination sees it, and writes the review."""

import datetime as dt

from playwright.sync_api import expect

from cms.partners.models import Partner
from cms.partners.people.services import membership_end, membership_open
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from tests.browser.conftest import PHONE
from tests.browser.look import look

TODAY = dt.date.today()


def signature_give() -> None:
    """The coordination gives the gendarme the signature of her unit: another membership, from today."""
    gendarme = User.objects.get(email="gendarme@havre.example")
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        unit = Partner.objects.get(code_name="Brigade 12")
        membership_end(membership=gendarme.memberships.get(), ends_on=TODAY - dt.timedelta(days=1))
        membership_open(user=gendarme, partner=unit, role=Role.REQUESTER, starts_on=TODAY, can_sign=True)


def test_a_unit_signs_the_protocol_and_is_reviewed(sign_in):
    signature_give()
    chief = sign_in("gendarme", width=PHONE)
    chief.get_by_role("link", name="Lire et signer").click()
    look(chief, "units-1-sign", "Protocole avec la police et la gendarmerie")
    chief.get_by_role("button", name="Signer").click()
    expect(chief.get_by_text("Cochez cette case pour engager votre unité.", exact=True)).to_be_visible()
    chief.get_by_role("checkbox", name="J’ai lu ce document et j’engage mon unité").check()
    chief.get_by_role("button", name="Signer").click()
    expect(chief.get_by_text("Vous avez signé la version 1.0.")).to_be_visible()
    look(chief, "units-2-signed", "Protocole avec la police et la gendarmerie")

    coordination = sign_in("coordination")
    coordination.goto("/admin/documents-du-reseau/unites/")
    row = coordination.get_by_role("row", name="Brigade 12")
    expect(row).to_contain_text("Gaëlle Roche")
    look(coordination, "units-3-list", "unités")
    row.get_by_role("link", name="Revue").click()
    coordination.get_by_label("Ce qui a été décidé").fill("Liste revue, rien à changer.")
    look(coordination, "units-4-review", "Revue annuelle")
    coordination.get_by_role("button", name="Écrire la revue").click()
    expect(coordination.get_by_text("la revue est écrite")).to_be_visible()
