"""Choice of a territory in the filters of the admin lists."""

from functools import cache

import django_filters

from cms.territory.models import Territory


@cache
def territory_choices() -> tuple[tuple[str, str], ...]:
    """Return the official list, the same for everybody, read once: it changes with a release only."""
    return tuple((territory.pk, str(territory)) for territory in Territory.objects.all())


def territory_filter(field: str, label: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field_name=field, label=label, empty_label="Tous", choices=territory_choices)
