"""The report as PDF, printed from its HTML by a browser that is installed on this machine.

The browser runs without a window and without a network, on a copy of the page in a folder that
nobody else can read and that is gone afterwards; it lies in memory where there is some, because
the session may be an encrypted one, no word of which is to be on a disk. The page's own policy
lets nothing run that is not ours.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from copilot.errors import UsageError
from copilot.i18n import N_, _
from copilot.private_file import create_private, write_all, write_private
from copilot.store.encryption.places import has_room, memory_folders

#: What browsers that print as Chromium does are called, on any system's path.
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
#: Where they stand where programs are not on the path.
_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
_WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
#: A long interview takes a few seconds.
LIMIT_S = 120.0

#: What a browser writes for itself, with some to spare.
_NEEDED_BYTES = 128 << 20
#: Its socket is 46 characters longer than its folder for passing files, and has room for 107.
_LONGEST = 60

_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # small in containers
    "--disable-extensions",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    # Nothing is asked for: no name is found, and every address leads to a port nobody serves.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-breakpad",
    "--no-pings",
)


def find_browser() -> Path | None:
    """The program of a browser that can print pages, or None."""
    return next(_browsers(), None)


def write_pdf(page: str | Path, path: Path, *, limit_s: float = LIMIT_S) -> None:
    """Print a page to a PDF that is readable by its owner alone.

    Args:
        page: The HTML itself, or the file it stands in.
        path: The PDF; an earlier one is replaced.
        limit_s: How long the browser may take, in seconds.

    Raises:
        UsageError: There is no browser, or it made no PDF.
        StorageError: The disk refused.
        OSError: The page's file cannot be read.
    """
    html = page.read_text(encoding="utf-8") if isinstance(page, Path) else page
    write_private(path, to_pdf(html, limit_s=limit_s))


def to_pdf(html: str, *, limit_s: float = LIMIT_S) -> bytes:
    """A page as PDF.

    Args:
        html: The page.
        limit_s: How long the browser may take, in seconds.

    Raises:
        UsageError: There is no browser, or it made no PDF.
        StorageError: The disk refused.
    """
    browser = find_browser()
    if browser is None:
        raise UsageError(
            _("no Chromium, Chrome or Edge is installed here that could print the report."),
            _("Install one of them, or write the report as HTML and print it from any browser."),
            title=N_("Cannot make a PDF"),
        )
    return _printed(browser, html.encode(), limit_s)


def _browsers() -> Iterator[Path]:
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            yield Path(found)
    if sys.platform == "darwin":
        yield from (Path(each) for each in _MACOS if Path(each).exists())
    if sys.platform == "win32":
        roots = [Path(os.environ[name]) for name in _WINDOWS_ROOTS if os.environ.get(name)]
        yield from (root / each for root in roots for each in _WINDOWS if (root / each).exists())


def _printed(browser: Path, html: bytes, limit_s: float) -> bytes:
    """The PDF that the browser makes of the page."""
    # Made with mode 0700. What the browser still writes while it ends may come too late.
    memory = _memory()
    with tempfile.TemporaryDirectory(
        prefix="interview-copilot-" if memory is None else "print-",
        dir=memory,
        ignore_cleanup_errors=True,
    ) as name:
        folder = Path(name)
        source, printed = folder / "report.html", folder / "report.pdf"
        with create_private(source) as file:
            write_all(file, html)
        ended = _run(
            [
                str(browser),
                *_OPTIONS,
                *_sandbox(),
                f"--user-data-dir={folder / 'profile'}",
                f"--print-to-pdf={printed}",
                source.as_uri(),
            ],
            folder,
            limit_s,
        )
        data = printed.read_bytes() if printed.is_file() else b""
    if not ended or not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise UsageError(
            _("{browser} made no PDF.", browser=browser)
            if ended
            else _("{browser} was not done in {limit} s.", browser=browser, limit=f"{limit_s:g}"),
            _(
                "Write the report as HTML and print it from a browser. One installed as a snap or "
                "flatpak may not see {folder}: set TMPDIR to a folder that it may read.",
                folder=folder.parent,
            ),
            title=N_("Cannot make a PDF"),
        )
    return data


def _memory() -> Path | None:
    """A folder of ours that no disk sees; None where there is none, or the user named another."""
    if os.environ.get("TMPDIR"):
        return None
    folders = memory_folders(make=True)
    return next((folder for folder in folders if has_room(folder, _NEEDED_BYTES)), None)


def _sandbox() -> tuple[str, ...]:
    """Chromium refuses to start as root, as in containers, unless its sandbox is off."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return ("--no-sandbox",) if is_root else ()


def _run(command: list[str], folder: Path, limit_s: float) -> bool:
    """Whether the browser ended in time; what it started has ended as well then."""
    # Or it leaves settings and caches in the user's own folders, whatever profile it is given.
    own = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_CACHE_HOME": str(folder / "cache")}
    if len(os.fsencode(folder)) <= _LONGEST:
        own["TMPDIR"] = str(folder)
    try:
        process = subprocess.Popen(  # noqa: S603 - a browser's own program and our options
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | own,
        )
    except OSError:
        return True  # it made nothing
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the browser and the processes it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        # They share its process group, which may be empty by now.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
