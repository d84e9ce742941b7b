"""Serve the inbound bot: `python -m inbound`."""

import sys

from inbound.app import create_app
from shared.server.server import main

sys.exit(main(create_app))
