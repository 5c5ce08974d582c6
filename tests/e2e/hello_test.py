"""The first things that a newcomer does."""

import re

import pytest

from harness.client_program import ClientProgram, apps, examples, modal_run

pytestmark = pytest.mark.every_client


def test_a_function_runs_here_remotely_and_over_200_inputs():
    done = modal_run(examples / "hello.py", "--count", "200")
    assert done.code == 0, done.output
    assert re.search(r"^here: +49$", done.output, re.M), done.output
    assert re.search(r"^remotely: +49$", done.output, re.M), done.output
    assert f"fanned out: {sum(x * x for x in range(200))}" in done.output
    assert "0 is a round number" in done.output and "100 is a round number" in done.output
    remote_lines = re.findall(r"squaring (\d+) on", done.output)
    assert sorted(map(int, remote_lines)) == sorted([7, 7, *range(200)])


def test_a_line_arrives_while_its_function_still_runs():
    program = ClientProgram("run", apps / "live_output.py")
    try:
        program.wait_for_text("speaking first")
        program.wait_for_text("complaining first")
        assert "speaking last" not in program.output
        program.say("go on")
        done = program.finish()
    finally:
        program.end()
    assert done.code == 0, done.output
    assert "speaking last" in done.output


def test_the_lines_of_a_container_keep_their_order():
    done = modal_run("ordered_output.py")
    assert done.code == 0, done.output
    for stream in ("out", "err"):
        for speaker in range(2):
            numbers = re.findall(rf"^{stream} speaker={speaker} line=(\d+)$", done.output, re.M)
            assert list(map(int, numbers)) == list(range(300))


def test_an_edited_file_runs_as_edited_and_builds_no_image(tmp_path):
    program = tmp_path / "greeting.py"
    text = (
        "import modal\n"
        "app = modal.App('greeting')\n"
        "@app.function()\n"
        "def greet(name):\n"
        "    return f'hello {name}'\n"
        "@app.local_entrypoint()\n"
        "def main():\n"
        "    print(greet.remote('Ada'))\n"
    )
    program.write_text(text)
    first = modal_run(program)
    assert first.code == 0 and "hello Ada" in first.output, first.output
    program.write_text(text.replace("hello {name}", "good day {name}"))
    second = modal_run(program)
    assert second.code == 0 and "good day Ada" in second.output, second.output
    assert "Building image" not in second.output


def test_the_exit_code_of_a_failed_run_is_not_0():
    assert modal_run("user_exception.py").code == 1
