"""What code in a container does in environments that are not its own."""

import modal

app = modal.App("e2e-across-environments")


@app.function()
def own_dict(name: str) -> str:
    """In its own environment it makes and changes what it likes."""
    own = modal.Dict.from_name(name, create_if_missing=True)
    own["k"] = "v"
    return own["k"]


@app.function()
def double(x: int) -> int:
    return 2 * x


@app.function()
def in_environment(environment: str, dict_name: str) -> dict[str, str]:
    there = modal.Dict.from_name(dict_name, environment_name=environment)
    called = modal.Function.from_name("e2e-across-environments", "double", environment_name=environment)

    def said(do) -> str:
        try:
            return str(do())
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    return {
        "read": said(lambda: there["k"]),
        "write": said(lambda: there.put("k", "changed")),
        "call": said(lambda: called.remote(4)),
    }
