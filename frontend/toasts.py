"""Words after something was done, carried across a redirect as a code, never as text."""

from __future__ import annotations

from api.core.i18n import Message, ngettext_later
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from frontend.rendering import Toast

TAKEN_BACK = _("Taken back. Nobody was notified; your words are still here.")

_SENTENCES: dict[str, Message] = {
    "edited": _("Changed. It is marked as edited."),
    "gone": _("Already taken back."),
    "deleted": _("Deleted. It is gone for everybody."),
    "saved": _("Saved."),
    "reported": _("Thank you. Human resources will look at it."),
    "hidden": _("Hidden. The author reads your reason."),
    "shown": _("It can be seen again."),
    "points_kept": _("The points stay where they are."),
    "points_reversed": _("Taken back. The giver reads your reason."),
    "objected": _("Human resources reads it."),
    "boosted": _("The extra points are there."),
    "kept": _("The report is closed; everything stays as it is."),
    "import_cancelled": _("Cancelled. Nothing was changed, and the file is removed."),
    "password": _("Your password is changed. Other browsers are signed out."),
    "comment": _("Your comment stands below."),
    "comment_gone": _("Already deleted."),
    "comment_deleted": _("Your comment is deleted."),
    "signed_out": _("You are signed out."),
    "signed_out_everywhere": _("You are signed out everywhere."),
    "token_revoked": _("The token is taken back and no longer works."),
    "all_read": _("All read."),
    "endpoint_removed": _("Removed. Nothing is sent there any more."),
    "endpoint_on": _("Switched on."),
    "endpoint_off": _("Switched off."),
    "test_sent": _("On its way. See below whether it arrives."),
    "replayed": _("On its way once more."),
    "job_retry": _("It will run in a moment."),
    "job_cancelled": _("Cancelled."),
    "new_password": _("Your new password is in use. All other browsers are signed out."),
    "erased": _("Erased. Nothing of this person is left but what is counted."),
    "invited": _("The invitation is on its way."),
    "search_stops": _("It stops in a moment and keeps its best plan."),
    "plan_changed": _("Changed. You can undo it."),
    "plan_undone": _("Undone; it is as it was before."),
    "plan_published": _("Published. Everybody hears what concerns them."),
    "calendar_added": _("It is read in a moment. Look again then."),
    "ordered": _("Ordered. The points are held; here you see what happens."),
    "order_cancelled": _("Cancelled. Your points are yours again."),
    "handed_over": _("Handed over. They have been told."),
    "waits": _("It waits for next month."),
    "order_declined": _("Declined. They read your reason and have their points back."),
    "refunded": _("Refunded. They have their points back."),
    "another_look": _("They can look at their code once more."),
    "codes_removed": _("Taken out. Codes that were ordered stay."),
    "proposed": _("Proposed. You will hear when it is decided."),
    "none_ticked": _("Tick at least one case first."),
    "undecided": _("Taken back. It waits for you again, and nobody was told."),
    "request_cancelled": _("Taken back. Nobody needs to decide it any more."),
    "deputy_removed": _("Ended. Nobody stands in any more."),
    "visit_undone": _("Taken back. The visit waits for your answer again."),
    "visit_offered": _("Asked. You hear as soon as there is an answer."),
    "offer_withdrawn": _("Taken back. The visit stays yours."),
    "offer_refused": _("Said so. The visit stays with your colleague."),
    "offer_taken": _("The visit is yours now. All who take part hear of it."),
    "calendar_revoked": _("Revoked. No calendar gets your visits any more."),
    "wishes_kept": _("Kept. The next plan takes it into account."),
    "draft_kept": _("Kept. Only you see it until you send it."),
    "feedback_sent": _("Sent. The other side reads it now. Would you like to thank them, too?"),
    "error_reported": _("Noted. Both departments see it, without your name."),
    "idea_proposed": _("Everybody here can read and support it now."),
    "idea_answered": _("Answered. Its author reads your reason."),
    "idea_withdrawn": _("Taken back. Its words are gone."),
    "team_founded": _("Founded. Everybody in it has been told."),
    "session_ended": _("That browser is signed out."),
}

_CHANGES = {"changed": _("Saved."), "undone": _("Taken back; it is as it was before.")}
"""After a change of the organisation, whose id follows: it can be taken back from here."""
_VISITS = {
    "visit_accepted": _("Wonderful. You are expected."),
    "visit_declined": _("Declined. Somebody else is looked for."),
}
"""After an answer to a visit, whose id follows."""
_UNCHANGED = _("All of this was so already.")


def read_toast(code: str, language: str) -> Toast | None:
    """The toast behind a code like "saved" or "given:<kudos id>:<seconds>"; None for anything else."""
    kind, _sep, rest = code.partition(":")
    if kind == "given":
        kudos_id, _sep, seconds = rest.partition(":")
        if is_uuid(kudos_id) and seconds.isascii() and seconds.isdigit() and len(seconds) <= 4:
            sentence = ngettext_later(
                "Sent. You can take it back for %(n)s second.",
                "Sent. You can take it back for %(n)s seconds.",
                int(seconds),
            )
            return Toast(
                text=sentence.text(language),
                undo_url=f"/kudos/{kudos_id}/withdrawal",
                seconds=int(seconds),
                sent="give",
            )
        return None
    if kind == "decided":
        return _decided(rest, language)
    if kind in _CHANGES:
        text = _CHANGES[kind].text(language)
        return (
            Toast(text=text, undo_url=f"/organisation/history/{rest}/undo", seconds=60)
            if is_uuid(rest)
            else (Toast(text=_UNCHANGED.text(language)) if not rest else None)
        )
    if kind in _VISITS and is_uuid(rest):
        return Toast(text=_VISITS[kind].text(language), undo_url=f"/visits/{rest}/answer/undo", seconds=60)
    if kind == "codes" and rest.isascii() and rest.isdigit() and len(rest) < 6:
        sentence = ngettext_later("%(n)s new code is sealed.", "%(n)s new codes are sealed.", int(rest))
        return Toast(text=sentence.text(language))
    if kind == "comment" and is_uuid(rest):
        return Toast(text=_SENTENCES["comment"].text(language), sent=f"comment-{rest}")
    message = _SENTENCES.get(kind)
    return Toast(text=message.text(language)) if message and not rest else None


def _decided(rest: str, language: str) -> Toast | None:
    """Behind "decided:<decision>:<seconds>:<approve or decline>:<how many>:<how many were refused>"."""
    decision_id, _sep, more = rest.partition(":")
    parts = more.split(":")
    if not is_uuid(decision_id) or len(parts) != 4 or parts[1] not in ("approve", "decline"):
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (parts[0], *parts[2:])):
        return None
    seconds, done, refused = int(parts[0]), int(parts[2]), int(parts[3])
    sentence = (
        ngettext_later("Approved.", "%(n)s approved.", done)
        if parts[1] == "approve"
        else ngettext_later("Declined.", "%(n)s declined.", done)
    ).text(language)
    if refused:
        left = ngettext_later("One could not be decided any more.", "%(n)s could not be decided any more.", refused)
        sentence = f"{sentence} {left.text(language)}"
    undo = f"/approvals/decisions/{decision_id}/undo" if done else ""
    return Toast(text=sentence, undo_url=undo, seconds=seconds)
