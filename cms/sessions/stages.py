"""The step of sign-in that asks for a second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from cms.sessions import second_factor


class SecondFactorStage(AuthenticateStage):
    """Is skipped for whoever showed two factors to ProConnect."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not second_factor.came_by_proconnect(request, self.login.user) and super()._should_handle(request)
