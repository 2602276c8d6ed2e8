"""The catalogue, redemptions, codes, and the ledger of benefits in kind. Money is in cents."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Bytea, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class RewardPicture(Table, tablename="reward_picture"):
    """A picture as it is served: WebP, made anew from what was uploaded. Never changed; a new one gets a new id."""

    id = Id(primary_key=True)
    content = Bytea()
    width = Integer()
    height = Integer()
    created_by = Id(null=True)
    created_at = BigInt()


class Reward(Table, tablename="reward"):
    """Something in the catalogue. `cents` is its cash value; `stock` is empty for as many as are asked for, and of
    rewards with codes the number of codes that nobody has ordered. `countries` are separated by spaces, `places`
    by lines; both empty: everywhere. `starts_on` and `ends_on` are ISO dates or empty."""

    id = Id(primary_key=True)
    title_de = Varchar()
    title_en = Varchar()
    text_de = Text()
    text_en = Text()
    alt_de = Varchar()
    alt_en = Varchar()
    search = Text()
    picture_id = Id(null=True)
    motif = Varchar()
    hue = SmallInt()
    kind = Varchar()
    points = Integer()
    cents = Integer()
    tax_class = Varchar()
    fulfilment = Varchar()
    limit_count = Integer(null=True)
    limit_period = Varchar()
    countries = Varchar()
    places = Text()
    starts_on = Varchar()
    ends_on = Varchar()
    stock = Integer(null=True)
    created_at = BigInt()
    archived_at = BigInt(null=True)


class Redemption(Table, tablename="redemption"):
    """A person's order of a reward, at the price of that moment. `transfer_id` is the ledger's: pending while the
    points are held, posted when they are spent. `not_before` is a month ("2026-04") for which it waits, `taxed_ok`
    says that the person wants it even if this month's benefits are taxed then. `note` is what they wrote. `from_stock`:
    it took a piece, which returns if nothing comes of it."""

    id = Id(primary_key=True)
    position = BigInt()
    reward_id = Id()
    person_id = Id()
    department_id = Id()
    state = Varchar()
    points = Integer()
    cents = Integer()
    tax_class = Varchar()
    transfer_id = Id()
    approval_id = Id(null=True)
    note = Text()
    not_before = Varchar()
    taxed_ok = Boolean()
    from_stock = Boolean()
    created_at = BigInt()
    changed_at = BigInt()


class RedemptionStep(Table, tablename="redemption_step"):
    """A step of a redemption, as its person follows it. `actor_id` is empty where nobody had to do anything."""

    id = Id(primary_key=True)
    redemption_id = Id()
    state = Varchar()
    actor_id = Id(null=True)
    reason = Text()
    at = BigInt()


class RewardCode(Table, tablename="reward_code"):
    """A code that fulfils one redemption, sealed (see sealing.py). `shown_at` is when its owner saw it;
    `removed_at` when HR took it out again."""

    id = Id(primary_key=True)
    reward_id = Id()
    sealed = Bytea()
    fingerprint = Varchar()
    redemption_id = Id(null=True)
    shown_at = BigInt(null=True)
    removed_at = BigInt(null=True)
    created_by = Id(null=True)
    created_at = BigInt()


class RewardSettings(Table, tablename="reward_settings"):
    """One row: the country of departments that name none, which countries' benefits in kind are guarded ("DE 5000"
    on a line: by a monthly limit of 50 euros), and a sealed known text that proves the secret key."""

    id = SmallInt(primary_key=True)
    country = Varchar()
    tax_rules = Text()
    key_check = Bytea(null=True)


class Benefit(Table, tablename="benefit"):
    """A cash value that went to a person, at hand-over. Rows are never edited; a refund is a row of the opposite
    amount in the same month. `limit_cents` is the monthly limit of `country` that it counts towards, if any."""

    id = Id(primary_key=True)
    person_id = Id()
    month = Varchar()
    redemption_id = Id()
    cents = Integer()
    tax_class = Varchar()
    country = Varchar()
    limit_cents = Integer(null=True)
    at = BigInt()


class BenefitMonth(Table, tablename="benefit_month"):
    """Rollup: what counts towards a person's limit in a month."""

    person_id = Id(primary_key=True)
    month = Varchar()
    cents = BigInt()


class PayrollExport(Table, tablename="payroll_export"):
    """Who took a month's list for payroll, and when."""

    id = Id(primary_key=True)
    month = Varchar()
    actor_id = Id()
    rows = Integer()
    at = BigInt()
