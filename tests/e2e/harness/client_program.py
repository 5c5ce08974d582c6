import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.eventually import eventually

folder = Path(__file__).parent.parent
apps = folder / "apps"
examples = folder.parent.parent / "examples"


@dataclass(frozen=True)
class Finished:
    code: int
    output: str

    @property
    def lines(self) -> list[str]:
        return self.output.splitlines()


def _environment(changes: dict[str, str | None]) -> dict[str, str]:
    """This program's variables with these changes; None takes one away."""
    return {name: value for name, value in {**os.environ, **changes}.items() if value is not None}


class ClientProgram:
    """A run of the client's command line as a person would start it; stdout and stderr come as one text."""

    def __init__(self, *words: str | Path, environment: dict[str, str | None] | None = None, cwd: Path = apps):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "modal", *map(str, words)],
            cwd=cwd,
            env=_environment({"PYTHONUNBUFFERED": "1", "COLUMNS": "200", **(environment or {})}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            bufsize=1,
        )
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._process.stdout:
            self._lines.append(line)

    @property
    def output(self) -> str:
        return "".join(self._lines)

    def wait_for_text(self, text: str, within_s: float = 180) -> None:
        def look() -> bool:
            if text in self.output:
                return True
            assert self._process.poll() is None, f"the client ended without {text!r}:\n{self.output}"
            return False

        eventually(look, within_s, f"{text!r} in the client's output")

    def wait_until_it_watches(self) -> None:
        """Until the kernel tells it of files that change: that it serves, a client says before."""
        eventually(lambda: watches_files(self._process.pid), 60, "the client watches its files")

    def say(self, line: str) -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def interrupt(self) -> None:
        """What Ctrl-C does."""
        os.killpg(self._process.pid, signal.SIGINT)

    def finish(self, within_s: float = 240) -> Finished:
        try:
            code = self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.end()
            raise AssertionError(f"the client did not end within {within_s} s:\n{self.output}") from None
        self._reader.join(5)
        return Finished(code, self.output)

    def end(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def watches_files(pid: int) -> bool:
    """Whether a process has an inotify watch (proc(5))."""
    for path in Path(f"/proc/{pid}/fdinfo").iterdir():
        with suppress(OSError):
            if "inotify wd:" in path.read_text():
                return True
    return False


def modal_cli(
    *words: str | Path, environment: dict[str, str | None] | None = None, cwd: Path = apps, within_s: float = 240
) -> Finished:
    """Runs one command of the client to its end."""
    program = ClientProgram(*words, environment=environment, cwd=cwd)
    program._process.stdin.close()
    try:
        return program.finish(within_s)
    finally:
        program.end()


def modal_run(
    app: str | Path, *words: str, environment: dict[str, str | None] | None = None, within_s: float = 240
) -> Finished:
    """`modal run` of a file of `apps/`, or of any other file by its whole path."""
    return modal_cli("run", app, *words, environment=environment, within_s=within_s)


def refused(finished: Finished, *texts: str) -> None:
    """One clear error, which may be wrapped by its frame, and no traceback."""
    plain = " ".join(finished.output.replace("│", " ").split())
    assert finished.code != 0 and "Traceback" not in plain, finished.output
    assert all(text in plain for text in texts), finished.output
