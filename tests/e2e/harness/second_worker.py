import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from harness.supervisor import home, wait_until_all_ready

checkout = Path(__file__).parent.parent.parent.parent


def up_with_workers(count: int) -> None:
    """Makes the running platform one with so many workers; what has not changed keeps running."""
    up_with("--workers", str(count))


def up_with(*options: str) -> None:
    """Makes the running platform one with these options; what has not changed keeps running."""
    done = subprocess.run(
        [checkout / "tools/up", "--no-build", "--no-hello", *options],
        env={name: value for name, value in os.environ.items() if not name.startswith("MODAL_")},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def a_second_worker() -> Iterator[str]:
    """Two workers for as long as the block lasts; gives the name of the second."""
    up_with_workers(2)
    try:
        wait_until_all_ready()
        yield "worker-2"
    finally:
        # A worker that was killed removes its containers when it starts anew; it must have done so before it goes.
        wait_until_all_ready()
        up_with_workers(1)
        wait_until_all_ready()
