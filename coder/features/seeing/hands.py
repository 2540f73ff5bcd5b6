"""Whose hand it is where two people's hands meet: the hand model on a cut of that place.

Of a hand that is hidden or outside the picture the pose model guesses where it is, and it likes to guess a hand
that it can see: that of the other person. A touch would be seen where there is none. So where two people's wrists
lie on each other the hands are counted, and each is given to one of them, by where it is and by how large it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from coder.features.geometry import Floats
from coder.features.seeing.cutting import RGB
from coder.features.sighting import JOINTS, Body
from coder.features.weights import load

MODEL = "hand_landmarker.task"
DOUBTED = 0.3
"""What is left of `seen` of a hand that is another person's."""

_CONFIDENCE = 0.3
_MOST = 4
_MEETING = 0.8  # wrists that lie nearer than this, in heights of the smaller face, are looked at
_AROUND = 1.6  # half the side of the cut, in the same
_CUT_PX = 256
_OWN = 0.6  # farthest a hand's wrist may lie from where the pose says, in the own face height
_HELD = 0.9  # a hand that is seen as surely lies in or under the other's, if only one is found
_PALM = 0.5  # length of a palm in face heights, between a young child's (0.4) and an adult's (0.55)
_WRIST, _INDEX, _MIDDLE, _LITTLE = 0, 5, 9, 17  # the model's points
_HANDS = tuple((JOINTS.index(f"{side}_wrist"), JOINTS.index(f"{side}_index")) for side in ("left", "right"))


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """One hand as the pose says: whose body, which of the two hands, where, how surely seen, and the height of
    the own face."""

    body: int
    hand: int
    at_px: Floats
    seen: float
    head_px: float


class HandJudge:
    """Gives hands to people. Not to be shared between threads."""

    def __init__(self) -> None:
        self._model = vision.HandLandmarker.create_from_options(
            vision.HandLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=load(MODEL)),
                num_hands=_MOST,
                min_hand_detection_confidence=_CONFIDENCE,
                min_hand_presence_confidence=_CONFIDENCE,
            )
        )

    def close(self) -> None:
        """Give the model back."""
        self._model.close()

    def settled(self, rgb: RGB, bodies: Sequence[Body | None], heads_px: Sequence[float]) -> list[Body | None]:
        """The bodies with their hands where the hand model finds them; `seen` is lowered of a hand that turns out
        to be another's. heads_px: face heights. Bodies whose hands are apart are left as they are."""
        points = [None if body is None else body.points_px.copy() for body in bodies]
        seen = [None if body is None else body.seen.copy() for body in bodies]
        claims = _claims(bodies, heads_px)
        judged: set[int] = set()
        for a, b in _meeting(claims):
            if a in judged or b in judged:
                continue
            middle = (claims[a].at_px + claims[b].at_px) / 2
            reach = _AROUND * min(claims[a].head_px, claims[b].head_px)
            near = [i for i, c in enumerate(claims) if np.abs(c.at_px - middle).max() < reach and i not in judged]
            hands = self._hands(rgb, middle, reach)
            for i, hand in _given([claims[i] for i in near], hands).items():
                claim = claims[near[i]]
                wrist, index = _HANDS[claim.hand]
                at, surely = points[claim.body], seen[claim.body]
                assert at is not None
                assert surely is not None
                if hand is None:
                    surely[[wrist, index]] = np.minimum(surely[[wrist, index]], DOUBTED)
                else:
                    at[wrist], at[index] = hand[_WRIST], hand[_INDEX]
            judged.update(near)
        return [None if at is None or s is None else Body(at, s) for at, s in zip(points, seen, strict=True)]

    def _hands(self, rgb: RGB, middle: Floats, reach: float) -> list[Floats]:
        """Each hand's points, (21, 2) px, in a square around a place."""
        scale = 2 * reach / _CUT_PX
        back = np.array([(scale, 0, middle[0] - reach), (0, scale, middle[1] - reach)])
        cut = cv2.warpAffine(rgb, back, (_CUT_PX, _CUT_PX), flags=cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR)
        found = self._model.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(cut)))
        corner = middle - reach
        return [np.array([(p.x, p.y) for p in hand]) * 2 * reach + corner for hand in found.hand_landmarks]


def _claims(bodies: Sequence[Body | None], heads_px: Sequence[float]) -> list[_Claim]:
    return [
        _Claim(i, hand, body.points_px[wrist], float(body.seen[wrist]), heads_px[i])
        for i, body in enumerate(bodies)
        if body is not None
        for hand, (wrist, _) in enumerate(_HANDS)
        if body.seen[wrist] > DOUBTED
    ]


def _meeting(claims: Sequence[_Claim]) -> list[tuple[int, int]]:
    """Pairs of different people's hands that lie on each other, the nearest first."""
    pairs = []
    for i, a in enumerate(claims):
        for j, b in enumerate(claims[:i]):
            gap = float(np.linalg.norm(a.at_px - b.at_px)) / min(a.head_px, b.head_px)
            if a.body != b.body and gap < _MEETING:
                pairs.append((gap, j, i))
    return [(j, i) for _, j, i in sorted(pairs)]


def _given(claims: Sequence[_Claim], hands: Sequence[Floats]) -> dict[int, Floats | None]:
    """The hand that each claim gets; None where the hand it points at is another person's and the own one is
    hardly seen. Claims that no hand is near are left out: the hand model misses hands.
    """
    fits = sorted(
        (_misfit(claim, hand), i, j)
        for i, claim in enumerate(claims)
        for j, hand in enumerate(hands)
        if np.linalg.norm(hand[_WRIST] - claim.at_px) <= _OWN * claim.head_px
    )
    given: dict[int, Floats | None] = {}
    owners: dict[int, int] = {}
    for _, i, j in fits:
        if i not in given and j not in owners:
            given[i], owners[j] = hands[j], i
    for _, i, j in fits:
        if i not in given and claims[owners[j]].body != claims[i].body and claims[i].seen < _HELD:
            given[i] = None
    return given


def _misfit(claim: _Claim, hand: Floats) -> float:
    """How badly a hand fits to a claim: by its size against the face, and by its distance."""
    palm = max(np.linalg.norm(hand[_MIDDLE] - hand[_WRIST]), np.linalg.norm(hand[_LITTLE] - hand[_INDEX]))
    away = float(np.linalg.norm(hand[_WRIST] - claim.at_px)) / claim.head_px
    return float(abs(np.log(max(float(palm), 1.0) / (_PALM * claim.head_px)))) + 0.5 * away
