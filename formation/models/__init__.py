"""Curriculum pages, sessions and attendance."""

from formation.models.pages import CurriculumIndexPage, ModulePage
from formation.models.sessions import (
    Attendance,
    Enrolment,
    HalfDay,
    Professional,
    Session,
    SessionTrainer,
    SupportAct,
)

__all__ = [
    "Attendance",
    "CurriculumIndexPage",
    "Enrolment",
    "HalfDay",
    "ModulePage",
    "Professional",
    "Session",
    "SessionTrainer",
    "SupportAct",
]
