"""The oracle says of every history that the page of detection works by hand what the page says."""

from __future__ import annotations

import pytest

from tests.detection_notation import history, noted
from tests.detection_oracle import DEFAULT_KINDS, outcome

WORKED = [
    ("P:+a[0,1) S:+s[2,3) P:-b[4,5) P:-c[6,7) a>c=reversal", "reversal a>c, stranded_surrogate s>b"),
    (
        "P:+a[0,1) S:+s[2,3) P:-b[4,5) P:+c[6,7) b>c=changed_circumstances",
        "reversal a>b, restoration b>c, stranded_surrogate s>b until 6",
    ),
    ("P:+a[0,1) S:+s[2,3) P:-b[4,5) a>b=changed_circumstances", "reversal a>b"),
    ("+z[0,1) -a[2,3) +b[4,5) -c[6,7) a>b=no_reversal:earlier", "restoration a>b, reversal b>c"),
    ("+a[0,1) -b[2,3) -c[4,5) a>b=no_reversal", "reversal a>b, reversal a>c"),
    ("+a[0,1) -b[2,3) -c[4,5) -d[6,7) a>c=no_reversal", "reversal a>c, reversal a>d"),
    ("+a[0,1) +b[2,3) -c[4,5) a>c=no_reversal:earlier", "reversal a>c"),
    ("+a[0,2) -b[1,3) -c[4,5) b>a=no_reversal", "undetermined a>b"),
    ("+a[0,1) +b[2,4) -c[3,5) b>c=no_reversal", "reversal a>c, undetermined b>c"),
    ("+a[0,1) ~m[2,3) ~n[4,5) a>m=no_reversal", "walk_back a>m, walk_back a>n"),
    ("+a[0,1) -b[2,3) -c[4,5) a>c=not_comparable", "reversal a>c"),
    ("+z[0,1) -a[2,3) +b[4,5) -c[6,7) a>b=not_comparable", "reversal z>a, restoration a>b, reversal b>c"),
    ("+a[0,1) -b[2,3) +c[4,5) a>b=changed_circumstances", "reversal a>b, reversal b>c"),
    ("+a[0,1) -b[2,3) +c[4,5) -d[6,7) b>c=changed_circumstances", "reversal a>b, restoration b>c, restoration c>d"),
    ("?u[0,1) +a[2,5) -b[3,6)", "undetermined a>b"),
    ("+a[0,1) -b@o[2,3) -c@o[4,5) -d@q[6,7)", ""),
    ("A:+a[0,1) A:~m[2,9) B:-b[4,5)", "walk_back a>m, conflicting_accounts a>b until 9"),
    (
        "A:+a[0,1) B:-b[2,9) A:~m[10,11) A:+c[12,13) a>b=no_conflict",
        "walk_back a>m, conflicting_accounts a>b until 11, conflicting_accounts c>b",
    ),
    ("P:+a[0,1) S:-s[2,3) S:+t[4,8)", "reversal s>t, off_message a>s until 4"),
    ("P:+a[0,1) S:-s[2,3) P:+b[4,5)", "off_message a>s"),
    ("P:+a[0,1) S:-s[2,3) P:-b[4,5)", "reversal a>b, ahead a>s until 4"),
    ("S:+s[0,1) P:-a[2,3)", "undercut s>a"),
    ("P:+a[0,1) S:+s[2,3) P:-b[4,5) S:~m[6,7)", "reversal a>b, walk_back s>m, stranded_surrogate s>b until 6"),
]


@pytest.mark.parametrize(("told", "rows"), WORKED)
def test_the_oracle_says_what_was_worked_by_hand(told: str, rows: str) -> None:
    found = outcome(history(told), DEFAULT_KINDS)

    told_rows = [noted(row) for row in found.reversals] + [noted(row) for row in found.conflicts]
    assert sorted(told_rows) == sorted(filter(None, rows.split(", ")))


def test_a_token_that_is_none_of_the_notation_is_named() -> None:
    with pytest.raises(ValueError, match="'a>b' is no statement, relation or ruling"):
        history("+a[0,1) a>b")
