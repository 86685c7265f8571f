"""Words that exclude what follows or precedes them, in the five Latin languages (folded)."""

import re

_LEAD = (
    r"(?:(?:but|and|also|please|strictly|absolutely|definitely|bitte|aber|und|auch|mais|et"
    r"|surtout|pero|y|mas|e|por favor|nur)[\s,]+)*"
)
_SAYING = (
    r"(?:be|run|(?:post|talk|cover|show|promot|advertis|discuss|mention|featur|publish"
    r"|push)(?:e|s|es|ing)?)"
)
_PARLER = (
    r"(?:parl(?:e|ent)|fass(?:e|ent)|f(?:ait|ont)|montr(?:e|ent)|publi(?:e|ent)|promeuv(?:e"
    r"|ent)|soi(?:t|ent)|sont|est)"
)
_HABLAR = (
    r"(?:(?:habl|muestr|anunci|promocion)(?:a|e|an|en)|hag(?:a|an)|hac(?:e|en)|publi(?:que"
    r"|quen|ca|can)|sea|sean|son)"
)
_FALAR = (
    r"(?:(?:fal|divulg|mostr|anunci)(?:a|e|am|em)|promov(?:a|am|e|em)|fac(?:a|am)|faz|fazem"
    r"|publi(?:que|quem|ca|cam)|seja|sejam|sao)"
)
_ABOUT = (
    r"(?: (?:about|for|on|over|de la promotion de|la promotion de|promocion de|propaganda de"
    r"|de|d'|sobre|a))?"
)
_EXPLICIT = (
    r"except(?: for)?", r"excluding", r"exclude", r"avoid(?:ing)?", r"nothing (?:about|with|on|to do with)",
    r"(?:any(?:one|thing|body)|every(?:one|thing|body)) but", r"apart from", r"steer clear of",
    r"stay away from", r"rather (?:skip|avoid|not have|not see)", r"please skip", r"leave out",
    r"not interested in", r"not (?:looking for|seeking)",
    r"(?:must|may|should|can) ?not (?:be|have|show|post|include|contain|promote)",
    r"durfen? (?:nicht|keine[nr]?)",

        r"(?:do not|don't|won't|will not|cannot|can't) (?:want|work with|accept|need|send|pitch"
        r"|hire|take)(?: us| any)?",
    rf"(?:do not|does not|don't|doesn't|never|are not|aren't|is not|isn't|not) {_SAYING}{_ABOUT}",
    r"(?:nobody|no one|no-one) (?:with|from|who does)", r"keinerlei", r"weder", r"neither",
    r"finger weg von", r"abgesehen von", r"lieber nicht", r"kein platz fur",

        r"(?:no-gos?|tabu|exclusions?|not wanted|don'ts|ausschlusse?|unerwunscht|exclusiones"
        r"|exclusoes|a eviter|a proscrire|a evitar|off limits) ?:", r"proscrire",
    r"nicht (?:erwunscht|gewunscht|gesucht|gewollt)(?: sind)?:?", r"nicht uber", r"nicht fur",
    r"ausser(?: bei)?", r"ausgenommen", r"nichts (?:mit|uber|zu|aus)", r"niemand(?:en)? (?:mit|aus)",
    r"vermeide[nt]?", r"verzichten (?:wir )?auf", r"bitte nicht", r"bis auf", r"mit ausnahme von", r"sauf",
    r"hormis", r"excepte", r"a l'exception (?:de|des|du)", r"a l'exclusion (?:de|des|du)", r"aucune?s?",
    r"evit(?:er|ez|ons|e|ant)", r"exclu(?:re|ons|ez|ant)", r"rien (?:sur|de|avec|qui touche a)",
    r"personne avec", rf"n(?:e |'){_PARLER} (?:pas|jamais|ni){_ABOUT}",
    r"(?:ne |n')(?:voulons|veut|souhaitons|acceptons|prenons|cherchons) pas(?: de| d')?", r"nada de",
    r"excepto", r"salvo", r"evit(?:ar|en|amos|ando|ad)", r"exclu(?:ir|imos|yendo|yan|indo)",
    r"descart(?:ar|amos|ando)",
    r"no (?:queremos|quiero|aceptamos|buscamos|admitimos|nos interesan?|trabajamos con)", r"no se aceptan?",
    r"no pueden? (?:haber|tener|ser|mostrar)", rf"no {_HABLAR}{_ABOUT}", r"a excepcion de",
    r"con excepcion de", r"nadie (?:con|de|que venga de)", r"nao pode(?:m)? (?:ter|haver|mostrar|ser)",
    r"nao (?:queremos|quero|aceitamos|buscamos|procuramos|trabalhamos com|nos interessam?)",
    rf"nao {_FALAR}{_ABOUT}", r"exceto", r"com excecao d[eoa]s?", r"a excecao d[eoa]s?", r"dispensamos",
    r"ninguem (?:com|de|que venha de)", r"proibid[oa]s?", r"prohibid[oa]s?",
)  # fmt: skip
_BARE = (
    r"no", r"not", r"never", r"nothing", r"zero", r"kein(?:e[nrms]?)?", r"nicht", r"nichts", r"ni", r"hors",
    r"jamais de", r"tampoco", r"menos", r"fuera", r"nao", r"nem", r"fora", r"nunca",
)  # fmt: skip
_WEAK = (
    r"without|minus|instead of|rather than|other than|ohne|statt|anstatt|sans|sin|sem"
    r"|en vez de|em vez de|au lieu de"
)

