"""The system's Chromium, for tests that meet a page as its readers do."""

import shutil

import pytest

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
)
#: How long a busy machine may take, in milliseconds, before a step is given up; nothing is judged by it.
PATIENCE = 300_000


class Browser:
    """A running browser whose every page waits as long as a busy machine needs."""

    def __init__(self, running):
        self.running = running

    def new_page(self, **settings):
        """Open a page of its own."""
        opened = self.running.new_page(**settings)
        opened.set_default_timeout(PATIENCE)
        return opened


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window and without a network of its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((found for name in names if (found := shutil.which(name))), None)
    if found is None:
        pytest.skip("there is no chromium here: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS], timeout=PATIENCE)
        yield Browser(running)
        running.close()
