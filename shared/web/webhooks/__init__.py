"""Routes for Exotel's requests."""
