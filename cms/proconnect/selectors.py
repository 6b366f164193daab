"""Reading links and requests for a screen."""

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from cms.proconnect.enums import RequestState
from cms.proconnect.models import AccountRequest
from cms.proconnect.settings import PROVIDER
from cms.users.models import User


def link_of(user: User) -> SocialAccount | None:
    return SocialAccount.objects.filter(user=user, provider=PROVIDER).first()


def requests_waiting() -> QuerySet[AccountRequest]:
    return AccountRequest.objects.filter(state=RequestState.PENDING)


def has_account_already(request: AccountRequest) -> bool:
    """Whether somebody holds the address that ProConnect told: then the holder links, and nobody else."""
    return User.objects.filter(email__iexact=str(request.email)).exists()
