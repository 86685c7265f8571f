"""Run the benchmark: `python -m evaluation.benchmark --collection creators.jsonl.zst --home FOLDER`."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

# Before NumPy loads: small products stall when BLAS spreads them over threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SAMPLE = Path(__file__).parents[2] / "sample" / "creators.jsonl"
WITHOUT_HOME = ("extraction", "crawl")
PARTS = (*WITHOUT_HOME, "import", "build", "encoder", "search", "recall", "server", "update")
ON_A_CLUSTER = ("layouts", "growth")
"""Parts that only a cluster has, and that run when they are named."""


def main() -> None:
    """Parse the command line and run the parts asked for, in order."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.benchmark", description=__doc__)
    parser.add_argument(
        "--collection", type=Path, default=SAMPLE, help="file to import (default: the sample)"
    )
    parser.add_argument("--home", type=Path, default=Path("build/benchmark"), help="data folder, kept")
    parser.add_argument("--cluster", nargs="+", default=(), help="addresses of OpenSearch nodes: index there")
    parser.add_argument("--encoder", default="all-MiniLM-L6-v2")
    parser.add_argument("--rounds", type=int, default=400, help="searches per client and class")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {','.join(PARTS + ON_A_CLUSTER)}")
    run(parser.parse_args())


def run(options: argparse.Namespace) -> None:
    """Run the parts. A build is cold when the data folder is new."""
    from embeddings.factory import load_encoder
    from embeddings.onnx_encoder import OnnxEncoder
    from evaluation.benchmark import building, searching, serving
    from indexer.analysis import StandardAnalyser
    from indexer.home import Home

    parts = options.parts.split(",")
    _run_without_home(parts)
    if set(parts) <= set(WITHOUT_HOME):
        return
    home = Home(options.home, cluster=tuple(options.cluster))
    home.root.mkdir(parents=True, exist_ok=True)
    builder = load_encoder(options.encoder, home.models, threads=os.cpu_count() or 1)
    analyser = StandardAnalyser()
    if "import" in parts:
        building.measure_import(home, options.collection)
    if "build" in parts:
        first = building.measure_build(home, builder, analyser, "first build")
        if first.encoded:
            building.measure_build(home, builder, analyser, "build from the warm cache")
    if "encoder" in parts and isinstance(builder, OnnxEncoder):
        building.measure_encoder(home, builder)
    if {"search", "recall"} & set(parts):
        searching.measure(home, load_encoder(options.encoder, home.models), analyser, parts, options.rounds)
    if home.cluster and {"layouts", "growth"} & set(parts):
        from evaluation.benchmark.growth import measure_growth
        from evaluation.benchmark.layouts import measure_layouts
        from indexer.opensearch.settings import open_cluster

        connection = open_cluster(home.cluster, os.environ).connection
        for name, measure in (("layouts", measure_layouts), ("growth", measure_growth)):
            if name in parts:
                measure(home, connection, builder, analyser, options.rounds)
    if "server" in parts:
        serving.measure_server(home, options.encoder, options.rounds)
    if "update" in parts:
        building.measure_update(home, builder, analyser)


def _run_without_home(parts: Sequence[str]) -> None:
    """Run the parts that bring what they measure."""
    if "extraction" in parts:
        from evaluation.benchmark.extraction import measure_extraction

        measure_extraction()
    if "crawl" in parts:
        from evaluation.benchmark.crawling import measure_crawl

        measure_crawl()


if __name__ == "__main__":
    main()
