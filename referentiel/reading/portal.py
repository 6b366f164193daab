"""Reading: the whole, one exigence, what answers a search, what changed, and who has read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms.documents.models import DocumentKind, DocumentVersion
from cms.documents.signatures.policies import may_read_for_structure
from cms.documents.signatures.selectors import team_readings
from cms.documents.signatures.services.readings import part_read
from cms.documents.versions.selectors import WHAT_CHANGES, readings_of, version_in_force, version_to_read
from cms.kit.papers import pdf_response
from cms.partners.models import Partner
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope
from referentiel.reading.forms import SearchForm
from referentiel.reading.papers import referentiel_pdf
from referentiel.reading.rules import (
    Chapter,
    changes_between,
    chapter_address,
    chapters_changed,
    chapters_of,
    exigence_of,
    exigence_past,
)
from referentiel.reading.selectors import (
    exigence_history,
    exigences_search,
    own_structures,
    standing_of,
    version_compared,
    versions_with_clauses,
)

WHOLE = 60
"""Up to so many exigences, the whole is one page; beyond, a chapter a page: a phone far from a mast loads it too."""
NEWER = "Une nouvelle version vient d’entrer en vigueur : lisez celle-ci."


@require_safe
def read(request: UserRequest) -> HttpResponse:
    """Show the version in force, word for word as it was frozen."""
    version = version_to_read(DocumentKind.REFERENTIEL)
    if version is None:
        return render(request, "referentiel/reading/none.html")
    is_kept = may_read_for_structure()
    done = readings_of(request.user, version) if is_kept else {}
    chapters = chapters_of(version, done)
    context = {
        "version": version,
        "chapters": chapters,
        **shown_of(chapters, request.GET.get("chapitre", "")),
        "standing": standing_of(request.user, version),
        "is_kept": is_kept,
        "is_director": scope.current().has_role(Role.STRUCTURE_DIRECTOR),
        "form": SearchForm(),
    }
    return render(request, "referentiel/reading/read.html", context)


def shown_of(chapters: list[Chapter], requested: str) -> dict[str, Any]:
    """Return which chapters the page shows: all of them, or one at a time when the whole would be long to load."""
    if sum(len(chapter.exigences) for chapter in chapters) <= WHOLE:
        return {"shown": chapters, "following": None}
    codes = [chapter.code for chapter in chapters]
    unread = next((chapter.code for chapter in chapters if chapter.is_unread), codes[0])
    rank = codes.index(requested if requested in codes else unread)
    return {
        "shown": [chapters[rank]],
        "is_apart": True,
        "following": chapters[rank + 1] if rank + 1 < len(chapters) else None,
    }


@require_safe
def pdf(request: HttpRequest) -> HttpResponseBase:
    """Send the version in force as a PDF, to keep and to read without network."""
    version = version_to_read(DocumentKind.REFERENTIEL)
    if version is None:
        raise Http404
    return pdf_response(referentiel_pdf(version), f"referentiel-{version.number}")


@require_POST
def chapter_read(request: UserRequest, code: str) -> HttpResponse:
    """Record « J’ai lu ce chapitre », at its end; then lead to the next one, or to the signature."""
    version = version_to_read(DocumentKind.REFERENTIEL)
    if version is None or not may_read_for_structure():
        raise Http404
    if request.POST.get("version") != str(version.pk):
        messages.warning(request, NEWER)
        return redirect("referentiel:read")
    try:
        part_read(version=version, chapter=code, by=request.user)
    except ValidationError as error:
        raise Http404 from error
    unread = [chapter for chapter in chapters_of(version, readings_of(request.user, version)) if chapter.is_unread]
    if unread:
        return redirect(chapter_address(unread[0].code))
    messages.success(request, f"Vous avez lu toute la version {version.number}.")
    is_to_sign = bool(standing_of(request.user, version).to_sign)
    return redirect("referentiel:sign" if is_to_sign else "referentiel:read")


def changes(request: UserRequest) -> HttpResponse:
    """Show what changed since the version that the structure signed last; record that it was read."""
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None:
        raise Http404
    if request.method == "POST":
        return _changes_read(request, version)
    structures = own_structures()
    partner = _chosen(request, structures)
    before = version_compared(version, partner)
    context: dict[str, Any] = {"version": version, "partner": partner, "structures": structures, "before": before}
    if before is not None:
        difference = changes_between(*versions_with_clauses([before, version]))
        context |= {"difference": difference, "chapters": chapters_changed(difference)}
    if may_read_for_structure():
        reading = readings_of(request.user, version).get(WHAT_CHANGES)
        context |= {"is_kept": True, "reading": reading}
    return render(request, "referentiel/reading/changes.html", context)


def _changes_read(request: UserRequest, version: DocumentVersion) -> HttpResponse:
    if not may_read_for_structure():
        raise Http404
    if request.POST.get("version") != str(version.pk):
        messages.warning(request, NEWER)
        return redirect("referentiel:changes")
    part_read(version=version, chapter=WHAT_CHANGES, by=request.user)
    if standing_of(request.user, version).to_sign:
        return redirect("referentiel:sign")
    messages.success(request, f"C’est noté : vous avez lu ce qui change dans la version {version.number}.")
    return redirect("referentiel:read")


def _chosen(request: HttpRequest, structures: list[Partner]) -> Partner | None:
    requested = request.GET.get("structure", "")
    return next((row for row in structures if str(row.pk) == requested), structures[0] if structures else None)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None:
        raise Http404
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context = {
        "form": form,
        "version": version,
        "words": words,
        "results": exigences_search(version, words) if words else [],
    }
    return render(request, "referentiel/reading/search.html", context, status=422 if form.errors else 200)


@require_safe
def exigence(request: HttpRequest, code: str) -> HttpResponse:
    """Show one exigence, at a permanent address: its words today, and what they were."""
    rows = exigence_history(code)
    version = version_in_force(DocumentKind.REFERENTIEL)
    latest = rows[-1]
    context = {
        "item": exigence_of(latest.code, latest.content),
        "latest": latest,
        "version": version,
        "is_in_force": version is not None and latest.version_id == version.pk,
        "past": exigence_past(rows),
    }
    return render(request, "referentiel/reading/exigence_alone.html", context)


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Show who, in the team, went through which chapter, to its director."""
    directed = [row for row in own_structures() if row.pk in scope.current().partners_as(Role.STRUCTURE_DIRECTOR)]
    version = version_to_read(DocumentKind.REFERENTIEL)
    if version is None or not directed:
        raise Http404
    teams = [(partner, team_readings(version, partner)) for partner in directed]
    context = {
        "version": version,
        "chapters": chapters_of(version),
        "teams": [
            {"partner": partner, "rows": rows, "done": sum(all(row.chapters) for row in rows)}
            for partner, rows in teams
        ],
    }
    return render(request, "referentiel/reading/readings.html", context)
