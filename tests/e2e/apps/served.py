"""A server that answers what it is asked for."""

import modal

SERVER = '''
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status = int(self.path.split("?")[0].rsplit("/", 1)[-1] or 200)
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, line, *words):
        print("served", line % words, flush=True)

ThreadingHTTPServer(("0.0.0.0", 8080), Answer).serve_forever()
'''

app = modal.App("e2e-served")


@app.server(port=8080, startup_timeout=60, unauthenticated=True)
class Web:
    @modal.enter()
    def start(self):
        import subprocess

        self.process = subprocess.Popen(["python", "-u", "-c", SERVER])

    @modal.exit()
    def stop(self):
        self.process.terminate()


@app.server(port=8080, startup_timeout=60)
class Closed:
    """Asks for a proxy token, as servers do unless they say otherwise."""

    @modal.enter()
    def start(self):
        import subprocess

        self.process = subprocess.Popen(["python", "-u", "-c", SERVER])

    @modal.exit()
    def stop(self):
        self.process.terminate()


@app.function()
def plain() -> int:
    return 7
