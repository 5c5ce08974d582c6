"""The app of web_app.py under uvicorn alone, on the unix socket or the port of this machine that is named."""

import sys

import uvicorn
from web_app import make_api

where = {"port": int(sys.argv[1])} if sys.argv[1].isdecimal() else {"uds": sys.argv[1]}
uvicorn.run(make_api(), log_level="warning", access_log=False, **where)
