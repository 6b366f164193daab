"""A document made of articles on paper."""

from pathlib import Path

from cms.documents.pages.rules import articles_of
from cms.documents.versions.models import DocumentVersion
from cms.kit.papers import pdf_write
from cms.kit.templatetags.french import date

TEMPLATE = Path(__file__).resolve().parents[1] / "data" / "document.typ"


def document_pdf(version: DocumentVersion) -> bytes:
    """Return the whole of a version read by `version_to_read`, its number and date on each page."""
    title, since = version.content["title"], date(version.effective_on, "j F Y")
    hash_ = version.content_hash
    data = {
        "title": f"{title}, version {version.number}",
        "stamp": f"{title}, version {version.number}, en vigueur depuis le {since}",
        "introduction": version.content["introduction"],
        "facts": [
            f"Version {version.number}, en vigueur depuis le {since}.",
            f"Ce qui change : {version.change_note}",
            f"Empreinte : {' '.join(hash_[start : start + 8] for start in range(0, len(hash_), 8))}",
        ],
        "articles": [
            {
                "title": f"{item.code}. {item.title}",
                "blocks": [{"lines": block.lines, "is_list": block.is_list} for block in item.blocks],
                "law": item.law,
            }
            for item in articles_of(version.ordered_clauses)
        ],
    }
    return pdf_write(TEMPLATE, data)
