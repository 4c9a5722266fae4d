"""Papers and files."""

from pathlib import Path

from reintegration.settings import env

# Encrypted files; production mounts a volume here that every web and worker process shares.
FILES_DIR = Path(env.text("FILES_DIR") or env.BASE_DIR / "var" / "files")

# A scan for viruses: "reintegration.documents.clamav.infected" or nothing; CLAMAV is the daemon's address.
FILE_SCANNER = env.text("FILE_SCANNER")
CLAMAV = env.text("CLAMAV", "/run/clamav/clamd.ctl")

# Guardian holds exceptions of members (reintegration.tenancy.grants); it makes no account of its own.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

# What people bring is never written to a disk in the clear, not even for a moment.
FILE_UPLOAD_HANDLERS = ["reintegration.documents.handlers.MemoryUpload"]
# Guardian looks for its own backend; ours (GrantBackend) is that backend with the end of a grant.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
