"""Texts that callers and bots say in the hearing benchmark, apart for each split."""
