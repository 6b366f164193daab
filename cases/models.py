"""Cases of minors: what is coded stands in clear, what is told in words is sealed."""

from cases.arrival.models import Journey, Linking, LinkingAgreement, LinkingCheck, Party, PayerAgreement
from cases.circuit.models import Circuit, CircuitStep, CircuitTemplate, CircuitVersion, StepState, Visibility
from cases.extra.models import ExtraAnswer, ExtraAudience, ExtraField, ExtraKind, ExtraTarget
from cases.files.duplicates.models import CaseApart, CaseMerge, CaseSound, NamePart
from cases.files.models import Case, CaseForm, CaseIdentity, CaseName
from cases.files.protection.models import CaseLanguage, CaseNeed, KeepAway, LegalFrame
from cases.grid.models import FilledGrid, GridVersion
from cases.incidents.authorities.models import AuthorityWaiver
from cases.incidents.models.declared import AuthorityNotice, Incident, IncidentChild, IncidentDetail, NoticeProof
from cases.incidents.models.followed import (
    EventKind,
    IncidentCause,
    IncidentEvent,
    IncidentPair,
    IncidentReview,
    IncidentTask,
)
from cases.incidents.runaways.models import Offer, Runaway, RunawayDelay, RunawayReturn
from cases.incidents.targets.models import SeverityTargets
from cases.matching.models import Matching, MatchingRules, PlaceConfirmation
from cases.proposals.models import Orientation, Proposal
from cases.proposals.unmet.models import UnmetNeed
from cases.requests.models import Sollicitation, SollicitationDetail, SollicitationForm, SollicitationMessage
from cases.requests.unverified.models import SwitchboardCall, UnverifiedRequest
from cases.stays.models import Absence, Placement
from cases.stays.reviews.models import AfterStay, Milestone, StayReview

__all__ = [
    "Absence",
    "AfterStay",
    "AuthorityNotice",
    "AuthorityWaiver",
    "Case",
    "CaseApart",
    "CaseForm",
    "CaseIdentity",
    "CaseLanguage",
    "CaseMerge",
    "CaseName",
    "CaseNeed",
    "CaseSound",
    "Circuit",
    "CircuitStep",
    "CircuitTemplate",
    "CircuitVersion",
    "EventKind",
    "ExtraAnswer",
    "ExtraAudience",
    "ExtraField",
    "ExtraKind",
    "ExtraTarget",
    "FilledGrid",
    "GridVersion",
    "Incident",
    "IncidentCause",
    "IncidentChild",
    "IncidentDetail",
    "IncidentEvent",
    "IncidentPair",
    "IncidentReview",
    "IncidentTask",
    "Journey",
    "KeepAway",
    "LegalFrame",
    "Linking",
    "LinkingAgreement",
    "LinkingCheck",
    "Matching",
    "MatchingRules",
    "Milestone",
    "NamePart",
    "NoticeProof",
    "Offer",
    "Orientation",
    "Party",
    "PayerAgreement",
    "PlaceConfirmation",
    "Placement",
    "Proposal",
    "Runaway",
    "RunawayDelay",
    "RunawayReturn",
    "SeverityTargets",
    "Sollicitation",
    "SollicitationDetail",
    "SollicitationForm",
    "SollicitationMessage",
    "StayReview",
    "StepState",
    "SwitchboardCall",
    "UnmetNeed",
    "UnverifiedRequest",
    "Visibility",
]
