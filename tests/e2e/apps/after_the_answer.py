"""Functions that go on working after they have answered."""

import os
import threading
import time

import modal

app = modal.App("e2e-after-the-answer")

WORK_S = 8


def work() -> None:
    time.sleep(WORK_S)
    print("the work is done")


@app.function(scaledown_window=2, max_containers=1, timeout=60)
def answer_and_work() -> str:
    threading.Thread(target=work).start()
    return os.environ["MODAL_TASK_ID"]


@app.cls(scaledown_window=2, max_containers=1)
class Careful:
    @modal.method()
    def answer(self) -> str:
        return os.environ["MODAL_TASK_ID"]

    @modal.exit()
    def tidy(self) -> None:
        time.sleep(WORK_S)
        print("all is tidy")
