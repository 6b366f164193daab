"""Pages that the law asks for, and that are still as they came."""

from django.core import checks

from cms.home.models import TextPage
from cms.operations.readiness import asked

TO_FILL = "à compléter"


def register() -> None:
    checks.register(asked(placeholders_check), checks.Tags.database, deploy=True)


def placeholders_check() -> list[checks.CheckMessage]:
    """Check that no page online still says what must be written in it: publisher, host, contacts."""
    titles = list(
        TextPage.objects.live().filter(body__icontains=TO_FILL).order_by("title").values_list("title", flat=True)
    )
    if not titles:
        return []
    said = f"Des pages publiées restent à compléter ({', '.join(titles)}) : éditeur, hébergeur, contacts."
    return [checks.Warning(said, id="home.W001")]
