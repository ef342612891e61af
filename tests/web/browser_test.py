"""The naming room in a real browser, on an invented project: what a person does there, what the page
shows, and what the project holds afterwards. PICTURES is where a picture of each view is kept."""

import os
import sys
import tempfile
import time

import webdriver
from invented_room import Room, eventually, expect

PICTURES = os.environ.get("PICTURES") or tempfile.mkdtemp()


def keep(browser, name):
    os.makedirs(PICTURES, exist_ok=True)
    browser.picture(os.path.join(PICTURES, name + ".png"))


def pictures_loaded(browser):
    browser.until("return [...document.images].filter(i => i.getBoundingClientRect().top < innerHeight).every(i => i.complete)",
                  "pictures do not come")


def go(browser, room, view):
    browser.go(room.base + "/#/" + view)


def cast_opens(browser, room):
    browser.go(room.address)
    browser.until("return document.querySelectorAll('.card').length > 5", "there are no cards")
    pictures_loaded(browser)
    expect("key=" not in browser.run("return location.href"), "the key stays in the address")
    expect(browser.run("return [...document.images].every(i => !i.complete || i.naturalWidth > 0)"), "a face is missing")
    keep(browser, "cast")


def naming_goes_from_one_to_the_next(browser, room):
    go(browser, room, "cast")
    browser.until("return document.querySelectorAll('.card').length > 5", "there are no cards")
    ids = browser.run("return [...document.querySelectorAll('.card')].slice(0, 2).map(c => Number(c.dataset.person))")
    browser.click(f"[data-person='{ids[0]}'] .name-button")
    browser.write("<b>Anna</b>")
    browser.press("Enter")
    browser.says("is called <b>Anna</b>")
    browser.until("return document.activeElement.classList.contains('nameless')", "the next name is not waiting")
    browser.press("Enter")
    browser.until("return document.activeElement.tagName === 'INPUT'", "Enter does not open the name")
    browser.write("Ben")
    browser.press("Enter")
    eventually(lambda: room.people()[ids[1]]["name"] == "Ben", "the second name is not stored")
    expect(room.people()[ids[0]]["name"] == "<b>Anna</b>", "the first name is not stored as it was typed")
    expect(browser.run("return document.querySelectorAll('.card b').length === document.querySelectorAll('.facts b').length"), "a name became markup")


def undo_and_redo_by_key(browser, room):
    named = lambda: sorted(person["name"] for person in room.people().values() if person["name"])
    browser.run("document.activeElement.blur()")
    browser.press("Control+z")
    eventually(lambda: named() == ["<b>Anna</b>"], "Ctrl+Z takes nothing back")
    browser.press("Control+Shift+Z")
    eventually(lambda: named() == ["<b>Anna</b>", "Ben"], "Ctrl+Shift+Z puts nothing back")


def names_are_completed(browser, room):
    browser.click(".toolbar button")
    browser.click("dialog textarea")
    browser.write("Cleopatra Jones\nDora")
    browser.click("dialog button.main")
    browser.says("2 names to choose from")
    third = browser.run("return Number(document.querySelectorAll('.card.unnamed')[0].dataset.person)")
    browser.click(f"[data-person='{third}'] .name-button")
    browser.write("jon")
    browser.until("return document.querySelectorAll('.offers [role=option]').length === 1", "nothing is offered")
    keep(browser, "naming")
    browser.press("ArrowDown", "Enter")
    eventually(lambda: room.people()[third]["name"] == "Cleopatra Jones", "the offered name is not taken")
    browser.until(f"return !document.querySelector(`[data-person='{third}']`).classList.contains('unnamed')", "the page does not know")


def join_by_selecting(browser, room):
    before = room.people()
    ids = browser.run("return [...document.querySelectorAll('.card.unnamed')].slice(0, 2).map(c => Number(c.dataset.person))")
    for number in ids:
        browser.click(f"[data-person='{number}'] input[type=checkbox]")
    browser.press("j")
    browser.says("one person?")
    browser.says(" are one: person ")
    keep(browser, "join")
    expect(room.people() == before, "something changed before it was confirmed")
    browser.press("Enter")
    eventually(lambda: len(room.people()) == len(before) - 1, "they were not joined")


def join_by_dragging(browser, room):
    before = room.people()
    ids = browser.run("return [...document.querySelectorAll('.card')].slice(0, 2).map(c => Number(c.dataset.person))")
    browser.drag(f"[data-person='{ids[1]}'] .facts", f"[data-person='{ids[0]}'] .facts")
    browser.says("one person?")
    browser.press("Escape")
    browser.until("return !document.querySelector('dialog')", "Escape does not close")
    expect(room.people() == before, "a cancelled join changed something")


