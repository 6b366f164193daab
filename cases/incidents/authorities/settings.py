"""The authorities to tell, among what the coordination sets."""

from django.urls import reverse

from cases.common.settings import GROUP, open_to_managers
from cms.values.editable import Editable, Trail, Version, editable_get, editable_register


def register() -> None:
    editable_register(
        Editable(
            code="authorities",
            label="Autorités à prévenir d’un incident",
            effect="Qui doit être informé d’une situation préoccupante, et sous combien de temps.",
            url=lambda: f"{reverse('values_value:list')}?list=autorite",
            group=GROUP,
            order=34,
            is_open=open_to_managers,
            trail=_authorities_trail(),
            part="values",
        )
    )


def _authorities_trail() -> Trail:
    """Return the versions of this list of values alone."""

    def values() -> Trail:
        item = editable_get("values")
        if item is None or item.trail is None:
            raise LookupError("values")
        return item.trail

    def kept(key: str) -> list[Version]:
        return [row for row in values().kept(key) if row.key.startswith("autorite:")]

    return Trail(
        kept=kept,
        name=lambda key: values().name(key),
        words=lambda key, content: values().words(key, content),
        restore=lambda key, content, reason, by: values().restore(key, content, reason, by),
        impact=lambda key, content: values().impact(key, content),
    )
