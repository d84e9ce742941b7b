"""The conversation of a call: its pipeline, and the rules of a talk on the phone."""
