"""All guards over one installation, and what is printed of them."""

from pathlib import Path

import pytest

from evaluation.judged.bias import Bias
from evaluation.judged.copies import Copies
from evaluation.judged.faithfulness import Loss, summary
from evaluation.judged.guard_report import guard_tables
from evaluation.judged.guards import Guards, check_guards
from evaluation.judged.resampling import Interval
from indexer.home import Home
from tests.evaluation.judged.invented import brief
from tests.evaluation.judged.prolific import prolific, whole_of

BRIEFS = (brief("b1", text="chess"), brief("b2", text="garden and pottery"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Guards:
    return check(tmp_path_factory.mktemp("home"))


def check(folder: Path) -> Guards:
    creators = prolific(60)
    judgments = {"b1": {one.id: place % 2 for place, one in enumerate(creators)}}
    return check_guards(whole_of(Home(folder), creators), BRIEFS, judgments)


def test_every_guard_is_held(found: Guards) -> None:
    assert [(one.of, one.least_posts) for one in found.biases] == [
        ("number of posts", 0),
        ("number of posts", 10),
        ("log followers", 0),
        ("log followers", 10),
    ]
    assert found.biases[0].pairs == 30
    assert (found.copies.creators, found.copies.briefs, found.copies.largest) == (60, 2, 0.0)
    assert found.faithfulness is not None
    assert [(one.brief, one.creators) for one in found.faithfulness.losses] == [("b1", 10), ("b2", 10)]
    assert found.faithfulness.cited > found.faithfulness.moved > 0


def test_the_same_figures_each_time(found: Guards, tmp_path: Path) -> None:
    assert check(tmp_path) == found


def test_what_is_printed() -> None:
    rho = Interval(mean=-0.25, low=-0.4, high=0.1)
    guards = Guards(
        biases=(Bias(of="number of posts", least_posts=10, pairs=30, rho=rho),),
        copies=Copies(creators=4, briefs=2, largest=0.01, mean=0.001),
        faithfulness=summary([Loss(brief="b1", creators=2, cited=3.0, random=0.5, moved=1.0)]),
    )
    bias, copied, cited, each = guard_tables(guards, each_brief=True)
    assert bias.rows == (
        ("number of posts", "10 posts or more", "30", "-0.250", "-0.400 to 0.100", "± 0.1", "missed"),
    )
    assert copied.title == "Copies: posts 3 times over, 4 creators on 2 briefs"
    assert copied.rows[0] == ("largest change of a score, in its range", "0.010", "0.02", "reached")
    assert cited.rows[0] == ("times the loss by random posts (median)", "6.0", "3", "reached")
    assert cited.rows[2] == ("briefs with at least 3 times the loss", "100%", "", "")
    assert each.rows == (("b1", "2", "3.000", "0.500", "1.000", "6.0", "3.0"),)
    assert len(list(guard_tables(guards, each_brief=False))) == 3
