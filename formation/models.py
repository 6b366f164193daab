"""Curriculum pages, sessions, attendance and its proofs."""

from formation.attendance.models import Attendance, CounterSignature, Excuse, Signature, WalkIn
from formation.attestations.models import Attestation
from formation.curriculum.models import CurriculumIndexPage, ModulePage
from formation.people.models import Professional, ProfessionalApart, ProfessionalMerge
from formation.questions.models import AnswerSheet, Satisfaction
from formation.sessions.invitations.models import SessionInvitation
from formation.sessions.models.queues import SessionNotice, WaitingEntry
from formation.sessions.models.sessions import ZONES, Enrolment, HalfDay, Session, SessionTrainer
from formation.support.models import SupportAct
from formation.year_plan.models import YearPlan, YearPlanLine

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
