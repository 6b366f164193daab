"""The text of a convention in the admin: writing it, its versions, their paper."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cms.admin.actions import RowAction
from cms.kit.blocks import Cell, Listing
from cms.kit.papers import pdf_response
from cms.kit.words import moment
from cms.partners.conventions.models import Convention
from cms.partners.conventions.writing.forms import WriteForm
from cms.partners.conventions.writing.models import ConventionVersion
from cms.partners.conventions.writing.papers import convention_pdf
from cms.partners.conventions.writing.selectors import versions_of
from cms.partners.conventions.writing.services import OVER, convention_write


def versions_block(row: Convention) -> Listing:
    rows = [
        (
            str(version),
            moment(version.written_at),
            version.written_by,
            Cell("Télécharger", reverse("partners_convention:paper", args=[row.pk, version.pk])),
        )
        for version in versions_of(row)
    ]
    headings = ("Version", "Écrite le", "Par", "Document")
    return Listing("Texte de la convention", headings, rows, "Le texte n’est pas encore écrit.")


def paper_view(request: HttpRequest, pk: UUID, version_pk: UUID) -> HttpResponse:
    rows = ConventionVersion.objects.select_related("convention__partner")
    version = rows.filter(pk=version_pk, convention=pk).first()
    if version is None:
        raise Http404
    return pdf_response(convention_pdf(version), f"convention-de-partenariat-v{version.number}")


ACTIONS = (
    RowAction(
        "write",
        route="texte",
        label="Écrire la convention",
        when=lambda row: row.stage not in OVER,
        select_related=("partner__territory", "partner__structure_type", "partner__requester_type"),
        form=WriteForm,
        initial=lambda row: {"starts_on": row.starts_on, "ends_on": row.ends_on} if row.starts_on else None,
        service=lambda row, cleaned, by: convention_write(convention=row, by=by, **cleaned),
        intro="Le texte vient du modèle des réglages, rempli avec ce que Havre sait de ce partenaire. Chaque version "
        "est figée : on la télécharge, on la fait signer, puis on joint la copie signée.",
        submit_label="Écrire",
        done="Le texte est écrit : téléchargez-le ci-dessous.",
    ),
    RowAction("paper", route="texte/<uuid:version_pk>", permission="view", view=paper_view),
)
