"""The package that the inbound and the outbound app share."""

import os

from loguru import logger

# ONNX Runtime, which runs the voice and turn models, reports its use to Microsoft unless told not
# to before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # noqa: TID251  # written, not read

# Pipecat greets on stderr when it is imported, before our logging is set up; that enables it again.
logger.disable("pipecat")
