"""How keys to what stands below are shown in a list: people, territories, lists of values."""

from cms.columns.rules.columns import Target, target_register
from cms.territory.forms import territory_choices
from cms.territory.models import Region
from cms.values.models import ValueList


def register() -> None:
    target_register("users.User", Target(("first_name", "last_name", "email"), person_words))
    target_register("territory.Territory", Target(("name", "code"), place_words, territory_choices))
    target_register("territory.Region", Target(("name",), choices=region_choices))
    target_register("values.ValueList", Target(("label",), choices=list_choices))


def person_words(first_name: str | None, last_name: str | None, email: str | None) -> str:
    """Return what an account is called, as the account says it."""
    return f"{first_name or ''} {last_name or ''}".strip() or email or ""


def place_words(name: str | None, code: str | None) -> str:
    """Return « Nord (59) »."""
    return f"{name} ({code})" if name else ""


def region_choices() -> list[tuple[str, str]]:
    return [(region.pk, str(region)) for region in Region.objects.all()]


def list_choices() -> list[tuple[str, str]]:
    return list(ValueList.objects.values_list("pk", "label"))
