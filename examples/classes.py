"""A class keeps what is dear to make, such as a loaded model, for as long as its container lives."""

import time

import modal

app = modal.App("example-classes")


@app.cls(scaledown_window=30)
@modal.concurrent(max_inputs=4)
class Speller:
    language: str = modal.parameter(default="en")

    @modal.enter()
    def load(self):
        started = time.monotonic()
        words = {"en": ["hello", "world"], "fr": ["bonjour", "monde"]}
        self.words = set(words[self.language])
        print(f"loaded {self.language} in {time.monotonic() - started:.3f} s")

    @modal.method()
    def knows(self, word: str) -> bool:
        return word in self.words

    @modal.exit()
    def close(self):
        print(f"closed {self.language}")


@app.local_entrypoint()
def main():
    for language in ("en", "fr"):
        speller = Speller(language=language)
        words = ["hello", "monde", "xyzzy"]
        for word, known in zip(words, speller.knows.map(words)):
            print(f"{language}: {word} {'is known' if known else 'is not known'}")