def ignore_and_picture(browser, room):
    number = browser.run("return Number([...document.querySelectorAll('.card.unnamed')].at(-1).dataset.person)")
    browser.click(f"[data-person='{number}'] input[type=checkbox]")
    browser.press("i")
    browser.says("Ignore Person")
    browser.press("Enter")
    eventually(lambda: room.people()[number]["ignored"], "nobody is ignored")
    browser.says("Ignored")
    number = browser.run("return Number(document.querySelectorAll('.card.unnamed')[0].dataset.person)")
    browser.click(f"[data-person='{number}'] input[type=checkbox]")
    browser.press("p")
    browser.says("a picture or a screen?")
    browser.press("Enter")
    eventually(lambda: room.people()[number]["kind"] == "picture", "it is no picture")


def take_out_the_odd_one(browser, room):
    doubtful = next(person for person in room.people().values() if person["unsure_tracks"])
    go(browser, room, f"person/{doubtful['id']}")
    browser.until("return document.querySelectorAll('.track').length > 1", "there are no tracks")
    pictures_loaded(browser)
    expect(browser.run("return document.querySelector('.track').classList.contains('unsure')"), "the unsure track is not first")
    keep(browser, "person")
    browser.click(".track input[type=checkbox]")
    browser.press("t")
    browser.click("dialog button.wide")
    browser.says("is new, with 1 track")
    browser.press("Enter")
    eventually(lambda: room.people()[doubtful["id"]]["tracks"] == doubtful["tracks"] - 1, "the track is still there")


def an_unsure_track_can_be_right(browser, room):
    browser.press("Control+z")
    browser.until("return document.querySelector('.track.unsure') !== null", "the unsure track is not back")
    browser.click(".track.unsure .right")
    browser.until("return document.querySelector('.track.unsure') === null", "it is still unsure")
    browser.says("✓ yours")


def play_a_moment(browser, room):
    browser.click(".track .strip")
    browser.until("return document.querySelector('.moment .head') !== null", "no head is boxed")
    browser.until("const v = document.querySelector('.moment video'); return v.hidden || v.currentTime > 0", "nothing plays")
    keep(browser, "moment")


def not_the_same(browser, room):
    browser.run("for (const box of [...document.querySelectorAll('.track input')].slice(0, 2)) box.click()")
    before = len(room.people())
    browser.press("d")
    browser.says("not the same person")
    browser.press("Enter")
    eventually(lambda: len(room.people()) == before + 1, "they are still one")


def release_with_its_reason(browser, room):
    browser.click(".apart summary")
    browser.click(".apart-list button")
    browser.says("The film keeps them apart: both in the picture at frame")
    browser.press("Enter")
    eventually(lambda: room.ask("/api/history")["entries"][0]["kind"] == "release", "nothing was released")


def answer_the_questions(browser, room):
    go(browser, room, "questions")
    browser.says("Is this the same person?")
    pictures_loaded(browser)
    keep(browser, "questions")
    left = room.ask("/api/cast")["questions"]
    for key in ("s", "d"):
        if room.ask("/api/cast")["questions"] == 0:
            break
        browser.press(key)
        eventually(lambda: room.ask("/api/cast")["questions"] < left, "the question stays")
        left = room.ask("/api/cast")["questions"]
        browser.until(f"return document.querySelector('#views a:nth-child(2) .count').textContent === '{left}'", "the page does not know")
    browser.says("Nothing uncertain is worth asking")


def watch_and_filter(browser, room):
    go(browser, room, "watch?at=1.5")
    browser.until("return document.querySelectorAll('.screen .head').length > 0", "no heads over the film")
    expect(browser.run("return !document.querySelector('.screen video').hidden"), "the film is not played by the browser")
    keep(browser, "watch")
    browser.click(".rows .row-name")
    browser.says(" moment")
    before = browser.run("return document.querySelector('.screen video').currentTime")
    browser.run("document.activeElement.blur()")
    browser.press("]")
    browser.until(f"return document.querySelector('.screen video').currentTime > {before} + 0.2", "the next moment is not shown")
    time_now = browser.run("return document.querySelector('.screen video').currentTime")
    browser.press("ArrowRight")
    browser.until(f"const t = document.querySelector('.screen video').currentTime - {time_now}; return t > 0.03 && t < 0.05", "a frame on is not a frame")


def watch_a_film_no_browser_plays(browser, room):
    browser.run("location.hash = '#/history'")
    browser.run_async("const done = arguments[0]; import('/page/film_player.js').then(() => done())")
    browser.run("HTMLMediaElement.prototype.load = function () {}; const d = Object.getOwnPropertyDescriptor(HTMLVideoElement.prototype, 'videoWidth');"
                "Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', {get: () => 0}); window.restore = () => Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', d)")
    browser.run("location.hash = '#/watch?at=2'")
    browser.until("const i = document.querySelector('.screen > img'); return i && !i.hidden && i.naturalWidth > 0", "no frame is shown")
    browser.until("return document.querySelectorAll('.screen .head').length > 0", "no heads over the frame")
    browser.says("cannot play this film")
    keep(browser, "watch-by-pictures")
    browser.run("window.restore()")


