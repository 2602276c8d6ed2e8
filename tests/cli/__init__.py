"""The `gearmesh` command."""
