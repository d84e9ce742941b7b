"""What the inbound and the outbound app share."""

from loguru import logger

# Pipecat greets on stderr when it is imported, before our logging is set up; that enables it again.
logger.disable("pipecat")
