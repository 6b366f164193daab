"""Steps of the added fields, through the services."""

from cases.extra.services import extra_field_create, extra_require_agree, extra_require_ask
from cases.models import ExtraField, ExtraRequirement
from cms.wall import scope


def field_create(by, **changes) -> ExtraField:
    facts = {"target": "sollicitation", "label": "Interprète demandé", "kind": "yes_no", "audience": "everybody"}
    return extra_field_create(by=by, **facts | changes)


def require(cast, field: ExtraField) -> ExtraRequirement:
    """Make a field compulsory, by two people."""
    with scope.acting(cast["coordination"]):
        row = extra_require_ask(field=field, by=cast["coordination"], reason="Prévenir chaque tuteur")
    with scope.acting(cast["direction"]):
        return extra_require_agree(requirement=row, by=cast["direction"])
