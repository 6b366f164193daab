"""Settings shared by every environment: complete and safe by default."""

from pathlib import Path

from cms.settings import api, environment, languages
from cms.settings.database import databases
from tools.paths import var_dir

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HAVRE_VAR = var_dir()

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
HAVRE_FICTITIOUS = False
"""True on an instance whose people and places are all invented: every screen, workbook and PDF says so."""
HAVRE_KEYRING = HAVRE_VAR / "keyring.json"
HAVRE_FILES = environment.place("HAVRE_FILES", HAVRE_VAR / "files")
"""Private place of the attachments, encrypted: a folder that no web server reads, or `s3://bucket/prefix`."""
HAVRE_RESTORE_REPORT = environment.text("HAVRE_RESTORE_REPORT") or str(HAVRE_VAR / "restauration.json")
"""What the last restore drill found."""
HAVRE_S3_ENDPOINT = environment.text("HAVRE_S3_ENDPOINT")
HAVRE_S3_REGION = environment.text("HAVRE_S3_REGION")
HAVRE_S3_KEY = environment.text("HAVRE_S3_KEY")
HAVRE_S3_SECRET = environment.text("HAVRE_S3_SECRET")
HAVRE_S3_CA = environment.text("HAVRE_S3_CA")
HAVRE_CLAMD = environment.text("HAVRE_CLAMD")
"""Antivirus asked about each attachment: `unix:/run/clamav/clamd.ctl` or `tcp:host:3310`; empty: none."""
HAVRE_GATEWAY_URL = environment.text("HAVRE_GATEWAY_URL")
"""Gateway of text messages or calls for whoever is on duty: docs/on-call.md; empty: mail alone."""
HAVRE_GATEWAY_SECRET = environment.text("HAVRE_GATEWAY_SECRET")
HAVRE_ON_CALL_PHONE = environment.text("HAVRE_ON_CALL_PHONE")
"""Number of the network's on-call, shown when the database does not answer: the rota is in it."""
HAVRE_ANCHORS = environment.text("HAVRE_ANCHORS")
"""File, on another disk if possible, where the last line of the journal is kept each day; empty: none."""
HAVRE_FORGOTTEN = environment.text("HAVRE_FORGOTTEN") or (f"{HAVRE_ANCHORS}.effaces" if HAVRE_ANCHORS else "")
"""File where what was erased is kept, so that a restored backup erases it again; beside the anchors unless told."""
HAVRE_PRODUCTION = False
"""True in production: web server and worker refuse to start on what `check --deploy` calls an error."""
HAVRE_REFUSE_POWERFUL_LOGIN = False
"""True in production: no connection logs in as somebody whom row security does not bind."""

INSTALLED_APPS = [
    "cms.journal.apps.JournalConfig",
    "cms.vault.apps.VaultConfig",
    "cms.values.apps.ValuesConfig",
    "cms.users.apps.UsersConfig",
    "cms.territory.apps.TerritoryConfig",
    "cms.wall.apps.AccessConfig",
    "cms.sessions.apps.SessionsConfig",
    "cms.columns.apps.ColumnsConfig",
    "cms.operations.apps.OperationsConfig",
    "cms.files.apps.FilesConfig",
    "cms.exports.apps.ExportsConfig",
    "cms.notify.apps.NotifyConfig",
    "cms.events.apps.EventsConfig",
    "cms.retention.apps.RetentionConfig",
    "cms.partners.apps.PartnersConfig",
    "cms.accounts.apps.AccountsConfig",
    "cms.proconnect.apps.ProConnectConfig",
    "cms.home.apps.HomeConfig",
    "cms.documents.apps.DocumentsConfig",
    "referentiel.apps.ReferentielConfig",
    "formation.apps.FormationConfig",
    "cases.apps.CasesConfig",
    "dashboards.apps.DashboardsConfig",
    "dashboards.reporting.apps.ReportingConfig",
    "cms.data_rights.apps.RightsConfig",
    "cms.configuration.apps.ConfigurationConfig",
    "cms.backoffice.apps.BackofficeConfig",
    "cms.portal.apps.PortalConfig",
    "cms.demo.apps.DemoConfig",
    # Policies are registered by our apps before Wagtail builds its snippet viewsets: ours come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "wagtail.snippets",
    "wagtail.sites",
    "cms.users.apps.WagtailUsersConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",  # files of Swagger UI, for our own page
    "corsheaders",
    "django_htmx",
    "procrastinate.contrib.django",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "cms.wall.middleware.ServingMiddleware",
    "cms.operations.health.HealthMiddleware",
    "cms.operations.watch.WatchMiddleware",
    "cms.operations.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.kit.headers.HeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "cms.documents.content.middleware.PublicReadMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.kit.door.DoorMiddleware",  # under the headers and the policy: its page has them too
    "cms.sessions.middleware.request.EditorContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.sessions.middleware.device.DeviceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.sessions.middleware.sign_in.SignInMiddleware",  # outside the transaction: what it notes outlives a refusal
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # outside the transaction: allauth mails once it is over
    "cms.data_rights.readings.middleware.BrakeMiddleware",  # outside the transaction, as it stops an account
    "cms.wall.middleware.ScopeMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "cms.sessions.mask.middleware.MaskMiddleware",
    "cms.sessions.middleware.request.SecondFactorMiddleware",
    "cms.portal.middleware.LeftMiddleware",
    "cms.admin.middleware.WagtailParametersMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["cms.kit.templatetags.french", "cms.kit.templatetags.network"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.navigation.context.instance",
                "cms.navigation.context.connexion",
                "cms.navigation.context.navigation",
                "cases.watch.admin.ring_context",
            ],
        },
    },
]

