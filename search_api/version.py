"""The version of NicheScout; a test holds it to the package's metadata."""

VERSION = "0.1.0"
