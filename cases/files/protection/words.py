"""What the team that houses a minor reads of its protection: needs, languages, places and people to avoid."""

from typing import Any

from cases.common.words import item, place
from cases.files.models import Case

NONE_WRITTEN = "aucun n’est noté"


def protection_items(case: Case) -> list[dict[str, Any]]:
    """Return the lines of a file that the actor may read; what nobody wrote is said so."""
    aways = case.keep_aways.filter(lifted_on=None).select_related("territory", "reason")
    places = [
        f"{place(row.territory)} : {row.reason.label.lower()}, {row.get_level_display().lower()}" for row in aways
    ]
    if case.exploitation_place and all(row.territory_id != case.exploitation_place_id for row in aways):
        places.insert(0, f"{place(case.exploitation_place)} : lieu d’exploitation")
    people = getattr(case, "people_to_avoid", None)
    needs = [str(row.need) for row in case.needs.select_related("need")]
    languages = [str(row.language) for row in case.languages.select_related("language")]
    named = people.words if people else ""
    return [
        item("Besoins", "\n".join(needs) or NONE_WRITTEN),
        item("Langues parlées", "\n".join(languages) or "pas su"),
        item("Lieux à éviter", "\n".join(places) or NONE_WRITTEN),
        item("Personnes à éviter", named or "aucune n’est notée : demandez à la coordination"),
    ]
