"""The project's own files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("discovery", "embeddings", "crawl_config", "indexer", "evaluation", "search_api")


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that version control keeps or would keep, relative to the project's folder."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (Path(name) for name in listing.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


def modules(*packages: str) -> list[Path]:
    """Python files of some packages (all packages by default), relative to the project's folder."""
    wanted = packages or PACKAGES
    return [path for path in kept_files() if path.suffix == ".py" and path.parts[0] in wanted]


def parse(path: Path) -> ast.Module:
    """Parse one of the project's files."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted name of every imported module, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
