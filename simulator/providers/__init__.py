"""Deepgram, OpenAI and Cartesia on the wire, so that the real clients run without a key."""

from simulator.providers.behaviour import Behaviour as Behaviour
from simulator.providers.behaviour import BlackHole as BlackHole
from simulator.providers.behaviour import Drop as Drop
from simulator.providers.behaviour import Fault as Fault
from simulator.providers.behaviour import Garbage as Garbage
from simulator.providers.behaviour import Hang as Hang
from simulator.providers.behaviour import Provider as Provider
from simulator.providers.behaviour import Quote as Quote
from simulator.providers.behaviour import Refuse as Refuse
from simulator.providers.behaviour import Slow as Slow
from simulator.providers.behaviour import Stall as Stall
from simulator.providers.dialogue import Deltas as Deltas
from simulator.providers.dialogue import Refusal as Refusal
from simulator.providers.dialogue import ToolCall as ToolCall
from simulator.providers.observed import Cancelled as Cancelled
from simulator.providers.observed import Completion as Completion
from simulator.providers.observed import Heard as Heard
from simulator.providers.observed import Listening as Listening
from simulator.providers.observed import Speaking as Speaking
from simulator.providers.providers import Providers as Providers
from simulator.providers.server import run_providers as run_providers
