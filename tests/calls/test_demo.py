"""`make demo` as a user runs it, and the commands that the README prints."""

import asyncio
import os
import pty
import re
import signal
import sys
import wave
from pathlib import Path

from simulator import __main__ as simulator
from simulator.commands import demo, demo_outbound

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every line of the README's shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [re.sub(r"\s+# .*", "", line) for line in lines if line]


def test_the_readme_prints_the_two_demo_commands_first() -> None:
    assert commands()[:2] == ["make demo", "make test"]


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(" ".join(re.findall(r"^([a-z. -]+):", MAKEFILE, re.MULTILINE)).split())
    asked = set(re.findall(r"(?:^|`)make ([a-z.-]+)", README, re.MULTILINE))
    assert {"demo", "test", "check", "bench", "lock"} <= asked
    assert asked <= targets


def test_the_readme_sections_that_the_demos_name_exist() -> None:
    headings = set(re.findall(r"^## (.+)", README, re.MULTILINE))
    for text in (demo.NEXT, demo_outbound.NEXT):
        assert set(re.findall(r"README\.md, (.+?)  ", text)) <= headings
        assert set(re.findall(r"make ([a-z-]+)  ", text)) <= {"demo-outbound"}


def test_every_python_module_that_the_readme_runs_exists() -> None:
    asked = set(re.findall(r"python -m (\w+)", README))
    assert asked == {"benchmarks", "inbound", "outbound", "simulator", "pipecat"}
    for module in asked - {"pipecat"}:
        assert (ROOT / module / "__main__.py").is_file()


def test_every_simulator_command_of_the_readme_exists() -> None:
    assert set(re.findall(r"-m simulator ([\w-]+)", README)) <= set(simulator.COMMANDS)


def test_the_readme_links_to_existing_files() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


async def test_the_demo_goes_as_scripted_and_leaves_a_recording(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    terminal, stdin = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "simulator", "demo", "--port", str(unused_tcp_port)),
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    screen = ""
    async for line in process.stdout:
        screen += line.decode()
        if "--say your-own.wav" in screen or "Not as scripted" in screen:
            process.send_signal(signal.SIGINT)
    os.close(terminal)
    os.close(stdin)
    assert await process.wait() == 0, screen
    assert "I am a scripted demo, no AI model is running" in screen
    assert "The call went as scripted." in screen
    order = (
        "bot      Hello! I am a scripted demo",
        "caller   says what are your opening hours",
        "heard    what are your opening hours",
        "bot      We are open",
        "caller   interrupts",
        "bot      stops speaking",
        "heard    i want to book",
        "first sound",
        "listen   ",
        "What next:",
    )
    places = [screen.index(text) for text in order]
    assert places == sorted(places), screen
    assert "\r" not in screen, "what moves is for terminals"
    with wave.open(str(tmp_path / "demo-call.wav")) as recording:
        assert recording.getnchannels() == 2
        assert recording.getframerate() == 8_000
        assert recording.getnframes() > 20 * 8_000
