"""Finds where an organisation changes position by the mouth of another person. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.detect.pairs import Conflicts
from flipflop.detect.scan import find_flips, references
from flipflop.detect.settling import rulings_of_flips
from flipflop.frames.reading import NO_MOMENT

if TYPE_CHECKING:
    from flipflop.detect.settling import SettledRecord


def different_voices(record: SettledRecord) -> Conflicts:
    """Return the flips between two persons of what was said on behalf of one organisation on one topic."""
    whole, rulings = record.whole, record.rulings
    entries = whole.committed[record.live[whole.committed]]
    entries = entries[whole.mandate[entries] >= 0]
    voice = whole.topic_of(entries) * max(1, len(whole.mandates)) + whole.mandate[entries]
    order = whole.in_order(entries, voice)
    entries = entries[order]
    panel = whole.picked(entries, np.unique(voice[order], return_inverse=True)[1])
    flips = find_flips(panel, references(panel))
    place = np.full(len(whole), -1)
    place[entries] = np.arange(len(entries))
    own = rulings.of_two
    earlier, later = place[rulings.earlier[own]], place[rulings.later[own]]
    kept = (earlier >= 0) & (later >= 0)
    kept &= whole.speaker_of(rulings.earlier[own]) != whole.speaker_of(rulings.later[own])
    ruling = rulings_of_flips(panel, flips, own[kept], earlier[kept], later[kept])
    one, other = panel.speaker_of(flips.earlier), panel.speaker_of(flips.later)
    two = one != other
    never = np.full(len(one), NO_MOMENT)
    pair = entries[flips.earlier], entries[flips.later]
    found = Conflicts.of("different_voice", one, other, *pair, whole.start[pair[1]], never)
    return found._replace(ruling=ruling).take(two)
