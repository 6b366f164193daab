"""Curriculum pages, sessions, attendance and its proofs."""

from formation.models.following import Attestation, SessionNotice, WaitingEntry
from formation.models.invitations import SessionInvitation
from formation.models.merging import ProfessionalApart, ProfessionalMerge
from formation.models.pages import CurriculumIndexPage, ModulePage
from formation.models.questions import AnswerSheet, Satisfaction
from formation.models.sessions import (
    ZONES,
    Attendance,
    Enrolment,
    HalfDay,
    Professional,
    Session,
    SessionTrainer,
)
from formation.models.signing import CounterSignature, Excuse, Signature, WalkIn
from formation.models.support import SupportAct
from formation.models.year_plan import YearPlan, YearPlanLine

__all__ = [
    "ZONES",
    "AnswerSheet",
    "Attendance",
    "Attestation",
    "CounterSignature",
    "CurriculumIndexPage",
    "Enrolment",
    "Excuse",
    "HalfDay",
    "ModulePage",
    "Professional",
    "ProfessionalApart",
    "ProfessionalMerge",
    "Satisfaction",
    "Session",
    "SessionInvitation",
    "SessionNotice",
    "SessionTrainer",
    "Signature",
    "SupportAct",
    "WaitingEntry",
    "WalkIn",
    "YearPlan",
    "YearPlanLine",
]
