"""Many small files and a large one: `ours FILES MIB` by a volume, `disk FILES MIB FOLDER` by a folder of this machine."""

import json
import os
import shutil
import sys
import tempfile
import time
import uuid
from pathlib import Path

import modal

MIB = 1024 * 1024
SMALL = 2048

NAME = os.environ.get("BENCH_VOLUME") or f"slipway-bench-{uuid.uuid4().hex[:8]}"
app = modal.App("slipway-bench-volume")
volume = modal.Volume.from_name(NAME, create_if_missing=True)


def write_small(root: Path, files: int) -> None:
    root.mkdir()
    for number in range(files):
        (root / f"{number:05}").write_bytes(os.urandom(SMALL))


def write_large(path: Path, mib: int) -> None:
    block = os.urandom(8 * MIB)
    with path.open("wb") as file:
        for number in range(mib // 8):
            file.write(number.to_bytes(8, "big") + block[8:])


def read_small(root: Path) -> int:
    return sum(len(entry.read_bytes()) for entry in sorted(root.iterdir()))


def read_large(path: Path) -> tuple[float, int]:
    """Seconds to the first MiB, and the bytes in all."""
    began = time.perf_counter()
    size, first = 0, 0.0
    with path.open("rb") as file:
        while piece := file.read(MIB):
            first = first or time.perf_counter() - began
            size += len(piece)
    return first, size


def seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def reading(root: Path) -> dict[str, float]:
    small = seconds(lambda: read_small(root / "small"))
    began = time.perf_counter()
    first, _ = read_large(root / "large")
    return {"small": small, "large": time.perf_counter() - began, "first": first}


def writing(root: Path, files: int, mib: int, publish) -> dict[str, float]:
    def small() -> None:
        write_small(root / "small", files)
        publish()

    def large() -> None:
        write_large(root / "large", mib)
        publish()

    return {"small": seconds(small), "large": seconds(large)}


@app.function(volumes={"/v": volume}, timeout=1800, max_containers=1, single_use_containers=True)
def write(files: int, mib: int) -> dict[str, float]:
    root = Path("/v/written")
    root.mkdir()
    return writing(root, files, mib, volume.commit)


@app.function(volumes={"/v": volume}, timeout=1800, max_containers=1, single_use_containers=True)
def read() -> dict[str, float]:
    return reading(Path("/v/uploaded"))


def ours(files: int, mib: int) -> dict[str, dict[str, float]]:
    """The host of the container has none of what the client uploaded until the first container reads it."""
    with tempfile.TemporaryDirectory() as folder:
        writing(Path(folder), files, mib, lambda: None)
        with volume.batch_upload() as batch:
            batch.put_directory(folder, "/uploaded")
    with app.run():
        written = write.remote(files, mib)
        return {"write": written, "cold": read.remote(), "warm": read.remote()}


def disk(files: int, mib: int, folder: str) -> dict[str, dict[str, float]]:
    root = Path(folder) / NAME
    root.mkdir(parents=True)
    try:
        written = writing(root, files, mib, os.sync)
        for path in [*(root / "small").iterdir(), root / "large"]:
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return {"write": written, "cold": reading(root), "warm": reading(root)}
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    what, files, mib, *rest = sys.argv[1:]
    if what == "disk":
        print(json.dumps(disk(int(files), int(mib), *rest)))
    else:
        try:
            print(json.dumps(ours(int(files), int(mib))))
        finally:
            modal.Volume.objects.delete(NAME, allow_missing=True)
