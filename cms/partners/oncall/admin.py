"""The line of a structure in the book of the network: shown in its file, set by the coordination."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cms.kit.blocks import Facts
from cms.kit.pages import action_page
from cms.partners.book.models import Partner
from cms.partners.enums import PartnerKind
from cms.partners.oncall.forms import AdminLineForm
from cms.partners.oncall.selectors import line_of
from cms.partners.oncall.words import hours_words


def line_block(partner: Partner) -> Facts:
    line = line_of(partner.pk)
    if line is None:
        return Facts(
            "Astreinte de la structure", [("Ligne", "À indiquer : la nuit, seule la direction est prévenue.")]
        )
    people = [str(row.membership.user) for row in line.members.select_related("membership__user")]
    return Facts(
        "Astreinte de la structure",
        [("Numéro", line.phone), ("Heures", hours_words(line)), ("Personnes", ", ".join(sorted(people)))],
    )


def line_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    if partner.kind != PartnerKind.STRUCTURE:
        raise Http404
    form = AdminLineForm(request.POST if request.method == "POST" else None, partner=partner)
    return action_page(
        request,
        form=form,
        run=form.run,
        title="Astreinte de la structure",
        subtitle=str(partner),
        intro="Qui répond la nuit, à quel numéro. La direction de la structure règle la même chose dans son espace.",
        done="L’astreinte est enregistrée.",
        back_url=reverse("partners_partner:inspect", args=[partner.pk]),
    )
