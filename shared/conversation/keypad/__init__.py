"""DTMF: what keys mean, and how digits are collected."""
