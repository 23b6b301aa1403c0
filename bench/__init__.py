"""Figures that `make bench` prints: as ratios against a baseline of the same run, or with their spread."""
