"""Log lines about the status of a call record."""

from datetime import UTC, datetime

import pytest
from loguru import logger

from shared.records.call_events import Rejected
from shared.records.call_record import CallRecord
from shared.records.status_log import log_status
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction


@pytest.mark.parametrize(
    ("message", "code", "hint", "told"),
    [
        ("KYC is due", "", "complete it", "is rejected: KYC is due (HTTP 403; complete it)"),
        ("KYC is due", "34010", "go", "is rejected: KYC is due (HTTP 403, code 34010; go)"),
        ("KYC is due", "34010", "", "is rejected: KYC is due (HTTP 403, code 34010)"),
        ("KYC is due", "", "", "is rejected: KYC is due (HTTP 403)"),
        ("", "", "ask Exotel", "is rejected (HTTP 403; ask Exotel)"),
        ("", "", "", "is rejected (HTTP 403)"),
    ],
)
def test_a_refused_dial_is_logged_with_exotel_s_words_and_a_hint(
    message: str, code: str, hint: str, told: str
) -> None:
    now = datetime.now(UTC)
    refusal = Rejected(at=now, status=403, message=message, code=code, hint=hint)
    call = CallRecord(
        call_id="c1",
        direction=Direction.OUTBOUND,
        created_at=now,
        mode=ConnectMode.FLOW,
        number="+919876543210",
        refusal=refusal,
    )
    lines: list[str] = []
    sink = logger.add(lambda line: lines.append(line.record["message"]), level="INFO")
    log_status(call)
    logger.remove(sink)
    (line,) = lines
    assert line.endswith(told)
    assert "9876543210" not in line
