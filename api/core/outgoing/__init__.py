"""Requests to addresses that people have typed in, which must not reach what is inside the house."""

from api.core.outgoing.addresses import Allowed, Forbidden
from api.core.outgoing.client import Answer, Unreachable, post

__all__ = ["Allowed", "Answer", "Forbidden", "Unreachable", "post"]
