"""The pages about the house are true: every path that they name exists, and every room is drawn."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = ("architecture.md", "extending.md", "glossary.md")
PATH = re.compile(r"`((?:shared|inbound|outbound|tests|simulator|docs|deploy)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#]*)(?:#([\w-]+))?\)")
TO_BE_WRITTEN = {"shared/providers/vendors/rime.py"}  # by whoever adds that provider
PAGE = (DOCS / "architecture.md").read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    headings = re.findall("^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_path_that_a_page_names_exists(name: str) -> None:
    paths = set(PATH.findall((DOCS / name).read_text(encoding="utf-8")))
    assert paths
    missing = {path for path in paths - TO_BE_WRITTEN if not (ROOT / path).exists()}
    assert not missing, f"{name} names what isn't there: {sorted(missing)}"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    for target, anchor in LINK.findall((DOCS / name).read_text(encoding="utf-8")):
        root = ROOT if target.startswith("/") else DOCS
        page = (root / target.lstrip("/")).resolve() if target else DOCS / name
        assert page.exists(), f"{name}: {target}"
        assert not anchor or anchor in anchors(page), f"{name}: {target}#{anchor}"


def test_every_room_of_the_package_is_in_the_picture() -> None:
    (picture,) = re.findall("^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for folder in (ROOT / "shared").iterdir():
        if (folder / "__init__.py").exists():
            assert f" {folder.name}/ " in picture, f"{folder.name} is not in the picture"


def test_it_tells_where_to_go_with_twenty_requests() -> None:
    rows = PAGE.partition("| request | where |\n|---|---|\n")[2].splitlines()
    assert len(rows) == 20
    assert all(PATH.search(row) or "`TurnSettings" in row for row in rows)
