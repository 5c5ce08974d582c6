import os
import signal
from collections import Counter
from pathlib import Path
from typing import Iterator
from uuid import uuid4

import pytest

from harness.client_program import modal_cli
from harness.edited_app import EditedApp


def pytest_configure() -> None:
    """Programs that are started in a shell's background ignore Ctrl-C, and would pass that on to the clients of the tests."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells `run` how many tests passed and failed."""
    path = os.environ.get("SLIPWAY_E2E_SUMMARY")
    if path is None:
        return
    count = {kind: len(terminalreporter.getreports(kind)) for kind in ("passed", "failed", "error")}
    with open(path, "w") as summary:
        summary.write(f"{count['passed']} {count['failed'] + count['error']}\n")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files go to whoever is free in this order: those that take long first, so that no one is left with a long one."""
    heavy = {item.path for item in items if item.get_closest_marker("heavy")}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in heavy, -tests[item.path], item.path))


@pytest.fixture(scope="module")
def running() -> Iterator:
    """Runs an app for as long as the tests of a file need it: `running(app)`."""
    contexts = []

    def run(app):
        context = app.run()
        context.__enter__()
        contexts.append(context)
        return app

    yield run
    for context in reversed(contexts):
        context.__exit__(None, None, None)


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[EditedApp]:
    """An app of the test's own, whose source it changes between deployments."""
    app = EditedApp(tmp_path, f"e2e-versions-{uuid4().hex[:8]}")
    yield app
    modal_cli("app", "stop", "--yes", app.name)
