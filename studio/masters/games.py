"""Master codes of “Shared Play”: invitations with what came of them, and the turns of games."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder.model.coding import NOTHING
from coder.model.time import SECOND_US, Span
from studio.acts import CHILD, PARENT, Act, other
from studio.masters.frames import runs
from studio.masters.looks import looks, unseen
from studio.masters.material import Coded, Material, span_of
from studio.masters.sharing import HANDLING
from studio.masters.why.play import bid_reason, turn_reason
from studio.masters.why.words import at, does, told

RESULT_US = 5 * SECOND_US
"""shared-play, bids: “Then watch the 5 seconds after it and say what came of it”."""

REPEAT_US = 2 * SECOND_US
"""shared-play, bids: “Repeats within 2 seconds belong to the same invitation.” Counted from the end of the act."""

ANSWER_US = 5 * SECOND_US
"""How soon after the end of a move the next one answers it; the scheme names no time, this is that of a bid."""

UNSEEN_SHARE = 0.5
"""“Leave the result open if the other cannot be seen or heard in that time”: for this share of it or more."""

SOUNDS = ("coo", "babble", "squeal", "say")
JOINING = (*SOUNDS, "laugh", "nod", "clap", "reach", *HANDLING)
REFUSING = ("shake", "turn_away", "lean_back", "fuss", "cry")
REFUSING_WORDS = ("no", "don't", "stop")


@dataclass(frozen=True)
class Move:
    """What may be one move of a game. game: moves can answer each other only within one game."""

    act: Act
    game: tuple[str, str]


def turns(material: Material) -> list[Coded]:
    """The line `turns`."""
    found = []
    for place, (act, game) in enumerate(played := _games(material)):
        before = next((one for one in reversed(game) if one.start_us < act.start_us and one.who != act.who), None)
        after = next((one for one, _ in played[place + 1 :] if one.who != act.who and one in game), None)
        at_us = material.frames.mark(act.start_us)
        code = "turn_c" if act.who == CHILD else "turn_p"
        found.append(Coded("turns", code, Span.moment(at_us), note=turn_reason(act, before, after)))
    return found


def turn_acts(material: Material) -> list[Act]:
    """The acts that are turns, by onset."""
    return [act for act, _ in _games(material)]


def _games(material: Material) -> list[tuple[Act, list[Act]]]:
    """The acts that are turns, by onset, each with all moves of its kind of game."""
    moves = [move for act in material.acts if (move := _move(act)) is not None]
    games = {game: [move for move in moves if move.game == game] for game in sorted({move.game for move in moves})}
    found = [(act, [move.act for move in its]) for its in games.values() for act in _turns_of(its)]
    return sorted(found, key=lambda one: (one[0].start_us, one[0].index))


def bids(material: Material) -> list[Coded]:
    """The line `bids`, each with its result if it can be told."""
    taken = {act.index for act in turn_acts(material)}
    return [_bid(material, group) for who in (CHILD, PARENT) for group in _invitations(material, who, taken)]


def _move(act: Act) -> Move | None:
    """“roll and roll back, give and give back, sound and echo, hide and find”."""
    if act.verb in ("roll", "offer") or (act.verb == "put_down" and act.where == "other"):
        return Move(act, ("toy", str(act.target)))
    if act.verb in ("coo", "babble", "squeal") or (act.verb == "say" and (act.who == CHILD or act.echo)):
        return Move(act, ("sound", ""))
    if act.verb in ("hide", "clap"):
        return Move(act, ("body", act.verb))
    if act.verb == "play":
        return Move(act, ("echo", ""))
    return None


def _turns_of(moves: list[Move]) -> list[Act]:
    """The turns in one game's moves.

    A move and the other's next one, begun within 5 s after it, are a game. “Several quick acts of one person with
    no room for an answer are one turn”; “the first offer that starts the game” is an invitation, no turn.
    """
    found: list[Act] = []
    game: list[Act] = []
    end_us = 0
    for act in (move.act for move in moves):
        soon = bool(game) and act.start_us <= end_us + ANSWER_US
        if not soon or not _goes_on(game[-1], act):
            found += _played(game)
            game = []
        if not game or game[-1].who != act.who:
            game.append(act)
        end_us = span_of(act).end_us
    return found + _played(game)


def _goes_on(last: Act, act: Act) -> bool:
    """Sounds and taps are a game only where one copies the other; a toy or a face that comes back always is."""
    copies = act.verb != "play" and act.verb not in SOUNDS
    return last.who == act.who or copies or last.echo or act.echo


def _played(game: list[Act]) -> list[Act]:
    if len(game) < 2:
        return []
    return game[1:] if game[0].verb in ("roll", "offer", "put_down") else game


def _invitations(material: Material, who: str, turns_taken: set[int]) -> Iterator[list[Act]]:
    """The acts that invite, those of one invitation together."""
    group: list[Act] = []
    for act in material.acts:
        invites = _invites(act) or _reaches_in_vain(material, act)
        if act.who != who or act.index in turns_taken or not invites:
            continue
        if group and act.start_us > max(span_of(one).end_us for one in group) + REPEAT_US:
            yield group
            group = []
        group.append(act)
    if group:
        yield group


def _reaches_in_vain(material: Material, act: Act) -> bool:
    """A child's hand that goes for a thing and does not get it asks for help."""
    takes = [one.start_us for one in material.acts_of(act.who, "take") if one.target == act.target]
    return act.who == CHILD and act.verb == "reach" and not any(at_us >= act.start_us for at_us in takes)


