"""A browser driven by the W3C WebDriver protocol: Debian's chromium and chromium-driver, and nothing
but Python's own library."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Backspace": "\ue003", "ArrowDown": "\ue015",
        "ArrowRight": "\ue014", "ArrowLeft": "\ue012", "Control": "\ue009", "Shift": "\ue008", "Space": " "}


def missing():
    """What cannot be found, in words; empty when a browser can be driven."""
    lacking = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return "not installed: " + ", ".join(lacking) if lacking else ""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    def __init__(self, width=1360, height=860, dark=False):
        self.port = free_port()
        self.profile = tempfile.mkdtemp(prefix="dramatis-browser-")
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}", "--silent"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{self.port}"
        self._await_driver()
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                     "--disable-dev-shm-usage", "--no-first-run", "--autoplay-policy=no-user-gesture-required",
                     f"--user-data-dir={self.profile}", f"--window-size={width},{height}"]
        if dark:
            arguments.append("--force-dark-mode")
        options = {"binary": shutil.which("chromium"), "args": arguments}
        wanted = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options,
                                  "goog:loggingPrefs": {"browser": "ALL"}}}
        self.session = self._call("POST", "/session", {"capabilities": wanted})["sessionId"]
        self.base += f"/session/{self.session}"

    def _await_driver(self):
        for _ in range(200):
            try:
                if self._call("GET", "/status")["ready"]:
                    return
            except (OSError, urllib.error.URLError):
                pass
            time.sleep(0.1)
        raise RuntimeError("chromedriver does not answer")

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].splitlines()[0]) from None

    def go(self, address):
        self._call("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        return self._call("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self._call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.until(f"return document.querySelector({json.dumps(selector)}) !== null", f"there is no {selector}")
        for attempt in range(5):  # the page may just be putting a new element in its place
            try:
                return self._call("POST", f"/element/{self.find(selector)}/click", {})
            except RuntimeError as error:
                if attempt == 4 or not any(word in str(error) for word in ("stale", "no such element")):
                    raise
                time.sleep(0.1)

    def press(self, *keys):
        """Keys one after the other; "Control+z" holds the first while the second is pressed."""
        actions = []
        for key in keys:
            held = [KEYS.get(part, part) for part in key.split("+")] if len(key) > 1 else [key]
            actions += [{"type": "keyDown", "value": part} for part in held]
            actions += [{"type": "keyUp", "value": part} for part in reversed(held)]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def write(self, text):
        self.press(*text)

    def drag(self, source, goal):
        def to(selector, duration):
            return {"type": "pointerMove", "duration": duration, "origin": {ELEMENT: self.find(selector)}, "x": 0, "y": 0}
        moves = [to(source, 0), {"type": "pointerDown", "button": 0}, {"type": "pause", "duration": 150},
                 to(goal, 300), to(goal, 100), {"type": "pause", "duration": 150}, {"type": "pointerUp", "button": 0}]
        self._call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse",
                                                     "parameters": {"pointerType": "mouse"}, "actions": moves}]})

    def until(self, script, otherwise, seconds=20):
        """Waits for a script to return something true, and returns it."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script)
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f"{otherwise}; the page shows: {self.text()[:600]}")
            time.sleep(0.05)

    def text(self):
        return self.run("return document.body.innerText")

    def says(self, words, seconds=20):
        self.until(f"return document.body.innerText.includes({json.dumps(words)})", f"the page does not say '{words}'", seconds)

    def resize(self, width, height):
        self._call("POST", "/window/rect", {"width": width, "height": height})

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self._call("GET", "/screenshot")))

    def complaints(self):
        """What the browser put on its console: errors, refused contents."""
        entries = self._call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def close(self):
        try:
            self._call("DELETE", "")
        except (OSError, RuntimeError):
            pass
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
