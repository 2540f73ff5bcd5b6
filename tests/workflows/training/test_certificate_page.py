"""A certificate in words: what it names, what its numbers rest on, and that nothing in it is read as markup."""

import html
import re
from dataclasses import replace
from pathlib import Path

from coder.model.study import Role
from coder.training.certification import last_day
from coder.workflows.passes import add_coder
from coder.workflows.training.certificate_page import certificate_html, certificate_page, certificate_title
from coder.workflows.training.certifying import certificates, change_rule
from coder.workflows.training.taken import taken_course
from tests.workflows.training.small_course import go, learnt, training


def words(page: str) -> str:
    """What a person reads of a page."""
    body = page.split("<body>")[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_it_names_coder_scheme_version_clips_masters_dates_and_each_result(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        learnt(store, taken, ann)
        go(store, taken, ann, "a")
        go(store, taken, ann, "b", (200, 500))
        (paper,) = certificates(store)
        said = words(certificate_html(store, paper))
        assert certificate_title(paper) == "Certificate of Ann – Hear the calls"
    for one in (
        "Ann",
        "Calls and smiles, version 1.0",
        "Hear the calls, version 1.0",
        "clip a, clip b",
        "clip a v1",
    ):
        assert one in said
    for one in (
        paper.issued_at,
        last_day(paper).isoformat(),
        paper.id,
        taken.course.id.sha256[:16],
        "Says nothing.",
    ):
        assert one in said
    for one in ("clip b", "F1", "0.75", "0.80", "95", "All clips together", "200 days"):
        assert one in said, one


def test_a_rule_that_a_supervisor_changed_is_said_to_be_changed(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        learnt(store, taken, ann)
        mika = add_coder(store, "Mika", Role.SUPERVISOR)
        change_rule(store, taken, replace(taken.rule, valid_days=30), mika.id, "We look more often.")
        taken = taken_course(store, taken.id)
        go(store, taken, ann, "a")
        go(store, taken, ann, "b")
        (paper,) = certificates(store)
        rule = certificate_page(store, paper).rule
        assert rule[-1].endswith("by Mika: We look more often.")
        change_rule(store, taken, replace(taken.rule, valid_days=60), mika.id, "And now less often.")
        assert certificate_page(store, paper).rule == rule, "a later change is not this certificate's"


def test_what_a_person_wrote_is_text_and_no_markup(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "<b>Ann</b> & Co")
    with store:
        learnt(store, taken, ann)
        go(store, taken, ann, "a")
        go(store, taken, ann, "b")
        (paper,) = certificates(store)
        page = certificate_html(store, replace(paper, notice="<script>alert()</script>"))
    assert "<b>Ann</b>" not in page
    assert "<script>" not in page
    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; Co" in page
