"""Headers, cookies and the content policy: nothing inline, nothing from elsewhere."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "reintegration.shell.errors.csrf_failure"

# Who may be asking, in this order; and what is checked before a view, in this order.
PRINCIPALS = [
    "reintegration.api.auth.token_principal",
    "reintegration.shell.gate.session_principal",
]
GATE_CHECKS = [
    "reintegration.api.auth.refuse_without_token",
    "reintegration.accounts.checks.signed_in",
    "reintegration.accounts.checks.second_factor_used",
    "reintegration.accounts.checks.fresh",
]
