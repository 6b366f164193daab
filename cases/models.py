"""Cases of minors: what is coded stands in clear, what is told in words is sealed."""

from cases.arrival.convention.models import LinkingVersion
from cases.arrival.enums import Party
from cases.arrival.models import Journey, Linking, LinkingAgreement, LinkingCheck, PayerAgreement
from cases.circuit.enums import StepState, Visibility
from cases.circuit.models import Circuit, CircuitStep, CircuitTemplate, CircuitVersion
from cases.extra.enums import ExtraAudience, ExtraKind, ExtraTarget
from cases.extra.models import ExtraAnswer, ExtraField, ExtraRequirement
from cases.files.duplicates.enums import NamePart
from cases.files.duplicates.models import CaseApart, CaseMerge, CaseSound
from cases.files.identity.models import IdentityGiven
from cases.files.models import Case, CaseForm, CaseIdentity, CaseName
from cases.files.protection.models import CaseLanguage, CaseNeed, KeepAway, LegalFrame, PeopleToAvoid
from cases.grid.models import FilledGrid, GridVersion
from cases.guard.models import StayDerogation
from cases.incidents.authorities.models import AuthorityWaiver
from cases.incidents.enums import EventKind
from cases.incidents.models.declared import AuthorityNotice, Incident, IncidentChild, IncidentDetail, NoticeProof
from cases.incidents.models.followed import IncidentCause, IncidentEvent, IncidentPair, IncidentReview, IncidentTask
from cases.incidents.runaways.enums import Offer
from cases.incidents.runaways.models import Runaway, RunawayDelay, RunawayReturn
from cases.incidents.targets.models import SeverityTargets
from cases.matching.models import Matching, MatchingRules, PlaceConfirmation
from cases.proposals.exchange.models import ProposalMessage
from cases.proposals.models import Orientation, Proposal
from cases.proposals.unmet.models import UnmetNeed
from cases.requests.models import Sollicitation, SollicitationDetail, SollicitationForm, SollicitationMessage
from cases.requests.shelter.models import Shelter
from cases.requests.unverified.models import SwitchboardCall, UnverifiedRequest
from cases.stays.models import Absence, Placement
from cases.stays.reviews.enums import Milestone
from cases.stays.reviews.models import AfterStay, StayReview
from cases.voice.enums import VoiceState
from cases.voice.models import VoiceMessage, VoiceReply

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
    "ExtraRequirement",
    "ExtraTarget",
    "FilledGrid",
    "GridVersion",
    "IdentityGiven",
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
    "LinkingVersion",
    "Matching",
    "MatchingRules",
    "Milestone",
    "NamePart",
    "NoticeProof",
    "Offer",
    "Orientation",
    "Party",
    "PayerAgreement",
    "PeopleToAvoid",
    "PlaceConfirmation",
    "Placement",
    "Proposal",
    "ProposalMessage",
    "Runaway",
    "RunawayDelay",
    "RunawayReturn",
    "SeverityTargets",
    "Shelter",
    "Sollicitation",
    "SollicitationDetail",
    "SollicitationForm",
    "SollicitationMessage",
    "StayDerogation",
    "StayReview",
    "StepState",
    "SwitchboardCall",
    "UnmetNeed",
    "UnverifiedRequest",
    "Visibility",
    "VoiceMessage",
    "VoiceReply",
    "VoiceState",
]
