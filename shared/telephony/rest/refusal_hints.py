"""Advice for each of Exotel's refusals: its answers name the trouble, seldom the way out."""

import re

MUMBAI = "Mumbai accounts have EXOTEL_API_URL=https://api.in.exotel.com, all others the default"

# By Exotel's words, the most telling first. They depend on the account and change without notice.
BY_MESSAGE = {
    r"\bkyc\b": "complete the KYC verification in Exotel's dashboard: India's TRAI demands it "
    "before the first outbound call",
    r"\b(dnd|ndnc|ncpr|nccp)\b|do not disturb": "the number is on India's do-not-disturb register: "
    "it can be rung once it has called your ExoPhone or Exotel has whitelisted it for you",
    r"\bip\b.*(whitelist|allow|permit)|(whitelist|allow|permit).*\bip\b": "add the public address "
    "of this server to the allowed ones in the API settings of Exotel's dashboard",
    r"balance|credits?\b|recharge|top.?up": "top up the account in Exotel's dashboard",
    r"suspend|deactivat|block": "ask Exotel's support (hello@exotel.com) what holds the account",
    r"not (been )?(enabled|activated|available)|feature": "ask Exotel (hello@exotel.com) to enable "
    "it for the account; voice-ai needs Connect Voice AI, flow and two-numbers need AgentStream",
    r"caller.?id|exo.?phone|virtual number": "check EXOTEL_PHONE_NUMBER: it must be an ExoPhone of "
    "this very account",
    r"\b(hours|time window)\b": "ring between 9:00 and 21:00 in India",
}
BY_STATUS = {
    400: "check the number, EXOTEL_PHONE_NUMBER and, for a flow, EXOTEL_FLOW_ID",
    401: f"check EXOTEL_API_KEY and EXOTEL_API_TOKEN; {MUMBAI}",
    402: "the balance or the plan is used up: top up the account in Exotel's dashboard",
    403: "the account may not do this: look at its KYC, its allowed IP addresses and whether "
    "AgentStream is enabled in Exotel's dashboard",
    404: f"check EXOTEL_ACCOUNT_SID; {MUMBAI}",
    429: "dial more slowly: Exotel takes 200 requests a minute from an account",
}


def hint(status: int, message: str) -> str:
    """The advice for a refusal, or "" when nothing is known to help.

    Args:
        status: HTTP status, 400 to 499.
        message: Exotel's own words.
    """
    if status in (401, 429):  # leave no doubt, whatever else is mentioned
        return BY_STATUS[status]
    for words, advice in BY_MESSAGE.items():
        if re.search(words, message, re.IGNORECASE):
            return advice
    return BY_STATUS.get(status, "")
