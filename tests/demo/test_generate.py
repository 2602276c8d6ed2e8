"""Six months of letters: the same each time, none twice, neighbours unlike."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

import pytest

from api.core.clock import DAY, HOUR, MINUTE, WEEK
from api.core.text import mentioned
from api.demo.draws import Draws
from api.demo.generate import Demo, Letter, generate
from api.demo.hospital import BONDS
from api.demo.rhythm import PERIOD, moment, moments
from tests.demo.conftest import UNTIL

PAGE = 20


def crowded(letters: Sequence[Letter]) -> int:
    """The most letters on any page of 20 whose hand-written text is on the page before them."""
    cores = [(letter.language, letter.core) for letter in letters if letter.core >= 0]
    pages = [cores[at : at + PAGE] for at in range(max(1, len(cores) - PAGE + 1))]
    return max(len(page) - len(set(page)) for page in pages)


def test_the_same_seed_and_time_make_the_same_hospital(demo: Demo, letters: list[Letter]) -> None:
    again = generate(until=UNTIL)
    assert [p.id for p in again.people] == [p.id for p in demo.people]
    assert again.department_ids == demo.department_ids
    for one, other in zip(again.letters(), letters, strict=True):
        assert (one.id, one.position, one.message, one.comments, one.reactions) == (
            *(other.id, other.position, other.message, other.comments, other.reactions),
        )


def test_another_seed_makes_another_hospital(demo: Demo) -> None:
    other = generate(seed=2, until=UNTIL)
    assert {p.id for p in other.people}.isdisjoint(p.id for p in demo.people)


def test_there_are_exactly_as_many_letters_as_wanted(letters: list[Letter]) -> None:
    assert len(letters) == 3_000
    assert sum(1 for _ in generate(kudos=137, until=UNTIL).letters()) == 137


def test_no_letter_is_written_twice(letters: list[Letter]) -> None:
    assert [text for text, times in Counter(x.message for x in letters).items() if times > 1] == []


def test_the_twenty_letters_of_any_page_are_twenty_different_texts(letters: list[Letter]) -> None:
    assert crowded(letters) == 0
    assert crowded([x for x in letters if not x.private]) == 0


def test_a_departments_page_hardly_repeats_itself(letters: list[Letter]) -> None:
    for key in {x.giver.department for x in letters}:
        joined = [x for x in letters if x.giver.department == key or any(p.department == key for p in x.recipients)]
        assert crowded(joined) <= 3, key


def test_nobody_writes_the_same_text_twice(letters: list[Letter]) -> None:
    written = Counter((x.giver.id, x.core) for x in letters if x.core >= 0)
    assert max(written.values()) <= 2  # after sixty others
    assert sum(times > 1 for times in written.values()) <= 5


def test_time_runs_forwards_and_the_newest_are_minutes_old(letters: list[Letter]) -> None:
    assert all(a.position < b.position for a, b in pairwise(letters))
    assert letters[0].sent_at > UNTIL - PERIOD
    assert all(x.deliver_at < UNTIL for x in letters)
    assert UNTIL - letters[-1].sent_at < 15 * MINUTE


def test_everything_that_comes_back_comes_after_delivery_and_before_now(letters: list[Letter]) -> None:
    for letter in letters:
        times = [r.at for r in letter.reactions] + [c.at for c in letter.comments]
        assert all(letter.deliver_at <= at < UNTIL for at in times)
        assert letter.edited_at is None or letter.sent_at < letter.edited_at < UNTIL


def test_ids_are_of_version_seven_and_carry_their_time(letters: list[Letter]) -> None:
    for letter in letters[::50]:
        assert UUID(letter.id).version == 7
        assert UUID(letter.id).int >> 80 == letter.sent_at // 1_000
        assert str(UUID(letter.id)) == letter.id
    ids = [x.id for x in letters] + [c.id for x in letters for c in x.comments]
    assert len(set(ids)) == len(ids)


def test_nobody_thanks_themselves_and_nobody_twice(letters: list[Letter]) -> None:
    for letter in letters:
        assert letter.giver not in letter.recipients
        assert len(set(letter.recipients)) == len(letter.recipients) >= 1


def test_mentions_are_those_in_the_text_and_known(demo: Demo, letters: list[Letter]) -> None:
    ids = {p.id for p in demo.people}
    for letter in letters:
        assert letter.mentioned == mentioned(letter.message)
        assert {*letter.everyone_mentioned()} <= ids
    assert sum(bool(x.mentioned) for x in letters) >= 20


def test_reactions_are_others_and_each_kind_once(letters: list[Letter]) -> None:
    for letter in letters:
        keys = [(r.person_id, r.kind) for r in letter.reactions]
        assert len(set(keys)) == len(keys) <= 30
        assert not {p.id for p in (letter.giver, *letter.recipients)} & {key[0] for key in keys}


def test_private_letters_are_answered_by_their_readers_only(letters: list[Letter]) -> None:
    private = [x for x in letters if x.private]
    assert 0.05 <= len(private) / len(letters) <= 0.11
    for letter in private:
        assert letter.reactions == []
        assert {c.author_id for c in letter.comments} <= {p.id for p in letter.recipients}


def test_thanks_follow_dependencies_mostly_and_silent_edges_are_silent(letters: list[Letter]) -> None:
    declared = {(b.customer, b.provider): b.silent_weeks for b in BONDS}
    newest: dict[tuple[str, str], int] = defaultdict(int)
    follows = 0
    for letter in letters:
        edges = {(letter.giver.department, p.department) for p in letter.recipients}
        follows += edges <= declared.keys()
        for edge in edges:
            newest[edge] = max(newest[edge], letter.sent_at)
    assert 0.65 <= follows / len(letters) <= 0.9
    for edge, weeks in declared.items():
        if weeks:
            assert newest[edge] < UNTIL - weeks * WEEK, edge
        else:
            assert newest[edge] > UNTIL - 6 * WEEK, edge
    assert newest["billing", "ward_5b"] > 0


def test_offices_write_in_office_hours_and_wards_at_night_too(letters: list[Letter]) -> None:
    drawn = [x for x in letters if x.core >= 0]
    billing = [moment(x.sent_at) for x in drawn if x.giver.department == "billing"]
    assert all(m.weekday < 5 and 7 <= m.hour < 17 for m in billing)
    nights = [x for x in drawn if moment(x.sent_at).hour < 6]
    assert nights
    assert {"icu", "ward_3a"} <= {x.giver.department for x in nights}


def test_some_were_hidden_by_hr_and_one_report_is_open(letters: list[Letter]) -> None:
    reported = [x for x in letters if x.report]
    assert [bool(x.hidden_reason) for x in reported] == [True, True, False]
    open_one = reported[-1].report
    assert open_one is not None
    assert open_one.resolved_at is None


def test_values_and_languages_are_all_in_use(letters: list[Letter]) -> None:
    assert len(Counter(x.value for x in letters)) == 5
    assert 0.7 <= sum(x.language == "de" for x in letters) / len(letters) <= 0.9
    assert all(x.language == x.giver.language for x in letters if x.core >= 0)


@pytest.mark.parametrize("count", [0, 1, 5_000])
def test_moments_are_counted_sorted_and_within_six_months(count: int) -> None:
    found = [m.at for m in moments(count, until=UNTIL, draws=Draws("moments"))]
    assert len(found) == count
    assert found == sorted(found)
    assert all(UNTIL - PERIOD <= at < UNTIL for at in found)
    if count > 1:
        assert max(b - a for a, b in pairwise(found)) < DAY + 6 * HOUR
