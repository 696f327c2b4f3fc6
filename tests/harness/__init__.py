"""Harnesses that do to a store what happens to stores: crashes, power cuts, full disks, many writers, flipped bits."""
