"""What `manage.py verify` looks at: closed periods and releases are what two people agreed to."""

from cms.documents.versions.rules.canonical import content_hash
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.operations.integrity import check_register
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.selectors import keys_hash, movements_now
from dashboards.reporting.releases.models import Release

ACTIONS = {
    "reporting.release.ask": "publication préparée",
    "reporting.release.agree": "publication décidée",
    "reporting.release.dismiss": "publication écartée",
    "reporting.release.read": "publication lue ou téléchargée",
}


def register() -> None:
    check_register("periods", "Périodes closes et publications", periods_check, periods_summary)
    actions_register(ACTIONS)
    sentence_register(
        release_once="Cette période est déjà publiée, ou attend d’être décidée.",
    )


def periods_check() -> list[str]:
    """Check that what was frozen is whole, its rows too. A correction not explained yet is no fault."""
    faults = []
    for closed in ClosedPeriod.objects.agreed().prefetch_related("rows"):
        if content_hash(closed.content) != closed.content_hash:
            faults.append(f"{closed} : les chiffres gardés ne sont plus ceux qui ont été clos.")
        if closed.asked_by_id == closed.agreed_by_id:
            faults.append(f"{closed} : close par une seule personne.")
        for row in closed.rows.all():
            if keys_hash(row.keys) != row.keys_hash:
                faults.append(f"{closed}, {row.code} : les lignes gardées ne sont plus celles qui ont été comptées.")
    for release in Release.objects.agreed():
        if content_hash(release.content) != release.content_hash:
            faults.append(f"{release} : ce qui est publié n’est plus ce qui a été décidé.")
    return faults


def periods_summary() -> str:
    """List the closed periods and what changed since: corrections are shown, never hidden."""
    lines = []
    for closed in ClosedPeriod.objects.agreed():
        moved = [f"{item.code} {item.words}" for item in movements_now(closed) if item.words]
        lines.append(f"{closed.title} : " + (f"révision {', '.join(moved)}" if moved else "inchangée"))
    return " ; ".join(lines) or "Aucune période close."
