"""What the measured signals and their units are called on the screen. Free of Qt."""

from coder.language import later, tr
from coder.model.track import Signal

SIGNAL_NAMES = {
    "parent_found": later("Parent: face found"),
    "parent_face_px": later("Parent: width of the face"),
    "parent_yaw_deg": later("Parent: head to image right"),
    "parent_pitch_deg": later("Parent: head up"),
    "parent_off_other_deg": later("Parent: head away from the child"),
    "parent_toward": later("Parent: head to the child"),
    "parent_gaze_yaw_deg": later("Parent: gaze to image right"),
    "parent_gaze_pitch_deg": later("Parent: gaze up"),
    "parent_gaze_error_deg": later("Parent: gaze, uncertainty"),
    "parent_gaze_off_face_deg": later("Parent: gaze off the face"),
    "parent_looks_face": later("Parent: looks at the face"),
    "parent_target": later("Parent: gaze target"),
    "parent_motion": later("Parent: movement"),
    "parent_hand_gap_heads": later("Parent: hands to the child"),
    "parent_hand_near": later("Parent: a hand at the child"),
    "parent_leaning": later("Parent: leaning to the child"),
    "child_found": later("Child: face found"),
    "child_face_px": later("Child: width of the face"),
    "child_yaw_deg": later("Child: head to image right"),
    "child_pitch_deg": later("Child: head up"),
    "child_off_other_deg": later("Child: head away from the parent"),
    "child_toward": later("Child: head to the parent"),
    "child_gaze_yaw_deg": later("Child: gaze to image right"),
    "child_gaze_pitch_deg": later("Child: gaze up"),
    "child_gaze_error_deg": later("Child: gaze, uncertainty"),
    "child_gaze_off_face_deg": later("Child: gaze off the face"),
    "child_looks_face": later("Child: looks at the face"),
    "child_target": later("Child: gaze target"),
    "child_motion": later("Child: movement"),
    "child_hand_gap_heads": later("Child: hands to the parent"),
    "child_hand_near": later("Child: a hand at the parent"),
    "child_leaning": later("Child: leaning to the parent"),
    "both_found": later("Both faces found"),
    "mutual_toward": later("Heads to each other"),
    "mutual_face": later("Both look at the face"),
    "head_distance_heads": later("Distance of the heads"),
    "head_distance_mm": later("Distance of the heads, mm"),
    "head_distance_error_mm": later("Distance, uncertainty"),
    "touch": later("Touch (candidate)"),
    "motion_synchrony": later("Movement in step"),
    "identity_confidence": later("Who is who: confidence"),
    "picture_light": later("Light of the picture"),
    "camera_px": later("Movement of the camera"),
    "voice": later("Voice"),
    "voice_probability": later("Voice: probability"),
}
UNIT_NAMES = {
    "deg": later("°"),
    "head heights": later("head heights"),
    "head heights/s": later("head heights/s"),
    "grey level": later("grey level"),
}


def signal_name(signal: Signal) -> str:
    """What a person reads for a signal; its own label if it is none of ours, as of an imported track."""
    return tr(SIGNAL_NAMES[signal.id]) if signal.id in SIGNAL_NAMES else signal.label


def feature_name(feature: str) -> str:
    """The same by its id, where nothing else is known of it."""
    return tr(SIGNAL_NAMES[feature]) if feature in SIGNAL_NAMES else feature


def unit_name(unit: str) -> str:
    """What a person reads for a unit; itself if it is the same in every language."""
    return tr(UNIT_NAMES[unit]) if unit in UNIT_NAMES else unit


def quantity(value: float, unit: str) -> str:
    """`0.84 head heights`, `12°`: a value with its unit."""
    gap = "" if unit == "deg" else " "
    return f"{value:.3g}{gap}{unit_name(unit)}".strip()
