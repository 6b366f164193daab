"""In production, a login that row security does not bind may not open a connection.

`SET ROLE` on an owner's login is not enough: outside the transaction (streams, after a commit) it acts as the owner.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

POWERFUL = """
SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relrowsecurity)
FROM pg_roles r WHERE r.rolname = session_user
"""


def refuse_powerful_login(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Raise `ImproperlyConfigured` when the login is superuser, bypasses row security or owns protected tables."""
    if not settings.HAVRE_REFUSE_POWERFUL_LOGIN:
        return
    with connection.connection.cursor() as cursor:
        powerful = cursor.execute(POWERFUL).fetchone()[0]
    if powerful:
        connection.close()
        raise ImproperlyConfigured(
            "La connexion à la base a trop de droits : DATABASE_URL doit ouvrir la session de havre_app, "
            "qui ne possède rien et ne contourne pas la sécurité des lignes."
        )
