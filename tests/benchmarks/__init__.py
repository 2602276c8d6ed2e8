"""Ratios that travel between machines: each figure and its baseline are measured in the same run, in turn."""
