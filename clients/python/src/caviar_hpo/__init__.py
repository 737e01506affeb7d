"""Caviar: hyperparameter optimisation that repeats to the bit, survives crashes, and needs no internet."""

__version__ = "0.1.0"
