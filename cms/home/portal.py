from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from wagtail.views import serve

from cms.home.selectors import text_page_get


@login_not_required
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page that everybody may read, served at its short address."""
    return serve(request, text_page_get(slug).slug)
