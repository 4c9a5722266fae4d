#!/usr/bin/env python
"""Django's command line for Reintegra, and `calculate`, which is ours alone."""

import os
import sys


def main() -> None:
    if sys.argv[1:] == ["calculate"]:
        # It needs neither settings nor a database, and whoever compares a hundred cases does not wait.
        from benefits.cases import main as calculate  # noqa: PLC0415

        calculate(sys.stdin.buffer, sys.stdout.buffer)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
