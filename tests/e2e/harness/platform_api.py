import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """A token, as the client's environment names it."""

    token_id: str
    token_secret: str

    @property
    def environment(self) -> dict[str, str]:
        return {"MODAL_TOKEN_ID": self.token_id, "MODAL_TOKEN_SECRET": self.token_secret}

    def client(self):
        import modal

        return modal.Client.from_credentials(self.token_id, self.token_secret)


def own_account() -> Account:
    return Account(os.environ["MODAL_TOKEN_ID"], os.environ["MODAL_TOKEN_SECRET"])


def ask(
    method: str, path: str, body: dict | None = None, account: Account | None = None, within_s: float = 20
) -> tuple[int, dict]:
    """
    A request to the public HTTPS API: its status and its document. Tests side by side share the requests that a token has in a
    minute: who is told to wait asks again.
    """
    while True:
        status, document, wait_s = ask_once(method, path, body, account, within_s)
        if status != 429:
            return status, document
        time.sleep(wait_s)


def ask_once(
    method: str, path: str, body: dict | None, account: Account | None, within_s: float
) -> tuple[int, dict, float]:
    """Besides the status and the document: after how many seconds to ask again, where the answer says so."""
    who = account or own_account()
    request = urllib.request.Request(
        f"{os.environ['MODAL_SERVER_URL']}{path}",
        method=method,
        headers={
            "authorization": f"Bearer {who.token_id}:{who.token_secret}",
            **({} if body is None else {"content-type": "application/json"}),
        },
        data=None if body is None else json.dumps(body).encode(),
    )
    try:
        with urllib.request.urlopen(request, timeout=within_s) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else {}, 0
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), float(error.headers.get("retry-after", 1))


def get(path: str) -> dict:
    """A GET of the public HTTPS API, with the token that the client uses."""
    status, document = ask("GET", path)
    assert status == 200, document
    return document


def items_of(path: str) -> list[dict]:
    """All items of a list, page by page."""
    items, query = [], "?limit=500"
    while query:
        page = get(f"{path}{query}")
        items += page["items"]
        query = f"?limit=500&cursor={page['nextCursor']}" if page["nextCursor"] else ""
    return items


def new_workspace(name: str) -> Account:
    """Another workspace of the site, by the account of its owner."""
    status, made = ask("POST", "/v1/workspaces", {"name": name, "owner": "ada"})
    assert status == 201, made
    return Account(made["token"]["tokenId"], made["token"]["tokenSecret"])


def new_member(name: str, role: str, account: Account | None = None) -> Account:
    status, made = ask("POST", "/v1/members", {"name": name, "role": role}, account)
    assert status == 201, made
    return Account(made["token"]["tokenId"], made["token"]["tokenSecret"])


def tasks_of(app_id: str) -> list[dict]:
    """The containers that an app has and had."""
    return get(f"/v1/tasks?app={app_id}&limit=500")["items"]


def live_tasks(app_id: str) -> list[dict]:
    """The containers of an app that have not ended."""
    return [task for task in tasks_of(app_id) if "endedAt" not in task]
