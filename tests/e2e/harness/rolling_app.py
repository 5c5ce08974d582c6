import modal

from harness.client_program import modal_cli

APP = "e2e-web-rolling"


def deploy(version: int, cpu: float = 0.1) -> str:
    """Deploys this version of `apps/web_rolling.py`, with so many cores for each container; gives its URL."""
    done = modal_cli("deploy", "web_rolling.py", environment={"ROLLING_VERSION": str(version), "ROLLING_CPU": str(cpu)})
    assert done.code == 0, done.output
    return modal.Function.from_name(APP, "rolling").get_web_url()
