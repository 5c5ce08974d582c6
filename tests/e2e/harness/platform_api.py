import json
import os
import urllib.request


def get(path: str) -> dict:
    """A GET of the public HTTPS API, with the token that the client uses."""
    token = f"{os.environ['MODAL_TOKEN_ID']}:{os.environ['MODAL_TOKEN_SECRET']}"
    request = urllib.request.Request(
        f"{os.environ['MODAL_SERVER_URL']}{path}", headers={"authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def tasks_of(app_id: str) -> list[dict]:
    """The containers that an app has and had."""
    return get(f"/v1/tasks?app={app_id}&limit=500")["items"]


def live_tasks(app_id: str) -> list[dict]:
    """The containers of an app that have not ended."""
    return [task for task in tasks_of(app_id) if "endedAt" not in task]
