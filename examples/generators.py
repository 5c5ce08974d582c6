"""A generator streams its items back as they are made."""

import modal

app = modal.App("example-generators")


@app.function()
def primes(limit: int):
    found: list[int] = []
    for number in range(2, limit):
        if all(number % prime for prime in found):
            found.append(number)
            yield number


@app.local_entrypoint()
def main(limit: int = 50):
    for prime in primes.remote_gen(limit):
        print("prime:", prime)
