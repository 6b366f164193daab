"""allauth's adapter: accounts are opened by invitation only, and limits survive the rollback of a request."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
