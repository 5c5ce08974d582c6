"""What the commands of `modal function` look at."""

import time

import modal

app = modal.App("e2e-inspected")


@app.function(scaledown_window=5, max_containers=2, timeout=15, startup_timeout=120)
def divide(a: int, b: int) -> float:
    if b < 0:
        time.sleep(600)
    return a / b


@app.cls(scaledown_window=5, max_containers=1)
class Shop:
    name: str = modal.parameter(default="corner")

    @modal.method()
    def sell(self, what: str) -> str:
        return f"{what} from the {self.name}"
