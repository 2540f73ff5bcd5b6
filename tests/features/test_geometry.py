"""Geometry against heads whose pose is known because they were put there."""

import numpy as np
import pytest

from coder.features.geometry import (
    KEYPOINTS_CM,
    Camera,
    Crop,
    Floats,
    Head,
    angles_deg,
    head_from_keypoints,
    head_from_matrix,
    hysteresis,
    iris_offset,
    turns_to,
    yaws_pitches_deg,
)

CAMERA = Camera(1280, 720, 60.0)


def forward(head: Head) -> Floats:
    """Where a head points in the camera's axes."""
    turn = turns_to(CAMERA.rays(np.array([head.centre_px])))[0]
    return np.asarray((turn @ head.rotation)[:, 2])


def angle_deg(a: Floats, b: Floats) -> float:
    """Between two directions, the first of unit length."""
    return float(angles_deg(a[None], b[None])[0])


def yaw_pitch_deg(direction: Floats) -> tuple[float, float]:
    """Of one direction."""
    yaw, pitch = yaws_pitches_deg(direction[None])
    return float(yaw[0]), float(pitch[0])


def turned(yaw_deg: float, pitch_deg: float = 0.0, roll_deg: float = 0.0) -> Floats:
    """A head's rotation in the camera's axes: yaw to image right, pitch up, roll in the picture plane."""
    y, p, r = np.radians([yaw_deg, -pitch_deg, roll_deg])
    about_y = np.array([(np.cos(y), 0, np.sin(y)), (0, 1, 0), (-np.sin(y), 0, np.cos(y))])
    about_x = np.array([(1, 0, 0), (0, np.cos(p), -np.sin(p)), (0, np.sin(p), np.cos(p))])
    about_z = np.array([(np.cos(r), -np.sin(r), 0), (np.sin(r), np.cos(r), 0), (0, 0, 1)])
    return np.asarray(about_y @ about_x @ about_z)


def projected(points_cm: Floats, rotation: Floats, place_cm: tuple[float, float, float], camera: Camera) -> Floats:
    """Where a pinhole camera shows points of a head that stands at `place_cm` (x right, y up, z to the camera)."""
    points = points_cm @ rotation.T + place_cm
    x = camera.width_px / 2 + camera.focal_px * points[:, 0] / -points[:, 2]
    y = camera.height_px / 2 - camera.focal_px * points[:, 1] / -points[:, 2]
    return np.stack([x, y], axis=1)


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(0, 0, 0), (50, -10, 0), (-70, 15, 5), (30, -25, -20)])
@pytest.mark.parametrize("place", [(0.0, 0.0, -300.0), (90.0, 40.0, -300.0), (-110.0, -30.0, -300.0)])
def test_keypoints_of_a_distant_head_give_its_direction_wherever_it_stands(
    yaw: float, pitch: float, roll: float, place: tuple[float, float, float]
) -> None:
    rotation = turned(yaw, pitch, roll)
    head = head_from_keypoints(projected(KEYPOINTS_CM, rotation, place, CAMERA))
    assert angle_deg(forward(head), rotation[:, 2]) < 3.0
    # Weak perspective does not know that pictures stretch towards their edges: 5 % of the distance.
    away_cm = CAMERA.focal_px / head.px_per_cm
    ray = CAMERA.rays(np.array([head.centre_px]))[0]
    assert np.linalg.norm(ray * away_cm / -ray[2] - place) < 0.05 * 300


def test_yaw_is_positive_to_the_right_of_the_image_and_pitch_upwards() -> None:
    for yaw, pitch in ((40, 0), (-40, 0), (0, 30), (10, -30), (120, 0)):
        assert yaw_pitch_deg(turned(yaw, pitch)[:, 2]) == pytest.approx((yaw, pitch), abs=1e-6)


@pytest.mark.parametrize("point", [(640.0, 360.0), (100.0, 360.0), (1200.0, 50.0)])
def test_a_head_that_looks_into_the_lens_points_at_the_camera_from_everywhere(point: tuple[float, float]) -> None:
    head = Head(np.eye(3), point, 5.0)
    assert angle_deg(forward(head), -CAMERA.rays(np.array([point]))[0]) == pytest.approx(0, abs=1e-5)


