"""Where Pipecat's development runner looks for a bot: `python -m pipecat.runner.run -t exotel`."""

from inbound.bot import bot as bot
