"""What the fictitious network made public: its charter and the catalogue of training, each by two people."""

from cms.demo.network import Network
from cms.documents.enums import DocumentKind, VisibilityLevel
from cms.documents.models import Document
from cms.documents.visibility.services import visibility_agree, visibility_change
from cms.wall import scope

OPENED = {
    DocumentKind.CHARTER: "Les familles et les partenaires lisent ce à quoi nous nous engageons.",
    DocumentKind.CURRICULUM: "Les services qui envoient des stagiaires choisissent sur le catalogue.",
}


def openings_load(*, network: Network) -> None:
    editor, direction = network.accounts["editor"], network.accounts["direction"]
    for kind, reason in OPENED.items():
        with scope.acting(editor):
            row = visibility_change(
                target=Document.objects.get(kind=kind), level=VisibilityLevel.PUBLIC, reason=reason, by=editor
            )
        with scope.acting(direction):
            visibility_agree(row=row, by=direction)
