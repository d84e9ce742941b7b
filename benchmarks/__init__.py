"""Measurements that anybody can repeat, side by side with a plain bot."""
