"""The template of a convention: text in which `{structure}` and a few others are fields. It is never run."""

import re
from collections.abc import Mapping
from itertools import groupby

FIELDS = {
    "reference": "la référence de la convention",
    "structure": "le nom d’usage du partenaire",
    "gestionnaire": "l’organisme gestionnaire",
    "type": "le type de structure ou de service",
    "departement": "le département",
    "places": "le nombre de places ouvertes au réseau le jour d’effet",
    "age_min": "l’âge minimum accueilli",
    "age_max": "l’âge maximum accueilli",
    "debut": "le jour où elle prend effet",
    "fin": "le jour où elle prend fin",
}
"""Name of a field → what it becomes."""
FIELD = re.compile(r"\{([^{}\n]*)\}")
LONGEST = 20_000


def text_refusal(text: str) -> str:
    """Return why a template may not be saved, in a sentence that names what is unknown; empty when it may."""
    if len(text) > LONGEST:
        return f"Ce texte est trop long : {LONGEST} signes au plus."
    known = ", ".join(f"{{{name}}}" for name in FIELDS)
    unknown = list(dict.fromkeys(name for name in FIELD.findall(text) if name not in FIELDS))
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in unknown)
        what = "Ce champ n’existe pas" if len(unknown) == 1 else "Ces champs n’existent pas"
        return f"{what} : {names}. Ceux qui existent : {known}."
    if re.search(r"[{}]", FIELD.sub("", text)):
        return f"Une accolade est ouverte sans être fermée. Les champs s’écrivent ainsi : {known}."
    if "{structure}" not in text:
        return "Gardez le champ {structure} : sans lui, la convention ne dit pas avec qui elle est signée."
    return ""


def text_fill(template: str, values: Mapping[str, str]) -> str:
    """Put the values in their places, in one pass: nothing in a value is ever a field."""
    return FIELD.sub(lambda field: values.get(field[1], field[0]), template)


def text_blocks(text: str) -> list[dict[str, object]]:
    """Return a text as the paper prints it: `# ` begins a heading, `- ` a point of a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    blocks: list[dict[str, object]] = []
    for kind, group in groupby(lines, key=_kind):
        words = [line if kind == "par" else line[2:].strip() for line in group]
        blocks += [{"kind": kind, "lines": words}] if kind == "list" else [{"kind": kind, "lines": [w]} for w in words]
    return blocks


def _kind(line: str) -> str:
    return "heading" if line.startswith("# ") else "list" if line.startswith("- ") else "par"
