"""Speech without a speech engine: a voice that can be computed, and an ear that knows it again."""

from simulator.speech.ear import Ear as Ear
from simulator.speech.ear import HeardWord as HeardWord
from simulator.speech.recording import Recording as Recording
from simulator.speech.recording import UnusableRecording as UnusableRecording
from simulator.speech.recording import Word as Word
from simulator.speech.recording import read_recordings as read_recordings
from simulator.speech.recording import read_transcripts as read_transcripts
from simulator.speech.voice import sentences as sentences
from simulator.speech.voice import speak as speak
from simulator.speech.voice import voice as voice
