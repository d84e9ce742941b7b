"""The vendors' services, made fit for many calls in one process: a module for each vendor.

A module is imported when the settings choose its vendor, so nobody needs what others use.
"""
