"""A linking, for the direction of the structure and for the service that asked; the note for whoever drives."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.arrival.enums import Party, Reply
from cases.arrival.forms import AgreeForm
from cases.arrival.models import Journey, Linking, LinkingAgreement
from cases.arrival.selectors import answers_of, follows_linking, journey_of, linking_get, party_of
from cases.arrival.services.linking import linking_agree
from cases.arrival.words import euros, missing_words
from cases.common.forms.fields import refuse
from cases.common.portal.pages import form_page, posted
from cases.common.settings import on_call_phone
from cases.common.words import day, item, known, moment
from cms.journal.services import journal_read
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
TONES = {Reply.AGREED: "success", Reply.REFUSED: "danger"}


def linking_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    linking = linking_get(pk=pk, action="cases.linking.read")
    party = party_of(linking)
    if not follows_linking(linking):
        raise Http404
    journal_read("linking", linking.pk)
    if party is None and request.method == "POST":
        raise Http404
    form = AgreeForm(posted(request), words=WORDS[party] if party else "")
    answers = answers_of(linking)
    is_agreed = party in answers and answers[party].reply == Reply.AGREED
    is_open = party is not None and not is_agreed and linking.cancelled_at is None
    if party and request.method == "POST" and form.is_valid():
        try:
            linking_agree(linking=linking, party=party, by=request.user)
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
        "finance": finance_items(linking),
        "protocol": [item(check.item.label, check.words) for check in linking.checks.select_related("item")],
        "missing": missing_words(linking.missing),
        "journey": journey_items(journey_of(linking)),
        "next_step": NEXT[party] if party and is_open else _next_step(linking, party),
    }
    return form_page(request, "cases/arrival/linking.html", context)


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
    """Show one page to print for whoever drives: no identity, no structure, no address."""
    linking = linking_get(pk=pk, action="cases.journey.read")
    if not follows_linking(linking) and not scope.current().sees_all_cases():
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
