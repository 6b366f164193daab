"""What a version freezes of the pages of the référentiel."""

from wagtail.models import Page

from cms.documents.models import DocumentKind
from cms.documents.pages.selectors import ClauseContent, Source, Written, source_register
from referentiel.reading.rules import readable, readable_head
from referentiel.reading.selectors import chapters_online, index_page


def written(page: Page) -> Written:
    """What is online: the root, its exigences, and what stands around them."""
    index = page.specific
    chapters = chapters_online(index)
    content = {
        "title": index.title,
        "introduction": index.introduction,
        "chapters": [
            {"code": chapter.code, "title": chapter.title, "introduction": chapter.introduction}
            for chapter, _ in chapters
        ],
    }
    clauses = [
        ClauseContent(code=exigence.code, chapter=chapter.code, content=exigence.as_clause())
        for chapter, exigences in chapters
        for exigence in exigences
    ]
    return Written(clauses, content, [(chapter.title, len(exigences)) for chapter, exigences in chapters])


def register() -> None:
    source_register(
        DocumentKind.REFERENTIEL,
        Source(
            root=index_page,
            read=written,
            clause="exigence",
            clauses="exigences",
            readable=readable,
            head=readable_head,
            preview="referentiel_preview",
            publish="referentiel_publish",
        ),
    )
