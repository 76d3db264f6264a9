"""Django's settings; what an operator may change comes from the environment."""

from typing import Any

from tagwerk.site import environment as env

SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = env.names("HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = env.text("URL").rstrip("/")

TAGWERK_DEMO = env.flag("DEMO")
TAGWERK_PROXIES = env.number("PROXIES", 0)
TAGWERK_PUSH_SERVICES = env.names(
    "PUSH_SERVICES",
    "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com",
)
TAGWERK_MAX_STREAMS = env.number("MAX_STREAMS", 16_000)
TAGWERK_MAX_UNFINISHED = env.number("MAX_UNFINISHED", 1000)
TAGWERK_REDIS = env.redis_url()
TAGWERK_THREADS = env.number("THREADS", 24)
TAGWERK_FILES = env.files_folder()
FILE_UPLOAD_TEMP_DIR = TAGWERK_FILES  # on the same disk, so that what arrived is only renamed; /tmp may be memory
TAGWERK_WIRING = "tagwerk.site.wiring"

DATABASES: dict[str, dict[str, Any]] = {"default": env.database()}
IS_POSTGRESQL = "postgresql" in DATABASES["default"]["ENGINE"]
TAGWERK_WRITER = env.text("WRITER") or ("pool" if IS_POSTGRESQL else "thread")

CLOSED_ROOMS = env.names("CLOSED_ROOMS")
ROOMS = ["site", "barcamp", "contributions", "market", "programme", "events", "people", "live", "exchange", "kit"]
INSTALLED_APPS = [
    *[f"tagwerk.{room}" for room in ROOMS if room not in CLOSED_ROOMS],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "tagwerk.kit.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tagwerk.kit.language.LanguageMiddleware",
    "tagwerk.kit.same_origin.SameOriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tagwerk.site.refusing.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "tagwerk.site.urls"
ASGI_APPLICATION = "tagwerk.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["tagwerk.kit.templatetags.day_words"],
            "context_processors": [
                "django.template.context_processors.request",
                "tagwerk.site.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("de-du", "Deutsch (du)"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env.data_folder() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

MAIL = env.mail()
TAGWERK_MAIL = bool(MAIL)  # without it nothing is sent, and pages say so
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.get("host", ""), MAIL.get("port", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.get("user", ""), MAIL.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("starttls", False), MAIL.get("ssl", False)
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = False
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "tagwerk@localhost")

IS_HTTPS = env.flag("HTTPS") or BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TAGWERK_PROXIES else None
SECURE_SSL_REDIRECT = False  # the proxy in front redirects
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-tw-session" if IS_HTTPS else "tw-session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 14  # a long event day
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    },
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "tagwerk.site.accounts.adapters.CrewAdapter"
ACCOUNT_FORMS = {
    "login": "tagwerk.site.accounts.forms.SignIn",
    "reauthenticate": "tagwerk.site.accounts.forms.PasswordAgain",
    "change_password": "tagwerk.site.accounts.forms.ChangePassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
MFA_ADAPTER = "tagwerk.site.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "tagwerk.site.accounts.forms.Code",
    "reauthenticate": "tagwerk.site.accounts.forms.CodeAgain",
    "activate_totp": "tagwerk.site.accounts.forms.AddApp",
    "add_webauthn": "tagwerk.site.accounts.forms.AddPasskey",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by command, addresses are not verified by mail
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tagwerk"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:own_events"

# Holds the counters of failed sign-ins: so large that nobody can push them out by failing under many names.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frame-ancestors in the CSP does what X-Frame-Options did
    "security.W003",  # kit/same_origin.py stands in for CSRF tokens
    "security.W005",  # subdomains belong to the city, not to this event
    "security.W008",  # the proxy redirects to https
    "security.W021",  # preloading is the operator's choice
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "tagwerk.kit.logs.OneLine", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refusal is an answer, not a fault: it is not worth a line.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
