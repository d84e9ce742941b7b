"""What Exotel's HTTP requests to us carry."""
