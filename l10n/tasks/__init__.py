"""The use cases: each loads, runs stages, saves, and returns a report. One function per command."""
