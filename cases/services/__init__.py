"""What may be done with cases. Each service checks, writes, and tells the journal, in one transaction."""

from cases.services.authorities import authority_proof_add, authority_tell, authority_waive
from cases.services.cases import case_close, case_update_facts, identity_write
from cases.services.circuit import (
    circuit_close,
    circuit_start,
    circuit_step_add,
    circuit_step_move,
    circuit_step_plan,
    circuit_template_publish,
)
from cases.services.drills import drill_start
from cases.services.duplicates import (
    case_merge_agree,
    case_merge_ask,
    case_merge_refuse,
    case_merge_undo,
    cases_apart_lift,
    cases_tell_apart,
)
from cases.services.exploitation import case_forms_set, sollicitation_forms_set
from cases.services.grids import grid_attach, grid_publish
from cases.services.incident_events import event_add
from cases.services.incident_follow_up import (
    incident_close,
    incident_reopen,
    incident_resume,
    incident_suspend,
    incidents_pair,
    retex_write,
    task_add,
    task_done,
)
from cases.services.incidents import incident_acknowledge, incident_attach, incident_declare, incident_rate
from cases.services.journeys import journey_set, journey_share
from cases.services.linking import (
    linking_agree,
    linking_cancel,
    linking_checks_set,
    linking_finance,
    linking_open,
    linking_waive,
)
from cases.services.matching import matching_rules_change, places_confirm, structures_find
from cases.services.messages import sollicitation_advise, sollicitation_ask_more, sollicitation_reply
from cases.services.orientations import (
    orientation_cancel,
    orientation_decide,
    proposal_answer,
    proposal_confirm,
    proposal_withdraw,
)
from cases.services.placements import (
    absence_close,
    absence_open,
    placement_confirm,
    placement_end,
    placement_open,
    placement_transfer,
)
from cases.services.protection import keep_away_add, keep_away_lift, legal_frame_met, legal_frame_set, needs_set
from cases.services.reviews import after_stay_note, review_write
from cases.services.runaways import runaway_delay_set, runaway_follow, runaway_return, runaway_source_say
from cases.services.siblings import sibling_add, siblings_send
from cases.services.sollicitations import (
    sollicitation_close,
    sollicitation_correct,
    sollicitation_link,
    sollicitation_send,
    sollicitation_take,
)
from cases.services.unmet import need_note
from cases.services.unverified import unverified_call, unverified_send

__all__ = [
    "absence_close",
    "absence_open",
    "after_stay_note",
    "authority_proof_add",
    "authority_tell",
    "authority_waive",
    "case_close",
    "case_forms_set",
    "case_merge_agree",
    "case_merge_ask",
    "case_merge_refuse",
    "case_merge_undo",
    "case_update_facts",
    "cases_apart_lift",
    "cases_tell_apart",
    "circuit_close",
    "circuit_start",
    "circuit_step_add",
    "circuit_step_move",
    "circuit_step_plan",
    "circuit_template_publish",
    "drill_start",
    "event_add",
    "grid_attach",
    "grid_publish",
    "identity_write",
    "incident_acknowledge",
    "incident_attach",
    "incident_close",
    "incident_declare",
    "incident_rate",
    "incident_reopen",
    "incident_resume",
    "incident_suspend",
    "incidents_pair",
    "journey_set",
    "journey_share",
    "keep_away_add",
    "keep_away_lift",
    "legal_frame_met",
    "legal_frame_set",
    "linking_agree",
    "linking_cancel",
    "linking_checks_set",
    "linking_finance",
    "linking_open",
    "linking_waive",
    "matching_rules_change",
    "need_note",
    "needs_set",
    "orientation_cancel",
    "orientation_decide",
    "placement_confirm",
    "placement_end",
    "placement_open",
    "placement_transfer",
    "places_confirm",
    "proposal_answer",
    "proposal_confirm",
    "proposal_withdraw",
    "retex_write",
    "review_write",
    "runaway_delay_set",
    "runaway_follow",
    "runaway_return",
    "runaway_source_say",
    "sibling_add",
    "siblings_send",
    "sollicitation_advise",
    "sollicitation_ask_more",
    "sollicitation_close",
    "sollicitation_correct",
    "sollicitation_forms_set",
    "sollicitation_link",
    "sollicitation_reply",
    "sollicitation_send",
    "sollicitation_take",
    "structures_find",
    "task_add",
    "task_done",
    "unverified_call",
    "unverified_send",
]
