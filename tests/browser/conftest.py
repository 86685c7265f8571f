"""Chromium and the site. A machine without Chromium fails these tests; it does not skip them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.site import install, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Playwright is installed for these tests alone: where they are deselected they are not imported."""
    return True if "not browser" in config.option.markexpr else None


@dataclass
class Visit:
    """A tab, and what must not happen in it."""

    page: "Page"
    site: str
    alarms: list[str] = field(default_factory=list)

    def open(self, address: str = "/") -> "Page":
        """Go to an address of the site."""
        self.page.goto(self.site + address)
        return self.page

    def listen(self) -> None:
        """Note down dialogs, messages of the console (refused by the policy, too) and foreign requests."""
        self.page.on("dialog", self._dismiss)
        self.page.on("console", lambda message: self.alarms.append(f"console {message.text}"))
        self.page.on("pageerror", lambda error: self.alarms.append(f"error {error}"))
        self.page.on("request", self._check_address)

    def forgive(self, words: str) -> None:
        """Take alarms back that the test expects."""
        self.alarms = [alarm for alarm in self.alarms if words not in alarm]

    def _dismiss(self, dialog: "Dialog") -> None:
        self.alarms.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _check_address(self, request: "Request") -> None:
        if not request.url.startswith(self.site):
            self.alarms.append(f"request {request.url}")


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the served site."""
    with served(install(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    assert executable, "Chromium is missing; install it: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: "Browser", site: str) -> Iterator[Open]:
    """Open tabs; at the end none has met a dialog, a script's effect, a refusal or a foreign address."""
    visits: list[Visit] = []

    def make(**options: Any) -> Visit:
        page = chromium.new_context(**options).new_page()
        one = Visit(page=page, site=site)
        page.set_default_timeout(15_000)
        one.listen()
        visits.append(one)
        return one

    yield make
    alarms = [alarm for one in visits for alarm in one.alarms]
    for one in visits:
        one.page.context.close()
    assert alarms == []
