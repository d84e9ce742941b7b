"""Answering-machine detection (AMD), and what follows from it."""
