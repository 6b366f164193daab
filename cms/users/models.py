"""Accounts. Rights come from roles (`cms.users.roles`) and from dated memberships, never from the account."""

import uuid
from typing import Any, ClassVar, Never

from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import AbstractUser, UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Lower

from cms.users.passwords import halves, hashed_again, password_holds


class UserManager(DjangoUserManager["User"]):
    def _create_user(self, email: str, password: str | None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(  # type: ignore[override]  # accounts have no user name, which Django's manager takes first
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        return self._create_user(email, password, **fields)

    def create_superuser(  # type: ignore[override]  # accounts have no user name, which Django's manager takes first
        self, email: str, password: str | None = None, **fields: Any
    ) -> Never:
        raise NotImplementedError("Aucun compte n’a tous les droits : donnez un rôle avec `sync_roles`.")

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address, which is what Django calls the user name."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = None  # type: ignore[assignment]  # taken away from the account, as Django documents it
    email = models.EmailField("adresse électronique", unique=True)
    position = models.CharField("fonction", max_length=120, blank=True)
    phone = models.CharField("téléphone professionnel", max_length=30, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", violation_error_message="Cette adresse a déjà un compte."
            ),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_no_superuser"),
            models.CheckConstraint(condition=models.Q(is_staff=False), name="user_no_staff"),
            # What the password gives stands elsewhere: no statement of the application reads it.
            models.CheckConstraint(
                condition=models.Q(("password", ""))
                | models.Q(("password__startswith", "!"))
                | models.Q(("password__endswith", "$")),
                name="user_password_apart",
            ),
        ]

    password_digest = ""
    """Of a password just chosen, until the account is written: no column of the account keeps it."""

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or "password" in fields:
            self.password, digest = halves(self.password)
            self.password_digest = digest or self.password_digest
        super().save(*args, **kwargs)

    def check_password(self, raw_password: str | None) -> bool:
        """Compare in the database, which alone reads what is kept; hash again what was hashed in an older way."""
        if raw_password is None or not self.has_usable_password() or not self.password.endswith("$"):
            return super().check_password(raw_password)
        encoded = hashed_again(raw_password, self.password)
        if not password_holds(self.pk, encoded):
            return False
        preferred = get_hasher()
        if preferred.algorithm != encoded.partition("$")[0] or preferred.must_update(encoded):
            self.set_password(raw_password)
            # Nobody chose a new one: signals of a change of password would end the sessions.
            self._password = None
            self.save(update_fields=["password"])
        return True