def history_takes_back(browser, room):
    go(browser, room, "history")
    browser.until("return document.querySelectorAll('.history li').length > 8", "there is no history")
    keep(browser, "history")
    before = room.ask("/api/history")["sequence"]
    browser.click(".history button")
    eventually(lambda: room.ask("/api/history")["sequence"] == before + 1, "nothing was taken back")


def two_windows_see_each_other(browser, room):
    go(browser, room, "cast")
    browser.until("return document.querySelectorAll('.card').length > 3", "there are no cards")
    number = browser.run("return Number(document.querySelector('.card.unnamed').dataset.person)")
    room.ask("/api/edits", {"kind": "name", "person": number, "name": "Said elsewhere"})
    browser.says("Said elsewhere")


def nothing_is_lost_when_the_room_closes(browser, room):
    before = room.people()
    browser.go("about:blank")  # else it rightly complains of the room that goes away
    room.close()
    room.open()
    expect(room.people() == before, "the next room knows less")


def on_a_phone_and_in_the_dark(_, room):
    fresh = Room(room.folder + "-for-a-phone", "film=1", "shots=12")
    phone = webdriver.Browser(width=520, height=900, dark=True)
    try:
        phone.go(fresh.address)
        phone.until("return document.querySelectorAll('.card').length > 3", "there are no cards")
        for view in ("cast", "questions", "watch"):
            phone.go(f"{fresh.base}/#/{view}")
            phone.until("return document.querySelector('main').childElementCount > 0", "the view is empty")
            time.sleep(0.5)
            expect(phone.run("return document.documentElement.scrollWidth <= innerWidth"), f"{view} is wider than a phone")
            keep(phone, f"phone-{view}")
        expect(not phone.complaints(), "complaints on the phone")
    finally:
        phone.close()
        fresh.close()


def another_window_forgets_a_portrait(browser, _):
    fresh = Room(os.path.join(tempfile.mkdtemp(), "p"), "shots=16", "portrait=6")
    try:
        browser.go(fresh.address)
        browser.says("Is this Anna?")
        browser.run("fetch('/api/portraits?name=Anna', {method: 'DELETE'})")  # the page itself knows nothing of it
        browser.until("return document.querySelector('.suggestion') === null", "the suggestion stays")
    finally:
        browser.go("about:blank")
        fresh.close()


def a_portrait_suggests_a_name(browser, _):
    fresh = Room(os.path.join(tempfile.mkdtemp(), "p"), "shots=16", "portrait=6")
    try:
        browser.go(fresh.address)
        browser.until("return document.querySelectorAll('.suggestion').length === 1", "nobody is suggested")
        number = browser.run("return Number(document.querySelector('.suggestion').closest('.card').dataset.person)")
        browser.says("Is this Anna?")
        keep(browser, "portrait")
        expect(fresh.people()[number]["name"] == "", "a suggestion became a name by itself")
        browser.run(f"document.querySelector(`[data-person='{number}'] .face`).focus()")
        browser.press("y")
        eventually(lambda: fresh.people()[number]["name"] == "Anna", "Y does not accept")
        browser.until("return document.querySelector('.suggestion') === null", "the suggestion stays")
        fresh.ask("/api/undo", {})
        browser.says("Is this Anna?")
        browser.click(".suggestion button:last-child")
        browser.until("return document.querySelector('.suggestion') === null", "No does not forget")
    finally:
        browser.go("about:blank")
        fresh.close()


STEPS = [cast_opens, answer_the_questions, naming_goes_from_one_to_the_next, undo_and_redo_by_key, names_are_completed, join_by_selecting,
         join_by_dragging, ignore_and_picture, take_out_the_odd_one, an_unsure_track_can_be_right, play_a_moment, not_the_same, release_with_its_reason,
         watch_and_filter, watch_a_film_no_browser_plays, history_takes_back, a_portrait_suggests_a_name, another_window_forgets_a_portrait,
         two_windows_see_each_other, nothing_is_lost_when_the_room_closes, on_a_phone_and_in_the_dark]


def main():
    if webdriver.missing():
        print("SKIPPED: the browser tests need Debian's chromium and chromium-driver;", webdriver.missing())
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        room = Room(os.path.join(scratch, "project"), "film=1", "people=9", "shots=30")
        browser = webdriver.Browser()
        try:
            for step in STEPS:
                step(browser, room)
                complaints = browser.complaints()
                expect(not complaints, f"the browser complains in {step.__name__}: {complaints}")
                print("ok", step.__name__.replace("_", " "), flush=True)
        except Exception:
            keep(browser, "failed")
            print("FAILED in", step.__name__, file=sys.stderr)
            raise
        finally:
            browser.close()
            room.close()
    print("pictures of the views:", PICTURES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
