"""A linking, for the direction of the structure and for the service that asked; the note for whoever drives."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.arrival.convention.enums import Paper
from cases.arrival.convention.models import LinkingVersion
from cases.arrival.convention.papers import paper_name, paper_pdf
from cases.arrival.convention.selectors import versions_of
from cases.arrival.enums import Party
from cases.arrival.forms import ConventionAgreeForm
from cases.arrival.models import Journey, Linking, LinkingAgreement
from cases.arrival.selectors import journey_of, linking_get, party_of
from cases.arrival.services.linking import linking_agree
from cases.arrival.words import euros, missing_words
from cases.common.forms.fields import refuse
from cases.common.portal.pages import form_page, posted
from cases.common.settings import on_call_phone
from cases.common.words import day, item, known, moment
from cases.files.identity.portal import identity_page, missing_words as identity_words
from cases.files.identity.selectors import identity_to_ask
from cms.journal.services import journal_read
from cms.kit.papers import pdf_response
from cms.users.requests import UserRequest
from cms.wall import scope

NEXT = {
    Party.STRUCTURE: "Lisez ce qui est convenu, puis donnez l’accord de votre structure.",
    Party.REQUESTER: "Lisez ce qui est convenu, puis donnez l’accord de votre service.",
}
WORDS = {
    Party.STRUCTURE: "Notre structure accueille ce jeune dans les conditions ci-dessus.",
    Party.REQUESTER: "Notre service confie ce jeune au réseau dans les conditions ci-dessus.",
}


def linking_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    linking = linking_get(pk=pk, action="cases.linking.read")
    party = party_of(linking)
    if party is None:
        raise Http404
    journal_read("linking", linking.pk)
    versions = versions_of(linking)
    version, older = (versions[0], versions[1:]) if versions else (None, [])
    form = ConventionAgreeForm(posted(request), words=WORDS[party], initial={"seen": version and version.pk})
    own = [agreement for agreement in linking.agreements.all() if agreement.party == party]
    is_open = linking.cancelled_at is None and not any(_is_of(agreement, version) for agreement in own)
    if request.method == "POST" and form.is_valid():
        try:
            linking_agree(linking=linking, party=party, by=request.user, seen=form.cleaned_data["seen"])
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Votre accord est donné. Merci.")
            return redirect("cases:linking", linking.pk)
    context = {
        "linking": linking,
        "form": form,
        "is_open": is_open,
        "agreements": _agreements(linking, version),
        "identity": _identity(linking, party),
        "version": version,
        "papers": _papers(linking, version),
        "former": [(row, _papers(linking, row)) for row in older if _is_signed(linking, row)],
        "finance": finance_items(linking),
        "missing": missing_words(linking.missing),
        "journey": journey_items(journey_of(linking)),
        "next_step": _to_sign(party, version, bool(own)) if is_open else _next_step(linking),
    }
    return form_page(request, "cases/arrival/linking.html", context)


def linking_identity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the service that asked who the minor is, from the structure kept to the end of the stay."""
    linking = linking_get(pk=pk, action="cases.identity.give")
    if party_of(linking) != Party.REQUESTER or linking.requester_id is None:
        raise Http404
    back = reverse("cases:linking", args=[linking.pk])
    return identity_page(request, case_id=linking.case_id, partner_id=linking.requester_id, back=back)


def _identity(linking: Linking, party: Party) -> dict[str, object] | None:
    """Return what the service that asked still has to say of who the minor is."""
    missing = identity_to_ask(linking.case_id) if party == Party.REQUESTER else None
    if missing is None:
        return None
    return {"missing": missing, "words": identity_words(missing)}


def _is_of(agreement: LinkingAgreement, version: LinkingVersion | None) -> bool:
    return agreement.version_id == (version.pk if version else None)


def _is_signed(linking: Linking, version: LinkingVersion) -> bool:
    return any(_is_of(agreement, version) for agreement in linking.agreements.all())


def _to_sign(party: Party, version: LinkingVersion | None, has_signed: bool) -> str:
    if version and has_signed:
        return f"La convention a changé depuis votre accord : relisez la version {version.number}, puis signez-la."
    return NEXT[party]


def _papers(linking: Linking, version: LinkingVersion | None) -> list[dict]:
    """Return the two papers of a version: their words, and where to download them."""
    if version is None:
        return []
    return [
        {
            "label": paper.label.capitalize(),
            "url": reverse("cases:linking_paper", args=[linking.pk, version.number, paper.stem]),
            "parts": [
                part | {"items": [item(label, value) for label, value in part["lines"]]}
                for part in version.content[paper]
            ],
        }
        for paper in Paper
    ]


@require_safe
def linking_paper(request: HttpRequest, pk: uuid.UUID, number: int, paper: str) -> HttpResponse:
    """Return the PDF of a version to a party of the convention: the authority that pays has none."""
    linking = linking_get(pk=pk, action="cases.linking.paper")
    wanted = Paper.of_stem(paper)
    version = next((row for row in versions_of(linking) if row.number == number), None)
    if party_of(linking) is None or wanted is None or version is None:
        raise Http404
    try:
        body = paper_pdf(version=version, paper=wanted)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cases:linking", linking.pk)
    return pdf_response(body, paper_name(version=version, paper=wanted))


def _next_step(linking: Linking) -> str:
    if linking.placement_id:
        return "Le jeune est arrivé."
    if linking.missing:
        return "Votre accord est donné. La coordination réunit ce qui manque encore."
    return "Tout est prêt : la coordination transmet l’acheminement."


def _agreements(linking: Linking, version: LinkingVersion | None) -> list[dict]:
    agreements = {row.party: row for row in linking.agreements.all() if _is_of(row, version)}
    return [
        {
            "label": party.label.capitalize(),
            "value": f"Accord du {day(agreements[party].agreed_on)}" if party in agreements else "Attendu",
            "badge_tone": "success" if party in agreements else "warning",
        }
        for party in Party
    ]


def finance_items(linking: Linking) -> list[dict]:
    return known(
        [
            item("Qui paie", linking.payer_kind and linking.payer_kind.label),
            item("Autorité", linking.payer and linking.payer.name),
            item("Prix de journée", euros(linking.daily_price_cents)),
            item("Accord du", linking.financed_on and day(linking.financed_on)),
            item("Jusqu’au", linking.finance_ends_on and day(linking.finance_ends_on)),
        ]
    )


def journey_items(journey: Journey | None) -> list[dict]:
    if journey is None:
        return []
    return known(
        [
            item("Rendez-vous", moment(journey.leaves_at)),
            item("Point de rencontre", journey.meeting_point),
            item("Personne relais", journey.relay),
            item("Qui conduit le jeune", journey.driver.label),
            item("En attendant", journey.shelter and journey.shelter.label),
            item("À l’abri jusqu’à", journey.shelter_until and moment(journey.shelter_until)),
        ]
    )


def handover_note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one page to print for whoever drives: no identity, no structure, no address."""
    linking = linking_get(pk=pk, action="cases.journey.read")
    if party_of(linking) is None and not scope.current().sees_all_cases():
        raise Http404
    journey = journey_of(linking)
    if journey is None:
        raise Http404
    journal_read("journey", journey.pk)
    context = {
        "linking": linking,
        "journey": journey,
        "items": journey_items(journey),
        "on_call_phone": on_call_phone(),
        "is_manager": scope.current().sees_all_cases(),
    }
    return render(request, "cases/arrival/handover.html", context)
