"""Plans job swaps, rings and shadow visits between departments, with a proven bound. Knows neither web nor database.

from scheduler import SolveOptions, check, read_instance, solve

instance = read_instance("hospital.json")
plan = solve(instance, SolveOptions(seconds=10))
assert check(instance, plan).ok
"""

from scheduler.checker import Verdict, check
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
from scheduler.solver.run import solve
from scheduler.validate import InstanceError, Problem, validate
from scheduler.words import english

__all__ = [
    "Block",
    "Department",
    "DepartmentTier",
    "Dependency",
    "FileError",
    "Forbidden",
    "Group",
    "Instance",
    "InstanceError",
    "Kind",
    "Level",
    "Objective",
    "PastVisit",
    "Person",
    "Plan",
    "PlannedVisit",
    "Problem",
    "Progress",
    "Reason",
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
    "check",
    "english",
    "generate",
    "parse_instance",
    "parse_plan",
    "read_instance",
    "read_plan",
    "schema",
    "solve",
    "validate",
    "write",
    "write_file",
]
