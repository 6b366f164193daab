"""Writing the curriculum, sessions, enrolments, attendance and acts of support."""

from formation.services.attendance import attendance_record
from formation.services.curriculum import curriculum_freeze, curriculum_load
from formation.services.people import enrol, enrolment_cancel, professional_register, support_act_record
from formation.services.sessions import session_cancel, session_close, session_plan

__all__ = [
    "attendance_record",
    "curriculum_freeze",
    "curriculum_load",
    "enrol",
    "enrolment_cancel",
    "professional_register",
    "session_cancel",
    "session_close",
    "session_plan",
    "support_act_record",
]
