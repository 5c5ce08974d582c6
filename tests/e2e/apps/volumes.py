"""Containers that share a volume. Each name is a container of its own."""

import hashlib
import os
import subprocess
from pathlib import Path

import modal

app = modal.App("volumes")
shared = modal.Volume.from_name("e2e-shared", create_if_missing=True)
second = modal.Volume.from_name("e2e-second", create_if_missing=True)
DATA = Path("/data")
MIB = 1024 * 1024


@app.cls(volumes={DATA: shared, "/second": second}, scaledown_window=120, timeout=600)
class Container:
    name: str = modal.parameter(default="a")

    @modal.method()
    def write(self, path: str, text: str, commit: bool = True) -> str:
        file = DATA / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        if commit:
            shared.commit()
        return os.environ["MODAL_TASK_ID"]

    @modal.method()
    def read(self, path: str, reload: bool = False) -> str | None:
        if reload:
            shared.reload()
        file = DATA / path
        return file.read_text() if file.exists() else None

    @modal.method()
    def remove(self, path: str) -> None:
        (DATA / path).unlink()
        shared.commit()

    @modal.method()
    def reload_with_an_open_file(self, path: str) -> str:
        with open(DATA / path):
            try:
                shared.reload()
            except RuntimeError as error:
                return str(error)
        return "reloaded"

    @modal.method()
    def where(self) -> tuple[str, str]:
        return os.path.realpath(DATA), os.path.realpath("/second")

    @modal.method()
    def write_random(self, path: str, mib: int) -> str:
        digest = hashlib.sha256()
        (DATA / path).parent.mkdir(parents=True, exist_ok=True)
        with open(DATA / path, "wb") as file:
            for _ in range(mib):
                piece = os.urandom(MIB)
                digest.update(piece)
                file.write(piece)
        shared.commit()
        return digest.hexdigest()

    @modal.method()
    def digest(self, path: str) -> str:
        shared.reload()
        with open(DATA / path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @modal.method()
    def size_by_its_ends(self, path: str) -> int:
        """Reads the first and the last KiB of a file."""
        shared.reload()
        with open(DATA / path, "rb") as file:
            file.read(1024)
            file.seek(-1024, os.SEEK_END)
            file.read(1024)
            return file.tell()

    @modal.method()
    def generation(self, folder: str, files: int, number: int) -> None:
        """All files of a folder say the same number, in one commit."""
        (DATA / folder).mkdir(exist_ok=True)
        for index in range(files):
            (DATA / folder / f"{index}").write_text(f"{number} " * 1000)
        shared.commit()

    @modal.method()
    def generations(self, folder: str) -> list[str]:
        shared.reload()
        return sorted({file.read_text().split()[0] for file in (DATA / folder).iterdir()})

    @modal.method()
    def database(self, path: str) -> tuple[int, str]:
        import sqlite3

        with sqlite3.connect(DATA / path) as database:
            database.execute("create table if not exists t (x)")
            database.executemany("insert into t values (?)", [(x,) for x in range(1000)])
        shared.commit()
        rows = database.execute("select count(*) from t").fetchone()[0]
        return rows, database.execute("pragma integrity_check").fetchone()[0]


@app.function(volumes={DATA: shared.read_only()})
def write_where_only_reading_is_allowed(path: str) -> str:
    try:
        (DATA / path).write_text("x")
    except OSError as error:
        return error.strerror
    return "written"


@app.function(volumes={DATA: shared}, max_containers=1, retries=0)
def write_and_crash(path: str) -> None:
    (DATA / path).write_text("written before the crash")
    # No handler runs, nothing is flushed; a kill of itself is what a container's first process never gets.
    os._exit(1)


@app.function(volumes={DATA: shared})
def run(program: str) -> str:
    done = subprocess.run(["bash", "-euc", program], cwd=DATA, capture_output=True, text=True)
    return done.stdout + done.stderr
