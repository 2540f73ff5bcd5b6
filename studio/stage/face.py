"""What a face shows: acts of the face and the voice's loudness to strengths of face units."""

from collections.abc import Sequence
from dataclasses import dataclass

from studio.acts import Act
from studio.stage.motion import level

# the mouth moves in steps: pictures of one step are rendered once
MOUTH_STEPS = 6
# face unit -> strength at full expression; "Left" and "Right" are added where a unit has two sides
_BOTH = (
    "mouthSmile",
    "cheekSquint",
    "mouthUpperUp",
    "mouthFrown",
    "mouthStretch",
    "browDown",
    "eyeSquint",
    "eyeWide",
    "browOuterUp",
)
EXPRESSIONS: dict[str, dict[str, float]] = {
    "smile": {"mouthSmile": 0.75, "cheekSquint": 0.4, "mouthUpperUp": 0.2, "browInnerUp": 0.15},
    "laugh": {"mouthSmile": 0.95, "cheekSquint": 0.6, "mouthUpperUp": 0.3, "eyeSquint": 0.35, "jawOpen": 0.22},
    "sad": {"mouthFrown": 0.65, "browInnerUp": 0.8, "browDown": 0.15},
    "play_face": {"browInnerUp": 0.9, "browOuterUp": 0.8, "eyeWide": 0.6, "jawOpen": 0.38, "mouthSmile": 0.35},
    "fuss": {"mouthFrown": 0.6, "browDown": 0.5, "browInnerUp": 0.4, "eyeSquint": 0.3},
    "cry": {
        "mouthStretch": 0.7,
        "mouthFrown": 0.5,
        "browDown": 0.7,
        "eyeSquint": 0.7,
        "jawOpen": 0.35,
        "cheekSquint": 0.5,
    },
    "squeal": {"mouthSmile": 0.5, "browInnerUp": 0.5},
}
_MOUTH_WIDTH = {
    "say": 0.32,
    "laugh": 0.35,
    "coo": 0.30,
    "babble": 0.45,
    "squeal": 0.5,
    "fuss": 0.35,
    "cry": 0.35,
    "cough": 0.3,
}
RISE_S = {"smile": 0.4, "laugh": 0.3, "cry": 0.4, "fuss": 0.35, "squeal": 0.2}


@dataclass(frozen=True)
class Face:
    """units: face unit -> strength; mouth: how far the jaw is open 0..1; smile: 0..1."""

    units: dict[str, float]
    mouth: float
    smile: float


def face_at(acts: Sequence[Act], at_s: float, loudness: float) -> Face:
    """The face of the person whose acts these are; loudness 0..1 of the voice opens the mouth."""
    units: dict[str, float] = {}
    still = 0.0
    smile = 0.0
    wide = 0.32
    for act in acts:
        assert act.end_us is not None
        start, end = act.start_us / 1e6, act.end_us / 1e6
        if not start - 0.1 <= at_s <= end + 0.6:
            continue
        if act.verb in _MOUTH_WIDTH and start - 0.1 <= at_s <= end + 0.1:
            wide = _MOUTH_WIDTH[act.verb]
        rise = RISE_S.get(act.verb, 0.4)
        strength = round(level(at_s, start, end, rise) * 12) / 12
        if act.verb == "still_face":
            still = max(still, strength)
        if strength <= 0.0 or act.verb not in EXPRESSIONS:
            continue
        if act.verb in ("smile", "laugh"):
            smile = max(smile, strength)
        for unit, amount in EXPRESSIONS[act.verb].items():
            for name in _sides(unit):
                units[name] = max(units.get(name, 0.0), strength * amount)
    loud = round(min(1.0, loudness) * MOUTH_STEPS) / MOUTH_STEPS
    jaw = units.get("jawOpen", 0.0)
    units["jawOpen"] = min(0.7, jaw + loud * wide)
    if loud:
        units["mouthFunnel"] = 0.18 * loud
    if still:
        units = {name: amount * (1.0 - still) for name, amount in units.items()}
        smile *= 1.0 - still
    return Face(units, min(1.0, units.get("jawOpen", 0.0) / 0.7), smile)


def _sides(unit: str) -> tuple[str, ...]:
    return (f"{unit}Left", f"{unit}Right") if unit in _BOTH else (unit,)
