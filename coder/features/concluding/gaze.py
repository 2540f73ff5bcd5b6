"""Who looks where: head and gaze directions, what lies in them, and what both do together."""

from collections.abc import Mapping

import numpy as np

from coder.features.concluding.deciding import HOLD_US, best, both, first_reason, held, yes_or_no
from coder.features.concluding.eyes import Sight, sight
from coder.features.concluding.figures import figures
from coder.features.concluding.heads import IRIS_PX, IRIS_TURN_DEG, Heads, steadied
from coder.features.concluding.placing import Placed
from coder.features.concluding.scene import Reasons, Scene, Series, Times, other
from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.targets import FACE, chances, hands_px
from coder.features.concluding.trunk import trunk_deg
from coder.features.geometry import Floats, angles_deg, hysteresis, yaws_pitches_deg
from coder.model.persons import DYAD, Role
from coder.model.track import Why

_STEADY_US = 160_000  # half of the 300 ms over which chances are steadied: short of the shortest looks
_MARGIN = 1.25  # as often likelier than what comes next; below that the uncertainty spans both
_HEAD_DEG = 25.0  # a head's direction that may be farther off is no measurement of its own


def gaze(
    scene: Scene,
    heads: Mapping[Role, Heads],
    missing: Mapping[Role, Reasons],
    placed: Placed,
    settings: ConcludingSettings,
) -> Mapping[str, Series]:
    """Head and gaze directions, what each looks at, and both together, by id of signal.

    missing: (n,) by role, why the face was not seen, SEEN where it was.
    """
    figure = {role: figures(scene.people[role]) for role in DYAD}
    hands = {role: hands_px(figure[role]) for role in DYAD}
    scales = {Role.PARENT: 1.0, Role.CHILD: placed.child_scale}
    ways = {Role.PARENT: placed.way_cm, Role.CHILD: -placed.way_cm}
    found: dict[str, Series] = {}
    for role in DYAD:
        partner = other(role)
        trunk = trunk_deg(figure[role], heads[role], scene.times_us, adult=role is Role.PARENT)
        seen = sight(heads[role], scales[role], trunk)
        likely = chances(
            seen, heads[role], placed, ways[role], {"own": hands[role], "other": hands[partner]}, scales[partner]
        )
        vague = (missing[role] == Why.SEEN) & ~heads[role].pointed
        one = np.where(vague, Why.TURNED_AWAY, missing[role]).astype(np.uint8)
        lone = (one == Why.SEEN) & (missing[partner] != Why.SEEN)
        two = np.where(lone, Why.OTHER_UNSEEN, one).astype(np.uint8)
        signals = {
            **_directions(heads[role], seen, ways[role], one, two),
            **_toward(heads[role], ways[role], scene.times_us, two, settings),
            **_targets(likely, heads[role], seen, scene.times_us, two),
        }
        found |= {f"{role.value}_{name}": series for name, series in signals.items()}
    found["mutual_toward"] = both(found["parent_toward"], found["child_toward"])
    found["mutual_face"] = both(found["parent_looks_face"], found["child_looks_face"])
    return found


def _directions(head: Heads, seen: Sight, way_cm: Floats, own: Reasons, two: Reasons) -> dict[str, Series]:
    yaw, pitch = yaws_pitches_deg(head.forward)
    gaze_yaw, gaze_pitch = yaws_pitches_deg(seen.ways)
    eyes = np.where((own == Why.SEEN) & seen.closed, Why.EYES_HIDDEN, own).astype(np.uint8)
    both_eyes = np.where((two == Why.SEEN) & seen.closed, Why.EYES_HIDDEN, two).astype(np.uint8)
    return {
        "yaw_deg": Series.of(yaw, _measured(own, head)),
        "pitch_deg": Series.of(pitch, _measured(own, head)),
        "off_other_deg": Series.of(angles_deg(head.forward, way_cm), _measured(two, head)),
        "gaze_yaw_deg": Series.of(gaze_yaw, eyes),
        "gaze_pitch_deg": Series.of(gaze_pitch, eyes),
        "gaze_error_deg": Series.of(seen.error_deg, eyes),
        "gaze_off_face_deg": Series.of(angles_deg(seen.ways, way_cm), both_eyes),
    }


def _measured(why: Reasons, head: Heads) -> Reasons:
    """The reasons, where a head's direction is only roughly known: enough to weigh targets, none to be told."""
    vague = (why == Why.SEEN) & (head.error_deg > _HEAD_DEG)
    return np.where(vague, Why.TURNED_AWAY, why).astype(np.uint8)


def _toward(
    head: Heads, way_cm: Floats, times_us: Times, two: Reasons, settings: ConcludingSettings
) -> dict[str, Series]:
    """Whether the head points to the other's."""
    off = angles_deg(head.forward, way_cm)
    why = _measured(two, head)
    states, known = hysteresis(
        off,
        why == Why.SEEN,
        times_us,
        enter=settings.toward_enter_deg,
        leave=settings.toward_leave_deg,
        hold_us=HOLD_US,
    )
    why[(why == Why.SEEN) & ~known] = Why.NOTHING_BEFORE
    return {"toward": Series.of(states, why)}


def _targets(likely: Floats, head: Heads, seen: Sight, times_us: Times, two: Reasons) -> dict[str, Series]:
    """What lies in the gaze, where one thing fits clearly better than all others together."""
    shown = np.where((seen.closed | (two != Why.SEEN))[:, None], np.nan, likely)
    steady = np.column_stack([steadied(shown[:, kind], times_us, _STEADY_US) for kind in range(shown.shape[1])])
    looks = held(yes_or_no(steady, FACE, _MARGIN), times_us)
    target = held(best(steady, _MARGIN), times_us)
    far = head.turned_deg >= IRIS_TURN_DEG
    why = first_reason(
        len(two),
        [
            (seen.closed, Why.EYES_HIDDEN),
            (far | ~head.meshed, Why.TURNED_AWAY),
            (head.iris_px < IRIS_PX, Why.TOO_SMALL),
        ],
    )
    undecided = np.where(two != Why.SEEN, two, np.where(why == Why.SEEN, Why.EYES_HIDDEN, why))
    return {
        "looks_face": Series.of(
            looks.astype(np.float64), np.where(looks >= 0, Why.SEEN, undecided).astype(np.uint8)
        ),
        "target": Series.of(
            target.astype(np.float64), np.where(target >= 0, Why.SEEN, undecided).astype(np.uint8)
        ),
    }
