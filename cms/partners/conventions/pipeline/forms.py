"""Who answers for a convention, and what comes next."""

from typing import Any

from django import forms

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.partners.conventions.models import Convention
from cms.partners.conventions.pipeline.services import convention_follow
from cms.partners.conventions.selectors import convention_owners


class FollowForm(AdminForm):
    owner = LazyChoiceField(convention_owners, label="Responsable", required=False, empty_label="Personne")
    next_step = forms.CharField(label="Prochaine étape", required=False, max_length=200)
    next_step_on = forms.DateField(label="À faire le", required=False, widget=DayInput)

    def __init__(self, *args: Any, convention: Convention, **kwargs: Any) -> None:
        followup = getattr(convention, "followup", None)
        names = ("owner", "next_step", "next_step_on")
        super().__init__(*args, initial={name: getattr(followup, name, None) for name in names}, **kwargs)
        self.convention = convention

    def run(self, cleaned: dict) -> None:
        convention_follow(convention=self.convention, **cleaned)
