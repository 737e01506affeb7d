"""Caviar's sampler. It is part of the package ``caviar-hpo``."""

from caviar_hpo.optuna import CaviarSampler


__all__ = ["CaviarSampler"]
