from referentiel.models.assessments import Assessment, Campaign, Evidence, Mark, PlanStep
from referentiel.models.pages import ChapterPage, ExigencePage, ReferentielIndexPage, ReferentielPage

__all__ = [
    "Assessment",
    "Campaign",
    "ChapterPage",
    "Evidence",
    "ExigencePage",
    "Mark",
    "PlanStep",
    "ReferentielIndexPage",
    "ReferentielPage",
]
