"""Every view of the room under axe-core, by day and in the dark: no violation of any of its rules.
AXE names axe.min.js; without it the one that scripts/setup.sh fetches is taken."""

import os
import sys
import tempfile
import time

import webdriver
from invented_room import Room, expect

CACHE = os.environ.get("DRAMATIS_CACHE") or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "dramatis")
AXE = os.environ.get("AXE") or os.path.join(CACHE, "tools", "axe-core", "node_modules", "axe-core", "axe.min.js")

JUDGE = """
  const done = arguments[0];
  axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations.map((one) =>
    `${one.id} (${one.impact}): ${one.help}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).join(' | '))),
    (error) => done([String(error)]));
"""


class Judge:
    def __init__(self, browser, room):
        self.browser, self.room, self.found = browser, room, []

    def judge(self, what):
        time.sleep(0.3)  # transitions have ended
        self.browser.run("if (!window.axe) (0, eval)(arguments[0])", open(AXE).read())
        found = self.browser.run_async(JUDGE)
        print("ok" if not found else "VIOLATED", what, flush=True)
        self.found += [f"{what}: {sentence}" for sentence in found]

    def go(self, view, wanted):
        self.browser.run(f"location.hash = '#/{view}'")
        self.browser.until(f"return document.querySelector({wanted!r}) !== null", f"{view} does not come")

    def press(self, key, wanted="dialog"):
        self.browser.press(key)
        self.browser.until(f"return document.querySelector({wanted!r}) !== null", f"{key} does nothing")


def cast(judge):
    browser = judge.browser
    judge.go("cast", ".card")
    judge.judge("cast")
    browser.run("for (const group of document.querySelectorAll('details')) group.open = true")
    judge.judge("cast, every group open")
    browser.click(".card .name-button")
    browser.until("return document.querySelector('.name-input') !== null", "no name can be typed")
    browser.write("so")
    judge.judge("cast, a name half typed")
    browser.press("Escape")
    browser.run("[...document.querySelectorAll('.card input')].slice(0, 2).forEach(box => box.click()); document.activeElement.blur()")
    judge.judge("cast, two selected")
    judge.press("j", "dialog button.main")
    judge.judge("join, shown before it is done")
    browser.press("Escape", "Escape")
    judge.press("?")
    judge.judge("help")
    browser.press("Escape")
    browser.click(".toolbar button:last-child")
    browser.until("return document.querySelector('dialog') !== null", "no dialog")
    judge.judge("a list or pictures to bring")
    browser.press("Escape")


def person(judge):
    doubtful = next(person for person in judge.room.people().values() if person["unsure_tracks"])
    judge.go(f"person/{doubtful['id']}", ".track")
    judge.judge("a person")
    judge.browser.run("document.querySelector('.track input').click(); document.activeElement.blur(); document.querySelector('.apart').open = true")
    judge.judge("a person, a track selected")
    judge.press("t")
    judge.judge("take a track out")
    judge.browser.press("Escape")
    judge.browser.click(".track .strip")
    judge.browser.until("return document.querySelector('.moment .head') !== null", "nothing plays")
    judge.judge("a moment")


def others(judge):
    judge.go("questions", ".answer")
    judge.judge("a question")
    judge.go("watch?at=1.5", ".screen .head")
    judge.browser.click(".rows .row-name")
    judge.judge("watch")
    judge.go("history", ".history")
    judge.judge("history")
    judge.room.ask("/api/edits", {"kind": "name", "person": 1, "name": "Somebody"})
    judge.browser.until("return document.querySelector('.history li') !== null", "no history")
    judge.room.ask("/api/undo", {})
    judge.browser.until("return document.querySelector('.taken-back') !== null", "not taken back")
    judge.judge("history with something taken back")


def waiting(judge):
    judge.browser.until("return document.querySelector('.waiting') !== null", "it does not wait")
    judge.judge("while the film is looked at")


def so_far(judge):
    judge.go("cast", ".card")
    judge.browser.says("So far: the first 8.0 s of 16 s.")
    judge.judge("the cast so far")
    judge.browser.run("location.hash = '#/questions'")
    judge.browser.says("Questions come when all of the film has been looked at")
    judge.judge("questions so far")


def in_a_room(found, folder, plan, steps, **browser_plan):
    room = Room(folder, *plan)
    browser = webdriver.Browser(**browser_plan)
    try:
        browser.go(room.address)
        is_dark = browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")
        expect(is_dark == browser_plan.get("dark", False), "the browser's colours are not those that were asked for")
        judge = Judge(browser, room)
        for step in steps:
            step(judge)
        found += judge.found
    finally:
        browser.close()
        room.close()


def main():
    lacking = webdriver.missing() or ("" if os.path.exists(AXE) else f"axe-core is not at {AXE}; ./dev test fetches it")
    if lacking:
        print("SKIPPED: this needs Debian's chromium and chromium-driver, and axe-core:", lacking)
        return 77
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for dark in (False, True):
            print("in the dark" if dark else "by day", flush=True)
            folder = os.path.join(scratch, f"dark-{dark}")
            in_a_room(found, folder, ["film=1", "people=6", "shots=16", "portrait=6"], [cast, person, others], dark=dark)
            in_a_room(found, folder + "-wait", ["cast=0", "shots=8"], [waiting], dark=dark)
            in_a_room(found, folder + "-so-far", ["so_far=1", "shots=8"], [so_far], dark=dark)
    expect(not found, "\n" + "\n".join(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
