"""The catalogue of rewards, their codes and pictures, people's redemptions, and the ledger of benefits in kind."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def rewards(dialect: Dialect) -> Sequence[str]:
    """Money is in cents, stock is guarded by a CHECK: what is not there cannot be ordered."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    blob = "BLOB" if lite else "BYTEA"
    end = "WITHOUT ROWID" if lite else ""
    return [
        f"""CREATE TABLE reward_picture (
            id {uuid} PRIMARY KEY, content {blob} NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            created_by {uuid} REFERENCES person (id), created_at BIGINT NOT NULL)""",
        f"""CREATE TABLE reward (
            id {uuid} PRIMARY KEY, title_de TEXT NOT NULL, title_en TEXT NOT NULL, text_de TEXT NOT NULL,
            text_en TEXT NOT NULL, alt_de TEXT NOT NULL, alt_en TEXT NOT NULL, search TEXT NOT NULL,
            picture_id {uuid} REFERENCES reward_picture (id), motif TEXT NOT NULL,
            hue SMALLINT NOT NULL CHECK (hue BETWEEN 1 AND 14),
            kind TEXT NOT NULL CHECK (kind IN ('voucher', 'goods', 'time_off', 'donation', 'team_event', 'custom')),
            points INTEGER NOT NULL CHECK (points > 0), cents INTEGER NOT NULL CHECK (cents >= 0),
            tax_class TEXT NOT NULL CHECK (tax_class IN ('benefit', 'taxed', 'exempt')),
            fulfilment TEXT NOT NULL CHECK (fulfilment IN ('hr', 'codes')),
            limit_count INTEGER CHECK (limit_count > 0),
            limit_period TEXT NOT NULL CHECK (limit_period IN ('', 'month', 'quarter', 'year', 'ever')),
            countries TEXT NOT NULL, places TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
            stock INTEGER CHECK (stock >= 0), created_at BIGINT NOT NULL, archived_at BIGINT)""",
        "CREATE INDEX reward_shown ON reward (points, id) WHERE archived_at IS NULL",
        f"""CREATE TABLE redemption (
            id {uuid} PRIMARY KEY, position BIGINT NOT NULL UNIQUE, reward_id {uuid} NOT NULL REFERENCES reward (id),
            person_id {uuid} NOT NULL REFERENCES person (id), department_id {uuid} NOT NULL REFERENCES department (id),
            state TEXT NOT NULL CHECK (state IN
                ('requested', 'approved', 'declined', 'cancelled', 'fulfilled', 'refunded')),
            points INTEGER NOT NULL CHECK (points > 0), cents INTEGER NOT NULL CHECK (cents >= 0),
            tax_class TEXT NOT NULL, transfer_id {uuid} NOT NULL, approval_id {uuid},
            note TEXT NOT NULL DEFAULT '', not_before TEXT NOT NULL DEFAULT '', taxed_ok BOOLEAN NOT NULL,
            created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL)""",
        "CREATE INDEX redemption_person ON redemption (person_id, position)",
        "CREATE INDEX redemption_reward ON redemption (reward_id, person_id, created_at)",
        "CREATE INDEX redemption_state ON redemption (state, position)",
        "CREATE INDEX redemption_transfer ON redemption (transfer_id)",
        f"""CREATE TABLE redemption_step (
            id {uuid} PRIMARY KEY, redemption_id {uuid} NOT NULL REFERENCES redemption (id), state TEXT NOT NULL,
            actor_id {uuid}, reason TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL)""",
        "CREATE INDEX redemption_step_of ON redemption_step (redemption_id, id)",
        # `fingerprint` is keyed: the same code twice is noticed without anybody being able to guess codes from it.
        f"""CREATE TABLE reward_code (
            id {uuid} PRIMARY KEY, reward_id {uuid} NOT NULL REFERENCES reward (id), sealed {blob} NOT NULL,
            fingerprint TEXT NOT NULL, redemption_id {uuid} UNIQUE REFERENCES redemption (id),
            shown_at BIGINT, removed_at BIGINT, created_by {uuid}, created_at BIGINT NOT NULL,
            UNIQUE (reward_id, fingerprint))""",
        """CREATE INDEX reward_code_free ON reward_code (reward_id, id)
            WHERE redemption_id IS NULL AND removed_at IS NULL""",
        # `tax_rules`: a line for each country whose benefits in kind are guarded, with the monthly limit in cents.
        f"""CREATE TABLE reward_settings (
            id SMALLINT PRIMARY KEY CHECK (id = 1), country TEXT NOT NULL, tax_rules TEXT NOT NULL,
            key_check {blob})""",
        "INSERT INTO reward_settings (id, country, tax_rules) VALUES (1, 'DE', 'DE 5000')",
        "ALTER TABLE department ADD COLUMN country TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE department ADD COLUMN place TEXT NOT NULL DEFAULT ''",
        # Never edited: a refund is a row with the opposite amount in the same month.
        f"""CREATE TABLE benefit (
            id {uuid} PRIMARY KEY, person_id {uuid} NOT NULL REFERENCES person (id), month TEXT NOT NULL,
            redemption_id {uuid} NOT NULL REFERENCES redemption (id), cents INTEGER NOT NULL,
            tax_class TEXT NOT NULL, country TEXT NOT NULL, limit_cents INTEGER, at BIGINT NOT NULL)""",
        "CREATE INDEX benefit_month_of ON benefit (month, person_id, id)",
        "CREATE INDEX benefit_redemption ON benefit (redemption_id)",
        # Of what counts towards the limit, the sum: whoever hands over changes it first, so two wait for each other.
        f"""CREATE TABLE benefit_month (
            person_id {uuid} NOT NULL REFERENCES person (id), month TEXT NOT NULL,
            cents BIGINT NOT NULL CHECK (cents >= 0), PRIMARY KEY (person_id, month)) {end}""",
        f"""CREATE TABLE payroll_export (
            id {uuid} PRIMARY KEY, month TEXT NOT NULL, actor_id {uuid} NOT NULL, rows INTEGER NOT NULL,
            at BIGINT NOT NULL)""",
    ]
