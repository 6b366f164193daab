"""The inbox in the portal and in the admin, what people choose, and the texts that the coordination rewords."""

import datetime as dt
import email
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cms.notify.inbox.services.messages import notifications_send
from cms.notify.inbox.services.obligations import message_text_change, notification_close
from cms.notify.inbox.words import text_in_force
from cms.notify.models import MessageText, NotificationChoice, Obligation
from cms.wall import scope
from tests.cases.stays.test_portal_structures import text_of
from tests.notify.test_notifications import NOON, PROPOSAL, SIGNATURE, owe, person, plain, quiet_database  # noqa: F401

pytestmark = pytest.mark.usefixtures("quiet_database")
INBOX, CHOICES = reverse("inbox:list"), reverse("inbox:choices")


def row_of(object_id) -> Obligation:
    with scope.acting(scope.NOTIFY):
        return Obligation.objects.get(object_id=object_id)


def test_what_waits_comes_first_and_its_link_leads_to_it(client_of):
    late = owe(SIGNATURE, due_on=timezone.localdate() - dt.timedelta(days=1))
    soon = owe(PROPOSAL, due_on=timezone.localdate() + dt.timedelta(days=1))
    director = client_of("director_a")
    shown = text_of(director.get(INBOX))
    assert "2 non lues" in shown
    assert shown.index("Une signature vous attend") < shown.index("Une proposition d’accueil attend votre réponse")
    assert "en retard" in shown
    answer = director.get(reverse("inbox:open", args=[row_of(soon).pk]))
    assert answer["Location"] == reverse("cases:proposal", args=[soon])
    assert row_of(soon).opened_at is not None
    assert row_of(soon).closed_at is None
    assert row_of(late).read_at is None
    assert "1 non lue" in text_of(director.get(INBOX))


def test_reading_ends_nothing_and_closing_ends_it(client_of):
    object_id = owe(SIGNATURE)
    director = client_of("director_a")
    assert director.post(reverse("inbox:read", args=[row_of(object_id).pk])).status_code == 302
    assert row_of(object_id).read_at is not None
    shown = text_of(director.get(INBOX))
    assert "non lue" not in shown
    assert "Une signature vous attend" in shown
    with scope.acting(person("coordination")):
        notification_close(kind=SIGNATURE, object_id=object_id)
    shown = text_of(director.get(INBOX))
    assert "Rien ne vous attend" in shown
    assert "Terminées" in shown


def test_all_is_read_at_once_and_the_button_leads_back_to_its_own_page(client_of):
    ids = [owe(SIGNATURE), owe(PROPOSAL)]
    director = client_of("director_a")
    assert director.post(reverse("inbox:read_all"), {"next": "https://ailleurs.example/"})["Location"] == INBOX
    assert all(row_of(object_id).read_at for object_id in ids)
    coordination = client_of("coordination")
    admin = reverse("havre_inbox:index")
    assert coordination.post(reverse("inbox:read_all"), {"next": admin})["Location"] == admin


def test_the_coordination_finds_its_own_in_the_admin_with_their_number(client_of):
    owe("convention_term", "coordination", due_on=timezone.localdate())
    owe(PROPOSAL)
    shown = text_of(client_of("coordination").get(reverse("havre_inbox:index")))
    assert "Une convention arrive à son terme" in shown
    assert "Notifications (1)" in shown
    assert "proposition" not in shown


def test_the_inbox_of_another_does_not_exist(client_of):
    row = row_of(owe(PROPOSAL))
    for key in ("director_b", "educator_a", "coordination", "dpo"):
        browser = client_of(key)
        assert browser.get(reverse("inbox:open", args=[row.pk])).status_code == 404
        assert browser.post(reverse("inbox:read", args=[row.pk])).status_code == 404
    assert row_of(row.object_id).read_at is None


def test_a_person_chooses_kind_by_kind(client_of):
    director = client_of("director_a")
    shown = text_of(director.get(CHOICES))
    locked = shown.split("Partent toujours aussitôt, jour et nuit :")[1].split("</p>")[0]
    assert "Une proposition d’accueil" in locked
    assert director.post(CHOICES, {}).status_code == 422
    assert director.post(CHOICES, {SIGNATURE: "jamais"}).status_code == 422
    kept = dict.fromkeys(director.get(CHOICES).context["form"].fields, "now")
    assert director.post(CHOICES, kept | {SIGNATURE: "morning", PROPOSAL: "never"}).status_code == 302
    with scope.acting(person("director_a")):
        chosen = dict(NotificationChoice.objects.values_list("kind", "timing"))
    assert chosen == kept | {SIGNATURE: "morning"}
    with scope.acting(person("coordination")):
        assert not NotificationChoice.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            NotificationChoice.objects.create(person=person("director_a"), kind=SIGNATURE, timing="never")


EDIT = reverse("havre_texts:edit", args=[SIGNATURE])
NEW = {"subject": "À signer", "body": "Avant le {jour} : {lien}"}


def test_the_coordination_rewords_a_message_reads_it_over_and_takes_the_old_one_back(client_of, mails):
    browser = client_of("coordination")
    shown = text_of(browser.post(EDIT, NEW | {"preview": "1"}))
    assert "Avant le 31/12/2026" in shown
    with scope.acting(person("coordination")):
        assert not MessageText.objects.exists()
    assert browser.post(EDIT, NEW).status_code == 302
    owe(SIGNATURE, due_on=NOON.date())
    notifications_send(at=NOON)
    message = email.message_from_bytes(mails[-1].encode(), policy=default)
    assert plain(message["Subject"]) == "Havre : à signer"
    assert plain(message.get_content()).startswith("Avant le 25/11/2026 : http")
    assert "À signer" in text_of(browser.get(reverse("havre_texts:index")))
    back = f"{reverse('havre_config:restore', args=['messages'])}?objet={SIGNATURE}&version="
    assert "Une version d’un document du réseau" in text_of(browser.get(f"{back}origine"))
    assert browser.post(f"{back}origine", {"reason": "Le nôtre était trop court"}).status_code == 302
    assert "Une version d’un document du réseau" in text_of(browser.get(EDIT))
    assert browser.get(f"{back}rien").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body": "Sans adresse"}, "Gardez le repère {lien}"),
        ({"body": "{lien} {nom}"}, "Ce repère n’existe pas : {nom}"),
        ({"subject": "{structure}"}, "Ce repère n’existe pas : {structure}"),
        ({"body": ""}, "obligatoire"),
    ],
)
def test_a_text_that_would_lead_nowhere_is_refused(client_of, change, sentence):
    page = client_of("coordination").post(EDIT, NEW | change)
    assert page.status_code == 422
    assert sentence in text_of(page)


def test_a_text_is_never_run_as_a_template():
    with scope.acting(person("coordination")):
        for subject in ("{{ lien }}", "{% now %}"):
            with pytest.raises(ValidationError):
                message_text_change(kind=SIGNATURE, subject=subject, body="{lien}", by=person("coordination"))
        assert text_in_force(SIGNATURE).subject == "Une signature vous attend"


def test_the_texts_are_the_coordination_s(client_of):
    for key in ("dpo", "editor", "trainer"):
        assert client_of(key).get(EDIT).status_code == 404
    assert client_of("coordination").get(reverse("havre_texts:edit", args=["inconnu"])).status_code == 404
