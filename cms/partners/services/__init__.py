"""Writing partners: the book, the people, the conventions."""

from cms.partners.services.book import (
    CODED,
    PROFILE_LISTS,
    partner_change,
    partner_create,
    partner_identity_write,
    profile_set,
)
from cms.partners.services.conventions import (
    STAGE_AFTER,
    convention_advance,
    convention_open,
    partner_suspend,
    place_close,
    places_open,
    suspension_end,
)
from cms.partners.services.imports import partners_import
from cms.partners.services.people import (
    CONTACT,
    ROLES_OF_KIND,
    contact_add,
    contact_change,
    contact_remove,
    membership_end,
    membership_open,
    membership_renew,
    membership_revoke,
    until_check,
)
from cms.partners.services.pipeline import convention_follow, conventions_expire, terms_follow

__all__ = [
    "CODED",
    "CONTACT",
    "PROFILE_LISTS",
    "ROLES_OF_KIND",
    "STAGE_AFTER",
    "contact_add",
    "contact_change",
    "contact_remove",
    "convention_advance",
    "convention_follow",
    "convention_open",
    "conventions_expire",
    "membership_end",
    "membership_open",
    "membership_renew",
    "membership_revoke",
    "partner_change",
    "partner_create",
    "partner_identity_write",
    "partner_suspend",
    "partners_import",
    "place_close",
    "places_open",
    "profile_set",
    "terms_follow",
    "suspension_end",
    "until_check",
]
