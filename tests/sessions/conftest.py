import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret


@pytest.fixture
def seed_of(cast):
    """`seed_of("dpo")` gives this account an application of codes; answers its seed."""

    def give(key: str) -> str:
        secret = generate_totp_secret()
        TOTP.activate(cast[key], secret)
        return secret

    return give
