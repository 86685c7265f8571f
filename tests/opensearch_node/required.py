"""With REQUIRE_OPENSEARCH=1 no test that needs a node may be skipped, whatever it says itself."""

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure that says so."""
    report = yield
    required = os.environ.get("REQUIRE_OPENSEARCH") == "1" and item.get_closest_marker("opensearch")
    if required and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, though REQUIRE_OPENSEARCH=1: {report.longrepr}"
    return report
