"""Every address of the service."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.views import serve

from cms.backoffice.admin import CLOSED_ACCOUNT_PAGES, CLOSED_SCREENS, admin_door, closed_screen
from cms.backoffice.panels.home import RoleHomeView
from cms.documents.content.api.feeds import publications, sitemap
from cms.home.portal import translated_page
from cms.operations.policy_reports import policy_report
from cms.portal.views import (
    FactorsView,
    LinkApplicationView,
    LoginView,
    RemovePasskeyView,
    ResetAskedView,
    ShowPasskeyView,
)
from cms.proconnect.portal.views import LogoutView

# Sign-in stands before every view; pages that Wagtail publishes are for everybody.
login_not_required(serve)
signing_short = login_not_required(RedirectView.as_view(pattern_name="formation:signing-code"))
"""Short enough to be typed from what a projector shows."""

handler400 = "cms.kit.door.bad_request"
handler500 = "cms.operations.outage.server_error"
handler429 = "cms.portal.views.too_many_tries"
"""Called by allauth when a limit by address is reached."""

LANGUAGES = "|".join(code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)

urlpatterns = [
    path("admin/", never_cache(require_admin_access(RoleHomeView.as_view()))),
    path("admin/login/", admin_door),
    path("admin/logout/", LogoutView.as_view(), name="account_logout_admin"),
    path("admin/images/multiple/add/", RedirectView.as_view(pattern_name="wagtailimages:add", query_string=True)),
    path("admin/documents/multiple/add/", RedirectView.as_view(pattern_name="wagtaildocs:add", query_string=True)),
    re_path(rf"^admin/(?:{'|'.join(CLOSED_SCREENS)})/", closed_screen),
    path("admin/account/", RedirectView.as_view(pattern_name="portal:account")),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/", include(wagtailadmin_urls)),
    path("signer/", signing_short, name="signing_short"),
    path("compte/login/", LoginView.as_view(), name="account_login"),
    path("compte/logout/", LogoutView.as_view(), name="account_logout"),
    path("compte/proconnect/", include("cms.proconnect.urls")),
    re_path(rf"^compte/(?:{'|'.join(CLOSED_ACCOUNT_PAGES)})/", closed_screen),
    path("compte/password/reset/done/", ResetAskedView.as_view(), name="account_reset_password_done"),
    path("compte/2fa/webauthn/keys/<int:pk>/remove/", RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("compte/2fa/", FactorsView.as_view(), name="mfa_index"),
    path("compte/2fa/totp/activate/", LinkApplicationView.as_view(), name="mfa_activate_totp"),
    path("compte/2fa/webauthn/reauthenticate/", ShowPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("compte/2fa/", include("allauth.mfa.urls")),
    path("compte/", include("allauth.account.urls")),
    path("api/", include("cms.api")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("flux/publications.atom", publications, name="publications"),
    path("", include("cms.portal.urls")),
    path("", include("cms.partners.oncall.urls")),
    path("", include("cms.accounts.urls")),
    path("astreinte/", include("cms.notify.duty.urls")),
    path("boite/", include("cms.notify.inbox.urls")),
    path("", include("cms.home.urls")),
    path("referentiel/", include("referentiel.urls")),
    path("documents/", include("cms.documents.urls")),
    path("formation/", include("formation.urls")),
    path("situations/", include("cases.urls")),
    path("dire/", include("cases.voice.urls")),
    path("reperage/", include("cases.grid.urls")),
    path("chiffres/", include("dashboards.urls")),
    path("rapports/politique/", policy_report, name="policy_report"),
    path("pages/_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path(rf"^pages/(?P<code>{LANGUAGES})/(?P<path>(?:[\w-]+/)*)\Z", translated_page, name="translated_page"),
    path("pages/", include(wagtail_urls)),
]
