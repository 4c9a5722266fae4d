"""A process of its own that rotates the keys of files; the test kills it."""

import os
import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.test import override_settings

    with override_settings(REINTEGRA_FILE_KEYS=os.environ["RING"]):
        call_command("rotate_keys", "--batch", sys.argv[1])
