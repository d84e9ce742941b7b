"""Installation progress of `make demo`: pip's output as one moving line."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.install import FETCHED, PINNED, install

ROOT = Path(__file__).parents[3]
PIP = """
import sys, time
print("Collecting idna==3.20 (from -r requirements-dev.lock (line 1))", flush=True)
print("  Downloading idna-3.20-py3-none-any.whl (70 kB)", flush=True)
print("WARNING: Retrying (Retry(total=4)) after connection broken", flush=True)
time.sleep(0.7)
print("Processing /opt/wheels/numpy-2.4.0-cp311-linux.whl", flush=True)
print("Installing collected packages: idna, numpy", flush=True)
time.sleep(0.7)
print("Successfully installed", flush=True)
sys.exit(int(sys.argv[1]))
"""


def fake_pip(code: int) -> tuple[str, ...]:
    return sys.executable, "-c", PIP, str(code)


def test_installation_without_a_terminal_prints_warnings_and_the_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert install(fake_pip(0), 106) == 0
    warning, ready = capsys.readouterr().out.splitlines()
    assert warning.startswith("WARNING: Retrying")
    assert re.fullmatch(r"Ready after \d+ s\.", ready)


def test_a_failed_installation_prints_all_of_pip_s_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert install(fake_pip(3), 106) == 3
    told = capsys.readouterr().out
    assert "Downloading idna-3.20" in told
    assert "Ready" not in told


def test_installation_on_a_terminal_shows_its_progress() -> None:
    terminal, its_end = pty.openpty()
    code = f"from simulator.install import install; install({fake_pip(0)!r}, 106)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=its_end, check=True)
    os.close(its_end)
    told = os.read(terminal, 65_536).decode()
    os.close(terminal)
    assert "... pip fetches idna, 1 of at most 106" in told
    assert "... pip unpacks 2 packages" in told
    assert re.search(r"\r +\rReady after \d+ s\.", told), "the moving line is taken away"


@pytest.mark.parametrize(
    ("line", "package"),
    [
        ("Collecting pipecat-ai[silero]==1.14.0 (from -r x.lock)", "pipecat-ai"),
        ("Collecting ruamel.yaml==0.18", "ruamel.yaml"),
        ("Processing ./wheels/typing_extensions-4.15.0-py3-none-any.whl", "typing_extensions"),
    ],
)
def test_installation_names_the_package_that_is_fetched(line: str, package: str) -> None:
    found = FETCHED.match(line)
    assert found
    assert found[1] == package


def test_installation_counts_the_packages_of_a_lock_file() -> None:
    lock = (
        "idna==3.20 \\\n    --hash=sha256:00\n    # via httpx==1\npipecat-ai[silero]==1.14.0 \\\n"
    )
    assert PINNED.findall(lock) == ["idna", "pipecat-ai[silero]"]


def test_installation_runs_where_no_package_is_installed() -> None:
    bare = [sys.executable, "-S", "-c", "import simulator.install"]
    subprocess.run(bare, cwd=ROOT, check=True)
