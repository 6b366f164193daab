"""Other documents in use: units under the protocol, a late review, a charter, a version to read again."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.demo.network import Network
from cms.documents.enums import PROTOCOL, VALIDATION, DocumentKind
from cms.documents.models import ArticlePage, DocumentPage
from cms.documents.proposals.services import version_propose
from cms.documents.signatures.services.signatures import acknowledgement_record
from cms.documents.units.services import unit_list, unit_review
from cms.documents.versions.papers import document_pdf
from cms.documents.versions.selectors import version_to_read
from cms.documents.versions.services.pages import document_publish
from cms.values.services import setting_change
from cms.wall import scope

CONTACTS = (
    ("Major Hélène Sorel", "Commandante de brigade"),
    ("Capitaine Marc Thévenin", "Chef de la brigade des mineurs"),
)
REVIEWS = (-12, 40)
"""Days from today to the next review of each unit listed."""


def papers_load(*, network: Network) -> None:
    today = timezone.localdate()
    _units(network, today)
    editor, coordination = network.accounts["editor"], network.coordination
    with scope.acting(coordination):
        document_publish(
            kind=DocumentKind.CHARTER, number="1.0", effective_on=today, is_major=True,
            change_note="Première version.", published_by=coordination,
        )  # fmt: skip
        setting_change(key=VALIDATION, value=True, changed_by_id=coordination.pk)
    with scope.acting(editor):
        article = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=PROTOCOL)).get(code="2")
        article.text = article.text.replace("à toute heure", "jour et nuit")
        article.save_revision(user=editor).publish(user=editor)
        version_propose(
            kind=PROTOCOL, number="1.1", effective_on=today + dt.timedelta(days=7), is_major=False,
            change_note="La ligne d’astreinte répond jour et nuit.", validator=coordination, by=editor,
        )  # fmt: skip


def _units(network: Network, today: dt.date) -> None:
    by = network.coordination
    units = [network.services["GENDARMERIE"][0], network.services["POLICE"][1]]
    with scope.acting(by):
        version = version_to_read(PROTOCOL)
        if version is None:
            return
        for unit, (name, position), days in zip(units, CONTACTS, REVIEWS, strict=True):
            listed = unit_list(
                partner=unit, network_contact=by, contact_name=name, contact_position=position,
                review_on=today + dt.timedelta(days=days), by=by,
            )  # fmt: skip
        unit_review(
            unit=listed, reviewed_on=today - dt.timedelta(days=325), decisions="Deux départs retirés de la liste.",
            next_on=today + dt.timedelta(days=40), by=by,
        )  # fmt: skip
        acknowledgement_record(
            version=version,
            partner=units[1],
            signer_name=CONTACTS[1][0],
            signer_position=CONTACTS[1][1],
            signed_on=today - dt.timedelta(days=330),
            scan=SimpleUploadedFile("protocole.pdf", document_pdf(version), "application/pdf"),
            by=by,
        )
