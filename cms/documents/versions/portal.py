"""A document in the portal: the whole, what changed, on paper, and its signature for a unit."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.documents.enums import OWN_PAGES, PROTOCOL, SIGNER_WORDS, Signer
from cms.documents.pages.rules import articles_of
from cms.documents.pages.selectors import source_of
from cms.documents.signatures.forms import SignForm
from cms.documents.signatures.models import Acknowledgement
from cms.documents.signatures.policies import may_read_for_structure
from cms.documents.signatures.selectors import documents_standing
from cms.documents.signatures.services.readings import part_read
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.units.selectors import units_of
from cms.documents.versions.models import DocumentVersion
from cms.documents.versions.papers import document_pdf
from cms.documents.versions.rules.differences import difference
from cms.documents.versions.selectors import (
    WHAT_CHANGES,
    acknowledgement_last,
    partner_to_sign_for,
    partners_to_sign_for,
    parts_left,
    readings_of,
    version_previous,
    version_to_read,
    versions_of,
)
from cms.kit.papers import pdf_response
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

NEWER = "Une nouvelle version vient d’entrer en vigueur. Voici ce qui change."


def version_of(kind: str) -> DocumentVersion:
    """Return the version in force of a document made of articles. Raises `Http404` when there is none."""
    version = version_to_read(kind) if kind not in OWN_PAGES else None
    if version is None:
        raise Http404
    return version


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = [row for row in documents_standing() if row.in_force]
    rows_to_sign = [row for row in rows if row.document.must_be_acknowledged]
    user = cast(User, request.user)
    to_sign = [row.document.kind for row in rows_to_sign if row.in_force and partners_left(user, row.in_force)]
    return render(request, "documents/index.html", {"rows": rows, "to_sign": to_sign})


@require_safe
def read(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the version in force, word for word as it was frozen."""
    version, user = version_of(kind), cast(User, request.user)
    is_signed = version.document.must_be_acknowledged
    context = {
        "version": version,
        "kind": kind,
        "articles": articles_of(version.ordered_clauses),
        "units": units_of(version, own_units()) if is_signed else [],
        "to_sign": partners_left(user, version) if is_signed else [],
        "signed": signed_by_own(user, version) if is_signed and kind != PROTOCOL else [],
    }
    return render(request, "documents/read.html", context)


def signed_by_own(user: User, version: DocumentVersion) -> list[Acknowledgement]:
    """Return what this person's partners signed of a document, the latest version of each: with their receipts."""
    partners = partners_to_sign_for(user, version.document.signed_by)
    rows = Acknowledgement.objects.filter(version__document=version.document_id, partner__in=partners)
    rows = rows.select_related("version", "partner").order_by("version__sequence")
    return list({row.partner_id: row for row in rows}.values())


def own_units() -> list[Partner]:
    """Partners to which the person at work belongs as a service that asks."""
    return list(Partner.objects.filter(pk__in=scope.current().partners_as(Role.REQUESTER)).order_by("code_name"))


def partners_left(user: User, version: DocumentVersion) -> list[Partner]:
    """Partners that this person may commit, and that have not signed this very version."""
    partners = partners_to_sign_for(user, version.document.signed_by)
    signed = set(version.acknowledgements.filter(partner__in=partners).values_list("partner_id", flat=True))
    return [partner for partner in partners if partner.pk not in signed]


def sign(request: HttpRequest, kind: str) -> HttpResponse:
    """Who has the signature of a unit commits it, at the foot of the whole text; anybody else finds nothing here."""
    version = version_of(kind)
    partners = partners_to_sign_for(cast(User, request.user), version.document.signed_by)
    if not partners:
        raise Http404
    partners_unsigned = partners_left(cast(User, request.user), version)
    if request.method != "POST" and not partners_unsigned:
        messages.info(request, f"La version {version.number} est déjà signée.")
        return redirect("documents:read", kind)
    user, partners = cast(User, request.user), partners_unsigned or partners
    form = SignForm(request.POST or None, user=user, partners=partners, version=version)
    if request.method == "POST" and form.is_valid() and _sign(request, form, version):
        messages.success(request, f"Vous avez signé la version {version.number}.")
        return redirect("documents:read", kind)
    context = {
        "form": form,
        "version": version,
        "kind": kind,
        "partner": partners_unsigned[0] if len(partners_unsigned) == 1 else None,
        "yours": SIGNER_WORDS[Signer(version.document.signed_by)][1],
        "is_to_read_first": any(parts_left(user, version, partner) for partner in partners),
        "articles": articles_of(version.ordered_clauses),
    }
    return render(request, "documents/sign.html", context, status=422 if form.errors else 200)


def _sign(request: HttpRequest, form: SignForm, version: DocumentVersion) -> Acknowledgement | None:
    cleaned = form.cleaned_data
    if cleaned["version"] != version.pk:
        form.add_error(None, "Une nouvelle version vient d’entrer en vigueur. Lisez-la avant de la signer.")
        return None
    try:
        return acknowledgement_sign(
            version=version,
            partner=partner_to_sign_for(cast(User, request.user), cleaned["partner"], version.document.signed_by),
            signed_by=cast(User, request.user),
            position=cleaned["position"],
        )
    except ValidationError as error:
        form.add_service_error(error)
        return None


@require_safe
def pdf(request: HttpRequest, kind: str) -> HttpResponseBase:
    version = version_of(kind)
    return pdf_response(document_pdf(version), f"{kind}-{version.number}")


def changes(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what changed since the version that the structure signed last, or the previous one; record that it was
    read by who works in a structure.
    """
    version, source, user = version_of(kind), source_of(kind), cast(User, request.user)
    if request.method == "POST":
        return _changes_read(request, version)
    before = version_compared(user, version)
    result = difference(before, version, readable=source.readable, head=source.head) if before else None
    context = {"version": version, "kind": kind, "before": before, "difference": result}
    if version.document.must_be_acknowledged and may_read_for_structure():
        context |= {"is_kept": True, "reading": readings_of(user, version).get(WHAT_CHANGES)}
    return render(request, "documents/changes.html", context)


def _changes_read(request: HttpRequest, version: DocumentVersion) -> HttpResponse:
    kind, user = version.document.kind, cast(User, request.user)
    if not version.document.must_be_acknowledged or not may_read_for_structure():
        raise Http404
    if request.POST.get("version") != str(version.pk):
        messages.warning(request, NEWER)
        return redirect("documents:changes", kind)
    part_read(version=version, chapter=WHAT_CHANGES, by=user)
    if partners_left(user, version):
        return redirect("documents:sign", kind)
    messages.success(request, f"C’est noté : vous avez lu ce qui change dans la version {version.number}.")
    return redirect("documents:read", kind)


def version_compared(user: User, version: DocumentVersion) -> DocumentVersion | None:
    """Return the earlier version that the structure of this person signed last, or the one before."""
    partners = partners_to_sign_for(user, version.document.signed_by)
    signed = [row for partner in partners if (row := acknowledgement_last(partner, version.document_id))]
    ranks = [row.version.sequence for row in signed if row.version.sequence < version.sequence]
    if not ranks:
        return version_previous(version)
    return versions_of(version.document.kind).filter(sequence=min(ranks)).first()
