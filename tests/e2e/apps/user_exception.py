import modal

app = modal.App("user-exception")


def divide(a: int, b: int) -> float:
    return a / b


@app.function()
def work(divisor: int) -> float:
    return divide(1, divisor)


@app.local_entrypoint()
def main():
    print(work.remote(0))
