"""Cases of minors: what is coded stands in clear, what is told in words is sealed."""

from cases.models.authorities import AuthorityWaiver
from cases.models.circuit import Circuit, CircuitStep, CircuitTemplate, CircuitVersion, StepState, Visibility
from cases.models.duplicates import CaseApart, CaseMerge, CaseSound, NamePart
from cases.models.extra import ExtraAnswer, ExtraAudience, ExtraField, ExtraKind, ExtraTarget
from cases.models.follow_up import (
    EventKind,
    IncidentCause,
    IncidentEvent,
    IncidentPair,
    IncidentReview,
    IncidentTask,
)
from cases.models.incidents import AuthorityNotice, Incident, IncidentChild, IncidentDetail, NoticeProof
from cases.models.linking import Journey, Linking, LinkingAgreement, LinkingCheck, Party, PayerAgreement
from cases.models.matching import Matching, MatchingRules, PlaceConfirmation
from cases.models.minors import Case, CaseForm, CaseIdentity, CaseName
from cases.models.orientations import Orientation, Proposal
from cases.models.placements import Absence, Placement
from cases.models.protection import CaseLanguage, CaseNeed, KeepAway, LegalFrame
from cases.models.reperage import FilledGrid, GridVersion
from cases.models.reviews import AfterStay, Milestone, StayReview
from cases.models.runaways import Offer, Runaway, RunawayDelay, RunawayReturn
from cases.models.severity import SeverityTargets
from cases.models.sollicitations import (
    Sollicitation,
    SollicitationDetail,
    SollicitationForm,
    SollicitationMessage,
)
from cases.models.unmet import UnmetNeed
from cases.models.unverified import SwitchboardCall, UnverifiedRequest

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
