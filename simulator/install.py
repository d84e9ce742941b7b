"""`python -m simulator.install LOCK`: pip, telling how far it is instead of all it does.

`make` runs it with the new environment's Python, so it imports nothing but the standard library.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from simulator.commands.terminal import STEP_SECS, TERMINAL, say

PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off")
PINNED = re.compile(r"^([\w.-]+(?:\[[^]]*])?)\s*==", re.MULTILINE)  # a package of a lock
FETCHED = re.compile(r"(?:Collecting|Processing) (?:\S*/)?([\w.]+(?:-[a-zA-Z][\w.]*)*)")
UNPACKS = "Installing collected packages"


def install(command: Sequence[str], packages: int) -> int:
    """Run a pip; on a terminal a moving line tells what it does, and of a failure all is told.

    Args:
        command: What to run.
        packages: How many the lock has, those for other systems included.

    Returns:
        Its exit code.
    """
    written, began = [], time.monotonic()
    pip = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    assert pip.stdout
    doing = ["begins"]
    with pip, _moving(doing):
        fetched = 0
        for line in pip.stdout:
            written.append(line)
            if found := FETCHED.match(line):
                fetched += 1
                doing[0] = f"fetches {found[1]}, {fetched} of at most {packages}"
            elif line.startswith("WARNING: Retrying"):  # the network fails
                say(line.rstrip())
            elif line.startswith(UNPACKS):
                doing[0] = f"unpacks {fetched} packages"
    if pip.returncode:
        say("".join(written).rstrip())
    else:
        say(f"Ready after {time.monotonic() - began:.0f} s.")
    return pip.returncode


@contextmanager
def _moving(doing: list[str]) -> Iterator[None]:
    """Keep a line moving that says what is being done."""
    over, began = Event(), time.monotonic()

    def move() -> None:
        while not over.wait(STEP_SECS):
            TERMINAL.status(f"... pip {doing[0]}, {time.monotonic() - began:.0f} s")

    thread = Thread(target=move, name="moving line")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        TERMINAL.status("")


def main(lock: Path) -> int:
    """Install exactly what a lock holds, which is complete: nothing is resolved."""
    options = ("--require-hashes", "--no-deps", "-r", str(lock))
    packages = len(PINNED.findall(lock.read_text(encoding="utf-8")))
    try:
        return install((sys.executable, *PIP, *options), packages)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
