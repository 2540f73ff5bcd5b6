"""Tests of coder.report."""
