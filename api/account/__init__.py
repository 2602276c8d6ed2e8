"""The person behind a request: preferences, sessions, API tokens."""
