"""Signing in. Nothing here switches the second factor off, and nothing can.

The second factor is demanded by the gate (reintegration.accounts.checks), not by a setting of allauth;
the program does not start without those checks.
"""

from datetime import timedelta

from reintegration.settings import env

AUTHENTICATION_BACKENDS = [
    "reintegration.accounts.backends.AccountBackend",
    "reintegration.tenancy.grants.GrantBackend",
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "reintegration.accounts.passwords.LongEnough"},
    {"NAME": "reintegration.accounts.passwords.NotAboutYou"},
    {"NAME": "reintegration.accounts.passwords.NotBreached"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())

# Seconds that every request for a new password takes at least, whether the account exists or not.
RESET_ANSWERS_AFTER = 0.7

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "shell:home"
LOGOUT_REDIRECT_URL = "account_login"

# A session ends after this long without a request, and after this long in any case.
IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
# Money and permissions ask again who you are when the last proof is older than this.
FRESH_LIMIT = timedelta(minutes=10)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# How many proxies of our own stand before the program: only their X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRUSTED_PROXIES", "0"))

ACCOUNT_ADAPTER = "reintegration.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = int(timedelta(minutes=15).total_seconds())
# An address is proved before it stands in an account: by the invitation's link, or by the link that
# confirms a change. So there is no unproved address that allauth would have to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Attempts are counted in our own table (reintegration.accounts.throttling), not in a cache.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False

MFA_ADAPTER = "reintegration.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Reintegra"
# A passkey always asks for a finger, a face or a PIN; only then is it two factors in one.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
