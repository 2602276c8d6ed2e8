"""Every table of the product, for binding them to a database and for checks over all of them."""

from __future__ import annotations

from piccolo.table import Table

from api.approvals.tables import Approval, ApprovalDecider, ApprovalRule, ApprovalStep, Deputyship
from api.awards.tables import AwardProgramme, Nomination
from api.core.access.tables import ApiToken, Session, SignInThrottle
from api.core.tables import Change, Event, Idempotency, JobRow
from api.dependencies.tables import Dependency
from api.imports.tables import ImportChunk, ImportFault, ImportRow, ImportRun, KudosOrigin
from api.improvements.tables import IMPROVEMENT_TABLES
from api.invitations.tables import Link
from api.kudos.tables import (
    Comment,
    EdgeWeek,
    Kudos,
    KudosEdge,
    KudosMention,
    KudosRecipient,
    PersonTally,
    Reaction,
    Report,
    Value,
)
from api.notifications.tables import Delivery, Endpoint, Notification, NotificationChoice, NotificationState
from api.people.tables import Department, Organisation, Person
from api.points.tables import Account, Allowance, PointsAlert, PointsSettings, Posting, Transfer
from api.rewards.tables import (
    Benefit,
    BenefitMonth,
    PayrollExport,
    Redemption,
    RedemptionStep,
    Reward,
    RewardCode,
    RewardPicture,
    RewardSettings,
)
from api.rotations.feedback_tables import FEEDBACK_TABLES
from api.rotations.tables import ROTATION_TABLES
from api.rotations.visit_tables import VISIT_TABLES

TABLES: tuple[type[Table], ...] = (
    Organisation,
    Department,
    Person,
    Dependency,
    Value,
    Kudos,
    KudosRecipient,
    KudosEdge,
    KudosMention,
    Reaction,
    Comment,
    Report,
    EdgeWeek,
    PersonTally,
    Session,
    ApiToken,
    SignInThrottle,
    Link,
    Idempotency,
    Event,
    JobRow,
    ImportRun,
    ImportChunk,
    ImportRow,
    ImportFault,
    KudosOrigin,
    Notification,
    NotificationChoice,
    NotificationState,
    Endpoint,
    Delivery,
    Approval,
    ApprovalStep,
    ApprovalDecider,
    ApprovalRule,
    Deputyship,
    AwardProgramme,
    Nomination,
    Change,
    *ROTATION_TABLES,
    *VISIT_TABLES,
    *FEEDBACK_TABLES,
    *IMPROVEMENT_TABLES,
    RewardPicture,
    Reward,
    Redemption,
    RedemptionStep,
    RewardCode,
    RewardSettings,
    Benefit,
    BenefitMonth,
    PayrollExport,
    Account,
    Transfer,
    Posting,
    Allowance,
    PointsSettings,
    PointsAlert,
)
