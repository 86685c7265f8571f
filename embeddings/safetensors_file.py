"""Read a safetensors file of float32 tensors into NumPy arrays."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return every float32 tensor of the file by name, as read-only views on one buffer; others are left out.

    The layout is eight bytes with the size of the header, a JSON header, then the bytes of the tensors.
    """
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        first, last = entry["data_offsets"]
        flat = np.frombuffer(content, dtype="<f4", count=(last - first) // 4, offset=start + first)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors
