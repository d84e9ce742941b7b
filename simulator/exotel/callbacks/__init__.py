"""Status callbacks, as Exotel sends them."""
