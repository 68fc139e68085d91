"""A plug-in over HTTP, whole: brings the time, as often as an EventSource says in spec.plugin.spec.seconds."""

import hmac
import json
import os
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = os.environ["TOKEN"]
sources = {}  # what Bellhop wants, by uid


def bring(source, event):
    """Posts a CloudEvent until Bellhop has it: 202 means that it is on disk."""
    while sources.get(source["uid"]) is source:
        request = urllib.request.Request(source["eventsUrl"], json.dumps(event).encode(), {
            "Content-Type": "application/cloudevents+json", "Authorization": "Bearer " + TOKEN})
        try:
            urllib.request.urlopen(request, timeout=30)
            return
        except urllib.error.HTTPError as answer:
            if answer.code not in (429, 500, 503):
                print("not taken:", answer.code, answer.read().decode(), flush=True)
                return
            time.sleep(int(answer.headers.get("Retry-After", "2")))
        except OSError as error:
            print("trying again:", error, flush=True)
            time.sleep(2)


def tick(source):
    """Ends when the source is withdrawn or replaced."""
    while sources.get(source["uid"]) is source:
        seconds = source["spec"]["seconds"]
        due = int(time.time() / seconds + 1) * seconds
        time.sleep(max(0, due - time.time()))
        # The id is the same however often it is posted: Bellhop takes it once.
        bring(source, {"specversion": "1.0", "id": str(due), "source": "/ticker", "type": "tick", "data": {"due": due}})


class Plugin(BaseHTTPRequestHandler):
    def do_PUT(self):
        source = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.is_bellhop():
            return
        if not isinstance(source["spec"].get("seconds"), int) or source["spec"]["seconds"] < 1:
            return self.answer(422, {"message": "seconds: must be a number from 1"})
        known = sources.get(source["uid"])
        if known is None or known["generation"] < source["generation"]:
            sources[source["uid"]] = source
            threading.Thread(target=tick, args=[source], daemon=True).start()
        self.answer(200, {"connected": True, "message": "ticks every %d s" % source["spec"]["seconds"]})

    def do_DELETE(self):
        if self.is_bellhop():
            sources.pop(self.path.strip("/"), None)
            self.answer(200, {})

    def is_bellhop(self):
        shown = self.headers.get("Authorization", "")
        if hmac.compare_digest(shown.encode(), ("Bearer " + TOKEN).encode()):
            return True
        self.answer(403, {"message": "that is not the token"})
        return False

    def answer(self, status, said):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())


ThreadingHTTPServer(("", int(os.environ.get("PORT", "8090"))), Plugin).serve_forever()
