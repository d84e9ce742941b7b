"""What `python -m simulator` can do: a module for each command."""
