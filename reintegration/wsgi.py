"""The web process, for gunicorn."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from reintegration.core.garbage import settle
from reintegration.core.safety import UnsafeSettingError, refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings.production")

# The exit code by which gunicorn's master stops too, instead of starting the same process again for ever.
CANNOT_LOAD = 4

application = get_wsgi_application()
try:
    refuse_unsafe()
except UnsafeSettingError as error:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(CANNOT_LOAD) from error
settle()
