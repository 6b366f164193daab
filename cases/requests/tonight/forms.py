"""« Oui », « Non », « Pas su »: what is known at the hour of the request, in one touch each and never compulsory."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, ChoiceField, NullBooleanField, RadioSelect
from django.forms.forms import DeclarativeFieldsMetaclass

from cases.common.forms.fields import choices
from cases.enums import ParquetTold, PlacementOrder
from cases.requests.tonight.models import TONIGHT
from cms.kit.forms.fields import choices_offer
from cms.values.selectors import values_by_list

NOT_KNOWN = "Pas su"
MINOR = ("language", "accepts_leaving", "has_phone", "needs_care", "has_treatment", "uses_substances", "is_pregnant")
DANGER = ("is_exploiter_near", "parquet_told", "placement_order")
NAMES = (*MINOR, *DANGER)


class RowRadio(RadioSelect):
    """Few short choices on one line, « Pas su » among them: the field is answered even when nobody touches it."""

    is_row = True


class YesNoField(NullBooleanField):
    """« Oui », « Non », « Pas su »; `None` is not known."""

    def __init__(self, **kwargs: Any) -> None:
        widget = RowRadio(choices=[("true", "Oui"), ("false", "Non"), ("", NOT_KNOWN)])
        super().__init__(required=False, widget=widget, **kwargs)


class FewField(ChoiceField):
    """A short list of codes, and « Pas su »."""

    def __init__(self, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        told = [(code, label[0].upper() + label[1:]) for code, label in codes]
        super().__init__(required=False, widget=RowRadio, choices=[*told, ("", NOT_KNOWN)], **kwargs)


class TonightFields(BaseForm, metaclass=DeclarativeFieldsMetaclass):
    """The fields of `TonightFacts`, for a form of the portal or of the admin."""

    language = ChoiceField(
        label="Langue qu’il comprend", required=False, help_text="Celle dans laquelle on peut le rassurer cette nuit."
    )
    accepts_leaving = YesNoField(label="Accepte-t-il de partir ?")
    has_phone = YesNoField(
        label="A-t-il un téléphone sur lui ?", help_text="Un téléphone allumé dit où il va : gardez-le éteint."
    )
    needs_care = YesNoField(label="Blessure ou soin urgent ?")
    has_treatment = YesNoField(label="Traitement à prendre ?")
    uses_substances = YesNoField(label="Alcool, drogue ou médicaments consommés ?")
    is_pregnant = YesNoField(label="Grossesse ?")
    is_exploiter_near = YesNoField(label="L’exploiteur est-il à proximité ?")
    parquet_told = FewField(ParquetTold.choices, label="Parquet informé ?")
    placement_order = FewField(PlacementOrder.choices, label="Ordonnance de placement provisoire ?")

    def tonight_offer(self) -> None:
        """Offer the languages of the list in force. Called once the fields are there."""
        values = values_by_list("langue")
        choices_offer(self, "language", [("", NOT_KNOWN), *choices(values["langue"])])

    def tonight_given(self) -> dict[str, Any]:
        """Return the columns of `TonightFacts`, from a valid form."""
        return tonight_of(self.cleaned_data)


def tonight_of(data: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: data.get(name.removesuffix("_id")) for name in TONIGHT}
    given["language_id"] = given["language_id"] or None
    return given | {name: given[name] or "" for name in ("parquet_told", "placement_order")}
