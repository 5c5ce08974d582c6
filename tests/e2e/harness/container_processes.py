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
