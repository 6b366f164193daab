"""Reading the pages of the site."""

from django.http import Http404

from cms.home.models import TextPage


def text_page_get(slug: str) -> TextPage:
    """Return the page of text online under this slug. Raises `Http404` when there is none."""
    page = TextPage.objects.live().filter(slug=slug, depth=3).first()
    if page is None:
        raise Http404
    return page
