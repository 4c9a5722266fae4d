"""The web process, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from reintegration.core.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings.production")

application = get_wsgi_application()
refuse_unsafe()
