"""Contents of the Docker images, as far as they can be checked without Docker."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
RECIPES = [ROOT / "Dockerfile", *sorted(ROOT.glob("deploy/*/*/Dockerfile"))]
each_recipe = pytest.mark.parametrize(
    "recipe",
    [path.read_text(encoding="utf-8").replace("\\\n", "") for path in RECIPES],
    ids=[path.parent.name for path in RECIPES],
)


@each_recipe
def test_all_files_that_an_image_copies_exist_and_are_not_ignored(recipe: str) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1:]
    copies = re.findall(r"^COPY (?!--)(.*) \S+$", recipe, re.MULTILINE)
    for source in " ".join(copies).split():
        assert (ROOT / source).exists()
        assert not [pattern for pattern in ignored if fnmatch(source, pattern)]


@each_recipe
def test_other_providers_come_into_the_image_in_the_versions_of_their_lock(
    recipe: str, tmp_path: Path
) -> None:
    lock = (ROOT / "requirements-providers.lock").read_text(encoding="utf-8")
    (tmp_path / "requirements-providers.lock").write_text(lock, encoding="utf-8")
    (make_pins,) = re.findall(r"^RUN (sed .*? > pins) ", recipe, re.MULTILINE)
    subprocess.run(["sh", "-ec", make_pins], cwd=tmp_path, check=True)
    pins = [Requirement(line) for line in (tmp_path / "pins").read_text().splitlines()]
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", lock, re.MULTILINE))
    for pin in pins:  # otherwise pip refuses it as a constraint
        assert not pin.extras
        assert [one.operator for one in pin.specifier] == ["=="]


@each_recipe
def test_without_extras_no_other_provider_is_installed_in_the_image(recipe: str) -> None:
    assert re.search(
        r'if \[ -n "\$EXTRAS" \]; then \S+ .*"\.\[\$EXTRAS\]".*; fi$', recipe, re.MULTILINE
    )
    assert re.search(r"^ARG EXTRAS=$", recipe, re.MULTILINE)
