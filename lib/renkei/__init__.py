"""Yearly reports on the joint projects of the Sapporo renkei area, from two public documents."""

__version__ = "0.1.0"
