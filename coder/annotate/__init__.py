"""Coding one session: from a key press to a saved edit.

keymap      which key means what: the bench's `commands`, the scheme's codes, the options of modifiers
keycaps     how a key is written for a person
strokes     what a stroke does: pure functions from a pass, a scheme and a moment to an `Edit`
amend       what can be done with an event that is there: move, split, delete, recode …; pure as well
group       the same for several events at once, and `arrange`: how their neighbours make room
certainty   how sure a coder is of events
ratings     items rated for whole segments
intervals   the intervals of a tier that is coded by them, and `sampling`: which one is asked about, where to stop
families    passes over one family of codes at a time
asking      which detail of a code is asked for next
rules       what no edit may break, and what a finished pass should not contain: its `findings`, place by place
live        the findings while coding: an edit re-reads only what it touched
desk        the one door for edits: check, save, swap, tell; unlimited undo and redo
view/       the bench in PyQt6; everything above is free of Qt
"""
