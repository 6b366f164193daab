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
from cases.arrival.convention.selectors import points_withheld, versions_of
from cases.arrival.enums import Party, Reply
from cases.arrival.forms import ConventionAgreeForm
from cases.arrival.models import Journey, Linking, LinkingAgreement
from cases.arrival.selectors import (
    answers_of,
    follows_linking,
    journey_get,
    journey_of,
    linking_get,
    party_of,
    reads_linking,
)
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
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope

NEXT = {
    Party.STRUCTURE: "Lisez ce qui est convenu, puis donnez l’accord de votre structure.",
    Party.REQUESTER: "Lisez ce qui est convenu, puis donnez l’accord de votre service.",
}
WORDS = {
    Party.STRUCTURE: "Notre structure accueille ce jeune dans les conditions ci-dessus.",
    Party.REQUESTER: "Notre service confie ce jeune au réseau dans les conditions ci-dessus.",
}
TONES = {Reply.AGREED: "success", Reply.REFUSED: "danger"}


def linking_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    linking = linking_get(pk=pk, action="cases.linking.read")
    party = party_of(linking)
    if not follows_linking(linking):
        raise Http404
    journal_read("linking", linking.pk)
    if party is None and request.method == "POST":
        raise Http404
    versions = versions_of(linking)
    version, older = (versions[0], versions[1:]) if versions else (None, [])
    form = ConventionAgreeForm(
        posted(request), words=WORDS[party] if party else "", initial={"seen": version and version.pk}
    )
    answers = answers_of(linking)
    is_agreed = party in answers and answers[party].reply == Reply.AGREED
    is_open = party is not None and not is_agreed and linking.cancelled_at is None
    if party and request.method == "POST" and form.is_valid():
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
        "agreements": _agreements(answers),
        "identity": _identity(linking),
        "version": version,
        "papers": _papers(linking, version),
        "former": [(row, _papers(linking, row)) for row in older if _is_signed(linking, row)],
        "finance": finance_items(linking),
        "protocol": _protocol(linking, party, version),
        "missing": missing_words(linking.missing),
        "journey": journey_items(journey_of(linking.pk)),
        "next_step": _to_sign(linking, party, version) if party and is_open else _next_step(linking, party),
    }
    return form_page(request, "cases/arrival/linking.html", context)


def linking_identity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the service that asked, or the guardian, who the minor is, until the stay ends."""
    linking = linking_get(pk=pk, action="cases.identity.give")
    service_id = _service_of(linking)
    if service_id is None:
        raise Http404
    back = reverse("cases:linking", args=[linking.pk])
    return identity_page(request, case_id=linking.case_id, partner_id=service_id, back=back)


def _service_of(linking: Linking) -> uuid.UUID | None:
    """Return the service of the actor that knows the minor: the guardian, or the one that asked."""
    own = scope.current().partners_as(Role.REQUESTER)
    return next((pk for pk in (linking.guardian_id, linking.requester_id) if pk and pk in own), None)


def _identity(linking: Linking) -> dict[str, object] | None:
    """Return what the service that asked, or the guardian, still has to say of who the minor is."""
    missing = identity_to_ask(linking.case_id) if _service_of(linking) else None
    if missing is None:
        return None
    return {"missing": missing, "words": identity_words(missing)}


def _is_signed(linking: Linking, version: LinkingVersion) -> bool:
    agreed = [row for row in linking.agreements.all() if row.reply == Reply.AGREED]
    return any(row.version_id == version.pk for row in agreed)


def _to_sign(linking: Linking, party: Party, version: LinkingVersion | None) -> str:
    has_signed = any(row.party == party and row.reply == Reply.AGREED for row in linking.agreements.all())
    if version and has_signed:
        return f"La convention a changé depuis votre accord : relisez la version {version.number}, puis signez-la."
    return NEXT[party]


def _protocol(linking: Linking, party: Party | None, version: LinkingVersion | None) -> list[dict]:
    """Return the points of the protocol that no paper shows: all of them without a version; to the structure, those
    that would tell the other parties where it is.
    """
    rows = linking.checks.select_related("item").order_by("item__position")
    if version:
        withheld = points_withheld(version) if party == Party.STRUCTURE else set()
        rows = rows.filter(item__label__in=withheld)
    return [item(check.item.label, check.words) for check in rows]


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
    """Return the PDF of a version to a party that signs it: neither who only asked nor who only pays has one."""
    linking = linking_get(pk=pk, action="cases.linking.paper")
    wanted = Paper.of_stem(paper)
    version = next((row for row in versions_of(linking) if row.number == number), None)
    if party_of(linking) is None or wanted is None or version is None:
        raise Http404
    if answer := fresh_required(request):
        return answer
    try:
        body = paper_pdf(version=version, paper=wanted)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cases:linking", linking.pk)
    return pdf_response(body, paper_name(version=version, paper=wanted))


def _next_step(linking: Linking, party: Party | None) -> str:
    if linking.placement_id:
        return "Le jeune est arrivé."
    if party is None:
        return "Votre service a demandé cet accueil : l’accord est donné par le service à qui le jeune est confié."
    if linking.missing:
        return "Votre accord est donné. La coordination réunit ce qui manque encore."
    return "Tout est prêt : la coordination transmet l’acheminement."


def _agreements(answers: dict[Party, LinkingAgreement]) -> list[dict]:
    return [
        {
            "label": party.label.capitalize(),
            "value": _answer_words(answers.get(party)),
            "badge_tone": TONES.get(Reply(answers[party].reply), "warning") if party in answers else "warning",
        }
        for party in Party
    ]


def _answer_words(answer: LinkingAgreement | None) -> str:
    if answer is None:
        return "Attendu"
    if answer.reply == Reply.AGREED:
        return f"Accord du {day(answer.agreed_on)}"
    return f"{answer.get_reply_display().capitalize()}, {moment(answer.answered_at)}"


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
    """Show one page to print for whoever drives: no identity, no structure, no address. `pk` is that of the linking.

    Who holds the delegation of the structure reads it to receive the minor.
    """
    journey = journey_get(linking_id=pk)
    journal_read("journey", journey.pk)
    context = {
        "linking_id": pk,
        "journey": journey,
        "items": journey_items(journey),
        "on_call_phone": on_call_phone(),
        "is_manager": scope.current().sees_all_cases(),
        "is_received": not reads_linking(pk),
    }
    return render(request, "cases/arrival/handover.html", context)
