"""The room beside a run that is at work: open at once, it shows how far the run is, and fills while the
film is still being looked at. What is typed meanwhile is not lost, and what is said holds to the end."""

import os
import subprocess
import sys
import tempfile
import time

import webdriver
from invented_room import DRAMATIS, Room, expect

FILM, PICTURES = os.environ.get("DEMO_FILM", ""), os.environ.get("PICTURES", "")
WAITING = "return document.querySelector('.waiting .summary')?.textContent ?? ''"
LINE = "const line = document.getElementById('so-far'); return line.hidden ? '' : line.innerText.trim()"
CARDS = "return document.querySelectorAll('.card').length"
FIELD = "return document.querySelector('.card .name-input input')?.value ?? null"


def lacking():
    if webdriver.missing():
        return webdriver.missing()
    if not os.path.exists(FILM):
        return "the demonstration film is not there: ./dev test cuts it"
    checked = subprocess.run([DRAMATIS, "models", "check"], capture_output=True)
    return "" if checked.returncode == 0 else "the models are not fetched"


def twice(film, folder):
    """The film twice over: long enough to say something while it is being looked at."""
    listed, doubled = os.path.join(folder, "list.txt"), os.path.join(folder, "film.mp4")
    with open(listed, "w") as file:
        file.write(f"file '{film}'\n" * 2)
    subprocess.run(["ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", listed, "-c", "copy", doubled], check=True)
    return doubled


class Live:
    def __init__(self, browser, room, run):
        self.browser, self.room, self.run, self.said = browser, room, run, []

    def until(self, holds, otherwise, seconds=400):
        """Takes down what the page says on the way."""
        end = time.monotonic() + seconds
        while not (value := holds()):
            for script in (WAITING, LINE):
                words = self.browser.run(script)
                if words and words not in self.said:
                    self.said.append(words)
                    print(words.replace("\n", " "), flush=True)
            expect(self.run.poll() in (None, 0), "the run failed")
            expect(time.monotonic() < end, f"{otherwise}; the page shows: {self.browser.text()[:600]}")
            time.sleep(0.1)
        return value

    def picture(self, name):
        if os.path.isdir(PICTURES):
            self.browser.picture(os.path.join(PICTURES, f"live-{name}.png"))

    def frames_of(self, person):
        return {track["start_frame"] for track in self.room.ask(f"/api/people/{person}")["tracks"]}

    def at_work(self):
        return self.room.ask("/api/state")["stage"] != ""

    def cards_come_early(self):
        self.until(lambda: self.browser.run(CARDS) > 1, "no cards come")
        expect(self.at_work(), "the cards came when the run had ended")
        self.until(lambda: self.browser.run(LINE), "nothing says that this is so far")
        self.picture("first")

    def typing_outlives_a_new_cast(self):
        """Somebody starts to type a name, the cast is replaced, and the name is finished."""
        known = self.browser.run(LINE).split(".")[0]
        person = self.browser.run("""const cards = [...document.querySelectorAll('.card.unnamed')];
            cards[1].querySelector('input[type=checkbox]').click(); cards[0].querySelector('.name-button').click();
            return Number(cards[0].dataset.person)""")
        self.browser.write("Ada Love")
        frames = self.frames_of(person)
        self.until(lambda: self.browser.run(LINE).split(".")[0] != known, "the cast is not replaced")
        expect(self.browser.run(FIELD) == "Ada Love", f"the half-typed name is gone: {self.browser.run(FIELD)}")
        expect(self.browser.run("return document.activeElement.matches('.card .name-input input')"), "the field lost the focus")
        expect(self.browser.run("return document.querySelectorAll('.card.selected').length") == 1, "the selection is gone")
        expect(self.room.ask("/api/history")["sequence"] == 0, "something was said by itself")
        self.picture("typing")
        self.browser.write("lace")
        self.browser.press("Enter")
        self.until(lambda: self.room.ask("/api/history")["sequence"] == 1, "the name is not stored")
        expect(self.at_work(), "the name was given when the run had ended")
        return frames

    def all_comes(self, frames):
        self.until(lambda: not self.at_work(), "the run does not end")
        self.until(lambda: not self.browser.run(LINE), "the page still says that this is so far")
        named = [p for p in self.room.people().values() if p["name"]]
        expect([p["name"] for p in named] == ["Ada Lovelace"], f"named at the end: {named}")
        expect(self.frames_of(named[0]["id"]) >= frames, "the name is with somebody else")
        self.browser.says("Ada Lovelace")
        expect(self.browser.run("return document.querySelectorAll('.card.selected').length") == 1, "the selection is gone")
        self.picture("end")


def main():
    if lacking():
        print("SKIPPED:", lacking())
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        film, folder = twice(FILM, scratch), os.path.join(scratch, "project")
        run = subprocess.Popen([DRAMATIS, "run", "--quiet", film, "-o", folder], stdout=subprocess.DEVNULL)
        while not os.path.exists(os.path.join(folder, "decisions.sqlite")) and run.poll() is None:
            time.sleep(0.02)
        room, browser = Room(folder), webdriver.Browser()
        try:
            browser.go(room.address)
            browser.run("window.sameFromTheBeginning = true")
            live = Live(browser, room, run)
            live.cards_come_early()
            live.all_comes(live.typing_outlives_a_new_cast())
            expect(browser.run("return window.sameFromTheBeginning"), "the page was loaded again")
            expect(any(" left" in words for words in live.said), f"no word of the time left: {live.said}")
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
