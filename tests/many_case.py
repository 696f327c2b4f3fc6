"""Frames for tests of large records: people mostly stay on their side; moments known to a second, a day or a month."""

from __future__ import annotations

import numpy as np
import pandas as pd

WORDS = np.array(["tax", "bridge", "school", "water", "peace", "trade", "budget", "housing", "never", "should", "will"])
STANCES = np.array(["strongly_oppose", "oppose", "mixed", "support", "strongly_support", "unclear"])
FIRST = 1_400_000_000


def positions(rows: int = 5000, *, speakers: int = 30, topics: int = 5, seed: int = 1) -> pd.DataFrame:
    """A record of three years; statement ``s7`` says "… (7)", from ``https://example.org/7``."""
    random = np.random.default_rng(seed)
    at = random.integers(FIRST, FIRST + 94_000_000, rows)
    how = random.choice(3, rows, p=[0.6, 0.35, 0.05])
    width = np.array([1, 86_400, 2_592_000])[how]
    start = at // width * width
    speaker, topic = random.integers(0, speakers, rows) ** 2 // speakers, random.integers(0, topics, rows)
    stance = random.choice(STANCES, rows)
    sided = random.random(rows) < 0.9
    stance[sided] = np.where((speaker + topic) % 2, "support", "oppose")[sided]
    form = random.choice(["quote", "reported"], rows, p=[0.9, 0.1])
    words = [" ".join(random.choice(WORDS, 12)) for _ in range(rows)]
    return pd.DataFrame(
        {
            "speaker": [f"speaker-{code:02}" for code in speaker],
            "speaker_name": [f"Speaker {code:02}" for code in speaker],
            "topic": [f"topic-{code}" for code in topic],
            "topic_title": [f"Topic {code}" for code in topic],
            "proposition": [f"Proposition {code} should become law." for code in topic],
            "topic_kind": "proposal",
            "statement_id": [f"s{number}" for number in range(rows)],
            "stance": stance,
            "disputed": random.random(rows) < 0.02,
            "form": form,
            "said_from": pd.to_datetime(start, unit="s", utc=True),
            "said_until": pd.to_datetime(start + width, unit="s", utc=True),
            "precision": np.array(["second", "day", "month"])[how],
            "tz": "UTC",
            "text": [f"{text} ({number})" for number, text in enumerate(words)],
            "source_url": [f"https://example.org/{number}" for number in range(rows)],
            "source_title": [f"Story {number}" for number in range(rows)],
        }
    )
