"""Mail: EMAIL_URL says where it goes. smtp://user:password@host:587, smtps://…, console:, folder:/path."""

from urllib.parse import quote

from reintegration.settings import env
from reintegration.settings.mail import mail_server

# Where the program is reached; links in mails begin with it.
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

# Without a server the mails lie in a folder, where the demo shows them.
_mail = mail_server(env.text("EMAIL_URL") or f"folder:{quote(str(env.BASE_DIR / 'var' / 'mail'))}")
EMAIL_BACKEND = _mail.backend
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.starttls
EMAIL_USE_SSL = _mail.tls
EMAIL_FILE_PATH = _mail.folder
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Reintegra <reintegra@localhost>")

# Text messages: without an address of a gateway a person hands over what there is to say.
SMS_URL = env.text("SMS_URL")
SMS_TOKEN = env.secret("SMS_TOKEN")
SMS_FROM = env.text("SMS_FROM")
SMS_TIMEOUT = 10
SMS_SENDER = env.text("SMS_SENDER", f"reintegration.notices.sms.{'HttpsGateway' if SMS_URL else 'ByHand'}")
