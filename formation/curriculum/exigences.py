"""The modules that the référentiel proposes where a structure falls short of an exigence."""

from collections.abc import Sequence

from django.urls import reverse

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import clauses_in_force
from referentiel.common.training import Module, modules_register


def modules_proposed(codes: Sequence[str]) -> list[Module]:
    contents = clauses_in_force(DocumentKind.CURRICULUM)
    return [
        Module(code, contents[code]["title"], reverse("formation:module", args=[code]))
        for code in sorted(set(codes) & set(contents))
    ]


def register() -> None:
    modules_register(modules_proposed)
