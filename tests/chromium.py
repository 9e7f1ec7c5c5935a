"""Debian's chromium for tests: started quietly, with a record of everything that it asks for."""

import json

import pytest
from selenium import webdriver

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1366,768",
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for a module, with a profile of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in [*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.get("about:blank")  # chromium's own first tab loads much
    yield driver
    driver.quit()


def opened(browser, path):
    """Open a page with empty logs."""
    browser.get_log("performance")
    browser.get_log("browser")
    browser.get(path.as_uri())


def asked(browser):
    """Addresses of everything that the browser fetched, pictures within the page left out."""
    told = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]
    return [address for address in sent if not address.startswith("data:")]


def seen(browser, *, width=1366, scheme="light", media=""):
    """Look through a window of this width, on light or dark ground, on a screen or on paper."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
