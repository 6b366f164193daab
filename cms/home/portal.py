from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from wagtail.models import Page
from wagtail.views import serve

from cms.home.selectors import text_page_get


@login_not_required
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page that everybody may read, served at its short address."""
    return serve(request, text_page_get(slug).slug)


@login_not_required
def translated_page(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """Show a page of the site in another language. Without one, Wagtail would show the French page at this address."""
    with translation.override(code):
        found = Page.route_for_request(request, path)
        if found is None or found.page.locale.language_code != code:
            raise Http404
        return serve(request, path)
