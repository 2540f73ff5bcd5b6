"""Coding one session: from a key press to a saved edit.

keymap      which key means what: the player's commands, the scheme's codes, the options of modifiers
strokes     what a stroke does: pure functions from a pass, a scheme and a moment to an `Edit`
amend       what can be done with an event that is there: move, split, delete, recode …; pure as well
rules       what no edit may break, and what a finished pass should not contain
desk        the one door for edits: check, save, swap, tell; unlimited undo and redo
view/       the bench in PyQt6; everything above is free of Qt
"""
