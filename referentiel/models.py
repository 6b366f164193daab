from referentiel.assessments.models import Assessment, Campaign, Evidence, Mark, PlanStep
from referentiel.derogations.models import Derogation
from referentiel.reading.models import ChapterPage, ExigencePage, ReferentielIndexPage, ReferentielPage
from referentiel.visits.models import ConfirmedMark, Observation, Visit, VisitMark

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
