import os
import select
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from harness.supervisor import home

GROUPS = Path("/sys/fs/cgroup")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
LOOK_EVERY_S = 0.01
# A process that was just forked does not show yet which program it will be.
YOUNG_S = 2


@dataclass
class Watched:
    """What the kernel says of one container, read by the test itself."""

    started_s: float | None = None
    ended_s: float | None = None
    cpu_ns: int = 0
    # Since when it may have used CPU time that was not read.
    cpu_read_s: float = 0.0
    memory: list[tuple[float, int]] = field(default_factory=list)

    @property
    def ran_s(self) -> float:
        assert self.started_s is not None and self.ended_s is not None, "it was not seen from start to end"
        return self.ended_s - self.started_s

    @property
    def unread_cpu_ns(self) -> int:
        """CPU time that it can have used at most after what the kernel counted was read last."""
        return round(max(0.0, self.ended_s - self.cpu_read_s) * os.cpu_count() * 1_000_000_000)

    @property
    def peak_bytes(self) -> int:
        return max(used for _, used in self.memory)

    @property
    def byte_seconds(self) -> float:
        pairs = zip(self.memory, self.memory[1:])
        return sum((t1 - t0) * (m0 + m1) / 2 for (t0, m0), (t1, m1) in pairs)


class ContainerWatch:
    """
    Looks at all containers of this platform, a hundred times a second: how long the runtime's process in the foreground of
    each lives (/proc), and what its control group counts, v1 or v2.
    """

    def __init__(self) -> None:
        self.seen: dict[str, Watched] = {}
        # How late this thread was at most when it wanted to go on: so late may anybody on this machine be.
        self.late_s = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "ContainerWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        first_seen: dict[int, float] = {}
        slept_at = time.monotonic()
        while not self._over.wait(LOOK_EVERY_S):
            self.late_s = max(self.late_s, time.monotonic() - slept_at - LOOK_EVERY_S)
            now = time.clock_gettime(time.CLOCK_BOOTTIME)
            pids = {int(name) for name in os.listdir("/proc") if name.isdigit()}
            first_seen = {pid: first_seen.get(pid, now) for pid in pids}
            for pid in [pid for pid, at in first_seen.items() if now - at < YOUNG_S]:
                container = runtime_of(pid)
                if container is not None and container not in self.seen:
                    watched = self.seen[container] = Watched(started_s=start_of(pid))
                    threading.Thread(target=wait_for_end, args=(pid, watched), daemon=True).start()
            for container, watched in self.seen.items():
                read_groups(container, watched, now)
            slept_at = time.monotonic()


def runtime_of(pid: int) -> str | None:
    """The container that a process runs in its foreground (`runsc … run --bundle F ID`), if it does."""
    words = text_of(Path(f"/proc/{pid}/cmdline")).split("\0")
    if "run" not in words or "--bundle" not in words or not any(f"{home}/data/worker-" in word for word in words):
        return None
    return words[-2] if words[-1] == "" else words[-1]


def start_of(pid: int) -> float:
    return int(text_of(Path(f"/proc/{pid}/stat")).rsplit(")", 1)[1].split()[19]) / TICKS_PER_S


def wait_for_end(pid: int, watched: Watched) -> None:
    """The kernel makes a process's descriptor readable at the moment of its end."""
    with os.fdopen(os.pidfd_open(pid)) as descriptor:
        select.select([descriptor], [], [])
    watched.ended_s = time.clock_gettime(time.CLOCK_BOOTTIME)


def read_groups(container: str, watched: Watched, now: float) -> None:
    if (GROUPS / "cgroup.controllers").exists():
        for group in GROUPS.glob(f"slipway-*/{container}"):
            usage = dict(line.split() for line in text_of(group / "cpu.stat").splitlines())
            take_cpu_time(watched, 1000 * int(usage.get("usage_usec", 0)), now)
            read_memory(group / "box", "memory.current", "inactive_file", watched, now)
        return
    for group in (GROUPS / "cpuacct").glob(f"slipway-*/{container}"):
        take_cpu_time(watched, int(text_of(group / "cpuacct.usage") or 0), now)
    for group in (GROUPS / "memory").glob(f"slipway-*/{container}/box"):
        read_memory(group, "memory.usage_in_bytes", "total_inactive_file", watched, now)


def take_cpu_time(watched: Watched, cpu_ns: int, now: float) -> None:
    if cpu_ns > 0:
        watched.cpu_ns = max(watched.cpu_ns, cpu_ns)
        watched.cpu_read_s = now


def read_memory(group: Path, name: str, idle: str, watched: Watched, now: float) -> None:
    used = text_of(group / name)
    if watched.ended_s is None and used:
        stat = dict(line.split() for line in text_of(group / "memory.stat").splitlines())
        watched.memory.append((now, max(0, int(used) - int(stat.get(idle, 0)))))


def text_of(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
