"""A scheme's name, version and title written anew: every other sign of the text stays."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.formats import with_head

TEXT = '''# my scheme
"name" = 'old'   # never change it
version = """
1.0"""
title="A “title” with \\" quotes" # here

[[tiers]]
name = "not this one"
rule = """
title = "nor this one"
"""
'''


def test_only_the_head_changes() -> None:
    changed = with_head(TEXT, {"name": "new", "version": "2.0", "title": "Another", "authors": "none"})
    assert changed.splitlines()[:4] == [
        "# my scheme",
        '"name" = "new"   # never change it',
        'version = "2.0"',
        'title="Another" # here',
    ]
    assert changed.splitlines()[4:] == TEXT.splitlines()[5:]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_remark_stands_before_it_in_comment_lines(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    changed = with_head(text, {}, "From there.\nWith a bell \a and\ttab.")
    assert changed == f"# From there.{newline}# With a bell  andtab.{newline}{newline}" + text


@given(st.text(), st.text(min_size=1))
def test_any_title_is_read_back(title: str, remark: str) -> None:
    title = title.encode("utf-8", "ignore").decode()
    remark = remark.encode("utf-8", "ignore").decode()
    was, now = tomllib.loads(TEXT), tomllib.loads(with_head(TEXT, {"title": title}, remark))
    assert now == {**was, "title": title}