BEFORE = re.compile(
    rf"(?<![\w'-]){_LEAD}(?:(?P<tied>pas d'|pas des? |jamais d'|aucun d')"
    rf"|(?:(?P<explicit>{'|'.join(_EXPLICIT)})|(?P<weak>{_WEAK})"
    rf"|(?P<bare>{'|'.join(_BARE)}))(?![\w-]))"
    r"|(?<!\S)(?P<minus>-)(?=[a-z])"
)
"""What stands before an excluded thing. `bare` and `weak` words count only where a clause begins."""
LEADS = re.compile(
    r"(?:but|and|please|strictly|absolutely|definitely|aber|und|mais|et|surtout|pero|y|mas|e"
    r"|bitte|nur)[\s,]"
)
CONTINUES = ("ni", "nem", "nor")
AFTER = re.compile(
    r"(?<![a-z])(?:(?:sind |ist |werden |bleiben |is |are |sont |est |estan |quedan |queda "
    r"|ficam |fica |sao )?(?:ausgeschlossen|ausgenommen|unerwunscht|nicht (?:erwunscht"
    r"|gewunscht|gefragt)|tabu|excluded"
    r"|not (?:welcome|wanted|allowed|needed)|off[\s-]limits|exclue?s?|interdite?s?|s'abstenir"
    r"|abstenerse|excluid[oa]s|fuera|prohibid[oa]s|de fora|proibid[oa]s|dispensad[oa]s)"
    r"|(?:kommen|kommt) (?:fur uns )?nicht infrage|(?:brauchen|wollen|mochten|nehmen"
    r"|akzeptieren|suchen) wir nicht|(?:schliessen wir|klammern wir) aus|lehnen wir ab"
    r"|sind (?:raus|nichts fur uns)|passen nicht|(?:are|is) (?:a )?no-gos?|are out|won't work"
    r"|(?:a|sont a) (?:eviter|proscrire)|no entran|no nos (?:interesan|sirven)|nao entram"
    r"|estao fora|nem pensar|need not apply|bitte nicht|no gracias|nao obrigad[oa]|non merci"
    r"|nein danke|no thanks)(?![\w-]):?"
)
"""What stands after an excluded thing, or before it at the start of a clause."""
HARMLESS = re.compile(
    r"\s+(?:only|just|but|nur|bloss|allein|seulement|uniquement|solo|solamente|so|apenas"
    r"|somente|merely|necessarily|unbedingt|forcement|necesariamente|necessariamente"
    r"|exclusively|ausschliesslich"
    r"|(?:more|less|fewer|later) than|mehr als|weniger als|(?:plus|moins|mas|menos|mais) de"
    r"|(?:vat|tax(?:es)?|taxe?s?|mwst|iva|impuestos|impostos|shipping|versand)(?![a-z])"
    r"|problem\w*|worries|matter|doubt|limits?|least|need|minimum|preference|rush|stress|hurry"
    r"|fuss|frills|nonsense|strings|excuses?|experience|hassle|wonder|idea"
    r"|eile|frage|sorge|muhe|schnickschnack|hektik|ende|grenzen|vorkenntnisse|erfahrung"
    r"|fan (?:von|of|de)|faut|probleme|souci|chichi|prise de tete|filtres?|limite|doute"
    r"|pression|engagement"
    r"|prisas?|complicac\w+|dudas?|limites?|agobios|pasa nada|importa|experiencia|tonterias"
    r"|filtros?(?! [a-z])|desculpas?|complicar|pressa|frescura|problemas?|duvida|enrolacao"
    r"|estres)(?![\w-])"
    r"|\s+(?:\w+\s){0,2}(?:required|needed|necessary|notig|erforderlich|necesari[oa]"
    r"|necessaire|necessari[oa])(?!\w)"
    r"|\s+(?:quien(?:es)?|quem|wer|ceux|celles|those|whoever|anyone)(?!\w)|\s*[.,;!?]|\s*$"
)
"""What follows a cue that excludes nothing: "not only", "kein Problem", "no experience required"."""
SKIPPED = re.compile(
    r"(?:\s*(?:any|the|a|an|from|of|about|with|on|to|for|kinds? of|sort of|please|die|der|das"
    r"|den|dem|des|von|mit|uber|bitte|jegliche[nrs]?|irgendwelche|auch"
    r"|de|du|les|la|le|une?|aux?|los|las|el|lo|con|avec|com|a|os|as|o|do|da|dos|das|um|uma|por"
    r"|favor|keine?[nmrs]?|no|nao|pas|either|ever)(?![\w'])|\s*[ld]'|[\s:]+)*"
)
STOPS = re.compile(
    r"[:;()]|\s[-–—]\s|[\s,]+(?:but|however|sondern|aber|doch|mais|pero|sino|porem|just|please"
    r"|bitte|weil|because|since|as we|gracias|thanks|danke|merci|obrigad\w|svp"
    r"|we|they|i|wir|sie|nous|on|vous|only|ideally|preferably|prefer\w*|nur|gerne?|bevorzugt"
    r"|am liebsten|plutot|de preference|uniquement|preferiblemente|solo|de preferencia|so"
    r"|budget|payment|thank)(?![\w-])"
)
NEW_CLAUSE = re.compile(
    r"\s*(?:for|fur|pour|para|in|en|em|auf|mit|with|from|aus|who|that|die|qui|que|at|bei|chez"
    r"|please|our|unsere?|notre|nuestr[oa]|noss[oa])(?!\w)"
)
TIE = re.compile(
    r"\s*,?\s+(?:or|nor|and|oder|und|noch|sowie|ou|et|ni|o|y|u|nem|e|neither)\s+"
    r"|\s*[,/]\s*(?:(?:or|nor|and|oder|und|ou|et|ni|o|y|u|nem|e)\s+)?"
)
TAIL = re.compile(
    r"(?:\s(?:in|on|im|en|no|na|dans|auf)\s(?:the|your|their|der|dem|le|la|el|o|a)\s[a-z]+"
    r"|\s(?:please|bitte|thanks|either|at all|allowed|whatsoever|gracias|de ningun tipo"
    r"|du tout"
    r"|machen|posten|zeigen|reden|sprechen|bewerben|werben|sind|haben|verbreiten))+$"
)
"""What is cut from the end of an excluded thing: "in the shot", "bitte", a German verb."""
