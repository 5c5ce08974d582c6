import time
from pathlib import Path

from harness.supervisor import home


def container_processes() -> dict[int, str]:
    """Processes of this machine that belong to containers of this platform, by pid."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        # A runtime names the folder of its worker's state in its command line.
        if any(f"{home}/data/worker-" in word for word in words) and "main.js" not in " ".join(words):
            found[int(folder.name)] = " ".join(words)[:300]
    return found


def wait_until_no_container_is_left(within_s: float) -> None:
    """Until no process of a container is left; who is left, the failure names."""
    deadline = time.monotonic() + within_s
    while left := container_processes():
        assert time.monotonic() < deadline, f"after {within_s} s processes of containers are left: {left}"
        time.sleep(0.1)
