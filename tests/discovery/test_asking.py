"""From a brief to what an engine is asked."""

from discovery.asking import MAX_TERMS, Asker
from discovery.brief import Brief
from discovery.interpretation import interpret
from discovery.understanding.parts import Understood
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from tests.fictional import corpus
from tests.oracle import OracleEngine

ENCODER = HashingEncoder()
ANALYSER = StandardAnalyser()


def test_of_very_many_words_the_first_are_looked_up() -> None:
    """A long brief without spaces is a word for every two of its characters."""
    text = "".join(chr(0x4E00 + number) for number in range(MAX_TERMS + 50))
    asker = Asker(
        engine=OracleEngine(corpus(), ENCODER, ANALYSER),
        encoder=ENCODER,
        analyser=ANALYSER,
        lookup=lambda wanted: next(one for one in corpus() if one.id == wanted),
    )
    brief = Brief(query=text)
    query = asker.query(brief, interpret(brief, Understood(query=text)), 0.0)
    assert list(query.terms) == ANALYSER.terms(text)[:MAX_TERMS]