def _invites(act: Act) -> bool:
    """Child: “holds out or brings an object, points and looks back, calls”; parent: “offers or shows an object,
    asks a question about play, calls by name, starts a song”; with either, a first roll begins a game."""
    if act.verb in ("offer", "show", "point", "roll") or (act.verb == "put_down" and act.where == "other"):
        return True
    if act.verb != "say" or act.echo or act.kind in ("comfort", "join"):
        return False
    if act.kind in ("invite", "sing"):
        return True
    asks = act.who == CHILD or act.kind == "steer" or "?" in (act.words or "")
    # words that answer go on with what the other began, unless they are about something else
    return asks and (act.answers is None or act.fit == "mismatch")


def _bid(material: Material, group: list[Act]) -> Coded:
    first = group[0]
    at_us = material.frames.mark(first.start_us)
    result, answer = _result(material, group, Span(first.start_us, first.start_us + RESULT_US))
    code = "bid_c" if first.who == CHILD else "bid_p"
    modifiers = (("result", result),) if result else ()
    doubt = ""
    if _is_asked_for(material, first):
        doubt = f"the {other(first.who)} had reached for it: to mark no invitation is as right"
    elif first.verb == "reach":
        doubt = "who takes it for a hand that goes for a toy, and for no plea, marks nothing: that is as right"
    note = told(bid_reason(group, result, answer), doubt)
    return Coded("bids", code, Span.moment(at_us), modifiers, note, either=(NOTHING,) if doubt else ())


def _is_asked_for(material: Material, act: Act) -> bool:
    """To put before the child what it has just reached for grants a wish as much as it invites."""
    return act.verb == "put_down" and any(
        one.verb == "reach"
        and one.target == act.target
        and one.start_us < act.start_us <= one.start_us + RESULT_US
        for one in material.acts_of(other(act.who), "reach")
    )


def _result(material: Material, group: list[Act], window: Span) -> tuple[str, str]:
    """What came of it, and what showed that, in words.

    taken: the other joins. declined: says or shows no, or notices and does not join. ignored: nothing shows.
    """
    who, toys = other(group[0].who), {act.target for act in group if act.target is not None}
    answers = [act for act in material.acts if act.who == who and window.start_us < act.start_us < window.end_us]
    joins = [(act.start_us, f"{does(act)}, at {at(act.start_us)}") for act in answers if _joins(act, toys)]
    joins += _looks_along(material, group, window)
    refuses = [(act.start_us, f"{does(act)}, at {at(act.start_us)}") for act in answers if _refuses(act)]
    if refuses and min(refuses)[0] < min(joins, default=(window.end_us, ""))[0]:
        return "declined", min(refuses)[1]
    if joins:
        return "taken", min(joins)[1]
    hidden = unseen(material, who)[list(material.frames.within(window.start_us, window.end_us))]
    if window.end_us > material.frames.window.end_us or hidden.mean() >= UNSEEN_SHARE:
        return "", ""
    if _notices(material, who, toys, window):
        return "declined", f"the {who} looks, and does not join"
    return "ignored", ""


def _joins(act: Act, toys: set[str]) -> bool:
    """An act on the very toy, or, to words alone, any sound, nod or act of play."""
    if act.verb not in JOINING or _refuses(act):
        return False
    return act.target in toys if toys else True


def _refuses(act: Act) -> bool:
    words = (act.words or "").lower().replace(",", " ").replace(".", " ").replace("!", " ").split()
    return act.verb in REFUSING or (act.verb == "say" and any(word in REFUSING_WORDS for word in words))


def _looks_along(material: Material, group: list[Act], window: Span) -> list[tuple[int, str]]:
    """To show or point asks for a look: when the other's eyes are on the thing, that invitation is taken up."""
    shown = {act.target for act in group if act.verb in ("show", "point")}
    who, found = other(group[0].who), []
    for run in runs(looks(material, who).labels):
        part = material.frames.span(run).intersection(window)
        if run.label in shown and part:
            found.append((part.start_us, f"the {who} looks at the {run.label}, at {at(part.start_us)}"))
    return found


def _notices(material: Material, who: str, toys: set[str], window: Span) -> bool:
    targets = {f"{other(who)}_face", f"{other(who)}_hands", *toys}
    labels = looks(material, who).labels
    return any(labels[index] in targets for index in material.frames.within(window.start_us, window.end_us))
