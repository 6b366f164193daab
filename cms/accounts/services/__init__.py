"""Writing accounts: invitations, departures, rights, reviews, lost factors."""

from cms.accounts.services.factors import factor_reset_ask, factor_reset_decide
from cms.accounts.services.invitations import (
    Opened,
    invitation_accept_known,
    invitation_accept_new,
    invitation_cancel,
    invitation_opened,
    invitation_resend,
    invitation_send,
    roles_to_give,
    token_hash,
)
from cms.accounts.services.people import account_reopen, account_suspend, dormant_follow, member_leave
from cms.accounts.services.reviews import review_confirm
from cms.accounts.services.rights import network_found, rights_change_ask, rights_change_decide

__all__ = [
    "Opened",
    "account_reopen",
    "account_suspend",
    "dormant_follow",
    "factor_reset_ask",
    "factor_reset_decide",
    "invitation_accept_known",
    "invitation_accept_new",
    "invitation_cancel",
    "invitation_opened",
    "invitation_resend",
    "invitation_send",
    "member_leave",
    "network_found",
    "review_confirm",
    "rights_change_ask",
    "rights_change_decide",
    "roles_to_give",
    "token_hash",
]
