"""Sentences of the rules of detection that chance seldom reaches, each with a history of a few statements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.detection_notation import TOPIC, history, noted
from tests.detection_oracle import DEFAULT_KINDS, KINDS, flagged_rulings, outcome, positions
from tests.detection_records import Bound, Coding, History, Position, Statement, Topic

STATEMENT = Statement(id="a", speaker="X", said_from=0, said_until=1, recorded_at=5)


def coded(*votes: tuple[str, str]) -> list[Coding]:
    """Codings of one statement by (coder, stance), one clock tick after the other."""
    return [
        Coding(id=f"c{n}", statement="a", topic=TOPIC, coder=coder, stance=stance, coded_at=10 + n)
        for n, (coder, stance) in enumerate(votes)
    ]


def shown(codings: list[Coding], statement: Statement = STATEMENT, mended_at: int | None = None) -> Position:
    """The one position of one statement."""
    (position,) = positions([statement], codings, [Topic(id=TOPIC, mended_at=mended_at)])
    return position


# Positions: 1 to 6


def test_of_two_turns_at_one_instant_the_greater_id_counts() -> None:
    first, second = coded(("ann", "support"), ("ann", "oppose"))

    assert shown([replace(first, coded_at=10, id="z"), replace(second, coded_at=10, id="y")]).stance == "support"


def test_the_stamp_stands_in_for_an_absent_clock() -> None:
    first, second = coded(("ann", "support"), ("ann", "oppose"))

    assert shown([replace(first, coded_at=None, recorded_at=12), second]).stance == "support"


def test_a_person_who_could_not_tell_hides_models() -> None:
    assert shown(coded(("model:m@1", "support"), ("ann", "unclear"))).stance == "unclear"


def test_models_on_both_sides_show_unclear_whatever_their_number_and_dispute_nothing() -> None:
    row = shown(coded(("model:m@1", "support"), ("model:n@1", "support"), ("model:o@1", "oppose")))

    assert (row.stance, row.sign, row.disputed) == ("unclear", None, False)
    assert row.coder == "model:m@1; model:n@1; model:o@1"


def test_people_on_both_sides_make_a_row_disputed_and_all_are_named() -> None:
    row = shown(coded(("ann", "support"), ("ben", "oppose"), ("cleo", "unclear"), ("model:m@1", "support")))

    assert (row.stance, row.sign, row.disputed, row.coder) == ("unclear", None, True, "ann; ben; cleo")


def test_an_adjudication_decides_alone_and_a_later_coding_of_somebody_else_only_flags() -> None:
    ann, ben, cleo = coded(("ann", "support"), ("ben", "oppose"), ("cleo", "support"))
    row = shown([ann, replace(ben, adjudicates=True), cleo])

    assert (row.stance, row.coder, row.needs_review) == ("oppose", "ben", True)


def test_an_adjudication_counts_no_longer_once_its_coder_codes_again() -> None:
    ann, ben, again = coded(("ann", "support"), ("ben", "oppose"), ("ben", "oppose"))

    assert shown([ann, replace(ben, adjudicates=True), again]).disputed


def test_a_model_cannot_adjudicate() -> None:
    ann, model = coded(("ann", "support"), ("model:m@1", "oppose"))

    assert shown([ann, replace(model, adjudicates=True)]).stance == "support"


@pytest.mark.parametrize(
    ("stances", "stance"),
    [
        (["support", "mixed"], "mixed"),
        (["support", "unclear"], "unclear"),
        (["mixed", "unclear"], "unclear"),
        (["support", "strongly_support", "mixed"], "support"),
        (["strongly_oppose", "strongly_oppose", "oppose", "mixed", "mixed"], "strongly_oppose"),
    ],
)
def test_votes_are_on_the_side_first_and_ties_say_least(stances: list[str], stance: str) -> None:
    assert shown(coded(*[(f"coder {n}", one) for n, one in enumerate(stances)])).stance == stance


def test_those_are_named_whose_coding_is_shown_with_the_lowest_of_their_confidences() -> None:
    sure, less, other = coded(("ann", "support"), ("ben", "support"), ("cleo", "strongly_support"))
    codings = [replace(sure, confidence=0.9), replace(less, confidence=0.7), replace(other, confidence=0.1)]
    row = shown(codings)

    assert (row.coder, row.confidence) == ("ann; ben", 0.7)


def test_a_qualifier_is_shown_where_all_of_the_winning_side_agree() -> None:
    ann, ben, cleo = coded(("ann", "support"), ("ben", "strongly_support"), ("cleo", "mixed"))
    same = [replace(ann, qualifier="caf\u00e9s  only"), replace(ben, qualifier="cafe\u0301s\u00a0only"), cleo]

    assert (shown(same).qualifier, shown(same).needs_review) == ("caf\u00e9s only", False)
    assert (shown([same[0], ben]).qualifier, shown([same[0], ben]).needs_review) == (None, True)
    assert not shown([replace(ann, qualifier=""), ben]).needs_review


def test_a_coding_of_a_mended_proposition_takes_no_part_until_it_is_confirmed() -> None:
    ann, ben = coded(("ann", "support"), ("ben", "oppose"))

    assert positions([STATEMENT], [ann], [Topic(id=TOPIC, mended_at=20)]) == []
    assert shown([ann, replace(ben, confirmed_at=21)], mended_at=20).stance == "oppose"
    assert shown([ann, replace(ann, id="c9", coded_at=21, stance="mixed")], mended_at=20).stance == "mixed"


def test_a_coding_of_corrected_words_takes_part_flagged() -> None:
    (ann,) = coded(("ann", "support"))
    corrected = replace(STATEMENT, corrected_at=20)

    assert (shown([ann], corrected).stance, shown([ann], corrected).needs_review) == ("support", True)
    assert not shown([replace(ann, confirmed_at=21)], corrected).needs_review


def test_what_is_disputed_takes_no_part_in_reversals() -> None:
    told = history("+a[0,1) -b[2,3)")
    disputing = replace(told.codings[1], id="second look", coder="ben", stance="support")

    assert outcome(replace(told, codings=(*told.codings, disputing))).reversals == []


# Reversals and conflicts, in the notation: 7 to 22

USUAL = [
    ("7 of two that close at once the smaller id is the reference", "+b[0,2) +a[1,2) -c[3,4)", "reversal a>c"),
    ("7 both sides close at that instant: no reference", "+a[0,2) -b[1,2) -c[3,4)", "undetermined a>b"),
    (
        "7 no reference reaches across a cut",
        "+a[0,1) -b[2,3) ~m[2,3) a>b=not_comparable",
        "reversal a>b not_comparable",
    ),
    ("8 of flips in a row the first is kept", "+a[0,1) -b[2,9) -c[3,4)", "reversal a>b"),
    ("8 in a row by said_from, then said_until", "+a[0,1) -b[2,9) -c[2,4)", "reversal a>c"),
    ("9 one walk back per reference", "+a[0,1) ~m[2,3) ~n[4,5)", "walk_back a>m"),
    ("9 a new reference, a new walk back", "+a[0,1) ~m[2,3) +b[4,5) ~n[6,7)", "walk_back a>m, walk_back b>n"),
    ("10 the nearest opposite in the order of 8", "+a[0,4) +b[1,4) -c[2,5)", "undetermined b>c"),
    ("10 one row per later statement", "+a[0,9) -b[1,3) -c[4,6)", "undetermined a>b, undetermined a>c"),
    (
        "10 ruled reversal it strands nobody",
        "P:+a[0,2) S:+s[0,1) P:-b[1,3) a>b=reversal",
        "undetermined a>b reversal",
    ),
    (
        "10 ruled reversal it makes no restoration",
        "+a[0,2) -b[1,3) +c[4,5) a>b=reversal",
        "undetermined a>b reversal, reversal b>c",
    ),
    (
        "11 both ends set aside",
        "+a[0,1) -b[2,3) +c[4,5) -d[6,7) a>b=no_reversal:both",
        "reversal a>b no_reversal, reversal c>d",
    ),
    (
        "11 the run before, from the ruled statement up to the found one",
        "+z[0,1) +a[2,3) +b[4,5) -c[6,7) a>c=no_reversal:earlier",
        "reversal a>c no_reversal, reversal z>c",
    ),
    (
        "11 the same, of a longer moment around the ruled one",
        "+z[0,1) +a[2,6) +b[3,4) -c[7,8) b>c=no_reversal:earlier",
        "reversal b>c no_reversal, reversal z>c",
    ),
    (
        "11 the later end of an undetermined row",
        "+a[0,2) -b[1,3) +c[4,5) a>b=no_reversal",
        "undetermined a>b no_reversal",
    ),
    (
        "11 the earlier end of an undetermined row",
        "+a[0,2) -b[1,3) -c[4,5) a>b=no_reversal:earlier",
        "undetermined a>b no_reversal",
    ),
    (
        "11 a cut before the later of an undetermined row",
        "-z[0,1) +a[2,4) -b[3,5) a>b=not_comparable",
        "reversal z>a, undetermined a>b not_comparable",
    ),
    (
        "11 no cut before the later of a flip that counts",
        "+a[0,1) +b[2,4) -c[3,5) +d[6,7) b>c=not_comparable",
        "reversal a>c, undetermined b>c not_comparable, restoration c>d",
    ),
    (
        "12 two rows of one later statement are settled together",
        "+a[0,1) +b[2,4) -c[3,5) a>c=no_reversal b>c=no_reversal",
        "reversal a>c no_reversal, undetermined b>c no_reversal",
    ),
    (
        "11 setting aside wins over a change",
        "+a[0,1) -b[2,3) +c[4,5) a>b=reversal b>c=no_reversal:earlier",
        "restoration b>c no_reversal",
    ),
    (
        "12 the earliest row is settled first",
        "+a[0,1) -b[2,3) +c[4,5) -d[6,7) a>b=no_reversal b>c=no_reversal",
        "reversal a>b no_reversal, reversal c>d",
    ),
    (
        "12 what is not settled bounds a run, what was set aside does not",
        "+a[0,1) -b[2,3) -c[4,5) +d[6,7) -e[8,9) c>d=no_reversal a>e=no_reversal",
        "restoration c>d no_reversal, reversal a>e no_reversal",
    ),
    (
        "12 the latest over all pairs of a flip",
        "+a[0,1) -b[2,3) -c[4,5) a>b=no_reversal a>c=reversal",
        "reversal a>c reversal",
    ),
    (
        "12 a pair across another flip is none of it",
        "+a[0,1) -b[2,3) +c[4,5) -d[6,7) a>d=no_reversal",
        "reversal a>b, restoration b>c, restoration c>d",
    ),
    ("12 any rival, and it stands in the row", "+a[0,4) +b[1,4) -c[2,5) a>c=reversal", "undetermined a>c reversal"),
    ("12 in either direction", "+a[0,4) +b[1,4) -c[2,5) c>a=reversal", "undetermined a>c reversal"),
    (
        "15 nothing stands after a mixed position",
        "P:+a[0,1) S:+s[2,3) S:~m[4,5) P:-b[6,7)",
        "walk_back s>m, reversal a>b",
    ),
    (
        "15 nothing stands while an opposite one is open",
        "P:+a[0,1) S:+s[2,3) S:-t[4,9) P:-b[6,7)",
        "reversal s>t, reversal a>b",
    ),
    (
        "17 said before S spoke for P (and 20: no bar, as the relation holds at one of the two)",
        "P:+a[0,1) S:+s[2,3) P:-b[6,7) S=P[5,)",
        "reversal a>b, conflicting_accounts b>s",
    ),
    (
        "17 until the relation ends",
        "P:+a[0,1) S:+s[2,3) P:-b[4,5) S=P[0,9)",
        "reversal a>b, stranded_surrogate s>b until 9",
    ),
    (
        "17 nobody knows who turned first",
        "P:+a[0,1) S:+s[2,3) P:-b[4,6) S:-t[5,7)",
        "reversal a>b, reversal s>t",
    ),
    (
        "17 a flip ruled away strands nobody",
        "P:+a[0,1) S:+s[2,3) P:-b[4,5) a>b=no_reversal",
        "reversal a>b no_reversal",
    ),
    ("18 one per statement of S, the first", "S:+s[0,1) P:-a[2,3) P:-b[4,5)", "undercut s>a"),
    ("18 not where P may have held the side", "S:+s[0,1) P:+b[2,5) P:-a[3,4)", "undetermined b>a"),
    ("18 else S was off message", "P:-a[0,1) S:+s[2,3) P:-b[4,5)", "off_message a>s"),
    (
        "19 an undercut stays one",
        "S:+s[0,1) P:-a[2,3) P:+b[4,5)",
        "undercut s>a until 4, reversal a>b",
    ),
    ("19 off message after an undercut", "S:+s[0,1) P:-a[2,3) S:+t[4,5)", "undercut s>a, off_message a>t"),
    ("19 one row an episode", "P:+a[0,1) S:-s[2,3) S:-t[4,5)", "off_message a>s"),
    ("19 P's own side again ends none", "P:+a[0,1) S:-s[2,3) P:+b[4,5) S:-t[6,7)", "off_message a>s"),
    (
        "19 S's other side ends one",
        "P:+a[0,1) S:-s[2,3) S:+t[4,5) S:-u[6,7)",
        "reversal s>t, restoration t>u, off_message a>s until 4, off_message a>u",
    ),
    (
        "19 ahead, though S no longer holds it",
        "P:+a[0,1) S:-s[2,3) S:+t[4,5) P:-b[6,7)",
        "reversal s>t, reversal a>b, ahead a>s until 4, stranded_surrogate t>b",
    ),
    (
        "19 not ahead where P's later statement was set aside",
        "P:+a[0,1) S:-s[2,3) P:-b[4,5) a>b=no_reversal",
        "reversal a>b no_reversal, off_message a>s",
    ),
    ("20 a repetition is of the same run", "A:+a[0,1) B:-b[2,3) A:+c[4,5)", "conflicting_accounts a>b"),
    ("20 what stood when the later run began", "A:+a[0,1) A:+c[2,3) B:-b[4,5)", "conflicting_accounts c>b"),
    ("16 the earlier id is the speaker's", "B:-b[0,1) A:+a[2,3)", "conflicting_accounts a>b"),
    (
        "20 until an opposite statement begins",
        "A:+a[0,1) B:-b[2,3) A:-c[4,9)",
        "reversal a>c, conflicting_accounts a>b until 4",
    ),
    (
        "22 another statement of the same run",
        "P:+a[0,1) S:+r[1,2) S:+s[2,3) P:-b[4,5) r>b=no_conflict",
        "reversal a>b, stranded_surrogate s>b no_conflict",
    ),
    ("22 accounts in either direction", "A:+a[0,1) B:-b[2,3) b>a=conflict", "conflicting_accounts a>b conflict"),
    (
        "22 others in theirs only",
        "P:+a[0,1) S:-s[2,3) s>a=no_conflict",
        "off_message a>s",
    ),
]

VOICES = [
    ("21 a flip between two persons", "A:+a@o[0,1) B:-b@o[2,3)", "different_voice a>b"),
    ("21 a flip of one person keeps its place", "A:+a@o[0,1) A:-b@o[2,3) B:-c@o[4,5)", "reversal a>b"),
    (
        "21 cuts do not part it",
        "A:+a@o[0,1) B:+e@o[1,2) A:-b@o[3,4) a>b=not_comparable",
        "reversal a>b not_comparable, different_voice e>b",
    ),
    (
        "22 only pairs of two persons",
        "A:+a@o[0,1) B:+c@o[2,3) B:-d@o[4,5) A:-b@o[6,7) c>b=no_conflict",
        "reversal a>b, reversal c>d",
    ),
    (
        "22 another pair of the two runs",
        "A:+a@o[0,1) B:+c@o[2,3) A:-b@o[4,5) A:-d@o[6,7) c>d=no_conflict",
        "reversal a>b, different_voice c>b no_conflict",
    ),
]

ON_REQUEST = [
    ("9 rescoping before reaffirmation", "+a{x}[0,1) +b{y}[2,3)", "rescoping a>b"),
    ("9 rescoping before hardening", "+a{x}[0,1) ++b{y}[2,3)", "rescoping a>b"),
    ("9 none recorded is not none", "+a[0,1) +b{y}[2,3)", "reaffirmation a>b"),
    ("9 one per new qualifier, the first", "+a{x}[0,1) +b{y}[2,5) +c{y}[3,5)", "rescoping a>b"),
    ("9 another new qualifier", "+a{x}[0,1) +b{y}[2,5) +c{z}[3,5)", "rescoping a>b, rescoping a>c"),
    ("9 less, more", "++a[0,1) +b[2,3) ++c[4,5)", "softening a>b, hardening b>c"),
    ("9 as firmly", "--a[0,1) --b[2,3)", "reaffirmation a>b"),
    ("9 the one that closed last", "~m[0,3) ?u[1,2) +a[4,5)", "commitment m>a"),
    ("9 nothing where an opposite overlaps", "?u[0,1) +a[2,5) -b[3,6)", ""),
    ("9 no commitment across a cut", "+a[0,1) ~m[2,3) -b[4,5) a>b=not_comparable", ""),
    ("9 what is set aside is no first side", "?u[0,1) +a[2,3) -b[4,5) a>b=no_reversal:earlier", "commitment u>b"),
    ("7 over all other mandates together", "+a@q[0,1) -c[2,3) -b@o[4,5)", "other_mandate a>c"),
    ("7 one per reference and mandate", "+a[0,1) -b@o[2,3) -c@o[4,5)", "other_mandate a>b, reaffirmation b>c"),
    ("7 of another mandate again", "+a[0,1) -b@o[2,3) -c@q[2,3)", "other_mandate a>b, other_mandate a>c"),
    ("7 a cut of either mandate bars it", "+a[0,1) -b[2,9) -d@o[3,4) a>b=not_comparable", ""),
]


def rows(told: History, kinds: tuple[str, ...]) -> list[str]:
    """The rows as the page notes them, each with its ruling."""
    found = outcome(told, kinds)
    reversed_rows = [f"{noted(row)} {row.ruling or ''}".strip() for row in found.reversals]
    return sorted(reversed_rows + [f"{noted(row)} {row.ruling or ''}".strip() for row in found.conflicts])


def listed(text: str) -> list[str]:
    """The rows that a table tells."""
    return sorted(filter(None, text.split(", ")))


@pytest.mark.parametrize(("sentence", "told", "expected"), USUAL, ids=[case[0] for case in USUAL])
def test_a_sentence_of_the_rules_holds(sentence: str, told: str, expected: str) -> None:
    assert rows(history(told), DEFAULT_KINDS) == listed(expected)


@pytest.mark.parametrize(("sentence", "told", "expected"), VOICES, ids=[case[0] for case in VOICES])
def test_a_sentence_on_an_organisations_voices_holds(sentence: str, told: str, expected: str) -> None:
    assert rows(history(told, kind="proposal"), DEFAULT_KINDS) == listed(expected)


@pytest.mark.parametrize(("sentence", "told", "expected"), ON_REQUEST, ids=[case[0] for case in ON_REQUEST])
def test_a_sentence_on_kinds_on_request_holds(sentence: str, told: str, expected: str) -> None:
    on_request = tuple(kind for kind in KINDS if kind not in DEFAULT_KINDS)

    assert rows(history(told), on_request) == listed(expected)


def test_switches_count_the_flips_of_the_part_up_to_the_later_statement() -> None:
    told = outcome(history("+z[0,1) -a[2,3) ~m[4,5) +b[6,7) -c[8,9) +d[10,11) b>c=not_comparable"))

    assert [(row.later_id, row.switches) for row in told.reversals] == [
        ("b", 2),
        ("c", 0),
        ("d", 1),
        ("a", 1),
        ("m", 1),
    ]


def test_rivals_are_counted_without_what_is_set_aside() -> None:
    told = outcome(history("+a[0,4) +b[1,4) -c[2,5) -d[3,6) a>c=no_reversal:earlier"))

    assert [(row.earlier_id, row.later_id, row.rivals) for row in told.reversals if row.kind == "undetermined"] == [
        ("a", "c", 2),
        ("b", "c", 1),
        ("b", "d", 1),
    ]


@pytest.mark.parametrize(
    ("ruling", "degree"),
    [
        ("a>b=reversal", "full_flop"),
        ("a>b=reversal/half_flip", "half_flip"),
        ("a>b=changed_circumstances/no_flip", "no_flip"),
        ("a>b=no_reversal/no_flip", "full_flop"),
    ],
)
def test_a_ruled_degree_stands_only_where_a_change_was_ruled(ruling: str, degree: str) -> None:
    assert [row.degree for row in outcome(history(f"+a[0,1) -b[2,3) {ruling}")).reversals] == [degree]


def test_the_pair_that_was_ruled_stands_in_the_row_with_its_moments_and_gaps() -> None:
    (row,) = outcome(history("+a[0,1) ++b[2,3) -c[4,5) --d[6,9) a>d=reversal"), ("reversal",)).reversals

    assert (row.earlier_id, row.earlier_stance, row.earlier_until) == ("a", "support", 1)
    assert (row.later_id, row.later_stance, row.later_from) == ("d", "strongly_oppose", 6)
    assert (row.gap_min, row.gap_max) == (5, 9)


@pytest.mark.parametrize(
    ("late", "flagged"),
    [
        ("~c[2,3)", True),  # between the two
        ("?c[0,9)", True),  # overlaps both
        ("+c[5,6)", True),  # overlaps the later
        ("+c[7,8)", False),  # after both
        ("+c@o[2,3)", True),  # of whatever mandate
        ("Y:+c[2,3)", False),  # somebody else's
    ],
)
def test_a_statement_recorded_after_a_ruling_flags_it_until_confirmed(late: str, *, flagged: bool) -> None:
    told = history(f"+a[0,1) -b[4,6) {late} a>b=reversal", kind="proposal")
    statements = (*told.statements[:2], replace(told.statements[2], recorded_at=200))
    later = replace(told, statements=statements)
    confirmed = replace(later, rulings=(replace(told.rulings[0], confirmed_at=201),))

    assert [row.needs_review for row in outcome(later).reversals if row.ruling] == [flagged]
    assert [row.needs_review for row in outcome(confirmed).reversals if row.ruling] == [False]


def test_a_correction_of_an_end_or_of_the_proposition_flags_a_ruling() -> None:
    told = history("+a[0,1) -b[2,3) a>b=reversal")
    corrected = replace(told, statements=(told.statements[0], replace(told.statements[1], corrected_at=200)))
    confirmed = tuple(replace(coding, confirmed_at=201) for coding in told.codings)
    mended = replace(told, topics=(Topic(id=TOPIC, mended_at=200),), codings=confirmed)

    assert [row.needs_review for row in outcome(corrected).reversals] == [True]
    assert [row.needs_review for row in outcome(mended).reversals] == [True]


def test_a_ruled_change_whose_end_another_ruling_sets_aside_is_flagged() -> None:
    told = history("+a[0,1) -b[2,3) +c[4,5) a>b=reversal b>c=no_reversal:earlier")

    assert flagged_rulings(outcome(told).positions, told.rulings, told.topics) == {told.rulings[0].id}


@pytest.mark.parametrize(
    ("since", "until", "strands"),
    [
        (None, None, True),
        (Bound(2, 4), Bound(4, 5), True),  # sharp bounds are inclusive
        (Bound(2, 4, sharp=False), None, False),  # may have begun after S spoke
        (None, Bound(4, 9, sharp=False), False),  # may have ended before P turned
        (Bound(0, 2, sharp=False), Bound(5, 9, sharp=False), True),
    ],
)
def test_speaking_for_holds_for_a_moment_surely_inside_one_span(
    since: Bound | None, until: Bound | None, *, strands: bool
) -> None:
    told = history("P:+a[0,1) S:+s[2,3) P:-b[4,5)", kind="proposal")
    bound = replace(told, relations=(replace(told.relations[0], since=since, until=until),))

    assert [row.kind for row in outcome(bound).conflicts] == ["stranded_surrogate"] * strands


def test_two_spans_do_not_make_one() -> None:
    told = history("P:+a[0,1) S:+s[2,4) P:-b[5,6) S=P[0,3) S=P[3,9)", kind="proposal")

    assert outcome(told).conflicts == []


def test_a_relation_for_other_topics_says_nothing() -> None:
    told = history("S:+s[0,1) P:-a[2,3)", kind="proposal")
    relation = replace(told.relations[0], topics=frozenset({"another"}))

    assert outcome(replace(told, relations=(relation,))).conflicts == []


def test_beyond_the_limit_each_run_has_one_row_and_a_ruled_pair_keeps_its_own() -> None:
    told = history("A:+a[0,1) B:-b[1,2) C:-c[2,3) A:~m[4,5) A:+d[6,7) d>b=no_conflict")
    summed = outcome(replace(told, pair_limit=3)).conflicts

    assert [(row.speaker, row.other, noted(row), row.rivals, row.ruling) for row in summed] == [
        ("A", "B", "conflicting_accounts a>b until 5", 2, None),
        ("A", "B", "conflicting_accounts d>b", None, "no_conflict"),
        ("A", "C", "conflicting_accounts d>c", 2, None),
        ("B", "A", "conflicting_accounts b>a until 5", 2, None),
        ("C", "A", "conflicting_accounts c>a until 5", 2, None),
    ]
    assert len(outcome(replace(told, pair_limit=4)).conflicts) == 4


def test_on_proposals_people_merely_disagree() -> None:
    assert outcome(history("A:+a[0,1) B:-b[2,3)", kind="proposal")).conflicts == []
