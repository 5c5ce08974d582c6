from collections.abc import Collection

from harness.supervisor import home


def blocks_on_workers(digests: Collection[str]) -> set[str]:
    """Those of these blocks of volumes that a worker of this platform has on its disk."""
    here = {path.name for path in (home / "data").glob("worker-*/blocks/*/*")}
    return here & set(digests)
