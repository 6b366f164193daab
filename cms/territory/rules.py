"""What a change of the authorities in charge of child protection moves. The apps above say what they count."""

from collections.abc import Callable

from django.utils import timezone

from cms.territory.models import AseAuthority
from cms.values.settings import SettingCount

_counts: list[SettingCount] = []


def authority_counts_register(label: str, count: Callable[[], int]) -> None:
    _counts.append(SettingCount(label, count))


def authority_counts() -> dict[str, int]:
    """Return what stands today, by the words that name it: counted before and after a change, to say what it moves."""
    active = AseAuthority.objects.active_on(timezone.localdate()).count()
    counts = {"Autorités compétentes, sur lesquelles l’indicateur 4 se compte": active}
    return counts | {counted.label: counted.count() for counted in _counts}
