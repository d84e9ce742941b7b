"""Pages of benchmark results, with the command that makes them again."""

import sys

import pytest

from benchmarks.page import page
from benchmarks.processes import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def test_a_benchmark_page_tells_the_command_that_makes_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = ROOT / "benchmarks" / "hearing" / "__main__.py"
    monkeypatch.setattr(sys, "argv", [str(program), "--lanes", "2"])
    heading, made, table = page("How well the bots listen", "| a | b |").strip().split("\n\n")
    assert heading == "# How well the bots listen"
    assert "`python -m benchmarks.hearing --lanes 2`" in made
    assert table == "| a | b |"
