"""The music that is heard while waiting: `prompts/music.mp3` or `.wav` if there is one, else a few chords of ours.

Those are reckoned once a process, as a WAV of the telephone's 8,000 samples a second, 16 bits.
"""

import io
import math
import wave
from array import array
from functools import cache
from hashlib import sha256

from backend.wording.catalogue import PROMPTS

RATE = 8_000
CHORDS = ((220.00, 261.63, 329.63), (174.61, 220.00, 261.63), (196.00, 246.94, 293.66), (164.81, 196.00, 246.94))
"""A minor, F, G, E minor, in hertz."""
CHORD_SECONDS, ROUNDS = 4.0, 2  # half a minute in all
LOUDNESS = 3_000  # of 32,767: one speaks over it
ATTACK, DECAY = 0.4, 1.2  # seconds


def path() -> str:
    """Return the address of the music on our server; it names the content, so that a carrier may keep it."""
    return f"/audio/{_music()[0]}"


def content(digest: str) -> tuple[bytes, str] | None:
    """Return the music and its media type, None where `digest` is something else's."""
    known, sound, kind = _music()
    return (sound, kind) if digest == known else None


@cache
def _music() -> tuple[str, bytes, str]:
    for name, kind in (("music.mp3", "audio/mpeg"), ("music.wav", "audio/wav")):
        if (file := PROMPTS / name).exists():
            return sha256(file.read_bytes()).hexdigest(), file.read_bytes(), kind
    sound = _composed()
    return sha256(sound).hexdigest(), sound, "audio/wav"


def _composed() -> bytes:
    once = array("h", (sample for chord in CHORDS for sample in _chord(chord)))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(once.itemsize)
        written.setframerate(RATE)
        written.writeframes(once.tobytes() * ROUNDS)
    return file.getvalue()


def _chord(notes: tuple[float, ...]) -> list[int]:
    samples = []
    for number in range(int(CHORD_SECONDS * RATE)):
        second = number / RATE
        swell = min(1.0, second / ATTACK) * min(1.0, (CHORD_SECONDS - second) / DECAY)
        samples.append(round(LOUDNESS * swell * sum(math.sin(math.tau * note * second) for note in notes) / len(notes)))
    return samples
