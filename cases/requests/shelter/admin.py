"""« Noter une mise à l’abri »: where the minor sleeps, until when, who agreed; and what the file of a request says."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.common.admin.blocks import Blocks
from cases.common.admin.forms import keyed, moment, words
from cases.common.admin.words import moment as moment_words
from cases.requests.models import Sollicitation
from cases.requests.selectors import siblings_searched
from cases.requests.shelter.models import Shelter
from cases.requests.shelter.rules import may_shelter, usual_end
from cases.requests.shelter.selectors import ase_phones, shelters_of_file
from cases.requests.shelter.services import shelter_note
from cases.requests.shelter.words import shelter_words
from cms.admin.actions import RowAction
from cms.admin.parts import FilePart
from cms.kit.blocks import Facts
from cms.kit.forms.admin import AdminForm
from cms.values.forms import value_choice


class ShelterForm(AdminForm):
    aliases = {"safe_until": "until"}

    kind = value_choice(
        "abri_provisoire",
        label="Où le mineur dort en attendant",
        help_text="Une structure du réseau en relais ? Ouvrez aussi le séjour : c’est lui qui retient la place.",
    )
    until = moment("Jusqu’à quand", help_text="Il faudra un lieu, ou un autre abri, avant cette heure.")
    agreed_by = words(
        "Qui a donné son accord au téléphone",
        max_length=200,
        help_text="Nom, fonction et service. Gardé sous scellé : seule la coordination le lit.",
    )
    with_siblings = forms.BooleanField(
        label="Ses frères et sœurs dorment au même endroit", required=False, initial=True
    )

    def __init__(self, *args: Any, row: Sollicitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"].required = True
        if not siblings_searched(row).exists():
            del self.fields["with_siblings"]

    def given(self) -> dict[str, Any]:
        return keyed(self.cleaned_data, "kind")


def _intro(row: Sollicitation) -> SafeString:
    """Say whom to call first, and what noting it does."""
    phones = ase_phones(row.current_place_id)
    lines = format_html_join(
        " ; ",
        '{}{}&nbsp;: <a href="tel:{}">{}</a>',
        (
            (
                phone.service,
                f", {phone.position}" if phone.position else "",
                phone.number.replace(" ", ""),
                phone.number,
            )
            for phone in phones
        ),
    )
    call = (
        format_html("Appelez l’ASE du département où se trouve le mineur. {}. ", lines)
        if phones
        else format_html(
            "Appelez l’ASE du département où se trouve le mineur{}. ",
            "" if row.current_place_id else ", qui n’est pas précisé",
        )
    )
    return format_html(
        "{}Le service demandeur lit l’heure et le lieu d’attente dans ses échanges avec vous. "
        "La recherche d’un lieu continue, son délai aussi.",
        call,
    )


ACTIONS = (
    RowAction(
        "shelter",
        route="mise-a-l-abri",
        label="Noter une mise à l’abri",
        when=may_shelter,
        order=40,
        select_related=("current_place",),
        form=ShelterForm,
        form_kwargs=lambda row: {"row": row},
        initial=lambda row: {"until": usual_end(timezone.now())},
        service=lambda row, cleaned, by: shelter_note(sollicitation=row, by=by, **cleaned),
        intro=_intro,
        submit_label="Noter la mise à l’abri",
        done="La mise à l’abri est notée, le service demandeur la lit. Il reste à trouver un lieu avant cette heure.",
    ),
)


def _blocks(row: Sollicitation) -> Blocks:
    shelters: list[Shelter] = list(row.shelters.all())
    if not shelters:
        return []
    last, is_searched = shelters[0], may_shelter(row)
    said = shelter_words(last.until, last.kind.label, timezone.now()) if is_searched else last.kind.label
    return [
        Facts(
            "Mise à l’abri",
            [
                ("Où dort le mineur", said),
                ("Jusqu’à", moment_words(last.until)),
                ("Accord donné par", last.agreed_by),
                ("Notée par", last.noted_by),
                ("Notée le", moment_words(last.noted_at)),
            ],
        )
    ]


PARTS = (FilePart(order=-10, prefetch=lambda: [shelters_of_file()], blocks=_blocks),)
