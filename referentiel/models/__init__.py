from referentiel.models.assessments import Assessment, Campaign, Evidence, Mark, PlanStep
from referentiel.models.pages import ChapterPage, ExigencePage, ReferentielIndexPage, ReferentielPage
from referentiel.models.visits import ConfirmedMark, Derogation, Observation, Visit, VisitMark

__all__ = [
    "Assessment",
    "Campaign",
    "ChapterPage",
    "ConfirmedMark",
    "Derogation",
    "Evidence",
    "ExigencePage",
    "Mark",
    "Observation",
    "PlanStep",
    "ReferentielIndexPage",
    "ReferentielPage",
    "Visit",
    "VisitMark",
]
