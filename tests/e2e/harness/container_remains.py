from collections.abc import Collection
from pathlib import Path

from harness.supervisor import home, platform_processes


def remains_of(tasks: Collection[str]) -> list[str]:
    """Mounts and control groups of this machine that belong to these containers."""
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    groups = [str(path) for path in Path("/sys/fs/cgroup").glob("**/slipway-worker-*/*") if path.is_dir()]
    return [path for path in [*mounts, *groups] if any(task in path for task in tasks)]


def containers_known(worker: str) -> list[str]:
    """The containers that a worker has a folder of."""
    return [path.name for path in (home / "data" / worker / "containers").iterdir()]


def namespaces_of(worker: str) -> list[str]:
    """The network namespaces in the block of addresses that a worker of this platform has claimed."""
    pid = platform_processes()[worker].pid
    [block] = [path.name for path in Path("/run/slipway/networks").iterdir() if path.read_text().split()[1] == str(pid)]
    return [path.name for path in Path("/run/netns").glob(f"slw-{block}-*")]
