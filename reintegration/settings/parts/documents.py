"""Papers and files."""

from pathlib import Path

from reintegration.settings import env

# Encrypted files; production mounts a volume here that every web and worker process shares.
FILES_DIR = Path(env.text("FILES_DIR") or env.BASE_DIR / "var" / "files")

# A scan for viruses: "reintegration.documents.clamav.infected" or nothing; CLAMAV is the daemon's address.
FILE_SCANNER = env.text("FILE_SCANNER")
CLAMAV = env.text("CLAMAV", "/run/clamav/clamd.ctl")
