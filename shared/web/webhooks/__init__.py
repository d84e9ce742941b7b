"""The webhooks: Exotel's requests to us, a module each, named as their payloads are."""
