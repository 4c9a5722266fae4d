"""Which tests run in one worker, one after the other; a pytest plugin (`-p tests.order`).

Their module starts servers or loads the demo, which no second worker should do again. Every other test goes
to whoever is free.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("test_demo.py", "ops/test_run.py", "ops/test_compose.py", "core/test_safety.py")


class Together(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((name for name in TOGETHER if path.endswith(name)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)
