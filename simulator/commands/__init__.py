"""The commands of `python -m simulator`: a module for each."""
