"""Under whose name the configuration leaves or comes."""

from django.core.management.base import CommandError

from cms.users.models import User


def account_or_refusal(address: str) -> User:
    user = User.objects.filter(email=address.lower(), is_active=True).first()
    if user is None or not user.has_perm("values.change_value"):
        raise CommandError("Aucun compte actif à cette adresse ne change les réglages : il faut la coordination.")
    return user
