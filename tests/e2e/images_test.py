"""Every way to make an image."""

import re
import socket
import uuid

import pytest
from built_images import (
    app,
    read_attached,
    read_copied,
    read_from_dockerfile,
    read_mark,
    read_said,
    read_second,
    read_settings,
    read_who_started_it,
    sum_with_numpy,
    use_jq,
)

from harness.client_program import ClientProgram, modal_run

pytestmark = [pytest.mark.every_client, pytest.mark.heavy]


@pytest.fixture(scope="module", autouse=True)
def images_app(running):
    return running(app)


def test_pip_install_takes_packages_from_the_index():
    assert sum_with_numpy.remote() == 45.0


def test_apt_install_gives_a_program():
    assert use_jq.remote() == "3"


def test_commands_run_one_after_the_other():
    assert read_second.remote() == "one\ntwo\n"


def test_env_and_workdir_hold_in_the_container():
    assert read_settings.remote() == ("dark blue", "/srv/work")


def test_a_function_is_started_by_the_entrypoint_of_its_image():
    assert read_who_started_it.remote() == "the entrypoint"


def test_dockerfile_commands_know_arguments_and_heredocs():
    assert read_said.remote() == ("given\n", "a\nb\n")


def test_a_dockerfile_of_two_stages_is_built():
    assert read_from_dockerfile.remote() == ("a note\n", "second", "/built")


def test_copied_files_are_there_for_later_steps():
    assert read_copied.remote() == "a note\na leaf\n"


def test_attached_files_and_modules_are_there_without_a_layer():
    assert read_attached.remote() == ("a note\n", "a leaf\n", "from beside the app")


def test_run_function_leaves_what_it_wrote():
    assert read_mark.remote() == "made by a function: ok"


def built_at(output: str) -> str:
    return re.search(r"built at (\d+)", output)[1]


def test_the_second_run_builds_nothing_and_force_build_builds_again():
    same = {"E2E_TAG": uuid.uuid4().hex}
    first = modal_run("counted_build.py", environment=same)
    second = modal_run("counted_build.py", environment=same)
    assert (first.code, second.code) == (0, 0), first.output + second.output
    assert built_at(first.output) == built_at(second.output)
    assert "a step runs" in first.output and "a step runs" not in second.output
    forced = modal_run("counted_build.py", "--force", environment=same)
    assert forced.code == 0, forced.output
    assert built_at(forced.output) != built_at(first.output)


def test_a_step_that_reads_a_secret_without_a_name_runs_again_only_for_other_values():
    tag = uuid.uuid4().hex
    first, second, changed = (
        modal_run("counted_build.py", environment={"E2E_TAG": tag, "E2E_SECRET": held})
        for held in ("one", "one", "two")
    )
    assert (first.code, second.code, changed.code) == (0, 0, 0), first.output + second.output + changed.output
    assert "held one" in first.output and "held one" in second.output and "held two" in changed.output
    assert built_at(first.output) == built_at(second.output)
    assert built_at(changed.output) != built_at(first.output)


def gate_of(program: ClientProgram) -> tuple[str, int]:
    """Where the step waits whose log a program shows. Addresses of containers all begin with 10."""
    program.wait_for_text("the step waits at 10.")
    address, port = re.search(r"the step waits at ([\d.]+) (\d+)", program.output).groups()
    return address, int(port)


def test_two_who_want_the_same_image_at_once_have_it_built_once():
    same = {"E2E_TAG": uuid.uuid4().hex, "E2E_GATE": "closed"}
    programs = [ClientProgram("run", "counted_build.py", environment=same) for _ in range(2)]
    try:
        [gate] = {gate_of(program) for program in programs}
        socket.create_connection(gate, 10).close()
        done = [program.finish() for program in programs]
    finally:
        for program in programs:
            program.end()
    assert [finished.code for finished in done] == [0, 0], done
    assert all("a step runs" in finished.output for finished in done), done
    assert len({built_at(finished.output) for finished in done}) == 1, done


def test_a_secret_is_known_to_build_steps_and_to_functions():
    done = modal_run("secret_keeper.py")
    assert done.code == 0 and "green green" in done.output, done.output
