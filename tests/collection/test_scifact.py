"""The engines are right: on SciFact they reach what others have published."""

import os

import pytest

from embeddings.factory import load_encoder
from evaluation.judged.scifact import PUBLISHED, Check, check_engines, read_claims
from indexer.analysis import StandardAnalyser
from indexer.home import Home
from tests.collection.conftest import required

pytestmark = pytest.mark.collection

TOLERANCE = 0.015


@pytest.fixture(scope="module")
def checks(kept: Home) -> dict[str, Check]:
    claims = read_claims(required("NICHESCOUT_SCIFACT"))
    encoder = load_encoder("all-MiniLM-L6-v2", kept.models, threads=os.cpu_count() or 1)
    found = check_engines(claims, encoder, StandardAnalyser(), kept.embeddings, lambda *_told: None)
    return {one.engine: one for one in found}


def test_all_claims_are_asked(checks: dict[str, Check]) -> None:
    assert {one.figures.briefs for one in checks.values()} == {300}


@pytest.mark.parametrize("engine", PUBLISHED)
def test_an_engine_reaches_what_was_published(checks: dict[str, Check], engine: str) -> None:
    assert checks[engine].figures.ndcg_10.mean == pytest.approx(PUBLISHED[engine], abs=TOLERANCE)
