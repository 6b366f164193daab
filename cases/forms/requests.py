"""« Demander un accueil », short for whoever needs a bed tonight, complete for educational services."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    NullBooleanField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils import timezone

from cases.forms.fields import MomentField, choices, needed, words
from cms.access.forms import PortalForm
from cms.territory.selectors import territory_choices
from cms.values.models import Value
from cms.values.selectors import values_by_list

AGE_ESTIMATED, AGE_UNKNOWN = "precision_age:EST", "precision_age:INC"
PHONE = RegexValidator(r"^\+?[0-9][0-9 .()-]{1,20}$", "Écrivez un numéro de téléphone, par exemple 01 99 00 12 34.")
UNKNOWN = [("", "Inconnu ou non précisé")]


class RequestForm(PortalForm):
    """« Demander un accueil »: five compulsory fields, twelve in all for whoever needs a bed tonight."""

    key = UUIDField(widget=HiddenInput)
    requester = ChoiceField(
        label="Votre service", widget=RadioSelect, error_messages=needed("Choisissez votre service.")
    )
    callback_name = CharField(
        label="Qui rappeler",
        max_length=120,
        help_text="Votre nom ou celui du collègue de permanence.",
        error_messages=needed("Indiquez qui rappeler."),
    )
    callback_phone = CharField(
        label="Ligne directe",
        error_messages=needed("Indiquez un numéro où vous rappeler."),
        max_length=30,
        validators=[PHONE],
        widget=TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    urgency = ChoiceField(
        label="Quand faut-il une réponse ?", widget=RadioSelect, error_messages=needed("Choisissez un délai.")
    )
    sex = ChoiceField(
        label="Sexe", widget=RadioSelect, error_messages=needed("Choisissez. « Autre ou non précisé » convient.")
    )
    age = IntegerField(
        label="Âge", required=False, min_value=0, max_value=25, help_text="En années. Laissez vide s’il est inconnu."
    )
    age_precision = ChoiceField(label="D’où vient cet âge ?", required=False, widget=RadioSelect)
    current_place = ChoiceField(label="Département où se trouve le mineur", required=False)
    safe_until = MomentField(
        label="En sécurité jusqu’à", required=False, help_text="Là où le mineur attend à présent."
    )
    forms = MultipleChoiceField(
        label="Formes d’exploitation présumées",
        widget=CheckboxSelectMultiple,
        help_text="Cochez tout ce que vous soupçonnez.",
        error_messages=needed("Cochez au moins une forme. « Forme indéterminée » convient si vous ne savez pas."),
    )
    main_form = ChoiceField(
        label="Forme principale", required=False, help_text="À choisir si vous en avez coché plusieurs."
    )
    exploitation_place = ChoiceField(
        label="Département où l’exploitation a lieu",
        required=False,
        help_text="La coordination cherchera un accueil loin de là.",
    )
    narrative = CharField(
        label="Ce qu’il faut savoir pour protéger ce mineur",
        required=False,
        max_length=4000,
        widget=Textarea(attrs={"rows": 5}),
        help_text="Menaces, exploiteur à proximité, téléphone, blessure, langue. Ni nom ni adresse, s’il vous plaît.",
    )

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.partners = {str(partner.pk): partner for partner in partners}
        values = values_by_list("urgence", "sexe", "precision_age", "forme")
        territories = [*UNKNOWN, *territory_choices()]
        families = choices([value for value in values["forme"] if value.parent_id is None])
        self.fields["requester"].choices = [(pk, partner.code_name) for pk, partner in self.partners.items()]
        if len(self.partners) == 1:
            del self.fields["requester"]
        self.fields["urgency"].choices = [(value.pk, _urgency(value)) for value in values["urgence"]]
        self.fields["sex"].choices = choices(values["sexe"])
        self.fields["age_precision"].choices = [c for c in choices(values["precision_age"]) if c[0] != AGE_UNKNOWN]
        self.fields["forms"].choices = families
        self.fields["main_form"].choices = [("", "Une seule forme est cochée"), *families]
        self.fields["current_place"].choices = territories
        self.fields["exploitation_place"].choices = territories

    def clean_safe_until(self):
        moment = self.cleaned_data["safe_until"]
        if moment and moment < timezone.now():
            raise ValidationError("Cette heure est déjà passée : indiquez jusqu’à quand le mineur est en sécurité.")
        return moment

    def clean(self):
        cleaned = super().clean()
        if len(self.partners) == 1:
            cleaned["requester"] = next(iter(self.partners))
        self._clean_main_form(cleaned)
        if cleaned.get("age") is None:
            cleaned["age_precision"] = AGE_UNKNOWN
        return cleaned

    def _clean_main_form(self, cleaned):
        ticked, main = cleaned.get("forms") or [], cleaned.get("main_form")
        if len(ticked) == 1 and not main:
            cleaned["main_form"] = ticked[0]
        elif ticked and not main:
            self.add_error("main_form", "Vous avez coché plusieurs formes : choisissez la principale.")
        elif ticked and main not in ticked:
            self.add_error("main_form", "La forme principale doit être l’une des formes cochées.")

    def arguments(self) -> dict:
        """What `sollicitation_send` wants, from a valid form."""
        data = self.cleaned_data
        return {
            "requester": self.partners[data["requester"]],
            "urgency_id": data["urgency"],
            "forms": data["forms"],
            "main_form": data["main_form"],
            "age": data["age"],
            "facts": self.facts(),
            "detail": {name: data[name] for name in ("callback_name", "callback_phone", "narrative")},
            "current_place_id": data["current_place"] or None,
            "safe_until": data["safe_until"],
            "idempotency_key": data["key"],
        }

    def facts(self) -> dict:
        data = self.cleaned_data
        return {
            "sex_id": data["sex"],
            "age_precision_id": data["age_precision"] or AGE_ESTIMATED,
            "exploitation_place_id": data["exploitation_place"] or None,
        }

    def summary(self) -> list[dict]:
        """What is about to be sent, in the words of the form."""
        return [
            {"label": field.label, "value": words(self.fields[field.name], self.cleaned_data[field.name])}
            for field in self.visible_fields()
            if self.cleaned_data.get(field.name) not in (None, "", [])
        ]


class CompleteRequestForm(RequestForm):
    """The same request, with what an educational service knows besides."""

    origin = ChoiceField(label="Département d’origine", required=False)
    nationality_zone = ChoiceField(label="Zone de nationalité", required=False)
    is_unaccompanied = NullBooleanField(
        label="Mineur non accompagné",
        required=False,
        widget=Select(choices=[("", "Inconnu"), ("true", "Oui"), ("false", "Non")]),
    )
    prior_follow_up = ChoiceField(label="Suivi antérieur", required=False)
    detected_by = ChoiceField(label="Qui a repéré la situation, si ce n’est pas vous", required=False)

    extra_names = ("origin", "nationality_zone", "is_unaccompanied", "prior_follow_up", "detected_by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        values = values_by_list("zone_nationalite", "suivi_anterieur", "acteur")
        self.fields["origin"].choices = self.fields["current_place"].choices
        self.fields["nationality_zone"].choices = [*UNKNOWN, *choices(values["zone_nationalite"])]
        self.fields["prior_follow_up"].choices = [*UNKNOWN, *choices(values["suivi_anterieur"])]
        self.fields["detected_by"].choices = [("", "Notre service"), *choices(values["acteur"])]

    def extra_fields(self):
        return [self[name] for name in self.extra_names]

    def arguments(self) -> dict:
        return super().arguments() | {"detected_by_id": self.cleaned_data["detected_by"] or None}

    def facts(self) -> dict:
        data = self.cleaned_data
        return super().facts() | {
            "origin_id": data["origin"] or None,
            "nationality_zone_id": data["nationality_zone"] or None,
            "is_unaccompanied": data["is_unaccompanied"],
            "prior_follow_up_id": data["prior_follow_up"] or None,
        }


def _urgency(value: Value) -> str:
    """The degree, with the delay of the answer when its name does not say it."""
    delay = value.extra.get("answer_within", "")
    if not delay or delay in value.label:
        return value.label
    return f"{value.label} : réponse {'sous ' if value.extra.get('answer_within_minutes') else ''}{delay}"
