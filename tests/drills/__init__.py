"""Fault drills: servers that are told to end, killed, cut off and left by their clients."""
