"""Every kind of case that somebody has to approve."""

from __future__ import annotations

from api.approvals.kinds import ApprovalKind
from api.awards.cases import AWARD
from api.rewards.cases import REDEMPTION
from api.rotations.cases import ROTATION

CASES: tuple[ApprovalKind, ...] = (REDEMPTION, AWARD, ROTATION)
