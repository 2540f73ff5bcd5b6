"""A study: sessions with their media and participants, the coders, and who codes what."""

from dataclasses import dataclass
from enum import StrEnum

from coder.model.scheme import SchemeId
from coder.model.time import SECOND_US, Span


class Role(StrEnum):
    """What a person may do in a study."""

    CLINICIAN = "clinician"
    SUPERVISOR = "supervisor"
    TRAINEE = "trainee"


class Purpose(StrEnum):
    """Why a pass was made; reliability compares passes of the same session and scheme."""

    TRAINING = "training"
    MAIN = "main"
    RELIABILITY = "reliability"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Study:
    """A study and the file format it is kept in. created_at: ISO 8601, UTC."""

    id: str
    name: str
    created_at: str
    format_version: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A person on the film, by pseudonym. role: "child", "parent" or "other"."""

    id: str
    role: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Says whether a file is the file that was coded: sha256 of its whole content, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Media:
    """One film or sound file of a session.

    path: relative to the study's folder where it lies inside it, else absolute. role: "room camera", "parent
    camera" … offset_us: session time of the file's first frame. skew_ppm: how much faster the file's clock runs
    than the session's, in parts per million.
    """

    id: str
    path: str
    fingerprint: Fingerprint
    role: str
    duration_us: int
    frame_count: int
    offset_us: int = 0
    skew_ppm: int = 0

    def to_session_us(self, file_us: int) -> int:
        """Session time of a file time (0 is the file's first frame)."""
        return self.offset_us + file_us - file_us * self.skew_ppm // SECOND_US

    def to_file_us(self, session_us: int) -> int:
        """The last file time whose session time is at or before `session_us`; inverts `to_session_us`."""
        wanted = session_us - self.offset_us
        guess = wanted * SECOND_US // (SECOND_US - self.skew_ppm)
        while self.to_session_us(guess) > session_us:
            guess -= 1
        while self.to_session_us(guess + 1) <= session_us:
            guess += 1
        return guess


@dataclass(frozen=True, slots=True)
class Session:
    """One recorded meeting with its own clock. window: the coded stretch; time outside is not "no behaviour".

    group: what it is drawn within (site, wave, age group), "" for none.
    """

    id: str
    name: str
    window: Span
    media: tuple[Media, ...]
    participants: tuple[Participant, ...] = ()
    recorded_on: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Coder:
    """Someone who codes, by pseudonym.

    reaction_us: how late this coder's strokes come on average while a film plays; 0: strokes are not corrected.
    """

    id: str
    name: str
    role: Role
    reaction_us: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to code which session with which scheme, and why.

    origin: how it came about, in words: who drew it, from how many, within which strata, with which seed.
    withdrawn: when and why it was taken back, in words; "" while it holds.
    """

    id: str
    session_id: str
    coder_id: str
    scheme: SchemeId
    purpose: Purpose
    origin: str = ""
    withdrawn: str = ""
