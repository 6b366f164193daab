"""Check the structures asked against the rules of matching, and store the result of the search."""

from collections.abc import Callable
from functools import partial
from typing import Any

from cases.matching.services import matching_keep, structures_check
from cases.proposals.models import Orientation
from cases.proposals.services import Consultation, on_structures_asked
from cases.requests.models import Sollicitation


def register() -> None:
    on_structures_asked.register(_check)


def _check(sollicitation: Sollicitation, consultation: Consultation) -> Callable:
    structures, derogation = consultation.structures, consultation.derogation
    result = structures_check(sollicitation, structures, derogation, is_apart=consultation.is_apart)
    return partial(_keep, result=result, structures=structures, derogation=derogation)


def _keep(orientation: Orientation, **facts: Any) -> None:
    matching_keep(orientation=orientation, **facts)
