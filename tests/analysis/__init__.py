"""Tests of coder.analysis."""