def test_the_matrix_of_a_crop_becomes_a_head_of_the_whole_picture() -> None:
    # A face that looks straight along the crop's camera from 40 cm, in the middle of a crop at the upper left.
    matrix = np.eye(4)
    matrix[2, 3] = -40.0
    crop = Crop(100, 50, 200)
    head = head_from_matrix(matrix, crop)
    assert head.centre_px == pytest.approx((200, 150))
    # A face as tall as tan(63°/2) · 2 · 40 cm would fill the 200 px of the crop.
    assert head.px_per_cm == pytest.approx(200 / (2 * 40 * np.tan(np.radians(31.5))))
    # It looks into the lens: seen left of the middle, so it points to the right and down.
    yaw, pitch = yaw_pitch_deg(forward(head))
    assert yaw == pytest.approx(np.degrees(np.arctan((640 - 200) / CAMERA.focal_px)), abs=1e-6)
    assert pitch < -5


def test_where_the_crop_was_cut_does_not_turn_the_head() -> None:
    # The crop's camera sees a face off its axis turned by just the angle of that line of sight.
    aside = np.eye(4)
    angle = np.radians(12)
    aside[:3, :3] = turned(-12.0)
    aside[:3, 3] = (40 * np.tan(angle), 0, -40.0)
    straight = head_from_matrix(aside, Crop(0, 0, 300))
    assert straight.rotation == pytest.approx(np.eye(3), abs=1e-9)
    assert straight.centre_px[0] == pytest.approx(150 + 150 / np.tan(np.radians(31.5)) * np.tan(angle))


def test_a_matrix_with_scale_in_it_still_gives_a_rotation() -> None:
    matrix = np.eye(4)
    matrix[:3, :3] = turned(25) * 1.07
    matrix[2, 3] = -50
    rotation = head_from_matrix(matrix, Crop(0, 0, 200)).rotation
    assert rotation @ rotation.T == pytest.approx(np.eye(3), abs=1e-9)


def test_iris_offset_counts_eye_widths_to_the_right_and_up() -> None:
    mesh = np.zeros((478, 2))
    mesh[[33, 133, 362, 263]] = [(100, 50), (140, 50), (200, 50), (240, 50)]
    mesh[[468, 473]] = [(124, 46), (224, 46)]
    assert iris_offset(mesh) == pytest.approx((0.1, 0.1))


def test_iris_offset_trusts_the_eye_that_is_seen_wider() -> None:
    mesh = np.zeros((478, 2))
    mesh[[33, 133, 362, 263]] = [(100, 50), (130, 50), (200, 50), (210, 50)]
    mesh[[468, 473]] = [(121, 50), (205, 50)]  # 0.2 eye widths in the wide eye, 0 in the narrow one
    assert iris_offset(mesh) == pytest.approx((0.15, 0.0))


def flags(text: str) -> np.ndarray:
    """`x` is True."""
    return np.array([letter == "x" for letter in text])


def test_hysteresis_keeps_its_state_between_the_limits() -> None:
    angles = np.array([25.0, 35, 25, 15, 25, 29, 31, 25, 19])
    states, valid = hysteresis(
        angles, flags("xxxxxxxxx"), np.arange(9) * 40_000, enter=20, leave=30, hold_us=500_000
    )
    assert valid.tolist() == flags(".xxxxxxxx").tolist()  # nobody knows how the first one came about
    assert states[1:].tolist() == [0, 0, 1, 1, 1, 0, 0, 1]


def test_hysteresis_forgets_over_a_long_gap_only() -> None:
    angles = np.array([10.0, 99, 25, 25])
    short, long = (np.array([0, 40_000, gap_us, gap_us + 40_000]) for gap_us in (500_000, 500_001))
    seen = flags("x.xx")
    assert hysteresis(angles, seen, short, enter=20, leave=30, hold_us=500_000)[1].tolist() == seen.tolist()
    assert (
        hysteresis(angles, seen, long, enter=20, leave=30, hold_us=500_000)[1].tolist() == flags("x...").tolist()
    )
