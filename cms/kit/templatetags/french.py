"""Filters that write as French does, in every template; `date` and `pluralize` replace Django's."""

import re
from typing import Any

from django import template
from django.template.defaultfilters import date as date_filter, pluralize as pluralize_filter
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FIRST = re.compile(
    r"\b1 (?=janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|janv\.|févr\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\.)"
)


BEFORE_SIGN, QUOTED = re.compile(r"(?<=\S) (?=[:;?!»](?:\s|$))"), re.compile(r"« ")


REFERENCE = re.compile(r"\b[A-Z]{1,3}-\d{4}-\d{4,}\b")


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    return FIRST.sub("1er ", date_filter(value, arg))


@register.filter(is_safe=False)
def pluralize(value: Any, arg: str = "s") -> str:
    """« 0 inscrit », « 1 inscrit », « 2 inscrits »: French is singular below two."""
    return pluralize_filter(1 if value == 0 else value, arg)


@register.filter
def whole_references(text: Any) -> SafeString:
    """Return the text, its references (`M-2026-0147`) kept from breaking at their hyphens."""
    return mark_safe(REFERENCE.sub(r'<span class="hv-ref">\g<0></span>', str(conditional_escape(text))))  # noqa: S308


@register.filter
def spaced(value: Any) -> Any:
    """Return the text with the no-break spaces of French: what people and reference data hold has ordinary ones."""
    if not isinstance(value, str):
        return value
    return QUOTED.sub("«\u00a0", BEFORE_SIGN.sub("\u00a0", value))
