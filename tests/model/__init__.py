"""A slow and obvious second reading of the design, to hold the library against."""

from .assessment import assess

__all__ = ["assess"]
