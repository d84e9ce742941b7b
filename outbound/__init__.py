"""The bot that rings people."""

import shared as shared  # before Pipecat, which greets on stderr otherwise
