"""Points: a double-entry ledger, giving allowances, award budgets.

How other slices use the ledger (`from api.points import ledger`; `from api.points.rules import AccountKind`), inside
an open transaction. `entries` maps account ids to what they gain (> 0) or lose (< 0) and sums to zero:

    account_id(kind, owner_id=HOUSE, period="") -> str            the id alone, no statement
    await account(kind, owner_id=HOUSE, period="") -> str         makes it if it is not there
    await accounts([(kind, owner_id, period), ...]) -> {key: id}  many at once
    await transfer(kind=, entries=, about_id=, actor_id=, unique=) -> transfer id
    await hold(kind=, entries=, about_id=, actor_id=, unique=, due_at=, at_due="expire" | "post") -> transfer id
    await balances(ids) -> {id: points}                           locks them until the transaction ends
    await post(hold_id); await void(hold_id)                      each hold once: else Settled (409)
    await settle(hold_ids, "posted" | "voided" | "expired") -> those that were open
    await reverse(transfer_id, at_most_available=True) -> Reversed(id, taken, written_off)

A hold is a transfer that is not posted yet: its targets are known, its postings are written, and what its guarded
sources (giving, ringfenced, earned, award) lose has moved out of `balance` into `held`. So `balance` is what can be
spent now. Errors are domain errors with sentences: NotEnough and Settled of `api.points.errors`. With `unique`, a
transfer exists once ever and a repeat returns the first one's id, moving nothing. Accounts that are not guarded keep
no balance: theirs is the sum of their postings.

Award budgets: `service.fund_budget(actor=, department_id=, points=)`, `queries.budgets([(department_id, period)])`,
periods by `PointRules.budget_period_of`; spend from `account(AccountKind.AWARD, department_id, period.key)` to the
person's EARNED.

Example, a redemption: hold from the person's earned points to redeemed, `post` when it is approved, `void` when it is
declined, `reverse` when it is refunded:

    earned = await ledger.account(AccountKind.EARNED, person_id)
    redeemed = await ledger.account(AccountKind.REDEEMED)
    hold_id = await ledger.hold(
        kind="redemption", about_id=redemption_id, actor_id=person_id, entries={earned: -cost, redeemed: cost}
    )
"""
