"""The reasons why a request isn't dialled that are not in the request itself."""

from shared.records.dial_admission import RungAlready


class KeyConflict(Exception):
    """The Idempotency-Key came with another order before."""


class CallDeleted(Exception):
    """The Idempotency-Key stands for a call whose record has been deleted."""


class TooManyDials(Exception):
    """Exotel takes no more dials for now; come back after `retry_after` seconds."""

    def __init__(self, retry_after: float, call_id: str = "") -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
        self.call_id = call_id


class PersonRungAlready(Exception):
    """Whoever is to be rung is on the phone with us, or was rung often enough; `rung` says more."""

    def __init__(self, rung: RungAlready) -> None:
        super().__init__(rung)
        self.rung = rung
