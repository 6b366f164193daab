"""The anonymous sheet of a minor: what the requester ticked, and what the coordination adds."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.files.models import Case
from cases.proposals.models import Orientation
from cases.proposals.sheet.enums import WishedStay
from cases.proposals.sheet.rules import refusal_of_note
from cases.requests.models import Sollicitation
from cases.requests.tonight.words import LABELS
from cms.values.models import Value


@dataclass(frozen=True)
class SheetAddition:
    """What the coordination adds, for every structure alike: from when the minor may arrive, for how long, and a note
    in pseudonymised words, sealed.
    """

    arrival_from: dt.datetime | None = None
    wished_stay: str = ""
    note: str = ""


NOTHING = SheetAddition()


def sheet_of(*, orientation: Orientation, needs: Sequence[str] = (), added: SheetAddition = NOTHING) -> dict[str, Any]:
    """Return the anonymous sheet of a minor: no name, place or reference, only what a team needs to answer.

    Each coded item is `{"code": "sexe:F", "label": "Féminin"}`, or `None` when unknown. The note is not part of it: it
    is sealed beside.
    """
    case, request = orientation.case, orientation.sollicitation
    wanted = list(Value.objects.of_list("vulnerabilite").filter(pk__in=needs))
    if len(wanted) != len(set(needs)):
        raise ValidationError({"needs": "Choisissez les besoins dans la liste."})
    return {
        "age": orientation.age_at_decision,
        "age_precision": _item(case.age_precision),
        "sex": _item(case.sex),
        "forms": [
            {**_coded(form.form), "is_main": form.is_main}
            for form in case.forms.select_related("form").order_by("-is_main", "form__position")
        ],
        "urgency": _item(request.urgency),
        "adhesion": _item(case.adhesion),
        "containment": _item(case.containment),
        "is_unaccompanied": case.is_unaccompanied,
        "needs": [_coded(need) for need in wanted],
        "legal_frame": _item(case.legal_frame),
        "languages": _languages(case, request),
        "tonight": _tonight(request),
        "arrival_from": added.arrival_from.isoformat() if added.arrival_from else None,
        "wished_stay": added.wished_stay,
    }


def addition_check(*, case: Case, added: SheetAddition) -> None:
    """Raise `ValidationError` beside its field for a note that tells who or where, an arrival that is past."""
    if refusal := refusal_of_note(case, added.note):
        raise ValidationError({"note": refusal})
    if added.arrival_from and added.arrival_from < timezone.now() - dt.timedelta(hours=1):
        raise ValidationError({"arrival_from": "Cette heure est passée : indiquez quand le mineur pourrait arriver."})
    if added.wished_stay and added.wished_stay not in WishedStay:
        raise ValidationError({"wished_stay": "Choisissez une durée de la liste."})


def _tonight(request: Sollicitation) -> dict[str, Any]:
    ticked = {name: getattr(request, name) for name in LABELS}
    return ticked | {"parquet_told": request.parquet_told, "placement_order": request.placement_order}


def _languages(case: Case, request: Sollicitation) -> list[dict[str, str]]:
    chosen = [row.language_id for row in case.languages.all()]
    if request.language_id:
        chosen.append(request.language_id)
    return [_coded(value) for value in Value.objects.filter(pk__in=chosen).order_by("position")]


def _item(value: Value | None) -> dict[str, str] | None:
    return _coded(value) if value else None


def _coded(value: Value) -> dict[str, str]:
    return {"code": value.pk, "label": value.label}
