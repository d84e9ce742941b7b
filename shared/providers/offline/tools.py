"""The one tool of the scripted demo, in the shape every Pipecat tool has."""

from pipecat.services.llm_service import FunctionCallParams


async def book_appointment(params: FunctionCallParams) -> None:
    """Pretend to book the day that the caller confirmed."""
    await params.result_callback({"booked": True, "day": params.arguments["day"]})
