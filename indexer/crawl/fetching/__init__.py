"""One address to one answer, safely: checked at every hop, pinned, bounded in bytes and in time."""
