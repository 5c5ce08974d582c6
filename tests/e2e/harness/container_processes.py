import time
from collections.abc import Collection
from pathlib import Path

from harness.supervisor import home


def container_processes(tasks: Collection[str]) -> dict[int, str]:
    """Processes of this machine that belong to these containers of this platform, by pid."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        # A runtime names the folder of its worker's state, and its container, in its command line.
        if any(f"{home}/data/worker-" in word for word in words) and any(task in " ".join(words) for task in tasks):
            found[int(folder.name)] = " ".join(words)[:300]
    return found


def wait_until_none_is_left(tasks: Collection[str], within_s: float) -> None:
    """Until these containers have no process any more; who is left, the failure names."""
    deadline = time.monotonic() + within_s
    while left := container_processes(tasks):
        assert time.monotonic() < deadline, f"after {within_s} s processes of containers are left: {left}"
        time.sleep(0.1)
