"""Forms of the rota."""

import datetime as dt

from django import forms
from django.utils import timezone

from cms.kit.filters import MomentInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.kit.forms.fields import BoundedMomentField
from cms.kit.templatetags.french import date
from cms.notify.duty.models import Duty
from cms.notify.duty.selectors import people_on_call
from cms.notify.enums import Rank
from cms.users.models import User


class PersonField(LazyChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj}, {obj.position}" if obj.position else str(obj)


class DutyField(LazyChoiceField):
    def label_from_instance(self, obj: Duty) -> str:
        return f"{obj.person} : {duty_words(obj)}, {obj.get_rank_display()}"


def duty_words(duty: Duty) -> str:
    """« du jeudi 24 décembre à 20:00 au vendredi 25 décembre à 08:00 »."""
    start, end = timezone.localtime(duty.starts_at), timezone.localtime(duty.ends_at)
    return f"du {date(start, 'l j F à H:i')} au {date(end, 'l j F à H:i')}"


class DutyForm(AdminForm):
    person = PersonField(
        people_on_call,
        label="Personne",
        help_text="Coordination ou direction : prendre une demande en charge suppose de pouvoir la lire.",
    )
    rank = forms.TypedChoiceField(
        label="Rang",
        choices=Rank.choices,
        coerce=int,
        help_text="Le rang 1 est appelé d’abord ; sans réponse, le rang 2, puis le rang 3.",
    )
    starts_at = BoundedMomentField(label="Début", widget=MomentInput)
    ends_at = BoundedMomentField(label="Fin", widget=MomentInput, help_text="Deux semaines au plus.")
    phone = forms.RegexField(
        r"^[+0-9][0-9 .]{5,28}$",
        label="Numéro pendant la garde",
        required=False,
        help_text="Montré à la coordination, et appelé par la passerelle. Vide : celui du compte.",
        error_messages={"invalid": "Écrivez un numéro de téléphone, par exemple 06 12 34 56 78."},
    )


class SwapForm(AdminForm):
    """To whom, and for which of their duties."""

    to = PersonField(people_on_call, label="À qui la proposer")
    in_exchange = DutyField(
        lambda: Duty.objects.held().filter(ends_at__gt=timezone.now()).select_related("person"),
        label="En échange de",
        required=False,
        empty_label="Sans échange",
        help_text="Une garde de la personne choisie, qui deviendrait la vôtre.",
    )


def first_hours(monday: dt.date) -> dict[str, dt.datetime]:
    """Return what the form of a new duty offers: from now or from that Monday, for a week."""
    start = max(timezone.localtime(), timezone.make_aware(dt.datetime.combine(monday, dt.time(8))))
    start = timezone.localtime(start).replace(minute=0, second=0, microsecond=0)
    return {"starts_at": start, "ends_at": start + dt.timedelta(days=7)}
