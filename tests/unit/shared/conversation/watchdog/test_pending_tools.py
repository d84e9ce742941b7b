"""The tools that a response waits for, by their calls' ids."""

from shared.conversation.watchdog.pending_tools import PendingTools


def test_a_tool_is_waited_for_until_its_result() -> None:
    tools = PendingTools()
    assert not tools
    tools.add({"1", "2"})
    assert tools and not tools.only
    assert tools.start("1") and tools.only
    tools.end("1")
    assert tools and tools.only
    tools.end("2")
    assert not tools and not tools.only


def test_a_tool_that_was_not_called_is_not_waited_for() -> None:
    tools = PendingTools()
    assert not tools.start("1")
    assert not tools and not tools.only


def test_no_tool_is_waited_for_behind_an_interruption() -> None:
    tools = PendingTools()
    tools.add({"1"})
    tools.start("1")
    tools.clear()
    assert not tools and not tools.only
    assert not tools.start("1")
