"""Curriculum pages, sessions and attendance."""

from formation.models.sessions import (
    Attendance,
    Enrolment,
    HalfDay,
    Professional,
    Session,
    SessionTrainer,
    SupportAct,
)

__all__ = ["Attendance", "Enrolment", "HalfDay", "Professional", "Session", "SessionTrainer", "SupportAct"]
