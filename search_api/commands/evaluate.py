"""`nichescout evaluate`: how good the answers are, on briefs whose creators somebody has judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_api.commands.evaluated import (
    FILE,
    FOLDER,
    OWN_HOME,
    CollectionOptions,
    Searched,
    collection_options,
    own_home,
)
from search_api.commands.options import data_option, encoder_option, index_option, json_option
from search_api.commands.progress import progress_bars
from search_api.commands.refusals import Refused

if TYPE_CHECKING:
    from typing import Unpack

    from evaluation.judged.assessment import Assessment
    from evaluation.judged.scifact import Check
    from evaluation.judged.table import Table


@click.command()
@click.argument("briefs", required=False, type=FILE)
@click.argument("judgments", required=False, type=FILE, metavar="[QRELS]")
@collection_options
@click.option("--from", "given", type=FILE, metavar="RUN", help="Measure this TREC run in place of a search.")
@click.option("--run", "written", type=click.Path(dir_okay=False, path_type=Path), help="Write a TREC run.")
@click.option("--against", type=FILE, multiple=True, metavar="RUN", help="Compare with this TREC run.")
@click.option("--plain", is_flag=True, help="Compare with plain systems over the same creators.")
@click.option("--ablations", is_flag=True, help="Measure without each part, and by each signal alone.")
@click.option("--calibration", is_flag=True, help="Fit the chance of a good match anew; say how it holds.")
@click.option("--guards", is_flag=True, help="Look for bias, for effects of copies, and at what is cited.")
@click.option("--paraphrases", type=FILE, help="How alike are answers to briefs that say the same?")
@click.option("--each", is_flag=True, help="Print the figures of every brief too.")
@click.option("--unjudged", is_flag=True, help="List the unjudged creators in the top 10.")
@click.option("--scifact", type=FOLDER, help="Check the engines on SciFact instead: a folder as in BEIR.")
@click.option(
    "--read-exclusions", "to_read", type=FILE, help="Print the top 10 of these briefs instead, to be read."
)
@json_option
@data_option
@index_option
@encoder_option
def evaluate(
    briefs: Path | None,
    judgments: Path | None,
    given: Path | None,
    written: Path | None,
    against: tuple[Path, ...],
    plain: bool,
    ablations: bool,
    calibration: bool,
    guards: bool,
    paraphrases: Path | None,
    each: bool,
    unjudged: bool,
    scifact: Path | None,
    to_read: Path | None,
    as_json: bool,
    data: Path,
    index: tuple[str, ...],
    encoder: str,
    **collection: Unpack[CollectionOptions],
) -> None:
    """Measure the answers to BRIEFS by QRELS, what somebody judged of creators.

    BRIEFS has the columns brief_id, slice and text, parted by tabs. QRELS has the fields brief, 0, id and
    grade, ids percent-encoded. Who has no grade counts as not relevant.

    \b
    Example: nichescout evaluate briefs.tsv judgments.qrels --plain --ablations
             nichescout evaluate briefs.tsv judgments.qrels --calibration --guards
             nichescout evaluate --scifact scifact
    """
    if find_spec("ir_measures") is None:
        raise Refused("the measures are not installed; run pip install 'nichescout[evaluate]'")
    if scifact:
        _say_checks(_check_engines(scifact, collection["home"] or data / OWN_HOME, encoder), as_json=as_json)
        return
    if collection["collection"] is None and any(value is not None for value in collection.values()):
        raise click.UsageError("--ids, --posts, --home and --cache belong to a --collection")
    if index and (guards or collection["collection"] is not None):
        raise click.UsageError("--collection and --guards build an index of their own; leave --index out")
    if to_read:
        _read(to_read, collection, data, index, encoder)
        return
    if briefs is None or judgments is None:
        raise click.UsageError("give BRIEFS and QRELS, or --scifact, or --read-exclusions")
    from evaluation.judged.assessment import PRODUCT, Question, answers, assess
    from evaluation.judged.briefs import read_briefs
    from evaluation.judged.guards import check_guards
    from evaluation.judged.paraphrases import read_paraphrases
    from evaluation.judged.qrels import read_judgments
    from evaluation.judged.run_files import read_run, write_run

    question = Question(
        briefs=read_briefs(briefs),
        judgments=read_judgments(judgments),
        others={str(path): read_run(path) for path in against},
        plain=plain,
        ablations=ablations,
        calibration=calibration,
        paraphrases=read_paraphrases(paraphrases) if paraphrases else (),
    )
    with progress_bars() as progress:
        searched = Searched(options=collection, data=data, index=index, encoder=encoder, progress=progress)
        run = read_run(given) if given else answers(question, searched.matcher, progress)
        if written:
            write_run(written, run, PRODUCT)
        found = assess(question, str(given or PRODUCT), run, lambda: searched.matcher, progress)
        if guards:
            held = check_guards(searched.whole, question.briefs, question.judgments, progress)
            found = replace(found, guards=held)
    _say(found, each=each, unjudged=unjudged, as_json=as_json)


def _read(
    path: Path, collection: CollectionOptions, data: Path, index: tuple[str, ...], encoder: str
) -> None:
    """Print the top of answers for a person to read."""
    from evaluation.judged.reading import page_table, pages, read_to_read

    briefs = read_to_read(path)
    with progress_bars() as progress:
        searched = Searched(options=collection, data=data, index=index, encoder=encoder, progress=progress)
        found = pages(searched.matcher, briefs, progress)
    _print(map(page_table, found))


def _check_engines(folder: Path, kept: Path, encoder: str) -> tuple[Check, ...]:
    import os

    from embeddings.factory import load_encoder
    from evaluation.judged.scifact import check_engines, read_claims
    from indexer.analysis import StandardAnalyser

    home = own_home(kept)
    loaded = load_encoder(encoder, home.models, threads=os.cpu_count() or 1)
    with progress_bars() as progress:
        return check_engines(read_claims(folder), loaded, StandardAnalyser(), home.embeddings, progress)


def _say(found: Assessment, *, each: bool, unjudged: bool, as_json: bool) -> None:
    from evaluation.judged.report import as_json as to_json
    from evaluation.judged.report import notes, tables

    if as_json:
        click.echo(to_json(found))
        return
    _print(tables(found, each_brief=each, list_unjudged=unjudged))
    for note in notes(found):
        click.echo(note)


def _say_checks(found: Sequence[Check], *, as_json: bool) -> None:
    from evaluation.judged.report import as_json as to_json
    from evaluation.judged.report import check_table

    if as_json:
        click.echo(to_json(found))
    else:
        _print([check_table(found)])


def _print(found: Iterable[Table]) -> None:
    from search_api.commands.tables import print_table
    from search_api.commands.terminal import harmless

    for table in found:
        click.echo(harmless(table.title))
        print_table(table.columns, table.rows, empty="")
        click.echo("")
