"""The keyless demo: offline ears, a scripted mind and an offline voice."""
