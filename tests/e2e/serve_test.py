"""`modal serve`: what runs follows what is saved, in each terminal that serves a file."""

import modal
import pytest

from harness import platform_api
from harness.client_program import ClientProgram
from harness.edited_app import EditedApp
from harness.eventually import eventually

# Edits follow one another, and each waits for its containers.
pytestmark = pytest.mark.timeout(900)


def test_serve_takes_an_edit_over(edited: EditedApp):
    edited.write(1)
    program = ClientProgram("serve", edited.path.name, cwd=edited.path.parent)
    try:
        program.wait_for_text("Serving...")
        version = eventually(lambda: served_functions(edited.name, "version"), 60, "the served function")[0]
        assert version.remote() == 1
        program.wait_until_it_watches()
        edited.write(2)
        eventually(lambda: version.remote() == 2, 180, "the edited function")
        edited.write(3)
        eventually(lambda: version.remote() == 3, 180, "the function that was edited again")
        program.interrupt()
        program.finish(60)
    finally:
        program.end()


def test_two_terminals_serve_the_same_file(edited: EditedApp):
    edited.write(1)
    programs = [ClientProgram("serve", edited.path.name, cwd=edited.path.parent) for _ in range(2)]
    try:
        for program in programs:
            program.wait_for_text("Serving...")
            program.wait_until_it_watches()
        both = eventually(lambda: len(found := served_functions(edited.name, "version")) == 2 and found, 60, "both apps")
        edited.write(2)
        eventually(lambda: [version.remote() for version in both] == [2, 2], 180, "the edit in both")
        programs[0].interrupt()
        assert "Traceback" not in programs[0].finish(60).output
        [left] = eventually(lambda: len(found := served_functions(edited.name, "version")) == 1 and found, 60, "one app")
        edited.write(3)
        eventually(lambda: left.remote() == 3, 180, "the edit in the one that is left")
    finally:
        for program in programs:
            program.end()


def served_functions(description: str, name: str) -> list[modal.Function]:
    """The function of that name of each app that runs without a name, by what the public API lists."""
    apps = [app for app in platform_api.get("/v1/apps")["items"] if app["description"] == description]
    running = [app["id"] for app in apps if app["state"] == "running"]
    found = [
        function["id"]
        for app_id in running
        for function in platform_api.get(f"/v1/functions?app={app_id}")["items"]
        if function["tag"] == name
    ]
    return [modal.Function.from_id(function_id) for function_id in found]
