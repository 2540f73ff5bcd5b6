"""Tests of coder.formats."""
