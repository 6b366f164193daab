"""Partnerships: who answers for one, what is late, who is told before the end, and the morning after."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cases.models import Placement
from cms.files.models import Attachment
from cms.notify.inbox.services.messages import notifications_send
from cms.notify.models import Obligation
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.conventions.pipeline.services import convention_follow, conventions_expire, terms_follow
from cms.partners.conventions.services import convention_advance, convention_open
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Convention, ConventionFollowUp, Partner
from tests.cases.steps import journal_of, walled
from tests.cast.files import pdf, upload
from tests.notify.steps import obligations_end

TODAY = timezone.localdate()
OWNER, COORDINATOR = ["direction@havre.example"], ["coordination@havre.example"]


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def signed(name: str, *, ends_on: dt.date | None, starts_on: dt.date = dt.date(2024, 1, 1), partner=None):
    partner = partner or partner_create(PartnerCard(kind=PartnerKind.STATE, code_name=name, opened_on=starts_on))
    convention = convention_open(partner=partner, reference=f"CV-{name}", contacted_on=starts_on)
    return convention_advance(
        convention=convention, stage=Stage.SIGNED, on=starts_on, starts_on=starts_on, ends_on=ends_on
    )


def told() -> list[list[str]]:
    sent = sorted(message.to for message in mail.outbox)
    mail.outbox.clear()
    return sent


def remind(count: int) -> list[list[str]]:
    """Who received a message that day, at noon."""
    terms_follow(on=days(count))
    notifications_send(at=dt.datetime.combine(days(count), dt.time(12), dt.UTC))
    return told()


def test_each_reminder_reaches_a_person_once_whenever_the_job_runs(cast, acting_as):
    obligations_end()
    with acting_as("coordination"):
        owned = signed("Bureau A", ends_on=days(200))
        convention_follow(convention=owned, owner=cast["direction"], next_step="Relancer", next_step_on=days(3))
        signed("Bureau B", ends_on=days(170))
        renewed = signed("Bureau C", ends_on=days(20))
        signed("Bureau C bis", ends_on=None, starts_on=days(21), partner=renewed.partner)
        signed("Bureau D", ends_on=None)
    seen = {}
    for day in (0, 0, 20, 20, 21, 95, 140, 170, 171, 200, 201):
        seen.setdefault(day, []).append(remind(day))
    # B, without owner, goes to the coordination; a job that ran late, at 140, catches up both in one message each.
    assert seen == {
        0: [[COORDINATOR], []],
        20: [[OWNER], []],
        21: [[]],
        95: [[COORDINATOR]],
        140: [[COORDINATOR, OWNER]],
        170: [[OWNER]],
        171: [[]],
        200: [[]],
        201: [[]],
    }


def test_a_message_names_no_partner_and_a_convention_that_is_renewed_is_no_longer_told(cast, acting_as):
    obligations_end()
    with acting_as("coordination"):
        ending = signed("Bureau A", ends_on=days(20))
        signed("Bureau B", ends_on=days(20))
    terms_follow(on=TODAY)
    notifications_send(at=dt.datetime.combine(TODAY, dt.time(12), dt.UTC))
    assert "Une convention arrive à son terme (2)" in mail.outbox[0].body
    assert "Bureau" not in mail.outbox[0].body + mail.outbox[0].subject
    with acting_as("coordination"):
        signed("Bureau A bis", ends_on=None, starts_on=days(21), partner=ending.partner)
    terms_follow(on=days(1))
    with acting_as("coordination"):
        waiting = Obligation.objects.open().filter(kind="convention_term").values_list("object_id", flat=True)
        assert ending.pk not in waiting
        assert len(waiting) == 1


def test_a_convention_is_over_the_morning_after(client_of, cast, acting_as, files):
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Les Tilleuls")
        convention = house.conventions.get()
        Convention.objects.filter(pk=convention.pk).update(ends_on=days(-1))
        reference = files["case_a"].reference
        assert Placement.objects.get(pk=files["placement_a"].pk).convention_id == convention.pk
    browser = client_of("coordination")
    home = browser.get(reverse("havre_week")).content.decode()
    assert "Séjours sans convention en cours" in home
    assert home.split("Séjours sans convention en cours")[1].split("</section>")[0].count(reference) == 1
    assert "Tilleuls" not in home.split("Séjours sans convention en cours")[1].split("</section>")[0]
    board = browser.get(reverse("havre_pipeline")).content.decode()
    assert f"échue depuis le {days(-1):%d/%m/%Y}" in board
    assert (conventions_expire(on=TODAY), conventions_expire(on=TODAY)) == (1, 0)
    with acting_as("coordination"):
        convention.refresh_from_db()
        assert convention.stage == Stage.ENDED
        assert [step.happened_on for step in convention.steps.filter(stage=Stage.ENDED)] == [TODAY]
        assert not Partner.objects.with_convention_on(TODAY).filter(pk=house.pk).exists()
        assert Partner.objects.with_convention_on(days(-1)).filter(pk=house.pk).exists()
    assert journal_of(convention.pk)[-1][0] == "partners.convention.advance"
    assert "Séjours sans convention en cours" in browser.get(reverse("havre_week")).content.decode()


def test_the_pipeline_shows_owners_steps_and_what_is_late(client_of, cast, acting_as):
    browser = client_of("coordination")
    with acting_as("coordination"):
        partner = partner_create(PartnerCard(kind=PartnerKind.STATE, code_name="Bureau lent", opened_on=days(-90)))
        row = convention_open(partner=partner, reference="CV-LENT", contacted_on=days(-90))
    follow = reverse("partners_convention:follow", args=[row.pk])
    sent = {"owner": str(cast["direction"].pk), "next_step": "Rappeler la directrice", "next_step_on": str(days(-2))}
    assert browser.post(follow, {"next_step_on": str(days(2))}).status_code == 422
    assert browser.post(follow, sent | {"owner": str(cast["trainer"].pk)}).status_code == 422
    assert browser.post(follow, sent).status_code == 302
    board = reverse("havre_pipeline")
    page = browser.get(board).content.decode()
    for words in ("Rappeler la directrice", "En retard", "Denis Aubin", "CV-LENT"):
        assert words in page
    asked = {"is_late": "true", "owner": str(cast["direction"].pk), "stage": "contact"}
    assert "CV-LENT" in browser.get(board, asked).content.decode()
    for other in ({"is_late": "false"}, {"stage": "draft"}, {"territory": "24"}, {"owner": "null"}):
        assert "CV-LENT" not in browser.get(board, other).content.decode()
    history = browser.get(reverse("partners_convention:history", args=[row.pk])).content.decode()
    assert "responsable ou prochaine étape changés" in history
    assert "Rappeler" not in history
    for key in ("editor", "dpo", "director_a", "gendarme"):
        assert client_of(key).get(board).status_code in (302, 404)


def test_the_partner_does_not_read_the_follow_up(cast, acting_as):
    with acting_as("coordination"):
        convention = Partner.objects.get(code_name="Les Tilleuls").conventions.get()
        convention_follow(convention=convention, owner=cast["coordination"], next_step="Ne pas dire")
        with pytest.raises(ValidationError):
            convention_follow(convention=convention, owner=cast["gendarme"])
    with acting_as("director_a"):
        assert Convention.objects.filter(pk=convention.pk).exists()
        assert not ConventionFollowUp.objects.exists()
    with acting_as("director_b"), walled():
        ConventionFollowUp(convention=convention, next_step="Moi").save(force_insert=True)


def test_a_signature_brings_its_document_or_nothing(client_of, cast, acting_as, settings, tmp_path):
    settings.HAVRE_FILES = tmp_path / "files"
    with acting_as("coordination"):
        partner = partner_create(PartnerCard(kind=PartnerKind.STATE, code_name="Bureau signé", opened_on=TODAY))
        row = convention_open(partner=partner, reference="CV-SIGNE", contacted_on=TODAY)
    url, browser = reverse("partners_convention:advance", args=[row.pk]), client_of("coordination")
    data = {"stage": "signed", "on": str(TODAY), "ends_on": str(days(365))}
    refused = browser.post(url, data | {"document": upload("convention.pdf", b"MZ rien")})
    assert refused.status_code == 422
    with acting_as("coordination"):
        row.refresh_from_db()
        assert row.stage == Stage.CONTACT
    assert browser.post(url, data | {"stage": "draft", "document": upload("c.pdf", pdf())}).status_code == 422
    assert browser.post(url, data | {"document": upload("convention.pdf", pdf())}).status_code == 302
    with acting_as("coordination"):
        row.refresh_from_db()
        assert row.stage == Stage.SIGNED
        assert [str(piece.title) for piece in Attachment.objects.on("convention", row.pk)] == ["Convention signée"]
        # Said to be over from a day on, it counts no longer after it.
        convention_advance(convention=row, stage=Stage.ENDED, on=TODAY)
        assert row.ends_on == TODAY
