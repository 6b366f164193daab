"""What the notice for the police must say, the return of a minor, the delay of a département."""

from django import forms

from cases.common.admin.forms import now_local
from cases.common.forms.fields import MomentField, needed
from cases.incidents.runaways.enums import Offer
from cms.kit.filters import MomentInput
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.portal import PortalForm

DANGERS = [
    ("", "Aucun connu de nous"),
    ("Risque d’emprise par un tiers : à rechercher en priorité.", "Risque d’emprise par un tiers"),
    ("Menaces reçues : à rechercher en priorité.", "Menaces reçues"),
    ("Santé : traitement à ne pas interrompre, ou risque suicidaire.", "Santé ou risque suicidaire"),
    ("Moins de treize ans.", "Moins de treize ans"),
]
"""What the police need to know of the risk, without telling why the minor was taken in."""


class _NoticeFields(forms.Form):
    description = forms.CharField(
        label="Signalement",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Taille, corpulence, cheveux, yeux, signes visibles, vêtements portés.",
        error_messages=needed("Décrivez le jeune : c’est ce qui permet de le reconnaître."),
    )
    circumstances = forms.CharField(
        label="Circonstances",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Comment il est parti, avec qui, vers où peut-être. Jamais l’adresse de la structure.",
        error_messages=needed("Dites en une phrase comment il est parti."),
    )
    danger = forms.ChoiceField(label="Danger particulier", choices=DANGERS, required=False)
    contact = forms.CharField(
        label="Qui la police rappelle-t-elle ?",
        max_length=200,
        help_text="Fonction et numéro joignable jour et nuit.",
        error_messages=needed("Donnez une fonction et un numéro."),
    )
    has_photo = forms.BooleanField(
        label="Une photo récente est jointe à l’envoi, s’il n’y en a pas dans Havre", required=False
    )

    def clean_danger(self) -> str:
        return self.cleaned_data["danger"] or "aucun connu de l’équipe"


class PortalNoticeForm(_NoticeFields, PortalForm):
    pass


class AdminNoticeForm(_NoticeFields, AdminForm):
    pass


OFFERS = [("", "Choisissez"), *Offer.choices]


class _ReturnFields(forms.Form):
    interview = forms.ChoiceField(
        label="Entretien de retour",
        choices=OFFERS,
        help_text="Avec un professionnel que le jeune choisit, sans sanction immédiate.",
        error_messages=needed("L’entretien de retour se propose toujours : dites ce qu’il en est."),
    )
    medical = forms.ChoiceField(
        label="Visite médicale",
        choices=OFFERS,
        error_messages=needed("La visite médicale se propose toujours : dites ce qu’il en est."),
    )
    police_told = forms.BooleanField(label="La police ou la gendarmerie savent qu’il est de retour", required=False)
    told = forms.CharField(
        label="Ce que le jeune en dit",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Avec ses mots. Gardé sous scellé : seules votre structure et la coordination le lisent.",
    )


class PortalRunawayReturnForm(PortalForm, _ReturnFields):
    returned_at = MomentField(label="De retour le")
    field_order = ["returned_at", "interview", "medical", "police_told", "told"]


class AdminReturnForm(AdminForm, _ReturnFields):
    returned_at = forms.DateTimeField(label="De retour le", initial=now_local, widget=MomentInput)
    field_order = ["returned_at", "interview", "medical", "police_told", "told"]


class SourceForm(AdminForm):
    source = forms.ChoiceField(
        label="Le réseau l’a su",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "par la structure, ou par le service qui suit le mineur"),
            ("police", "par la police ou la gendarmerie : la structure n’avait rien déclaré"),
        ],
    )


class DelayForm(AdminForm):
    day_minutes = forms.IntegerField(label="Délai de jour, en minutes", min_value=0, max_value=1440)
    night_minutes = forms.IntegerField(
        label="Délai de nuit, en minutes", min_value=0, max_value=1440, help_text="De 22 h à 7 h."
    )
    protocol = forms.CharField(
        label="Ce que demande le protocole",
        max_length=300,
        required=False,
        help_text="Par exemple : formulaire et photo, à la brigade de permanence.",
    )
    reason = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        required=False,
        help_text="Gardé avec la version. Sans nom de personne.",
    )
