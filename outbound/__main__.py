"""Serve the outbound bot: `python -m outbound`."""

import sys

from outbound.app import create_app
from shared.server.server import main

sys.exit(main(create_app))
