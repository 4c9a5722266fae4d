"""`make manage ARGS="..."`: manage.py with the servers and keys of this checkout, running or not."""

import os
import signal
import subprocess
import sys
from types import FrameType

from reintegration.ops.environment import Servers, as_owner
from reintegration.ops.places import PYTHON, ROOT
from reintegration.ops.process import LaunchError, say

# What changes tables, or lets their history rest, signs in as their owner.
OWNERS_COMMANDS = frozenset({"migrate", "sqlmigrate", "showmigrations", "generate"})


def _leave_it(number: int, frame: FrameType | None) -> None:
    """Do nothing; unlike an ignored signal, a handled one is not inherited by the command."""


def main() -> int:
    arguments = sys.argv[1:]
    servers = Servers()
    try:
        servers.start_or_join()
        variables = servers.environment()
        if arguments and arguments[0] in OWNERS_COMMANDS:
            variables = as_owner(variables)
        # Ctrl-C is for the command; its servers stop after it.
        signal.signal(signal.SIGINT, _leave_it)
        done = subprocess.run(  # noqa: S603
            [str(PYTHON), str(ROOT / "manage.py"), *arguments],
            check=False,
            env=variables,
        )
    except LaunchError as error:
        say(str(error))
        return 1
    finally:
        servers.stop()
    return done.returncode


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