DATABASES = databases()
DATABASE_ROUTERS = ["cms.settings.database.LimitsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits of attempts live outside the request's transaction: a rollback must not forgive an attempt.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
}

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["cms.users.backends.GroupsOnlyBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cms.partners.people.rules.HouseWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "cms.users.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "cms.users.forms.SignInForm",
    "reset_password": "cms.users.forms.ForgottenPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An address is shared by a classroom or a barracks: by address we slow down (429). Wrong passwords stop a browser, or
# an account seen from one network, and never the person elsewhere. docs/sign-in.md
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key",  # of an account, from one network; codes: of an account
    "login_failed_device": "5/5m/key",  # of an account, from a browser that entered it before
    "login_failed_account": "100/h/key",  # of an account, from every other browser
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
SOCIALACCOUNT_ADAPTER = "cms.proconnect.adapter.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
PROCONNECT_ISSUER = environment.text("PROCONNECT_ISSUER")
PROCONNECT_CLIENT_ID = environment.text("PROCONNECT_CLIENT_ID")
PROCONNECT_CLIENT_SECRET = environment.text("PROCONNECT_CLIENT_SECRET")
"""All three, or no ProConnect: docs/proconnect.md"""
PROCONNECT_ALGORITHM = environment.text("PROCONNECT_ALGORITHM")
PROCONNECT_PKCE = environment.switch("PROCONNECT_PKCE")
MFA_ADAPTER = "cms.users.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "cms.users.forms.LinkApplicationForm",
    "add_webauthn": "cms.users.passkey_forms.AddKeyForm",
    "authenticate_webauthn": "cms.users.passkey_forms.ShowKeyForm",
    "login_webauthn": "cms.users.passkey_forms.SignInWithKeyForm",
    "reauthenticate_webauthn": "cms.users.passkey_forms.ConfirmWithKeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
HAVRE_PASSKEY_ROLES = frozenset(environment.words("HAVRE_PASSKEY_ROLES"))
"""Roles of whom a passkey is asked, such as `coordination direction`: a code is not enough. docs/sign-in.md"""
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# RFC 6238, 5.2: a code typed while the clock passes to the next one, or on a phone half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""The coordination writes the address of an account: nobody registers alone."""
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
TRUSTED_PROXY_COUNT = environment.text("TRUSTED_PROXY_COUNT")
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT")
"""Proxies of ours in front of the service: the address of the person is counted from the right in X-Forwarded-For."""

SESSION_ENGINE = "cms.sessions.store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 24 * 3600
"""Twice the longest connexion (`access.session_hours`): a form sent too late still says whose it is."""
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W009", "security.W019", "security.W020"]
"""W019 asks for DENY: the preview of a page is a frame of the same origin. The others are ours, in French."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
        "report-uri": ["/rapports/politique/"],
    },
}
HAVRE_EDITOR_POLICY = {"style-src-elem": ["'self'", "'unsafe-inline'"]}
"""Added under `/admin/pages/` alone: the rich text editor of Wagtail writes styles that change at each page: no
digest fits, and its code takes no nonce. An attribute `style`, and every script, stay refused."""
if environment.text("PREVIEW_URL"):  # a draft is looked at there, in a frame of the editor
    HAVRE_EDITOR_POLICY |= {"frame-src": [environment.origin("PREVIEW_URL")]}

LANGUAGE_CODE = "fr"
LANGUAGES = languages.LANGUAGES
TIME_ZONE = "Europe/Paris"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
"""Words of Wagtail that no screen of ours says: `docs/words.md`."""
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HAVRE_VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/admin/media/"
"""For those who write pages alone; readers take images from the content API, in its sizes."""
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT") or HAVRE_VAR / "media")
FILE_UPLOAD_HANDLERS = [
    "cms.files.rules.uploads.PathNoticingHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 27 * 1024 * 1024
"""Above the largest attachment (`files.max_megabytes`): what is accepted is never in clear on the disk."""
STORAGES = {
    "default": {
        "BACKEND": "cms.vault.media.BucketStorage"
        if str(HAVRE_FILES).startswith("s3://")
        else "django.core.files.storage.FileSystemStorage"
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT")
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_SECURITY = environment.text("EMAIL_SECURITY")
"""`starttls`, `ssl`, or nothing for a server of this machine."""
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "ssl"
EMAIL_TIMEOUT = environment.number("EMAIL_TIMEOUT")
"""Seconds. A silent server holds a worker that long, and never a request."""
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL") or "Havre <ne-pas-repondre@havre.invalid>"

WAGTAIL_SITE_NAME = "Havre"
# Without BASE_URL, the address that `make` serves on this machine; production does not start without it.
WAGTAILADMIN_BASE_URL = environment.text("BASE_URL") or (
    f"http://{environment.text('HOST')}:{environment.text('PORT')}"
)
"""Address of this site in what leaves it: `cms/kit/addresses.py`."""
WAGTAILADMIN_LOGIN_URL = "wagtailadmin_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/compte/login/"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "cms.kit.forms.rich_text.RichTextArea"}}
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = False
"""A second person validates versions of documents (`cms/documents/versions`): there is no second way."""
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "xlsx", "png", "jpg", "jpeg"]
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.home.forms.SiteFileForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.home.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "havre_french"},
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_BASE_URL = WAGTAILADMIN_BASE_URL
HAVRE_PUBLIC_URL = environment.text("PUBLIC_URL")
"""Address of the public front, where everybody reads; empty: this site."""

HAVRE_FRONT_CACHE_URL = environment.text("FRONT_CACHE_URL")
"""Cache in front of this service, which forgets what moved; empty: none."""
HAVRE_PREVIEW_URL = environment.text("PREVIEW_URL")
"""Page of a front where a draft is looked at; empty: this site shows it."""
HAVRE_CALLS_LOOPBACK = False
"""True in the tests alone: an address that somebody wrote may then lead to this machine (`cms/kit/outgoing.py`)."""

# What is public is read by the fronts that the network names, from their visitors' browsers; never with a token.
CORS_URLS_REGEX = r"^/(api/content/|sitemap\.xml$|flux/)"
CORS_ALLOWED_ORIGINS = environment.words("CONTENT_ORIGINS")
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "if-none-match", "if-modified-since"]
CORS_EXPOSE_HEADERS = ["ETag", "Last-Modified"]
CORS_PREFLIGHT_MAX_AGE = 86400

REST_FRAMEWORK, SPECTACULAR_SETTINGS = api.REST_FRAMEWORK, api.SPECTACULAR_SETTINGS
HAVRE_API_RATE = api.HAVRE_API_RATE

HAVRE_OPERATORS = environment.words("HAVRE_OPERATORS")
"""Addresses of who runs the machines. They read nothing of the network: `manage.py unit_failed` tells them."""
HAVRE_METRICS_TOKEN = environment.text("HAVRE_METRICS_TOKEN")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
