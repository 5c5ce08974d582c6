"""The first things that a newcomer does."""

import re
import subprocess
import sys
import uuid

import pytest

from harness.client_program import ClientProgram, apps, examples, modal_run
from harness.eventually import eventually

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


def test_a_progress_bar_keeps_its_carriage_returns():
    done = modal_run("progress.py")
    assert done.code == 0, done.output
    app_id = re.search(r"ap-\w+", done.output)[0]
    drawn = {b"".join(b"%s %d %%\r" % (stream, part) for part in range(0, 101, 25)) for stream in (b"stdout", b"stderr")}

    def kept() -> bool:
        # As bytes: without a terminal `modal run` itself takes them away, and reading text would make line ends of them.
        said = subprocess.run([sys.executable, "-m", "modal", "app", "logs", app_id], capture_output=True, timeout=60).stdout
        return drawn <= set(said.split(b"\n"))

    eventually(kept, 30, "both bars in the app's logs", every_s=1)


def test_an_edited_file_runs_as_edited_and_builds_no_image(tmp_path):
    program = tmp_path / "greeting.py"
    text = (
        "import modal\n"
        f"image = modal.Image.debian_slim().run_commands('echo a step runs; : {uuid.uuid4().hex}')\n"
        "app = modal.App('greeting', image=image)\n"
        "@app.function()\n"
        "def greet(name):\n"
        "    return f'hello {name}'\n"
        "@app.local_entrypoint()\n"
        "def main():\n"
        "    print(greet.remote('Ada'))\n"
    )
    program.write_text(text)
    first = modal_run(program)
    assert first.code == 0 and "hello Ada" in first.output and "a step runs" in first.output, first.output
    program.write_text(text.replace("hello {name}", "good day {name}"))
    second = modal_run(program)
    assert second.code == 0 and "good day Ada" in second.output, second.output
    assert "a step runs" not in second.output, second.output


def test_the_exit_code_of_a_failed_run_is_not_0():
    assert modal_run("user_exception.py").code == 1
