"""Settings of Careerguide, all from the environment; docs/hosting.md lists the variables."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import environment, mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir(BASE_DIR)

SITE = environment.site_url()
SITE_URL = f"{SITE.scheme}://{SITE.netloc}"
HTTPS = SITE.scheme == "https"
DEBUG = environment.flag("DEBUG")
if DEBUG and SITE.hostname not in environment.LOOPBACK:
    raise ImproperlyConfigured(f"DEBUG is on, and SITE_URL ({SITE_URL}) is public. Unset DEBUG.")
SECRET_KEY = environment.secret_key(SITE, DATA_DIR)

ALLOWED_HOSTS = environment.allowed_hosts(SITE)

INSTALLED_APPS = [
    "adminsortable2",
    "careerguide.apps.CareerguideAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # The templates of Django's form fields, for our renderer (guides/forms.py).
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "careerguide.apps.CareerguideConfig",
    "guides",
    "guides.datasets",
    "guides.plan",
    "guides.occupations",
    "guides.readiness",
    "guides.exercises",
    "guides.toolkit",
    "guides.stories",
    "guides.practice",
    "guides.openings",
    "guides.asking",
    "guides.alerts",
    # A host's own apps, which extend the site (docs/extending.md).
    *environment.extra_apps(),
]

MIDDLEWARE = [
    # Those that add headers come first: what any other one answers or refuses has them too.
    "careerguide.headers.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What the page store does not keep. A random length hides what a page's size would tell of what is in it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "careerguide.outage.OutageMiddleware",
    "careerguide.bad_requests.RefuseOddRequestsMiddleware",
    "careerguide.errors.MethodNotAllowedPage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "careerguide.time_zones.EditorsTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careerguide.going_back.GoOnward",
    "careerguide.kept_pages.KeepAnswers",
    "careerguide.audit.RememberRequest",
    "careerguide.throttle.ThrottleMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "careerguide.urls"
WSGI_APPLICATION = "careerguide.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careerguide.context.site",
            ],
            # Our `csrf_token` takes the place of Django's.
            "builtins": ["careerguide.templatetags.forms"],
        },
    }
]

# Most fields of forms need no template.
FORM_RENDERER = "careerguide.form_rendering.WithoutTemplates"

DATABASES = {"default": environment.database(BASE_DIR, DATA_DIR / "careerguide.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue at the start of a transaction instead of failing in the middle of one.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # What a reader deletes is overwritten, not just forgotten.
        "PRAGMA secure_delete=ON;",
    }
else:
    # A database that is gone must not be waited for: seconds to connect, milliseconds for the network. What a
    # statement may take is for requests alone: see careerguide/databases.py.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=2, tcp_user_timeout=5_000, keepalives_idle=5, keepalives_interval=2, keepalives_count=3
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    # The last one: it gives no right, and notes which ones nobody gave.
    "careerguide.people.missing_rights.NotesMissingRights",
]
# Five wrong passwords, then 15 minutes of waiting, for that name from that address.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "careerguide.signing_in.typed_names.of_attempt"
AXES_CLIENT_IP_CALLABLE = "careerguide.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "careerguide.errors.login_locked"
AXES_VERBOSE = False
# Whether every editor must have a second factor, not only those who set one up.
REQUIRE_SECOND_FACTOR = environment.flag("REQUIRE_SECOND_FACTOR")
OTP_TOTP_ISSUER = "Careerguide"
LOGIN_URL = LOGOUT_REDIRECT_URL = "admin:login"
# Where somebody goes who signs in without a place on this site to go to.
LOGIN_REDIRECT_URL = "admin:index"
SESSION_AGE = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_AGE.total_seconds())
# How long a link for a new password works.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Mail: invitations, and links for a new password.
MAIL = mail_settings.read(SITE, DATA_DIR / "mail")
SENDS_MAIL = MAIL.is_sent
EMAIL_BACKEND, DEFAULT_FROM_EMAIL, EMAIL_FILE_PATH = MAIL.backend, MAIL.sender, MAIL.folder
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.host, MAIL.port, MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.use_tls, MAIL.use_ssl, 10

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
# The site's own zone: what editors see who chose none, and which day today is.
TIME_ZONE = environment.time_zone()
USE_TZ = True
FORMAT_MODULE_PATH = "careerguide.formats"

STATIC_URL = "/static/"
# Our files are for our pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "careerguide.style_sheets.JoiningStaticFilesStorage"
    },
}
# Memory a worker may use for ready pages; 0 turns the page store off.
PAGE_STORE_MB = environment.number("PAGE_STORE_MB", 64)
# What the deployed server reads from the environment: wrong, it is refused here in a sentence.
WORKERS = environment.number("WORKERS", 2, least=1, most=1_000)
PORT = environment.number("PORT", 8000, 1, 65_535)
LISTEN_ADDRESS = environment.listen_address()
# One line a request on standard output; a public site wants it, a try-out on this machine does not.
LOG_REQUESTS = environment.flag("LOG_REQUESTS", default=SITE.hostname not in environment.LOOPBACK)
# Whether it is counted how often each page for everyone is sent, by day.
# What a monitor shows to read /counters.json; without one nobody can.
MONITOR_KEY = environment.monitor_key()
PAGE_COUNTS = environment.flag("PAGE_COUNTS", default=True)
FIXTURES_DIR = BASE_DIR / "fixtures"
# Whether the official data that this release ships is loaded where it is not there.
OFFICIAL_DATA = environment.flag("OFFICIAL_DATA", default=True)
# Whether the server itself does what is due; otherwise cron must, with `manage.py run_due`.
CLOCK = environment.flag("CLOCK", default=True)
# Whether the clock visits the pages of others that guides lead to, and whether a visit may go into the host's network.
VISIT_LINKS = environment.flag("VISIT_LINKS", default=SITE.hostname not in environment.LOOPBACK)
VISIT_PRIVATE_ADDRESSES = environment.flag("VISIT_PRIVATE_ADDRESSES")
# Where the daily backup goes; without it there is none.
BACKUP_DIR = environment.backup_dir(BASE_DIR)
# With which backups are encrypted; without one they are not.
BACKUP_KEY = environment.backup_key()
RELEASE = environment.release(BASE_DIR / "pyproject.toml")

SECURE_SSL_REDIRECT = HTTPS
# Whoever watches the process asks it directly.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# The proxy in front of us, if there is one: only its word for the client's address and scheme is taken.
PROXY_ADDRESS = environment.proxy_address()
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_ADDRESS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "careerguide.errors.csrf_failure"
# Messages to editors travel in their session: a cookie of their own would be one more to guard.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: other sites of the same domain are not ours to decide for
    "security.W021",  # HSTS preload: a promise for the whole domain, to be made by its owner
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock",
        "usb", "xr-spatial-tracking", "on-device-speech-recognition",
    )
}  # fmt: skip

# The longest form of ours (guides/toolkit/packing.py) has less than this, however it is sent; files are beside it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
# A form with its file; pages that take more or less say so themselves (guides/uploads.py).
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# What readers upload is theirs: it never touches the disk. A larger file is not read at all.
FILE_UPLOAD_HANDLERS = ["guides.uploads.InMemory"]
# A resume with many entries is one form: far more fields than Django expects, and each form has limits of its own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(message)s"}, "errors": {"format": "%(request)s%(message)s"}},
    "filters": {"hide_keys": {"()": "careerguide.log_paths.HideKeys"}},
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "formatter": "errors", "filters": ["hide_keys"]},
        "lines": {"class": "logging.StreamHandler", "formatter": "plain"},
    },
    "root": {"handlers": ["errors"], "level": "WARNING"},
    # A refused request says nothing that a log needs: its query string may hold what a reader typed.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # A wrong host or too many fields are no error of ours: scanners would fill the log with traces.
        "django.security": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
        "careerguide.audit": {"handlers": ["lines"], "level": "INFO", "propagate": False},
    },
}
