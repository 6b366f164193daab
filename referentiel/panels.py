"""The référentiel in the navigation and on the home page of the portal."""

from cms.access.panels import nav_register, panel_register
from cms.access.scope import Scope
from cms.documents.models import DocumentKind
from cms.documents.policies import SIGNERS
from cms.documents.selectors import version_in_force
from cms.users.models import User
from referentiel.selectors import standing_of


def signature_panel(current: Scope) -> dict:
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None or current.user_id is None:
        return {}
    return {"version": version, "standing": standing_of(User(pk=current.user_id), version)}


def register() -> None:
    nav_register("Référentiel", "referentiel:read", order=40)
    panel_register("referentiel/panels/signature.html", signature_panel, order=30, roles=SIGNERS)
