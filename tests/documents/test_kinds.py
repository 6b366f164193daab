"""A kind of document is a row: made in the admin, signed once two people agree, and then like those of the product."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from cms.documents.enums import DocumentKind, KindStep, Signer
from cms.documents.kinds.models import KindDecision
from cms.documents.kinds.selectors import bound_by
from cms.documents.kinds.services import (
    document_change,
    document_create,
    document_retire,
    document_return,
    document_unsign,
    document_validate,
    kind_agree,
    kind_ask,
    kind_dismiss,
)
from cms.documents.kinds.settings import kinds_dump, kinds_load
from cms.documents.models import Acknowledgement, ArticlePage, Document, DocumentPage
from cms.documents.signatures.selectors import State, adherence_list
from cms.documents.signatures.services.reminders import signatures_follow
from cms.documents.versions.selectors import version_in_force
from cms.home.services import page_add
from cms.notify.models import Obligation
from cms.values.models import ConfigVersion
from tests.portal.test_home import text_of

CODE = "charte-des-benevoles"
NEW = {
    "title": "Charte des bénévoles",
    "introduction": "Pour chaque structure qui accueille des bénévoles.",
    "signed_by": Signer.STRUCTURES,
    "ack_days": "20",
    "is_reminded": "on",
    "is_on_home": "on",
    "reason": "Des bénévoles arrivent.",
}


def seen(browser, url: str, answers: dict):
    """Save what was shown: the first press says what it would move."""
    shown = browser.post(url, answers)
    assert shown.status_code == 200, shown.context_data["form"].errors
    return shown, browser.post(url, answers | {"seen": shown.context_data["mark"]})


@pytest.fixture
def made(cast, acting_as):
    """A document that structures sign, as two people agreed."""

    def run(signed_by=Signer.STRUCTURES, **facts):
        with acting_as("coordination"):
            row = document_create(
                title="Charte des bénévoles", signed_by=signed_by, reason="Des bénévoles arrivent.",
                by=cast["coordination"], **facts,
            )  # fmt: skip
        if signed_by != Signer.NOBODY:
            with acting_as("direction"):
                kind_agree(decision=KindDecision.objects.get(document=row), by=cast["direction"])
        row.refresh_from_db()
        return row

    return run


@pytest.fixture
def published(cast, acting_as, client_of):
    """Write an article of the new document, and publish a version, on the screens of who publishes."""

    def run(number: str, text: str):
        root = DocumentPage.objects.get(kind=CODE)
        article = ArticlePage.objects.child_of(root).first()
        with acting_as("editor"):
            if article is None:
                page_add(root, ArticlePage(slug="article-1", title="Se taire", code="1", text=text))
            else:
                article.text = text
                article.save_revision(user=cast["editor"]).publish(user=cast["editor"])
        url, today = reverse("documents_publish", args=[CODE]), timezone.localdate().isoformat()
        answers = {"number": number, "effective_on": today, "is_major": "major", "change_note": text}
        answer = client_of("coordination").post(url, answers)
        assert answer.status_code == 302, answer.context_data["form"].errors
        with acting_as("coordination"):
            return version_in_force(CODE)

    return run


def test_a_new_kind_is_made_published_signed_and_signed_again(client_of, acting_as, published):
    coordination = client_of("coordination")
    shown, saved = seen(coordination, reverse("documents_kind_new"), NEW)
    assert "auraient à signer" in text_of(shown)
    assert saved.status_code == 302
    row = Document.objects.get(kind=CODE)
    assert row.signed_by == Signer.NOBODY  # one person binds nobody
    with acting_as("direction"):
        decision = KindDecision.objects.get(document=row)
        assert Obligation.objects.open().filter(object_id=decision.pk).exists()
    url = reverse("documents_kind_decision", args=[decision.pk])
    assert coordination.post(url, {"verb": "agree"}).status_code == 422
    assert client_of("direction").post(url, {"verb": "agree"}).status_code == 302
    first = published("1.0", "Se taire hors du service.")

    director = client_of("director_a")
    assert "Charte des bénévoles" in text_of(director.get("/"))
    assert "Charte des bénévoles" in text_of(director.get("/documents/"))
    page = director.get(f"/documents/{CODE}/signer/")
    answer = {**page.context["form"].initial, "position": "Directrice", "is_committed": "on"}
    assert director.post(f"/documents/{CODE}/signer/", answer).status_code == 302
    with acting_as("director_a"):
        signed = Acknowledgement.objects.get(version=first)
        assert signed.version_hash == first.content_hash
    assert reverse("referentiel:receipt", args=[signed.pk]) in director.get(f"/documents/{CODE}/").content.decode()
    assert director.get(reverse("referentiel:receipt", args=[signed.pk])).status_code == 200
    assert "Charte des bénévoles" not in text_of(director.get("/"))

    published("2.0", "Se taire hors du service, et après.")
    assert director.get(f"/documents/{CODE}/signer/").context["is_to_read_first"]
    changes = director.get(f"/documents/{CODE}/changements/")
    assert "et après" in changes.content.decode().split("<ins>")[1]
    director.post(f"/documents/{CODE}/changements/", {"version": changes.context["version"].pk})
    page = director.get(f"/documents/{CODE}/signer/")
    answer = {**page.context["form"].initial, "position": "Directrice", "is_committed": "on"}
    assert director.post(f"/documents/{CODE}/signer/", answer).status_code == 302
    assert director.get(f"/documents/{CODE}/pdf/")["Content-Type"] == "application/pdf"
    assert "1 sur" in text_of(coordination.get(reverse("documents_kind_signatures", args=[CODE])))


def test_the_delay_is_its_own_and_runs_from_the_agreement(made, published, acting_as, client_of):
    row = made(ack_days=20)
    version = published("1.0", "Se taire.")
    last = row.signed_from + dt.timedelta(days=19)
    with acting_as("coordination"):
        states = {one.state for one in adherence_list(version, last)}
        assert states == {State.TO_SIGN}
        assert {one.state for one in adherence_list(version, last + dt.timedelta(days=1))} == {State.LATE}
    signatures_follow(timezone.localdate())
    with acting_as("director_a"):
        owed = Obligation.objects.open().filter(kind="signature", object_id=version.pk)
        assert owed.get().due_on == last


def test_services_sign_for_their_service(made, published, acting_as, client_of, cast):
    made(signed_by=Signer.SERVICES)
    published("1.0", "Se taire.")
    with acting_as("coordination"):
        assert bound_by(Signer.SERVICES).partners > bound_by(Signer.UNITS).partners
    assert client_of("director_a").get(f"/documents/{CODE}/signer/").status_code == 404


def test_one_person_frees_and_nobody_binds_alone(made, published, acting_as, cast, sign):
    row = made()
    version = published("1.0", "Se taire.")
    signatures_follow(timezone.localdate())
    with acting_as("coordination"):
        with pytest.raises(ValidationError, match="déjà"):
            kind_ask(document=row, step=KindStep.SIGN, signed_by=Signer.UNITS, reason="Autre", by=cast["coordination"])
        document_unsign(document=row, by=cast["coordination"], reason="Inutile")
        row.refresh_from_db()
        assert not row.must_be_acknowledged
        assert not KindDecision.objects.holding().exists()
    with acting_as("director_a"):
        assert not Obligation.objects.open().filter(object_id=version.pk).exists()
    with acting_as("coordination"), pytest.raises(IntegrityError, match="document_by_two"):
        Document.objects.filter(pk=row.pk).update(signed_by=Signer.UNITS, signed_from=timezone.localdate())


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"signed_by": Signer.NOBODY}, "document_as_made"),
        ({"title": "Autre"}, "document_as_made"),
        ({"retired_on": dt.date(2026, 1, 1)}, "document_builtin_stays"),
        ({"ack_days": 10}, "document_standard_delay"),
    ],
)
def test_what_comes_with_the_product_stays(acting_as, cast, change, constraint):
    with acting_as("coordination"), pytest.raises(IntegrityError, match=constraint):
        Document.objects.filter(kind=DocumentKind.REFERENTIEL).update(**change)


@pytest.mark.parametrize("key", ["editor", "trainer", "director_a", "gendarme"])
def test_the_database_lets_the_coordination_alone_write_them(acting_as, cast, key):
    with acting_as(key):
        assert not Document.objects.update(is_on_home=False)
        assert not KindDecision.objects.exists()
        with pytest.raises(ValidationError, match="ouverte à votre compte"):
            document_create(title="Autre", by=cast[key])


def test_it_goes_alone_when_nobody_signed_and_by_two_when_somebody_did(made, published, acting_as, cast, sign):
    row = made()
    version = published("1.0", "Se taire.")
    with acting_as("coordination"):
        assert document_retire(document=row, by=cast["coordination"], reason="Inutile").retired_on
        document_return(document=row, by=cast["coordination"])
        kind_ask(document=row, step=KindStep.SIGN, signed_by=row.signed_by, reason="Utile", by=cast["coordination"])
    with acting_as("direction"):
        kind_agree(decision=KindDecision.objects.waiting().get(), by=cast["direction"])
    sign(version)
    with acting_as("coordination"):
        asked = document_retire(document=row, by=cast["coordination"], reason="Remplacée")
        assert asked.asked_count == 1
        with pytest.raises(IntegrityError, match="document_by_two"):
            Document.objects.filter(pk=row.pk).update(
                retired_on=timezone.localdate(), signed_by="nobody", signed_from=None
            )


def test_a_retired_document_is_read_no_more_and_its_receipts_stay(made, published, acting_as, cast, sign, client_of):
    row = made()
    version = published("1.0", "Se taire.")
    signed = sign(version)
    with acting_as("coordination"):
        asked = document_retire(document=row, by=cast["coordination"], reason="Remplacée")
    with acting_as("direction"):
        kind_agree(decision=asked, by=cast["direction"])
    director = client_of("director_a")
    assert "Charte des bénévoles" not in text_of(director.get("/documents/"))
    assert director.get(f"/documents/{CODE}/signer/").status_code == 404
    assert director.get(reverse("referentiel:receipt", args=[signed.pk])).status_code == 200
    assert client_of("coordination").get(reverse("documents_publish", args=[CODE])).status_code == 404


def test_validation_is_asked_by_one_and_lifted_by_two(made, acting_as, cast):
    row = made(signed_by=Signer.NOBODY)
    with acting_as("coordination"):
        document_validate(document=row, by=cast["coordination"])
        with pytest.raises(IntegrityError, match="document_by_two"), _savepoint():
            Document.objects.filter(pk=row.pk).update(is_validated=False)
        asked = kind_ask(document=row, step=KindStep.ALONE, reason="Trop long", by=cast["coordination"])
        with pytest.raises(ValidationError, match="une autre personne décide"):
            kind_agree(decision=asked, by=cast["coordination"])
    with acting_as("direction"):
        kind_agree(decision=asked, by=cast["direction"])
        row.refresh_from_db()
        assert not row.is_validated


def _savepoint():
    from django.db import transaction

    return transaction.atomic()


def test_who_signs_reads(acting_as, cast, made, change):
    with acting_as("coordination"), pytest.raises(ValidationError, match="ne lit pas"):
        document_create(
            title="Autre", signed_by=Signer.UNITS, roles=["structure_director"], reason="x", by=cast["coordination"]
        )
    row = made(roles=["structure_director"])
    with pytest.raises(ValidationError, match="signe ce document"):
        change(row, "roles", key="coordination", roles=["trainer"])


def test_its_versions_are_kept_and_the_file_carries_it(made, acting_as, cast):
    row = made(ack_days=20)
    with acting_as("coordination"):
        document_change(document=row, by=cast["coordination"], title="Charte", ack_days=30, reason="Plus long")
        assert ConfigVersion.objects.filter(part="documents", key=CODE).count() == 3
        kept = kinds_dump()
        assert kept[CODE]["ack_days"] == 30
        assert kinds_load(kept, cast["coordination"]) == 0
        other = {"autre-charte": {**kept[CODE], "title": "Autre charte"}}
        assert kinds_load(other, cast["coordination"]) == 1
        asked = KindDecision.objects.waiting().get(document__kind="autre-charte")
        assert asked.signed_by == Signer.STRUCTURES  # as asked: somebody else agrees here
        assert kinds_load(other, cast["coordination"]) == 0
        kind_dismiss(decision=asked, by=cast["coordination"])
