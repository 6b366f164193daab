"""What a version freezes of the pages of the référentiel."""

from cms.documents.models import DocumentKind
from cms.documents.pages.selectors import Source, source_register
from referentiel.reading.rules import readable, readable_head
from referentiel.reading.selectors import index_page, pages_read


def register() -> None:
    source_register(
        DocumentKind.REFERENTIEL,
        Source(
            root=index_page,
            read=pages_read,
            clause="exigence",
            clauses="exigences",
            readable=readable,
            head=readable_head,
            preview="referentiel_preview",
            publish="referentiel_publish",
        ),
    )
