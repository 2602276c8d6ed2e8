"""Approvals: one mechanism for whatever somebody else has to agree to.

A slice that needs a decision

1. makes an `ApprovalKind` (api.approvals.kinds) and adds it to api/cases.py;
2. inside its own transaction, after storing its row, calls

       approval_id = await service.ask(
           kind="redemption", subject_id=row_id, requester_id=actor.id, concerned_id=actor.id, amount=2_500)

   `amount` counts in the kind's unit and is held against HR's rule (two people above ..., HR above ...); `people=2`
   asks for at least two. With an amount that needs nobody, `on_approved` is called before `ask` returns;
3. gets exactly one call of `on_approved`, `on_declined` or `on_cancelled`, inside the transaction that settles the
   case (a due job, once the decider's undo minute is over);
4. may end an open case itself with `service.withdraw(kind=..., subject_id=...)` (no hook is called), and lets the
   requester take it back with `service.cancel(actor=..., approval_id=...)` (calls `on_cancelled`; `service.open_case`
   finds the id).

Who decides is found when a step opens and again when people leave or change: deciders.py says how.
"""
