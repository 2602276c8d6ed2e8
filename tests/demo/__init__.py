"""The demo hospital: what is written, by whom, and that it is stored as the product would store it."""
