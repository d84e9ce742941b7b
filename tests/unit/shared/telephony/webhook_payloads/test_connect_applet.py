from shared.telephony.webhook_payloads.connect_applet import connect_answer


def test_the_connect_applet_is_told_whom_to_dial() -> None:
    assert connect_answer(["+919812345678", "+918047112233"], ring_secs=20, record=True) == {
        "fetch_after_attempt": False,
        "destination": {"numbers": ["+919812345678", "+918047112233"]},
        "max_ringing_duration": 20,
        "record": True,
        "recording_channels": "dual",
    }
    unrecorded = connect_answer(["+919812345678"], ring_secs=20, record=False)
    assert unrecorded["record"] is False
    assert "recording_channels" not in unrecorded


def test_the_connect_applet_is_told_to_dial_nobody() -> None:
    nobody = {"fetch_after_attempt": False, "destination": {"numbers": []}}
    assert connect_answer([], ring_secs=20, record=True) == nobody
