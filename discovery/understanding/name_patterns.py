"""How a brief names its brand and its competitors, as patterns on the text as written (capitals count)."""

import re

_NAME = (
    r"[A-ZÀ-ÞĀ-Ž][\wÀ-ɏ&'’.-]{0,30}[\wÀ-ɏ](?:\s(?:(?:&|de|da|do|del"
    r"|of)\s)?[A-ZÀ-ÞĀ-Ž][\wÀ-ɏ&'’-]{0,30}[\wÀ-ɏ]){0,2}"
)
_KANA = r"(?<![ァ-ヴーA-Za-z0-9・])[ァ-ヴーA-Za-z0-9・]{2,24}"
_HANGUL = r"(?<![가-힣A-Za-z0-9])[가-힣A-Za-z0-9]{2,24}"
_NAGARI = r"(?<![\u0900-\u0963A-Za-z])[\u0900-\u0963A-Za-z]{3,30}"
_COMPANY = (
    r"(?:brand|company|shop|store|label|studio|start-?up|app|maker|marke|firma|hersteller"
    r"|unternehmen|verlag|marque|entreprise|boutique|maison|appli"
    r"|application|marca|empresa|tienda|aplicacion|aplicativo|loja)"
)
_LAUNCH = (
    r"(?:is|makes?|helps?|hilft|aide|ayuda|ajuda|sells?|seeks?|launch(?:es)?|wants?|needs?"
    r"|offers|is looking|sucht|bringt|ist|est|es|é|verkauft|macht|stellt|lanciert|lance"
    r"|cherche|recherche|vend|propose|fabrique|crée|conçoit|édite|développe|produit|imagine"
    r"|tisse|coud|cultive|crea|fabrica|diseña|cria|desenha|entwickelt|produziert|näht|baut"
    r"|röstet|braut|sort"
    r"|lanza|busca|vende|hace|ofrece|lanca|procura|faz|oferece|precisa)"
)
_SELF = (
    r"We're|We are|I'm from|This is|I run|I own|Nous sommes|On est|C'est|Ici|Je représente"
    r"|Je suis|Somos|Nós somos|Sou|Eu sou|Soy|Aqui é|Aquí|Soy de|Represento a"
)
_FROM = r"Here at|At|From|Bei|Hier bei|Von|Chez|En|Desde|De parte de|Na|No|Em|Aqui na|Aqui no|Da"
_PLURAL = r"we|our|wir|on|nous|notre|\w+mos|machen|stellen|bauen|backen|suchen"
_ARTICLE = r"(?:(?:a|o|os|la|le|el|the|da|do|de|del)\s)?"
_HINDI_COMPANY = r"(?:ऐप|ब्रांड|कंपनी|दुकान|स्टार्टअप|स्टोर|शॉप|लेबल|संस्था|बेकरी|कैफे|वेबसाइट|कोर्स|बुटीक)"
_EAST_COMPANY = (
    r"(?:브랜드|회사|업체|앱|쇼핑몰|공방|카페|가게|스토어|팀|서비스|농장|출판사|빵집|서점|책방|식당|베이커리"
    r"|스튜디오|연구소|상점|플랫폼|제조사|전문점|꽃집|편집숍|수입사|유통사|공장|스타트업|기업|양조장|목장|학원|펜션)"
)
_OPEN, _CLOSE = "[‘'“\"「『<]", "[’'”\"」』>]"
SHOP = re.compile(
    r"^(?:안녕하세요[,.!]?\s)?(?P<name>(?!(?:가죽|유리|도자기|목재|독립|동네|중고|온라인|딸기|사과|유기농|주말|나무|비누|향수|캔들|금속"
    r"|자수|수제|전통|시골|작은|개인|무인|대형|한식|어린이|인테리어|사진|댄스|요가|치즈|천연|반려)[가-힣]*\s)[가-힣]{2,8}"
    r"(?:공방|서점|책방|상점|상회|제과|농원|농장|식품|양조장?|목장|스튜디오|코스메틱|하우스|베이커리|컴퍼니|마켓|목공소"
    r"|다원|방앗간|잡화점|연구소))(?=[은는이가의]?\s)"
)
"""A Korean name that says itself what kind of company it is, at the beginning of a brief."""
BRANDS = (
    re.compile(
        rf"(?i:\b(?:brand|client|marke|kunde|marque|marca"
        rf"|cliente)(?: name)?)\s?:\s?(?P<name>{_NAME})"),
    re.compile(
        rf"(?:브랜드명?|ブランド名?|社名|ब्रांड(?: का नाम)?)\s?[:：]\s?(?P<name>{_KANA}|{_HANGUL}"
        rf"|{_NAGARI})"),
    re.compile(
        rf"(?i:\b(?:{_SELF})\s){_ARTICLE}(?:(?!new\b"
        rf"|small\b)[a-zà-ÿ]{{5,}}\s)?(?P<name>{_NAME})(?=\s*[,.:;(–-]|\s(?:and|et|y|e|from|de)\s)"),
    re.compile(rf"(?i:\b(?:Wir sind|Hier ist)\s)(?P<name>{_NAME})(?=,\seine?\s|\s[(–]|\saus\s)"),
    re.compile(
        r"(?i:\b(?:Wir sind|Ich bin von|Hier ist)\s)(?:die|das|der)\s(?:[A-ZÄÖÜ][a-zäöüß]+\s)?"
        rf"(?P<name>{_NAME})(?=\s*[,.:;(–]|\sund\s|\saus\s)"
    ),
    re.compile(rf"(?:^|(?<=[.!?]\s))(?:{_FROM})\s(?P<name>{_NAME}),?\s(?=(?:{_PLURAL})\b)"),
    re.compile(
        rf"(?i:\b(?:called|named|namens|appelée?|nommée?|llamad[oa]"
        rf"|chamad[oa]))\s[\"“„«'‘]?(?P<name>{_NAME})"),
    re.compile(
        rf"(?i:\b(?:(?:our|the|die|das|unsere?|la|notre|nuestra|nossa|a"
        rf"|o)\s)?{_COMPANY})\s[\"“„«'‘]?(?P<name>{_NAME})[\"”“»'’]?(?=\s(?:{_LAUNCH})\b|\s*[,.:;(]"
        rf"|\s(?:aus|from|de)\s)"),
    re.compile(rf"^(?:(?:A|O|La|El|Le)\s)?(?P<name>{_NAME})\s(?=(?:{_LAUNCH})\b)"),
    re.compile(
        rf"^(?P<name>{_NAME}),\s(?=(?:a|an|the|eine?|die|das|une?|la|una?|uma?"
        rf"|o)?\s?(?:[a-zà-ÿ-]+\s){{0,2}}{_COMPANY}\b)"),
    re.compile(
        r"^(?P<name>[A-ZÀ-Þ][\wÀ-ɏ'’&-]+),\s(?=(?:(?:the|a|an|une?|una?|uma?"
        r"|eine?)\s)?[a-zà-ÿ](?:(?! (?:et|and|y|e|und|ou|o|or) )[^,.:;]){3,40}[:.])"),
    re.compile(rf"(?:\svon|\sde|\sda|\sby)\s(?P<name>{_NAME})\.(?=\s)"),
    re.compile(
        rf"(?:^|(?<=。)|(?:私たち|わたしたち|弊社|当社"
        rf"|我々)は、?)[「『]?(?P<name>{_KANA})[」』]?(?=という|と申します|といいます)"),
    re.compile(r"[「『](?P<name>[^」』]{2,20})[」』](?=という|と申します|です|では|を運営|の(?:新|公式)|は)"),
    re.compile(
        rf"(?:ブランド|会社|アプリ|メーカー|ショップ|サービス|店)(?:の|「"
        rf"|『){{1,2}}(?P<name>{_KANA})[」』]?(?=です|と申します|では|は|が)"),
    re.compile(
        rf"^(?P<name>{_KANA})(?=は[^。]{{2,30}}(?:ブランド|会社|アプリ|メーカー|ショップ|サービス"
        rf"|店)です)"),
    re.compile(rf"^(?:안녕하세요[,.!]?\s)(?:저희는\s)?(?P<name>{_HANGUL}?)(?=입니다|이에요|예요|라고)"),
    re.compile(
        rf"(?:저희는|우리는|저희|^)\s?(?P<name>{_HANGUL}?)(?=이?라는|(?:은|는"
        rf"|에서는)\s[^.]{{2,40}}{_EAST_COMPANY}(?:입니다|예요|이에요))"),
    re.compile(
        rf"(?<![가-힣]){_EAST_COMPANY},?\s(?P<name>{_HANGUL}?)(?=입니다|이에요|예요|에서|라고|의\s"
        rf"|는\s|은\s|와\s|과\s|가\s|[.,]|$)"),
    re.compile(
        rf"(?:만드는|파는|운영하는|판매하는|개발하는|개발한"
        rf"|제작하는)\s(?P<name>{_HANGUL}?)(?=입니다|이에요|예요)"),
    re.compile(rf"^(?P<name>{_NAGARI})\s(?=हमार[ाी]\s(?:[\u0900-\u0963]+\s){{0,2}}{_HINDI_COMPANY}\s)"),
    re.compile(rf"(?P<name>{_NAGARI})\s(?=नाम (?:का|की|के|से)\s)"),
    re.compile(rf"^(?:हम|मैं)\s(?!एक\s)(?P<name>{_NAGARI})(?=\s(?:हैं|है|से हैं|की टीम))"),
    re.compile(
        rf"(?:हमारी|हमारा|हमारे|मेरी"
        rf"|मेरा)\s(?:[\u0900-\u0963]+\s){{0,2}}{_HINDI_COMPANY}\s(?P<name>{_NAGARI})(?=\s)"),
    re.compile(rf"(?:की|का)\s{_HINDI_COMPANY}\s(?P<name>{_NAGARI})(?=[।,])"),
    re.compile(
        rf"^(?P<name>{_NAGARI})\s(?=एक\s[^।]{{2,40}}{_HINDI_COMPANY}|(?:नाम का|की ओर से"
        rf"|की तरफ से)\s)"),
    re.compile(rf"{_HINDI_COMPANY}\s(?P<name>{_NAGARI})(?=\s(?:के लिए|की ओर|में|का)\s)"),
    re.compile(rf"(?P<name>{_HANGUL}?)(?=이?라는\s{_EAST_COMPANY})"),
    re.compile(rf"^(?P<name>{_HANGUL}?)(?=(?:입니다|이에요|예요)[.!])"),
    re.compile(rf"저희\s(?P<name>{_HANGUL}?)(?=(?:은|는)\s)"),
    re.compile(
        rf"(?:^|안녕하세요[,.!]?\s)(?P<name>{_HANGUL}?)(?=(?:의)?\s(?:마케팅\s?)?(?:팀|담당자"
        rf"|마케터|운영진)|[’'”\"](?:은|는|입니다|이라는|라는|에서|의))"),
    re.compile(rf"(?<=[‘'“\"])(?P<name>{_HANGUL})(?=[’'”\"](?:은|는|입니다|이라는|라는|에서|의|을|를))"),
    re.compile(rf"저희는?\s(?P<name>{_HANGUL}?)(?=입니다|이에요|예요|라고)"),
    re.compile(rf"^(?P<name>{_HANGUL}?)(?=에서\s(?:새|신|이번|만든|출시|나온|준비|판매)|의\s(?:새|신제품))"),
    re.compile(rf"(?<![가-힣])[가-힣]*{_EAST_COMPANY},?\s{_OPEN}(?P<name>{_HANGUL}){_CLOSE}"),
    re.compile(rf"(?<={_OPEN})(?P<name>{_HANGUL})(?={_CLOSE}\s(?:[가-힣]+\s?)?(?:팀|담당|대표|공식|마케))"),
    re.compile(
        rf"(?:(?:저희|우리)\s?(?:{_EAST_COMPANY})?(?:명|\s?이름)?|브랜드명|브랜드\s이름|상호명?|회사명|업체명)[은는]\s"
        rf"(?P<name>{_HANGUL}?)(?=입니다|이에요|예요|이고|이며|라고|이라고|고\s|[,.])"),
    re.compile(
        rf"(?<![가-힣]){_EAST_COMPANY},?\s(?P<name>{_HANGUL}?)"
        rf"(?=이?라고|이고|이며|[을를]\s(?:운영|론칭|런칭|대표|맡|이끌|준비|시작|소개합))"),
    re.compile(rf"^(?:안녕하세요[,.!]?\s)?(?P<name>{_HANGUL}?)(?=이?라고\s(?:합니다|해요|하는))"),
    re.compile(rf"(?:앱|서비스|플랫폼)\s(?P<name>{_HANGUL}?)(?=[을를]\s)"),
    SHOP,
    re.compile(
        rf"^(?:(?:नमस्ते|नमस्कार|हैलो)[,!।]?\s)?(?:हम|मैं)\s{_OPEN}?(?P<name>{_NAGARI}){_CLOSE}?"
        r"(?=\s(?:हैं|है|से हैं|की टीम|से)[\s,।])"),
    re.compile(rf"{_HINDI_COMPANY}\s{_OPEN}(?P<name>{_NAGARI}){_CLOSE}"),
    re.compile(rf"{_OPEN}(?P<name>{_NAGARI}){_CLOSE}\s(?:एक|नाम|ब्रांड|की ओर|की तरफ)"),
    re.compile(rf"का नाम (?:है\s)?{_OPEN}?(?P<name>{_NAGARI}){_CLOSE}?(?=\s(?:है|हैं)|[।,])"),
    re.compile(
        r"^(?:(?:नमस्ते|नमस्कार|हैलो)[,!।]?\s)?(?P<name>(?!(?:हम|हमारा|हमारी|हमारे|मैं|मेरा|मेरी|यह|ये|वह|एक|जो|टीम|कोई)\s)"
        r"[\u0900-\u0963]{3,30})\s(?=(?:[\u0900-\u0963,-]+\s){1,6}"
        r"(?:बनात[ाी]|बेचत[ाी]|लात[ाी]|देत[ाी]|करात[ाी]|करत[ाी]|सिखात[ाी]|लाया|लाई|पहुंचात[ाी]|उगात[ाी])\s(?:है|हैं)[।,\s])"),
    re.compile(
        rf"(?i:\b(?:we're launching|we launch|je lance|nous lançons|on lance|lanzamos|lançamos"
        rf"|wir launchen)\s)(?P<name>{_NAME})(?=[,.:]|\s(?:is|est|es|é|ist)\s)"),
    re.compile(
        rf"^(?P<name>{_NAME})\s(?=(?!(?:sur|pour|entre|contre|comme|de|para|sobre|desde|durante|por"
        rf"|with|as)\b)[a-z]*(?:[bcdfghjklmnpqrtvz](?:e|t|d|es|a)|[a-z]{{2}}s)\s(?:des|les|une|un"
        rf"|du|nos|son|sa|ses|unos|unas|los|las|uns|umas|our|small|handmade)\s)"),
    re.compile(
        r"^(?P<name>(?:[A-Z][\w'’&-]{1,30}\s){1,2}[A-Z][\w'’&-]{1,30})\s(?=[a-z]{3,}s\s(?!and|or"
        r"|for|in|with|of|that|who))"),
)  # fmt: skip
COMMON = re.compile(
    rf"(?i)(?:{_COMPANY}|looking|저희|우리|저는|이번|제외|금지|사절|불가|말고|공식|안녕하세요|경쟁사|we|our|this|new|sponsoring|help|gesucht|wer|unsere?|notre|nos"
    rf"|nuestra|nuestro|nossa|nosso|marca|hello|hi|on|ich|wir|il|elle|je|she|he|it|they|nós|eu"
    rf"|yo|nosotros|who|qui|quem|quien|was|what|[\w-]*(?:app|marke|shop|brand)|.*(?:브랜드"
    rf"|신제품|업체|회사|앱|쇼핑몰|가게|공방|카페|식당|농장|스토어|학원|베이커리|매장|펜션|모집"
    rf"|협찬|제품))$"
)
RIVALS = re.compile(
    r"(?i:(?<![a-z])(?:(?:direct |main )?(?:competitors?|rivals?|competition)|konkurrenz"
    r"|konkurrenten|wettbewerber|mitbewerber|concurrents?(?: directs?)?|concurrence"
    r"|competencia|competidor(?:es|as?)?|rivales|concorrentes?(?: diretos?)?|concorrência"
    r"|concorrencia)(?![a-z]))"
    r"(?:\s?(?:are|is|include|heißt|heißen|sind|ist|son|es|est|sont|são|é|like|such as|wie"
    r"|comme|como|directa?|principal(?:es)?|principaux|à éviter|a evitar"
    r"|zu meiden)(?![a-zà-ÿ]))*\s?:?\s?(?:the\s|la\s|le\s)?"
    r"|(?:競合(?:他社|ブランド)?|ライバル(?:社|ブランド)?)(?:の|は|である|:|：|（|\()?"
    r"|경쟁\s?관계(?:인|에 있는)\s|경쟁\s?(?:사|업체|브랜드|제품)(?:로는|에는|인|는|은|이|가|로|:|\()?\s?"
    r"|(?:प्रतिस्पर्धी|प्रतिद्वंद्वी|प्रतियोगी(?= ब्रांड)|कॉम्पिटिटर|कंपीटिटर)(?:\sब्रांड)?\s?:?\s"
)
WORKED = re.compile(
    r"(?i:(?<![a-z])(?:(?:work\w*|partner\w*|collaborat\w*|ambassadors?|deals?|sponsored"
    r"|campaigns?)\s(?:with|for|by)|promot\w+|advertis\w+(?:\sfor)?"
    r"|placements?\s(?:pour|de|for)|pubs?\s(?:pour|de)|contra(?:t|to)\s(?:avec|con|com)"
    r"|partenaires?\sde|sponsoris\w+\spar|patrocin\w+\s(?:por|de)|travaillé\w*\s(?:avec|pour)"
    r"|col+abor\w+\s(?:avec|con|com)|partenariat\s(?:avec|pour)|trabaj\w+\s(?:con|para)"
    r"|anunci\w+(?:\s(?:a|con|para))?|promocion\w+(?:\sa)?|campañas?\s(?:con|para)"
    r"|trabalh\w+\s(?:com|para|pra)|publi(?:s|cidade)?\s(?:com|para|pra|da|do)"
    r"|parceria\s(?:com)|divulg\w+|ambassad\w+\s(?:of|for|de|da|do|von)|embajador\w*\sde"
    r"|embaixador\w*\sd[aoe]|botschafter\w*\s(?:von|für)|(?:für|mit|von)))\s(?:a\s|la\s"
    r"|the\s)?"
)
NOT = re.compile(
    r"(?i)(?<![a-z])(?:no|not|nobody|none|never|no one|without|haven't|hasn't|don't|nicht"
    r"|kein\w*|niemand\w*|ohne|personne|pas|jamais|sans|ne|nadie|nunca|sin|ninguém|ninguem|não"
    r"|nao|nem|sem|exclu\w*|avoid|raus|scheide\w*|infrage|entra|vale|fuera|fora)(?![a-z])"
)
ENDORSED = re.compile(
    r"(?i)(?:geworben|gearbeitet|kooperiert|werbung|zusammen|unter vertrag|arbeiten|werben|partner)"
)
EAST_WORKED = re.compile(
    rf"(?P<ja>[「『]?{_KANA}[」』]?(?:(?:、|や|・|か)[「『]?{_KANA}[」』]?){{0,6}})(?:と|の)(?:契約"
    rf"|アンバサダー|案件|タイアップ|pr|お仕事|コラボ|仕事)"
    rf"|(?P<ko>{_HANGUL}(?:(?:,\s?|이?나\s|와\s|과\s){_HANGUL}){{0,6}}?)(?:와|과|이?랑|의|을|를)?\s(?:함께\s|같이\s)?(?:협업"
    r"|협찬|콜라보|광고|홍보|앰버서더|앰배서더|모델|홍보대사|서포터즈|체험단|계약|제휴|캠페인|작업|활동|전속|파트너십?|공구|일|ppl|PPL"
    r"|함께)(?:\s?(?:계약|활동|콘텐츠|영상|제품))?(?:[을를도로은]|으로)?\s?(?:진행|활동|참여|체결|맺|받|맡)?\s?"
    r"(?:한|하신|했|하고\s|하는\s중|중(?:인|이)|받으?[은신]|받았|맺은|맡은|맡으신|이력|경험|적\s?[이있]|계신|이신)"
    rf"|(?P<hi>{_NAGARI}(?:(?:,\s|\sया\s|\sऔर\s){_NAGARI}){{0,6}})"
    r"\s(?:के साथ (?:पहले |पहले से |अभी |पहले भी )?(?:काम|जुड|करार|अनुबंध|कोलैब|पार्टनर)"
    r"|(?:का|की|के लिए)\s(?:प्रचार|विज्ञापन|प्रमोशन|कैंपेन|ऐड)\s(?:कर चुक|कर रहे|किया|की है|करते हैं|करती हैं|किए|करता)"
    r"|के (?:ब्रांड )?(?:एंबेसडर|एम्बेसडर|एंबैसडर|एम्बैसडर|अंबेसडर))"
)
EAST_RIVALS = re.compile(
    rf"(?P<ja>{_KANA}(?:(?:、|や|・){_KANA}){{0,6}})(?:など|といった|のような)の?競合"
    rf"|(?P<ko>{_HANGUL}(?:(?:,\s?|(?<=[나와과])\s){_HANGUL}){{0,6}})\s(?:같은|등의?)\s경쟁\s?(?:사"
    rf"|업체|브랜드)"
    rf"|(?<!경쟁사는\s)(?P<ko2>{_HANGUL}(?:(?:,\s?|(?<=[나와과])\s){_HANGUL}){{0,6}}?)(?:[이가은는도])\s(?:저희\s|우리\s)?"
    r"(?:직접적인\s)?경쟁\s?(?:사|업체|브랜드)(?:입|이[라며에고]|예|라)"
    rf"|(?P<hi>{_NAGARI}(?:(?:,\s|\sया\s|\sऔर\s){_NAGARI}){{0,6}})\s(?:जैसे (?:प्रतिस्पर्धी|प्रतिद्वंद्वी)"
    r"|हमार[ेाी]\s(?:सीध[ेाी]\s|मुख्य\s)?(?:प्रतिस्पर्धी|प्रतिद्वंद्वी|प्रतियोगी|कॉम्पिटिटर)\s(?:है|हैं))"
)
EAST_NOT = re.compile(
    r"NG|除|不可|対象外|お断り|遠慮|ない|제외|안\s|않|없|사절|불가|어렵|어려|곤란|힘들|힘듭"
    r"|거절|금지|피해|피하|사양|빼|नहीं|\sन\s|\sना\s|मना|वर्जित|छोड|दूर"
)
EAST_COMMON = re.compile(
    r"(?:도박|담배|주류|술|대출|코인|성형|다이어트|불법|사행성|토토|카지노|복권|정치|종교|유료|허위|과장|게임|영양제|화장품"
    r"|병원|타사|다른|여러|이미|저희|당사|동종|동일|유사|비슷한|관련|최근|과거|기존|해외|국내|성인|뒷|공동|협찬|단순|간접|직접"
    r"|शराब|सिगरेट|तंबाकू|गुटखा|जु[एआ]|सट्ट[ेा]|राजनीति|पार्टी|क्रिप्टो|लोन|दवा|नश[ेा]|धर्म|लॉटरी|किसी|दूसर[ेी]|अन्य|बड[ेी]"
    r"|उन|इन|हम|आप|ब्रांड|कंपनी|ऐप).*"
    r"|.*(?:외과|병원|의원|학원|사이트|앱|업체|제품|식품|용품|보조제|보충제|약|쇼핑몰|브랜드|회사|음료|대행사|경쟁사|사람|분|채널|계정)$"
)
"""No names of competitors, though they stand where such names do: things that a brief rules out."""
LATIN_LIST = re.compile(
    rf"{_NAME}(?:(?:,\s|\s(?:and|or|und|oder|et|ou|y|o|e|nor|ni|nem)\s(?:(?:für|mit|with|for"
    rf"|con|com|avec|pour|para)\s)?|,?\s?/\s?){_NAME})*"
)
EAST_LIST = re.compile(
    rf"[「『]?(?:{_KANA}[」』]?(?:[、,]\s?|や|と|・|か)[「『]?)*{_KANA}[」』]?"
    rf"|{_HANGUL}(?:(?:,\s?|(?<=[나와과])\s(?!협업|계약|작업|일한|일하|함께|콜라보|광고|협찬"
    rf"|같은|거래)){_HANGUL}){{0,8}}|{_NAGARI}(?:(?:,\s|\sया\s|\sऔर\s){_NAGARI}){{0,8}}"
)
COMMA = re.compile(r"[,;、，]\s*")
THOSE = re.compile(r",\s(?:वे|वो|वह|उन|उनके|उनसे|ऐसे)\s")
"""Takes up a Hindi clause with "who"; what follows belongs to it."""
_SPLIT = re.compile(r"[^\s,、/」』「『]+(?:\s[^\s,、/」』「『]+)*")
JOIN = re.compile(
    r"(?:,\s?|、|\s?/\s?|や|か(?=[ァ-ヴ])|(?<=[ァ-ヴー])と|(?<=[가-힣][와과나])\s|\s(?:and|or"
    r"|und|oder|et|ou|y|o|e|nor|ni|nem|या|और)\s(?:(?:für|mit|with|for|con|com|avec|pour"
    r"|para)\s)?)"
)
