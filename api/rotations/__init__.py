"""Job rotations: programmes, what departments and people bring along, plans, visits."""
