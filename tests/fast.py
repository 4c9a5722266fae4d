"""`make check` runs the tests that need no database of their own; a pytest plugin (`-p tests.fast`)."""

import pytest

DATABASE = {"db", "transactional_db", "committed_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def is_slow(item: pytest.Item) -> bool:
        fixtures = set(getattr(item, "fixturenames", ()))
        return bool(fixtures & DATABASE) or item.get_closest_marker("django_db") is not None

    slow = {item for item in items if is_slow(item)}
    config.hook.pytest_deselected(items=list(slow))
    items[:] = [item for item in items if item not in slow]
