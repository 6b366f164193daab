"""Facts that the file of a request and that of a minor share."""

from typing import Any

from cms.kit.blocks import Facts, Listing

Blocks = list[Facts | Listing]


def birth(row: Any) -> str:
    if not row.birth_year:
        return ""
    return f"{row.birth_month:02d}/{row.birth_year}" if row.birth_month else str(row.birth_year)


def fact_rows(row: Any) -> list[tuple[str, Any]]:
    """Return the facts that a sollicitation and a case share."""
    return [
        ("Sexe", row.sex),
        ("Naissance", birth(row)),
        ("Précision de l’âge", row.age_precision),
        ("Niveau d’identification", row.identification_level),
        ("Zone de nationalité", row.nationality_zone),
        ("Mineur non accompagné", row.is_unaccompanied),
        ("Suivi antérieur", row.prior_follow_up),
        ("Département d’origine", row.origin),
        ("Département d’exploitation", row.exploitation_place),
    ]


def forms_block(row: Any) -> Listing:
    rows = [
        (form.form, "principale" if form.is_main else "secondaire")
        for form in row.forms.select_related("form").order_by("-is_main", "form__position")
    ]
    return Listing("Formes d’exploitation", ("Forme", "Rang"), rows, "Aucune forme indiquée.")
