"""Hypothesis strategies for tests of scripts that use this library."""
