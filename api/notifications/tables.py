"""What people are told of, what they want to be told of, and where else events go. Ids and codes only."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Notification(Table, tablename="notification"):
    """One person is told of one thing. `key` says of what ("kudos:<id>"): nobody is told twice.

    `position` orders the page, as the feed's does. `hidden`: not to be seen at present, because what it is about
    is not. `mail` is empty for no e-mail; `mail_job_id` is the job whose e-mail it stands in.
    """

    id = Id(primary_key=True)
    position = BigInt()
    person_id = Id()
    kind = Varchar()
    key = Varchar()
    kudos_id = Id(null=True)
    subject_id = Id(null=True)
    actor_id = Id(null=True)
    detail = Varchar()
    created_at = BigInt()
    read_at = BigInt(null=True)
    on_page = Boolean()
    hidden = Boolean()
    mail = Varchar()
    mail_job_id = Id(null=True)


class NotificationChoice(Table, tablename="notification_choice"):
    """What a person wants; there is a row only for those who have changed something. `page` and `mail` are kinds
    separated by spaces, quiet hours are minutes of the local day, `celebrated`: others may hear of anniversaries."""

    person_id = Id(primary_key=True)
    page = Text()
    mail = Text()
    rhythm = Varchar()
    quiet_from = SmallInt(null=True)
    quiet_until = SmallInt(null=True)
    celebrated = Boolean()


class NotificationState(Table, tablename="notification_state"):
    """One row: the last event that has been told of, and the key that signs links in e-mails."""

    id = SmallInt(primary_key=True)
    txid = BigInt()
    event_id = BigInt()
    signing_key = Varchar()


class Endpoint(Table, tablename="endpoint"):
    """Somewhere outside that hears of events. `kinds` (of a webhook) and `departments` (of a chat; none: all) are
    separated by spaces. `old_secret` still signs until `old_secret_until`. `failures` are those in a row.
    Secrets and the `url` of a chat are sealed where there is a key (secrets.py)."""

    id = Id(primary_key=True)
    channel = Varchar()
    name = Varchar()
    url = Text()
    kinds = Text()
    departments = Text()
    language = Varchar()
    secret = Varchar()
    old_secret = Varchar()
    old_secret_until = BigInt(null=True)
    failures = Integer()
    failing_since = BigInt(null=True)
    disabled_at = BigInt(null=True)
    created_at = BigInt()


class Delivery(Table, tablename="delivery"):
    """One event on its way to one endpoint, and how that went. No bodies: they are made anew from the ids."""

    id = Id(primary_key=True)
    endpoint_id = Id()
    event_id = BigInt(null=True)
    kind = Varchar()
    kudos_id = Id(null=True)
    subject_id = Id(null=True)
    actor_id = Id(null=True)
    occurred_at = BigInt()
    state = Varchar()
    attempts = Integer()
    status = SmallInt(null=True)
    milliseconds = Integer(null=True)
    error = Varchar()
    created_at = BigInt()
    ended_at = BigInt(null=True)
