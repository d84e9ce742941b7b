"""The payloads of Exotel's HTTP requests to us.

They are unsigned: whoever knows the address can send them, so nothing in them is more than a claim.
"""
