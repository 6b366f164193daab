"""Writing the curriculum, sessions, enrolments, attendance, its proofs, and acts of support."""

from formation.services.attendance import attendance_record
from formation.services.attestations import attestation_replace, attestation_withdraw, attestations_issue
from formation.services.curriculum import curriculum_freeze, curriculum_load
from formation.services.imports import people_import
from formation.services.invitations import invitation_decline, invitations_lapse, structures_invite
from formation.services.merging import professionals_apart, professionals_merge, professionals_separate
from formation.services.notices import notices_hand_over
from formation.services.own import enrol_own, enrol_own_end
from formation.services.people import (
    enrol,
    enrolment_cancel,
    professional_register,
    result_record,
    support_act_record,
    waiting_ask,
    waiting_leave,
)
from formation.services.questions import answers_give, questionnaire_open
from formation.services.renewals import renewals_follow
from formation.services.sessions import session_cancel, session_close, session_plan, session_postpone
from formation.services.signing import excuse_tell, half_day_countersign, signature_on_device
from formation.services.walk_ins import walk_in_accept, walk_in_refuse
from formation.services.year_plan import year_plan_line_set, year_plan_publish, year_plan_write

__all__ = [
    "answers_give",
    "attendance_record",
    "attestation_replace",
    "attestation_withdraw",
    "attestations_issue",
    "curriculum_freeze",
    "curriculum_load",
    "enrol",
    "enrol_own",
    "enrol_own_end",
    "enrolment_cancel",
    "excuse_tell",
    "half_day_countersign",
    "invitation_decline",
    "invitations_lapse",
    "notices_hand_over",
    "people_import",
    "professional_register",
    "professionals_apart",
    "professionals_merge",
    "professionals_separate",
    "questionnaire_open",
    "renewals_follow",
    "result_record",
    "session_cancel",
    "session_close",
    "session_plan",
    "session_postpone",
    "signature_on_device",
    "structures_invite",
    "support_act_record",
    "waiting_ask",
    "waiting_leave",
    "walk_in_accept",
    "walk_in_refuse",
    "year_plan_line_set",
    "year_plan_publish",
    "year_plan_write",
]
