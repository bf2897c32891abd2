"""Tracker: a portfolio of clean-energy projects, tied to the power development plan and to their sites."""

__version__ = "0.1.0"
