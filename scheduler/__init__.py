"""Plans job swaps, rings and shadow visits between departments, with a proven bound. Knows neither web nor database.

from scheduler import SolveOptions, check, read_instance, solve

instance = read_instance("hospital.json")
plan = solve(instance, SolveOptions(seconds=10))
assert check(instance, plan).ok
"""

from scheduler.checker import Verdict, check
from scheduler.compiled import compiling
from scheduler.files import FileError, parse_instance, parse_plan, read_instance, read_plan, schema, write, write_file
from scheduler.generate import generate
from scheduler.model import (
    Block,
    Department,
    DepartmentTier,
    Dependency,
    Forbidden,
    Instance,
    Objective,
    PastVisit,
    Person,
    Requirement,
    Rules,
    Visit,
    VisitOption,
)
from scheduler.pairing import Pairing, pairings
from scheduler.picture import html, svg
from scheduler.plan import (
    Group,
    Kind,
    Level,
    Plan,
    PlannedVisit,
    Progress,
    Reason,
    SolveOptions,
    Status,
    StopToken,
    Term,
    Unmet,
)
from scheduler.prepared import Prepared, prepare
from scheduler.remedies import Remedy, remedies
from scheduler.replanning import changed_instance, replan, solve_after
from scheduler.solver.run import solve
from scheduler.validate import InstanceError, Problem, validate
from scheduler.whatif import Price, WhatIf
from scheduler.whynot import Explanation, explain
from scheduler.words import english

__all__ = [
    "Block",
    "Department",
    "DepartmentTier",
    "Dependency",
    "Explanation",
    "FileError",
    "Forbidden",
    "Group",
    "Instance",
    "InstanceError",
    "Kind",
    "Level",
    "Objective",
    "Pairing",
    "PastVisit",
    "Person",
    "Plan",
    "PlannedVisit",
    "Prepared",
    "Price",
    "Problem",
    "Progress",
    "Reason",
    "Remedy",
    "Requirement",
    "Rules",
    "SolveOptions",
    "Status",
    "StopToken",
    "Term",
    "Unmet",
    "Verdict",
    "Visit",
    "VisitOption",
    "WhatIf",
    "changed_instance",
    "check",
    "compiling",
    "english",
    "explain",
    "generate",
    "html",
    "pairings",
    "parse_instance",
    "parse_plan",
    "prepare",
    "read_instance",
    "read_plan",
    "remedies",
    "replan",
    "schema",
    "solve",
    "solve_after",
    "svg",
    "validate",
    "write",
    "write_file",
]
