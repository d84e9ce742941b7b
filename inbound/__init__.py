"""The bot that answers when somebody rings an ExoPhone."""

import shared as shared  # before Pipecat, which greets on stderr otherwise
