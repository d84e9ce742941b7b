"""The transfer of a call as operators read it, in whatever response it stands."""

from collections.abc import Mapping

from shared.records.transfer_record import TransferRecord


def transfer_response(transfer: TransferRecord) -> Mapping[str, object]:
    """A transfer; no numbers in `to` means those of TRANSFER_NUMBERS."""
    return {
        "to": list(transfer.to),
        "reason": transfer.reason or None,
        "summary": transfer.summary or None,
        "decided_at": transfer.decided_at.isoformat(timespec="milliseconds"),
    }
