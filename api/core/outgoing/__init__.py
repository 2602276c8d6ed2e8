"""Requests to addresses that people have typed in, which must not reach what is inside the house."""

from api.core.outgoing.addresses import Allowed, Forbidden
from api.core.outgoing.client import Answer, Unreachable, get, post
from api.core.outgoing.used import Outside, outside_in_use, use_outside

__all__ = ["Allowed", "Answer", "Forbidden", "Outside", "Unreachable", "get", "outside_in_use", "post", "use_outside"]
