"""Versions of the text of a convention, and what its fields become."""

import datetime as dt

from django.core.exceptions import ObjectDoesNotExist

from cms.kit.templatetags.french import date
from cms.partners.book.models import Place
from cms.partners.conventions.models import Convention
from cms.partners.conventions.writing.models import ConventionVersion

EMPTY = "………"
"""Printed where nothing is known: filled in by hand."""


def versions_of(convention: Convention) -> list[ConventionVersion]:
    """Return the versions of a convention, the latest first."""
    return list(ConventionVersion.objects.filter(convention=convention).select_related("written_by"))


def field_values(convention: Convention, *, starts_on: dt.date, ends_on: dt.date | None) -> dict[str, str]:
    """Return what each field of the template becomes. A structure goes by its code name."""
    partner = convention.partner
    places = Place.objects.lasting().on(starts_on).filter(partner=partner).count()
    try:
        profile = partner.profile
    except ObjectDoesNotExist:
        profile = None
    values = {
        "reference": convention.reference,
        "structure": partner.code_name,
        "gestionnaire": partner.manager_name,
        "type": str(partner.structure_type or partner.requester_type or partner.get_kind_display()),
        "departement": partner.territory.name if partner.territory else "",
        "places": f"{places} place{'s' if places > 1 else ''}",
        "age_min": f"{profile.age_min} ans" if profile else "",
        "age_max": f"{profile.age_max} ans" if profile else "",
        "debut": date(starts_on, "j F Y"),
        "fin": date(ends_on, "j F Y") if ends_on else "",
    }
    return {name: value or EMPTY for name, value in values.items()}
