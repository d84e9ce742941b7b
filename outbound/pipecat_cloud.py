"""The outbound bot as an agent of Pipecat Cloud, whose images find `bot` and `readyz` here."""

from pipecat.runner.types import RunnerArguments

from shared.pipecat_cloud import CloudAgent
from shared.telephony.direction import Direction

AGENT = CloudAgent("outbound.bot", Direction.OUTBOUND)


async def bot(runner_args: RunnerArguments) -> None:
    """Take a call on Pipecat Cloud, which looks for a function of this name."""
    await AGENT.take(runner_args)


async def readyz() -> dict[str, object]:
    """Tell Pipecat Cloud whether it may send calls; while the settings are wrong, it may not."""
    return await AGENT.readiness()


if __name__ == "__main__":  # python -m outbound.pipecat_cloud -t exotel
    from pipecat.runner.run import main

    main()
