"""Tests of coder.reliability."""
