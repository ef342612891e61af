"""Opens the naming room on a project in a headless browser and keeps a picture of its views.

Usage: room_pictures.py PROJECT FOLDER    writes FOLDER/cast.png, person.png, watch.png, naming.png
"""

import sys
import time

import webdriver
from invented_room import Room

LOADED = "return [...document.images].filter(i => i.getBoundingClientRect().top < innerHeight).every(i => i.complete)"


def keep(browser, folder, name):
    browser.until(LOADED, "pictures do not come")
    time.sleep(0.5)
    browser.picture(f"{folder}/{name}.png")


def main():
    if webdriver.missing():
        sys.exit("The pictures need Debian's chromium and chromium-driver; " + webdriver.missing())
    project, folder = sys.argv[1:]
    room = Room(project)
    browser = webdriver.Browser(width=1280, height=860)
    try:
        browser.go(room.address)
        browser.until("return document.querySelectorAll('.card').length > 5", "there are no cards")
        keep(browser, folder, "cast")
        first = browser.run("return Number(document.querySelector('.card').dataset.person)")
        browser.run(f"location.hash = '#/person/{first}'")
        browser.until("return document.querySelectorAll('.track').length > 1", "there are no tracks")
        browser.click(".track .strip")
        browser.until("return document.querySelector('.moment .head') !== null", "no head is boxed")
        keep(browser, folder, "person")
        browser.run("location.hash = '#/watch?at=13'")
        browser.until("return document.querySelector('.screen .head') !== null", "no heads over the film")
        browser.click(".rows .row-name")
        keep(browser, folder, "watch")
        room.ask("/api/undo", {})
        room.ask("/api/undo", {})
        browser.run("location.hash = '#/cast'")
        browser.until("return document.querySelector('.group:first-child .card.unnamed') !== null", "everybody has a name")
        browser.run("document.querySelector('.group:first-child .card.unnamed .name-button').scrollIntoView({block: 'center'})")
        browser.click(".group:first-child .card.unnamed .name-button")
        browser.write("man")
        keep(browser, folder, "naming")
    finally:
        browser.close()
        room.close()


main()
