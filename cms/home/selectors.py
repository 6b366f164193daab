"""Reading the pages of the site, and where their translations stand."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from wagtail.models import Locale, Page

from cms.home.enums import TranslationState
from cms.home.models import SitePage, TextPage


def text_page_get(slug: str) -> TextPage:
    """Return the page of text online under this slug. Raises `Http404` when there is none."""
    page = TextPage.objects.live().filter(slug=slug, depth=3, locale__language_code=settings.LANGUAGE_CODE).first()
    if page is None:
        raise Http404
    return page


@dataclass(frozen=True)
class Translation:
    """Where one page stands in one language."""

    code: str
    language: str
    state: TranslationState
    page: Page | None


def languages_written() -> list[str]:
    """Return the codes of the languages in which something is written, French apart, in the order of the settings."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    return [code for code, _ in settings.LANGUAGES if code in known and code != settings.LANGUAGE_CODE]


def translations_standing() -> list[tuple[Page, list[Translation]]]:
    """Return each page of the site written in French, with where it stands in each language that is written."""
    models = [model for model in SitePage.__subclasses__() if not model._meta.abstract]
    rows = list(Page.objects.type(*models).select_related("locale").order_by("path"))
    sources = [row for row in rows if row.locale.language_code == settings.LANGUAGE_CODE]
    found = {(row.translation_key, row.locale.language_code): row for row in rows}
    codes = languages_written()

    def standing(page: Page) -> list[Translation]:
        return [_standing(page, code, found.get((page.translation_key, code))) for code in codes]

    return [(page, standing(page)) for page in sources]


def _standing(source: Page, code: str, page: Page | None) -> Translation:
    return Translation(code, dict(settings.LANGUAGES)[code], _state(source, page), page)


def _state(source: Page, page: Page | None) -> TranslationState:
    if page is None:
        return TranslationState.MISSING
    if not page.live:
        return TranslationState.DRAFT
    dates = (source.last_published_at, page.last_published_at)
    is_older = source.live and all(dates) and dates[1] < dates[0]
    return TranslationState.LATE if is_older else TranslationState.CURRENT
