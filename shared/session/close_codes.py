"""The close codes of our websockets, as RFC 6455 numbers them."""

NORMAL_CLOSURE = 1000
PROTOCOL_ERROR = 1002
POLICY_VIOLATION = 1008  # wrong credentials
INTERNAL_ERROR = 1011
TRY_AGAIN_LATER = 1013  # the process is full, overloaded or shutting down
