"""Runs the examples: they do what their pages say."""
