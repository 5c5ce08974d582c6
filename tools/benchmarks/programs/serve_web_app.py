"""The app of web_app.py under uvicorn alone, on the unix socket that is named."""

import sys

import uvicorn
from web_app import make_api

uvicorn.run(make_api(), uds=sys.argv[1], log_level="warning", access_log=False)
