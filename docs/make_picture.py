"""Take pictures of reports for the README and the pages, as headless Chromium shows them: page one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

#: Points across: about what a laptop shows.
WIDTH = 1200
#: The picture begins with the first of these and ends with the second.
FIRST, LAST = "body", ".front"
#: So many are enough for text, and a picture takes a third of the room.
COLOURS = 64
#: Points of air around it.
MARGIN = 16


def main(*asked: str) -> int:
    """Return 0 once the pictures are written, 1 where there is no Chromium; pages and pictures by turns."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("there is no Chromium here: install it, such as with apt-get install chromium\n")
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        for page, picture in zip(asked[::2], asked[1::2], strict=True):
            window.goto(Path(page).resolve().as_uri())
            first, last = (window.locator(part).first.bounding_box() for part in (FIRST, LAST))
            top, bottom = first["y"] - MARGIN, last["y"] + last["height"] + MARGIN
            clip = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top}
            window.screenshot(path=picture, full_page=True, clip=clip)
            with Image.open(picture) as taken:
                taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
