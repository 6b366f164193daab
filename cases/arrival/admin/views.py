"""Actions of the coordination on a linking: a form, a service, back to the file."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cases.arrival.admin.forms import (
    AgreementForm,
    ArriveForm,
    ChecksForm,
    FinanceForm,
    JourneyForm,
    OpenForm,
    PaidForm,
    WaiveForm,
)
from cases.arrival.enums import Party
from cases.arrival.models import Journey, Linking
from cases.arrival.selectors import payer_agreement_of
from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import (
    linking_agree,
    linking_cancel,
    linking_checks_set,
    linking_finance,
    linking_missing,
    linking_open,
    linking_waive,
)
from cases.arrival.services.payers import payer_agree
from cases.arrival.words import missing_words
from cases.common.admin.forms import ConfirmForm, pk_of
from cases.common.admin.views import data_of, file_url, row_or_404
from cases.files.models import Case
from cases.stays.models import Placement
from cases.stays.services import placement_open, placement_transfer
from cms.kit.pages import action_page


def _linking(pk) -> Linking:
    return row_or_404(Linking.objects.select_related("case", "partner", "orientation"), pk)


def case_linking_view(request: HttpRequest, pk) -> HttpResponse:
    return _open(request, row_or_404(Case.objects, pk), title="Ouvrir une mise en lien")


def placement_transfer_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Placement.objects.select_related("case"), pk)
    return _open(request, row.case, title="Préparer un passage vers une autre structure", back=row)


def _open(request, case, *, title, back=None):
    opened = []
    response = action_page(
        request,
        form=OpenForm(data_of(request)),
        run=lambda cleaned: opened.append(linking_open(case=case, partner=cleaned["partner"], by=request.user)),
        title=title,
        subtitle=str(back or case),
        intro="La direction de la structure et le service demandeur peuvent donner leur accord. Le séjour s’ouvre "
        "ensuite depuis la mise en lien ; un séjour en cours ailleurs prend fin le même jour.",
        done="La mise en lien est ouverte.",
        back_url=file_url(back or case),
        submit_label="Ouvrir la mise en lien",
    )
    if opened and response.status_code == 302:
        response["Location"] = file_url(opened[0])
    return response


def linking_agree_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    given = set(row.agreements.values_list("party", flat=True))
    left = [party for party in Party.values if party not in given]
    if not left:
        raise Http404
    return action_page(
        request,
        form=AgreementForm(data_of(request), left=left),
        run=lambda cleaned: linking_agree(
            linking=row, party=Party(cleaned["party"]), agreed_on=cleaned["agreed_on"], by=request.user
        ),
        title="Noter un accord",
        subtitle=str(row),
        intro="Pour un accord reçu sur papier ou par téléphone. Le service et la structure donnent aussi le leur "
        "en ligne.",
        done="L’accord est noté.",
        back_url=file_url(row),
    )


def linking_checks_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    return action_page(
        request,
        form=ChecksForm(data_of(request), linking=row),
        run=lambda cleaned: linking_checks_set(
            linking=row, items=[item.pk for item in cleaned["items"]], by=request.user
        ),
        title="Protocole de sécurité",
        subtitle=str(row),
        intro="Cochez ce qui est réglé avec la structure. Les points conseillés ne retiennent pas l’arrivée.",
        done="Le protocole de sécurité est à jour.",
        back_url=file_url(row),
    )


def linking_finance_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    initial = {
        "payer_kind": row.payer_kind_id,
        "payer": row.payer_id or row.case.payer_id,
        "daily_price": None if row.daily_price_cents is None else Decimal(row.daily_price_cents) / 100,
        "ends_on": row.finance_ends_on,
    }
    form = FinanceForm(data_of(request), initial={name: value for name, value in initial.items() if value is not None})
    return action_page(
        request,
        form=form,
        run=lambda cleaned: linking_finance(
            linking=row,
            payer_kind_id=cleaned["payer_kind"].pk,
            payer_id=pk_of(cleaned["payer"]),
            daily_price_cents=form.cents(),
            financed_on=cleaned["financed_on"],
            ends_on=cleaned["ends_on"],
            by=request.user,
        ),
        title="Accord financier",
        subtitle=str(row),
        done="L’accord financier est écrit.",
        back_url=file_url(row),
    )


def linking_paid_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    if row.payer_id is None or payer_agreement_of(row):
        raise Http404
    return action_page(
        request,
        form=PaidForm(data_of(request)),
        run=lambda cleaned: payer_agree(linking=row, agreed_on=cleaned["agreed_on"], by=request.user),
        title="Noter l’accord de l’autorité qui paie",
        subtitle=str(row),
        intro="Pour un accord reçu sur papier. L’autorité le donne aussi en ligne, pour le prix écrit ici.",
        done="L’accord de l’autorité est noté.",
        back_url=file_url(row),
    )


def linking_journey_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    journey = Journey.objects.filter(linking=row).first()
    initial = {"driver": journey.driver_id, "shelter": journey.shelter_id} if journey else {}
    if journey:
        for name in ("leaves_at", "shelter_until", "meeting_point", "relay"):
            initial[name] = getattr(journey, name)
    return action_page(
        request,
        form=JourneyForm(data_of(request), initial=initial),
        run=lambda cleaned: journey_set(
            linking=row,
            driver_id=cleaned["driver"].pk,
            leaves_at=cleaned["leaves_at"],
            meeting_point=cleaned["meeting_point"],
            relay=cleaned["relay"],
            shelter_id=pk_of(cleaned["shelter"]),
            shelter_until=cleaned["shelter_until"],
            by=request.user,
        ),
        title="Acheminement",
        subtitle=str(row),
        intro="Personne d’autre que la coordination ne le lit avant que vous le transmettiez.",
        done="L’acheminement est écrit.",
        back_url=file_url(row),
    )


def linking_share_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    journey = Journey.objects.filter(linking=row).first()
    if journey is None:
        raise Http404
    return action_page(
        request,
        form=ConfirmForm(data_of(request)),
        run=lambda cleaned: journey_share(journey=journey, by=request.user),
        title="Transmettre l’acheminement",
        subtitle=str(row),
        intro="La direction de la structure et le service demandeur liront le rendez-vous, le point de rencontre et "
        "la personne relais, et pourront imprimer la note. L’adresse n’y est pas.",
        done="L’acheminement est transmis.",
        back_url=file_url(row),
        submit_label="Transmettre",
    )


def linking_waive_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    missing = missing_words(linking_missing(row))
    return action_page(
        request,
        form=WaiveForm(data_of(request)),
        run=lambda cleaned: linking_waive(
            linking=row, reason_id=cleaned["reason"].pk, words=cleaned["words"], by=request.user
        ),
        title="Permettre l’arrivée par dérogation",
        subtitle=str(row),
        intro=f"Il manque {', '.join(missing)}. Ce sera à régulariser ; le retard s’affichera sur l’accueil."
        if missing
        else "Rien ne manque : l’arrivée est possible sans dérogation.",
        done="La dérogation est donnée : l’arrivée est possible.",
        back_url=file_url(row),
        submit_label="Donner la dérogation",
    )


def linking_arrive_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    return action_page(
        request,
        form=ArriveForm(data_of(request), initial={"legal_frame": row.case.legal_frame_id}, linking=row),
        run=lambda cleaned: _arrive(row, cleaned, request.user),
        title="Ouvrir le séjour",
        subtitle=str(row),
        intro="L’équipe de la structure pourra lire le dossier, sans l’identité, tant que dure le séjour. Un séjour "
        "en cours ailleurs prend fin le même jour.",
        done="Le séjour est ouvert.",
        back_url=file_url(row),
        submit_label="Ouvrir le séjour",
    )


def _arrive(row: Linking, cleaned: dict, user) -> None:
    told = {
        "partner": row.partner,
        "place": cleaned["place"],
        "arrived_at": cleaned["arrived_at"],
        "legal_frame_id": cleaned["legal_frame"].pk,
        "legal_frame_ends_on": cleaned["legal_frame_ends_on"],
        "outside_reason_id": pk_of(cleaned["outside_reason"]),
        "by": user,
    }
    left = Placement.objects.filter(case=row.case, ended_on=None).first()
    if left:
        placement_transfer(placement=left, **told)
    else:
        placement_open(case=row.case, orientation=row.orientation, **told)


def linking_cancel_view(request: HttpRequest, pk) -> HttpResponse:
    row = _linking(pk)
    return action_page(
        request,
        form=ConfirmForm(data_of(request)),
        run=lambda cleaned: linking_cancel(linking=row, by=request.user),
        title="Abandonner la mise en lien",
        subtitle=str(row),
        intro="La structure et le service demandeur ne la liront plus.",
        done="La mise en lien est abandonnée.",
        back_url=file_url(row),
        submit_label="Abandonner",
    )


def note_url(row: Linking) -> str:
    return reverse("cases:handover", args=[row.pk])
