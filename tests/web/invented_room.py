"""A room on an invented project, open behind an address; what the tests in a browser share."""

import json
import os
import subprocess
import time
import urllib.request

DRAMATIS, MAKE_ROOM = os.environ["DRAMATIS"], os.environ.get("MAKE_ROOM")


class Room:
    """A project, and the room that is open on it. Without a plan the project is there already."""

    def __init__(self, folder, *plan):
        self.folder = folder
        if plan:
            subprocess.run([MAKE_ROOM, folder, *plan], check=True)
        self.open()

    def open(self):
        self.server = subprocess.Popen([DRAMATIS, "serve", self.folder, "--port", "0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.server.stdout.readline().strip()
        self.base, self.key = self.address.split("/?key=")

    def ask(self, path, body=None):
        """As a script would: the interface, with the key in a header."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "Bearer " + self.key, "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(self.base + path, data, headers)) as answer:
            return json.load(answer)

    def people(self):
        return {person["id"]: person for person in self.ask("/api/cast")["people"]}

    def close(self):
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()


def expect(holds, otherwise):
    if not holds:
        raise AssertionError(otherwise)


def eventually(holds, otherwise):
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(otherwise)
