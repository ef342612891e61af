"""The room beside a run that is at work: open at once, it shows how far the run is and how long it
still takes, and the cast comes by itself."""

import os
import subprocess
import sys
import tempfile
import time

import webdriver
from invented_room import DRAMATIS, Room, expect

FILM = os.environ.get("DEMO_FILM", "")
WORDS = """return [document.querySelector('.waiting .summary')?.textContent ?? '',
    document.querySelectorAll('.seen-faces img').length, document.querySelectorAll('.card').length]"""


def lacking():
    if webdriver.missing():
        return webdriver.missing()
    if not os.path.exists(FILM):
        return "the demonstration film is not there: ./dev test cuts it"
    checked = subprocess.run([DRAMATIS, "models", "check"], capture_output=True)
    return "" if checked.returncode == 0 else "the models are not fetched"


def watch(browser, run):
    """What the page said on the way, until there are cards."""
    said, most_heads = [], 0
    end = time.monotonic() + 400
    while time.monotonic() < end:
        words, heads, cards = browser.run(WORDS)
        most_heads = max(most_heads, heads)
        if words and words not in said:
            said.append(words)
            print(f"{words}; {heads} heads", flush=True)
        if cards > 5:
            return said, most_heads
        expect(run.poll() in (None, 0), "the run failed")
        time.sleep(0.2)
    raise AssertionError("the cast does not come")


def main():
    if lacking():
        print("SKIPPED:", lacking())
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "project")
        run = subprocess.Popen([DRAMATIS, "run", "--quiet", FILM, "-o", folder], stdout=subprocess.DEVNULL)
        while not os.path.exists(os.path.join(folder, "decisions.sqlite")) and run.poll() is None:
            time.sleep(0.02)
        room, browser = Room(folder), webdriver.Browser()
        try:
            browser.go(room.address)
            browser.run("window.sameFromTheBeginning = true")
            said, heads = watch(browser, run)
            expect(browser.run("return window.sameFromTheBeginning"), "the page was loaded again")
            expect(any(" left" in words for words in said), f"no word of the time left: {said}")
            expect(heads > 0, "no heads were shown on the way")
            complaints = browser.complaints()
            print("\n".join(complaints))
            # What a page asks for while a run replaces it may be gone when it is answered.
            broken = [words for words in complaints if "Failed to load resource" not in words]
            expect(not broken, f"the page is broken: {broken}")
        finally:
            browser.close()
            room.close()
            run.terminate()
            run.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
