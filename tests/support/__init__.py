"""What tests share: a small organisation of named people, a clock, a running app."""
