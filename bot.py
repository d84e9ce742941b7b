"""Where Pipecat's development runner looks for a bot: `python -m pipecat.runner.run -t exotel`."""

from inbound.pipecat_cloud import bot as bot
