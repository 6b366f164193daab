"""Every route of the URLconf, and how to call it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

NO_ID, NO_UUID = "987654", "00000000-0000-4000-8000-000000000000"
PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
ALTERNATIVES = re.compile(r"\(\?:(?P<first>[^()|]+)[^()]*\)")
"""Of which the first stands for all: an address that held them all would be refused for its length."""
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)")


@dataclass(frozen=True)
class Route:
    name: str
    """Qualified by its namespaces, as `reverse` wants it."""
    pattern: str

    @property
    def parameters(self) -> list[str]:
        return [match["name"] for match in PARAMETER.finditer(GROUP.sub(lambda m: f"<{m['name']}>", self.pattern))]

    def path(self, values: dict[str, object]) -> str:
        """Address with its parameters filled in; those not given get a value that fits no row."""
        if self.name == "wagtail_serve":
            return "/pages/"
        filled = GROUP.sub(lambda match: f"<{match['name']}>", self.pattern)
        filled = ALTERNATIVES.sub(lambda match: match["first"], filled)
        filled = PARAMETER.sub(lambda match: str(values.get(match["name"], _nothing(match))), filled)
        return "/" + filled.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\.", ".")


def _nothing(match: re.Match) -> str:
    if match["name"] in ("pk", "user_id"):
        return NO_UUID if match["converter"] == "uuid" else NO_ID
    return {"int": NO_ID, "uuid": NO_UUID}.get(match["converter"] or "", "rien")


def routes() -> list[Route]:
    """All of them, `/static/` apart, which no view serves."""
    return sorted(set(_walk(get_resolver(), "", ())), key=lambda route: route.pattern)


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(":".join([*spaces, pattern.name or ""]), here)
        else:
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, here, inside)
