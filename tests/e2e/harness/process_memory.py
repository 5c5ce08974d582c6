"""How much memory processes of the platform hold at most while something happens."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

from harness.supervisor import platform_processes


def peak_mib(pid: int) -> float:
    status = (Path("/proc") / str(pid) / "status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@dataclass
class Peaks:
    """By the process's name, how far its peak rose above what it held before."""

    grown_mib: dict[str, float] = field(default_factory=dict)


@contextmanager
def memory_of(*names: str) -> Iterator[Peaks]:
    """Peaks of these processes, filled in when the block ends."""
    pids = {name: platform_processes()[name].pid for name in names}
    for pid in pids.values():
        # 5: the peak is counted from here (proc(5)).
        (Path("/proc") / str(pid) / "clear_refs").write_text("5")
    before = {name: peak_mib(pid) for name, pid in pids.items()}
    peaks = Peaks()
    yield peaks
    peaks.grown_mib = {name: round(peak_mib(pid) - before[name]) for name, pid in pids.items()}
