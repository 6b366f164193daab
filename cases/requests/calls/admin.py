"""« Saisir un appel »: the coordination types while it talks, or copies a sheet of paper. One screen."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BooleanField, ChoiceField, HiddenInput, IntegerField, RadioSelect, UUIDField
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from cases.common.admin.forms import keyed, moment, now_local, pk_of, words
from cases.common.admin.views import data_of, file_url
from cases.common.rules.states import SOLLICITATION
from cases.enums import CHANNEL_ON_CALL, CHANNEL_PAPER, CHANNEL_PHONE, NATURE_CARE
from cases.requests.models import Sollicitation
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_send, sollicitation_take
from cases.requests.siblings.services import AGE_ESTIMATED, AGE_UNKNOWN, Sibling, sibling_add
from cases.requests.tonight.forms import NAMES, TonightFields
from cms.admin.actions import RowAction
from cms.kit.forms.admin import AdminForm, LazyChoiceField, LazyMultipleChoiceField
from cms.kit.pages import action_page
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.territory.models import Territory
from cms.users.models import User
from cms.users.requests import UserRequest
from cms.values.forms import value_choice
from cms.values.selectors import values_of
from cms.wall import scope

CALL, PAPER = "Saisir un appel", "Saisir une feuille papier"
ASKING = (PartnerKind.REQUESTER, PartnerKind.ASE)


def place(label: str) -> LazyChoiceField:
    return LazyChoiceField(Territory.objects.all, label=label, required=False, empty_label="Inconnu")


ORDER = (
    "received_at", "channel", "callback_name", "callback_phone", "urgency", "sex", "age", "current_place",
    "safe_until", "forms", "main_form", "exploitation_place", *NAMES, "narrative", "is_mine",
)  # fmt: skip
"""The order of a conversation: who calls, what the danger is, what is known tonight."""


class CallForm(TonightFields, AdminForm):
    """Fields in the order of a conversation. The rest is added in the file, after the call."""

    aliases = {"age_at_reception": "age", "code_name": "unit", "requester_type": "unit_type"}
    channel_id = ""
    field_order: tuple[str, ...] = ("requester", *ORDER)

    key = UUIDField(widget=HiddenInput)
    requester = LazyChoiceField(
        lambda: Partner.objects.filter(kind__in=ASKING, closed_on=None).order_by("code_name"),
        label="Service qui appelle",
        help_text="Tapez les premières lettres.",
    )
    received_at = moment("Heure de l’appel")
    callback_name = words("Qui rappeler", help_text="Gardé sous scellé.")
    callback_phone = words("Ligne directe", help_text="Gardée sous scellé.")
    urgency = value_choice("urgence", label="Quand faut-il une réponse ?")
    sex = value_choice("sexe", label="Sexe")
    age = IntegerField(label="Âge", required=False, min_value=0, max_value=25)
    current_place = place("Département où se trouve le mineur")
    safe_until = moment("En sécurité jusqu’à", required=False)
    forms = LazyMultipleChoiceField(lambda: values_of("forme").filter(parent=None), label="Formes présumées")
    main_form = value_choice(
        "forme", label="Forme principale", required=False, help_text="Seulement si vous en avez coché plusieurs."
    )
    exploitation_place = place("Département où l’exploitation a lieu")
    narrative = words("Ce qu’il faut savoir", rows=4, help_text="Gardé sous scellé. Ni nom ni adresse.")
    is_mine = BooleanField(
        label="Je suis cette demande",
        required=False,
        initial=True,
        help_text="Vous parlez au service : c’est la première réponse.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tonight_offer()

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        ticked = list(cleaned.get("forms") or [])
        if len(ticked) == 1:
            cleaned["main_form"] = ticked[0]
        elif ticked and cleaned.get("main_form") not in ticked:
            self.add_error("main_form", "Vous avez coché plusieurs formes : choisissez la principale.")
        return cleaned

    def requester_of(self) -> Partner:
        return self.cleaned_data["requester"]

    def write(self, by: User) -> Sollicitation:
        data = {name: pk_of(value) for name, value in self.cleaned_data.items()}
        row = sollicitation_send(
            NewSollicitation(
                requester=self.requester_of(),
                submitted_by=by,
                nature_id=NATURE_CARE,
                urgency_id=data["urgency"],
                channel_id=data.get("channel") or self.channel_id,
                forms=[form.pk for form in data["forms"]],
                main_form=data["main_form"],
                facts={
                    "sex_id": data["sex"],
                    "age_precision_id": AGE_UNKNOWN if data["age"] is None else AGE_ESTIMATED,
                    "exploitation_place_id": data["exploitation_place"],
                },
                age=data["age"],
                detail={name: data[name] for name in ("callback_name", "callback_phone", "narrative")},
                current_place_id=data["current_place"],
                safe_until=data["safe_until"],
                received_at=data["received_at"],
                idempotency_key=data["key"],
                tonight=self.tonight_given(),
            )
        )
        if data["is_mine"] and row.taken_by_id is None:
            sollicitation_take(sollicitation=row, by=by, at=row.received_at)
        return row


class TelephoneForm(CallForm):
    channel = ChoiceField(
        label="Reçu par", choices=[(CHANNEL_PHONE, "Téléphone"), (CHANNEL_ON_CALL, "Astreinte")], widget=RadioSelect
    )


class NewServiceForm(TelephoneForm):
    """The call of a service that is not in the book of partners yet: it is added with its call."""

    requester = None  # type: ignore[assignment]  # Django takes the field away
    unit = words("Service qui appelle", help_text="Il entre au carnet. Rappelez-le d’abord par son standard.")
    unit_type = value_choice("acteur", label="Type de service")
    field_order = ("unit", "unit_type", *ORDER)

    def clean_unit(self) -> str:
        if not self.cleaned_data["unit"].strip():
            raise ValidationError("Nommez le service qui appelle.")
        return self.cleaned_data["unit"].strip()

    def requester_of(self) -> Partner:
        """Return the service, added once even if the form is sent twice."""
        known = Partner.objects.filter(kind__in=ASKING, code_name__iexact=self.cleaned_data["unit"])
        return known.first() or partner_create(
            PartnerCard(
                kind=PartnerKind.REQUESTER,
                code_name=self.cleaned_data["unit"],
                requester_type_id=self.cleaned_data["unit_type"].pk,
                opened_on=timezone.localdate(),
            )
        )


class PaperForm(CallForm):
    channel_id = CHANNEL_PAPER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_at"].label = "Heure de réception, notée sur la feuille"
        self.fields["is_mine"].help_text = "La réponse est alors datée d’aujourd’hui, à cette heure."


def call_page(request: UserRequest) -> HttpResponse:
    initial = {"key": uuid.uuid4(), "received_at": now_local(), "channel": CHANNEL_PHONE}
    is_new = "nouveau" in request.GET
    form = (NewServiceForm if is_new else TelephoneForm)(data_of(request), initial=initial)
    if not is_new:
        field = form.fields["requester"]
        field.help_text = format_html(
            '{} <a href="{}?nouveau">Le service n’est pas au carnet</a>', field.help_text, request.path
        )
    intro = (
        "Les champs suivent la conversation ; « Pas su » convient partout où personne ne sait. La demande est datée "
        "de l’heure de l’appel."
    )
    return _entry(request, form, title=CALL, intro=intro)


def paper_page(request: UserRequest) -> HttpResponse:
    form = PaperForm(data_of(request), initial={"key": uuid.uuid4(), "is_mine": False})
    intro = "Recopiez la feuille, avec l’heure à laquelle le service l’a lue ou remise. Détruisez-la ensuite."
    return _entry(request, form, title=PAPER, intro=intro)


def _entry(request: UserRequest, form: CallForm, *, title: str, intro: str) -> HttpResponse:
    if not scope.current().sees_all_cases():
        raise Http404
    return action_page(
        request,
        form=form,
        run=lambda cleaned: form.write(request.user),
        title=title,
        subtitle="Sollicitations",
        intro=intro,
        done="La demande est enregistrée.",
        back_url=reverse("cases_sollicitation:list"),
        done_url=file_url,
    )


class SiblingForm(AdminForm):
    aliases = {"sex_id": "sex", "age_at_reception": "age"}

    sex = value_choice("sexe", label="Sexe")
    age = IntegerField(label="Âge", required=False, min_value=0, max_value=25)


ACTIONS = (
    RowAction(
        "sibling",
        route="fratrie",
        label="Ajouter un frère ou une sœur",
        when=lambda row: (row.state, "correct") in SOLLICITATION,
        order=100,
        select_related=("requester",),
        form=SiblingForm,
        service=lambda row, cleaned, by: sibling_add(
            sollicitation=row, sibling=Sibling(**keyed(cleaned, "sex")), by=by
        ),
        intro="Une demande de plus, groupée avec celle-ci : service, heure, urgence, danger et personne à rappeler "
        "sont repris. Elle compte à part dans les chiffres.",
        submit_label="Ajouter",
        done="La demande est ajoutée à la fratrie.",
    ),
)
