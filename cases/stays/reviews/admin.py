"""What the coordination writes of a stay: its reviews, heard on the telephone, and what is known six months later."""

from typing import Any

from django import forms
from django.utils import timezone

from cases.common.admin.forms import keyed, words
from cases.stays.models import Placement
from cases.stays.reviews.models import AfterStay, Milestone, StayReview
from cases.stays.reviews.rules import due_on
from cases.stays.reviews.services import ReviewAnswers, after_stay_note, review_write
from cms.admin.actions import RowAction
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from cms.users.models import User
from cms.values.forms import value_choice


class AdminReviewForm(AdminForm):
    milestone = forms.TypedChoiceField(label="Bilan", coerce=lambda value: Milestone(int(value)))
    safety = value_choice("bilan_securite", label="Sécurité")
    needs_care = forms.TypedChoiceField(
        label="Un soin est-il à engager ?",
        choices=[("", "Choisir…"), ("oui", "Oui"), ("non", "Non")],
        coerce=lambda value: value == "oui",
        help_text="Oui ou non : jamais un diagnostic.",
    )
    schooling = value_choice("bilan_scolarite", label="Scolarité ou formation")
    adhesion = value_choice("adhesion", label="Adhésion du jeune")
    next_goal = value_choice("bilan_objectif", label="Prochain objectif")
    words = words("Ce qu’il faut savoir d’autre", rows=3, max_length=600, help_text="Gardé sous scellé.")

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = set(placement.reviews.values_list("milestone", flat=True))
        choices_offer(
            self,
            "milestone",
            [
                (int(milestone), milestone.label.capitalize())
                for milestone in Milestone
                if milestone not in written and due_on(placement, milestone)
            ],
        )


class AfterForm(AdminForm):
    exploitation = value_choice("reexploitation", label="Une nouvelle exploitation est-elle connue ?")
    known_on = forms.DateField(label="Su le", initial=timezone.localdate, widget=DayInput)
    words = words("Comment on le sait", rows=2, max_length=600, help_text="Gardé sous scellé.")


def _after_known(row: Placement) -> dict[str, str] | None:
    known = AfterStay.objects.filter(placement=row).first()
    return {"exploitation": known.exploitation_id} if known else None


def _write(row: Placement, cleaned: dict[str, Any], by: User) -> StayReview:
    answers = keyed(cleaned, "safety", "schooling", "adhesion", "next_goal")
    own = {name: answers.pop(name) for name in ("milestone", "written_on") if name in answers}
    return review_write(placement=row, answers=ReviewAnswers(**answers), by=by, **own)


ACTIONS = (
    RowAction(
        "review",
        route="bilan",
        label="Noter un bilan",
        when=lambda row: row.confirmed_at is not None,
        order=30,
        select_related=("case",),
        form=AdminReviewForm,
        form_kwargs=lambda row: {"placement": row},
        service=_write,
        intro="À remplir si la structure le donne au téléphone. Un bilan ne se change plus ensuite.",
        done="Le bilan est noté.",
    ),
    RowAction(
        "after",
        route="veille",
        label="Veille à six mois",
        when=lambda row: row.ended_on is not None,
        order=40,
        select_related=("case",),
        form=AfterForm,
        initial=_after_known,
        service=lambda row, cleaned, by: after_stay_note(placement=row, by=by, **keyed(cleaned, "exploitation")),
        intro="Six mois après la fin d’un séjour : ce que le service, la structure ou le jeune en disent.",
        done="C’est noté.",
    ),
)
