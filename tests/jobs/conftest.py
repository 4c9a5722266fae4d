"""The handlers of the tests are registered before any of them runs."""

from importlib import import_module

import_module("tests.jobs.handlers")
