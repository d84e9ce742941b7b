"""What the Dockerfile takes from the repository, as far as that can be tried without Docker."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
RECIPE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
COPIES = [
    source
    for line in RECIPE.splitlines()
    if line.startswith("COPY ") and "--from" not in line
    for source in line.split()[1:-1]
]


@pytest.mark.parametrize("source", COPIES)
def test_what_it_copies_is_there_and_not_ignored(source: str) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1:]
    assert (ROOT / source).exists()
    assert not [pattern for pattern in ignored if fnmatch(source, pattern)]


def test_other_providers_come_in_the_versions_of_their_lock(tmp_path: Path) -> None:
    lock = (ROOT / "requirements-providers.lock").read_text(encoding="utf-8")
    (tmp_path / "requirements-providers.lock").write_text(lock, encoding="utf-8")
    (make_pins,) = re.findall(r"^RUN (sed .*? > pins) ", RECIPE, re.MULTILINE)
    subprocess.run(["sh", "-ec", make_pins], cwd=tmp_path, check=True)
    pins = [Requirement(line) for line in (tmp_path / "pins").read_text().splitlines()]
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", lock, re.MULTILINE))
    for pin in pins:  # otherwise pip refuses it as a constraint
        assert not pin.extras
        assert [one.operator for one in pin.specifier] == ["=="]


def test_no_extra_is_the_usual_image() -> None:
    assert 'if [ -n "$EXTRAS" ]; then /venv/bin/pip install' in RECIPE
    assert re.search(r"^ARG EXTRAS=$", RECIPE, re.MULTILINE)
