"""Where the sources lie that come with the program. Quick to import."""

from pathlib import Path

PACKAGED = Path(__file__).parent / "sources"
"""The folder of annotated examples, one for each parser; none of them is enabled."""
