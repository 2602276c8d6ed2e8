"""In which country people are, and whether its benefits in kind are guarded."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, Thing, check_version, lock_directory, save, state_of, version_of
from api.rewards.record_schemas import RewardSettingsOut, TaxRule
from api.rewards.rules import check_tax_rules, read_tax_rules

SETTINGS = Thing("reward_settings", ("country", "tax_rules"))
SETTINGS_ID = 1

# Of a person `p` with department `d`; `s` is the row of settings.
COUNTRY = "COALESCE(NULLIF(d.country, ''), s.country)"


async def settings() -> RewardSettingsOut:
    """The house's country and the guarded ones."""
    state = await state_of(SETTINGS, SETTINGS_ID)
    return RewardSettingsOut(
        country=str(state["country"]),
        rules=[
            TaxRule(country=code, limit_cents=cents) for code, cents in read_tax_rules(str(state["tax_rules"])).items()
        ],
        version=version_of(state),
    )


@database.transaction
async def change_settings(
    *, actor: Actor, country: object = None, rules: Mapping[str, int] | None = None, version: str | None = None
) -> Changed:
    """Set what is given: the house's country, the monthly limits by guarded country. Raises Invalid, Conflict."""
    await lock_directory()
    before = await state_of(SETTINGS, SETTINGS_ID)
    check_version(before, version)
    present = read_tax_rules(str(before["tax_rules"]))
    after = check_tax_rules(str(before["country"] if country is None else country), present if rules is None else rules)
    change_id = await save(
        SETTINGS, "rewards.changed", actor_id=actor.id, subject_id=SETTINGS_ID, before=before, after=after
    )
    return Changed("", change_id)
