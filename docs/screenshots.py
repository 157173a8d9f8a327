"""Take the pictures of the documentation: serve archive.db as everybody does, and let Chromium look.

make run SERVE=0 && make screenshots
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from pipelines.site import serve_arguments

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PAGES = {  # file: address, width and height in pixels
    "home": ("/", 1280, 1100),
    "meeting": ("/meeting/2017-03-22-washington-ministerial", 1280, 1500),
    "search": ("/search?q=داعش&place=Washington", 1280, 1300),
    "article": ("/article/manara-2497b1e0", 1280, 1400),
    "english": ("/en/", 1280, 1100),
    "phone": ("/meetings", 390, 844),
}
CARD, CARD_SIZE = ROOT / "datasette" / "static" / "card.png", (1200, 630)  # as Open Graph's readers cut it
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Take every picture, or say what is missing."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    archive = ROOT / "archive.db"
    if browser is None or not archive.exists():
        missing = (
            "Chromium (sudo apt-get install chromium)" if browser is None else "archive.db (make run SERVE=0)"
        )
        print(f"screenshots: {missing} is needed", file=sys.stderr)  # noqa: T201
        return 1
    IMAGES.mkdir(exist_ok=True)
    take(browser, (ROOT / "docs" / "card.html").as_uri(), CARD, *CARD_SIZE)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "datasette", *serve_arguments(archive, port)], cwd=ROOT)  # noqa: S603
    try:
        wait_for(port)
        for name, (address, width, height) in PAGES.items():
            take(
                browser,
                f"http://127.0.0.1:{port}{quote(address, safe='/?&=')}",
                IMAGES / f"{name}.png",
                width,
                height,
            )
    finally:
        server.terminate()
        server.wait()
    return 0


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 30) -> None:
    """Wait until the server answers. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")


def take(browser: str, url: str, picture: Path, width: int, height: int) -> None:
    """Let the browser draw one page into `picture`."""
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                   "--hide-scrollbars", "--force-device-scale-factor=1", f"--user-data-dir={profile}",
                   f"--window-size={width},{height}", "--virtual-time-budget=3000", f"--screenshot={picture}"]  # fmt: skip
        subprocess.run([browser, *options, url], check=True, capture_output=True, timeout=90)  # noqa: S603
    print(f"{picture.relative_to(ROOT)}: {url.removeprefix(ROOT.as_uri())}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
