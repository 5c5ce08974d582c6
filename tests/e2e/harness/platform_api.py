import base64
import json
import os
import urllib.request


def get(path: str) -> dict:
    """A GET of the public HTTPS API, with the token that the client uses."""
    pair = f"{os.environ['MODAL_TOKEN_ID']}:{os.environ['MODAL_TOKEN_SECRET']}"
    request = urllib.request.Request(
        f"{os.environ['MODAL_SERVER_URL']}{path}",
        headers={"authorization": "Basic " + base64.b64encode(pair.encode()).decode()},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def live_tasks(app_id: str) -> list[dict]:
    """The containers of an app that have not ended."""
    tasks = get(f"/v1/tasks?appId={app_id}")["tasks"]
    return [task for task in tasks if task["status"] != "ended"]
