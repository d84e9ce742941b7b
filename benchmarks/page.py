"""A page of results: what was measured, when, on which machine and by which command."""

import os
import platform
import shlex
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.processes import ROOT


def page(title: str, *paragraphs: str) -> str:
    """Write a page in Markdown, which says by which command of ours it was made."""
    program = Path(sys.argv[0]).resolve().parent.relative_to(ROOT.resolve())
    command = shlex.join(["python", "-m", ".".join(program.parts), *sys.argv[1:]])
    made = (
        f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}, Python {platform.python_version()}, "
        f"pipecat-ai {version('pipecat-ai')}, `{command}`"
    )
    return "\n\n".join((f"# {title}", made, *paragraphs)) + "\n"


def _machine() -> str:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{len(os.sched_getaffinity(0))} cores of {cpu}"
