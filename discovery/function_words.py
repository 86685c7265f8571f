"""Words that tie others together and say nothing about a niche, in the eight languages of the sample corpus.

Closed word classes only (articles, pronouns, prepositions, conjunctions, auxiliaries). A word that means
something in another of the languages is left out: German "hat" and "war", French "plus" and "son".
"""

from discovery.ports import Analyser

FUNCTION_WORDS = """
a about after again all also am an and any are as at be because been before being between both but by can
could did do does during each few for from had has have he her here him his how i if in into is it its just
me more most my no nor not of on only or other our out over own same she should so some such than that the
their them then there these they this those to too under until up us very was we were what when where which
while who whom whose why will with without would you your
aber als am auch auf aus bei das dass dem den der des die durch ein eine einem einen einer eines er es für
ich ihr ihre im ist kein keine mit nach nicht oder ohne sich sie sind über um und uns unser unsere von vor was
wer wie wir zu zum zur
au aux avec ce ces cet cette dans de des du elle elles en est et eux il ils je la le les leur leurs mais ne
nos notre nous ou par pas pour que qui sa se ses sont sur tu un une vos votre vous
al como con cuando de del el ella ellos en es esta este estos estas hay la las lo los más mi muy nos o para
pero por que quien se según ser si sin sobre su sus también un una unas unos y yo
à ao aos às com como da das do dos e é ela ele eles em essa esse esta este eu já mais mas meu minha muito na
nas não nos nós ou para pela pelo por quem são sem ser seu seus sua suas também um uma umas uns você vocês
अपने आप इस उस एक और कर करते करने का कि की के को जो तक तो था थी थे नहीं ने पर भी में मैं यह ये या लिए वह वे से
हम हूं है हैं हो
"""


_TERMS: dict[str, frozenset[str]] = {}


def function_terms(analyser: Analyser) -> frozenset[str]:
    """Return the index terms of the function words as an analyser makes them; worked out once for each."""
    if analyser.id not in _TERMS:
        _TERMS[analyser.id] = frozenset(analyser.terms(FUNCTION_WORDS))
    return _TERMS[analyser.id]
