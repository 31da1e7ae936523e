"""Sound: where it comes from, how loud it is, and how it gets to disk."""

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block, Source, Waveform

__all__ = ["SAMPLE_RATE_HZ", "Block", "Source", "Waveform"]
