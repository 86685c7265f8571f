"""The benchmark runs on a cluster: both layouts answer, and more and more creators do."""

from pathlib import Path

import pytest

from evaluation.benchmark import layouts
from evaluation.benchmark.growth import measure_growth
from evaluation.benchmark.layouts import measure_layouts
from indexer.home import Home
from tests.indexer.installation import ANALYSER, ENCODER, crowd, stock
from tests.opensearch.generations import connected
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch


def test_both_layouts_are_measured_and_leave_nothing(
    opensearch_node: Node, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    stock(home, crowd(layouts.CANDIDATES + 20))
    connection = connected(opensearch_node.url)
    measure_layouts(home, connection, ENCODER, ANALYSER, rounds=2)
    told = capsys.readouterr().out
    for what in ("layout-passages: MB", "layout-nested: MB"):
        assert what in told
    for count in (10, layouts.CANDIDATES):
        for name in ("flat", "nested"):
            assert f"passages of {count} creators, {name}" in told
    assert connection.request("GET", "/layout-*", deadline=5.0) in ({}, None)


def test_growth_is_measured_and_leaves_nothing(
    opensearch_node: Node, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    stock(home, crowd(30))
    connection = connected(opensearch_node.url)
    measure_growth(home, connection, ENCODER, ANALYSER, rounds=2, copies=(1, 3))
    told = capsys.readouterr().out
    for total in (30, 90):
        for what in ("candidates", "themes in the cluster", "words in the cluster"):
            assert f"{total} creators, {what}" in told
    assert connection.request("GET", "/growth-*", deadline=5.0) in ({}, None)
