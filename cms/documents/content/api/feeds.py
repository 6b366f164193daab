"""What is public, for search engines and feed readers: addresses of the public front, or of this site without one."""

import datetime as dt
from html import escape

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from cms.documents.content.api.base import public_answer
from cms.documents.content.selectors import page_address, pages_served, version_address, versions_served
from cms.documents.pages.selectors import reader_of
from cms.kit.addresses import absolute, front

MOST = 50
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    rows: list[tuple[str, dt.datetime | None]] = [
        (page_address(page), page.last_published_at) for page in pages_served().order_by("path")
    ]
    rows += [(version_address(version), version.published_at) for version in versions_served()]
    urls = "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{at.isoformat(timespec='seconds')}</lastmod></url>"
        for address, at in rows
        if at
    )
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{NAMESPACE}">{urls}</urlset>\n'
    return public_answer(request, HttpResponse(text, content_type="application/xml; charset=utf-8"))


@login_not_required
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Atom: versions of public documents and public pages, the last published first."""
    feed = Atom1Feed(
        title="Havre : publications",
        link=front("/", here="/pages/"),
        description="Documents et pages que le réseau publie.",
        language="fr",
        feed_url=absolute(reverse("publications")),
        feed_guid=absolute(reverse("publications")),
    )
    rows = [
        (
            version.published_at,
            f"{reader_of(version.document.kind).head(version.content).get('Titre', version.document.title)}, "
            f"version {version.number}",
            version_address(version),
            version.change_note,
            f"urn:sha256:{version.content_hash}",
        )
        for version in versions_served()
    ]
    rows += [
        (
            page.last_published_at,
            page.title,
            page_address(page),
            "",
            f"urn:uuid:{page.translation_key}:{page.locale_id}",
        )
        for page in pages_served().exclude(last_published_at=None)
    ]
    for at, title, link, words, guid in sorted(rows, key=lambda row: row[0], reverse=True)[:MOST]:
        feed.add_item(title=title, link=link, description=words, unique_id=guid, updateddate=at, pubdate=at)
    answer = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return public_answer(request, answer)
