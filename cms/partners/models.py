"""Partners of the network: who they are, who belongs to them, what binds them, how many places they hold.

The public code name stands apart from the real name and the secret address of a structure (`PartnerIdentity`).
"""

from cms.partners.book.models import Partner, PartnerIdentity, Place, StructureProfile, Suspension
from cms.partners.conventions.models import Convention, ConventionStep
from cms.partners.conventions.pipeline.models import ConventionFollowUp
from cms.partners.conventions.writing.models import ConventionVersion
from cms.partners.oncall.models import OnCallLine, OnCallMember
from cms.partners.people.models import Contact, Membership

__all__ = [
    "Contact",
    "Convention",
    "ConventionFollowUp",
    "ConventionStep",
    "ConventionVersion",
    "Membership",
    "OnCallLine",
    "OnCallMember",
    "Partner",
    "PartnerIdentity",
    "Place",
    "StructureProfile",
    "Suspension",
]
