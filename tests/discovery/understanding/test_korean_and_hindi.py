"""Natural variants of Korean and Hindi briefs: endings, particles, postpositions. All briefs are invented."""

import pytest

from discovery.understanding.korean_particles import named, without_particle
from discovery.understanding.parts import PartKind
from tests.discovery.understanding.parsing import bounds, codes, read, words


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("재테크 이야기. 코인, 주식 리딩방은 절대 안 됩니다.", ["코인", "주식 리딩방"]),
        ("전기차를 타는 분. 음주운전 이력 있는 분은 곤란해요.", ["음주운전 이력"]),
        ("텃밭. 도박·대출·주류 광고 계정은 함께할 수 없어요.", ["도박", "대출", "주류 광고 계정"]),
        ("책을 읽는 분. 정치 이슈를 다루거나 혐오 표현을 쓰는 채널은 거릅니다.", ["정치 이슈", "혐오 표현"]),
        ("타로. 무속이나 사주 관련 콘텐츠는 지양해 주세요.", ["무속", "사주"]),
        ("유모차. 육아템 광고만 하는 계정, 공동구매 계정은 받지 않습니다.", ["육아템 광고", "공동구매 계정"]),
        ("축제를 다니는 분. 단, 뉴스 채널과 방송국은 예외입니다.", ["뉴스 채널", "방송국"]),
        ("집밥을 찍는 분이면 좋겠고, 먹방 유튜버는 아니었으면 합니다.", ["먹방 유튜버"]),
        ("게임 채널이면 욕설, 선정적인 썸네일만 아니면 됩니다.", ["욕설", "선정적인 썸네일"]),
        (
            "수영을 가르치는 분인데 헬스장 홍보는 말고, 보충제 광고도 빼 주세요.",
            ["헬스장 홍보", "보충제 광고"],
        ),
        ("식물. 성인 콘텐츠와 도박은 다루지 않는 분이어야 해요.", ["성인 콘텐츠", "도박"]),
        ("안경. 과장 광고 없이 솔직하게.", ["과장 광고"]),
        ("여행. 여행사가 아닌 개인, 카지노 금지.", ["여행사", "카지노"]),
        ("게임인데 마인드퍼즐 말고, 현질 유도도 말고요.", ["마인드퍼즐", "현질 유도"]),
        ("पौधे। न राजनीति, न धर्म, न गॉसिप।", ["राजनीति", "धर्म", "गॉसिप"]),
        ("पौधे दिखाने वाले लोग चाहिए, न कि बीज कंपनियाँ।", ["बीज कंपनियाँ"]),
        ("पौधे दिखाने वाले लोग, बिना गाली-गलौज के।", ["गाली-गलौज"]),
        ("पौधे। मीम पेज और समाचार चैनल इसमें शामिल नहीं हैं।", ["मीम पेज", "समाचार चैनल"]),
        ("पौधे। राजनीतिक बातें करने वाले पेज न हों।", ["राजनीतिक बातें"]),
        ("पौधे। जुए और सट्टे से जुड़े चैनल बिल्कुल न भेजें।", ["जुए", "सट्टे"]),
        ("पौधे। पोंजी स्कीम, लॉटरी जैसी चीज़ों से दूर रहें।", ["पोंजी स्कीम", "लॉटरी"]),
        ("पौधे। अंधविश्वास फैलाने वाले अकाउंट वर्जित हैं।", ["अंधविश्वास"]),
        ("पौधे। एजेंसी वाले और रीसेलर आवेदन न करें।", ["एजेंसी", "रीसेलर"]),
        ("पौधे। मांसाहार न दिखाएँ, शराब भी न दिखाएँ।", ["मांसाहार", "शराब"]),
        ("निवेश सिखाने वाले जो क्रिप्टो की बात न करते हों।", ["क्रिप्टो"]),
        ("पौधे, लेकिन राजनीति पर वीडियो बनाने वाले नहीं।", ["राजनीति"]),
    ],
)
def test_exclusions(text: str, excluded: list[str]) -> None:
    assert words(text, PartKind.EXCLUSION) == excluded
    for thing in excluded:
        assert thing not in read(text).query


@pytest.mark.parametrize(
    "text",
    [
        "글루텐 없는 빵, 우유 없이 만드는 라떼를 소개해 주세요.",
        "지워지지 않는 틴트와 번지지 않는 아이라이너를 쓰는 분.",
        "설탕을 넣지 않은 잼과 기름에 튀기지 않은 과자.",
        "완벽하지 않아도, 전문 장비가 없어도 괜찮습니다. 유화를 그리는 분.",
        "등산 초보만이 아니라 가족 단위로 산을 찾는 분들도.",
        "초보뿐만이 아니라 고수도 즐기는 보드게임.",
        "चित्रकला पसंद हो, अनुभव ज़रूरी नहीं।",
        "चित्रकला; उम्र की कोई सीमा नहीं, फॉलोअर्स मायने नहीं रखते।",
        "लकड़ी के खिलौने, टूटते नहीं और रंग नहीं छोड़ते।",
        "सिर्फ़ क्रिकेट नहीं, कबड्डी भी दिखाने वाले।",
        "दाग न छोड़ने वाला तेल और न चिपकने वाला तवा।",
    ],
)
def test_what_only_looks_like_an_exclusion(text: str) -> None:
    assert words(text, PartKind.EXCLUSION) == []


@pytest.mark.parametrize(
    ("text", "brand"),
    [
        ("안녕하세요! 친환경 세제 브랜드 '맑은손' 마케팅팀입니다. 빨래.", "맑은손"),
        ("저희는 '물결담'이라는 수영복 브랜드예요. 수영.", "물결담"),
        ("저희 브랜드는 달빛담이고 한지 조명을 만듭니다.", "달빛담"),
        ("온누리베이크는 글루텐프리 빵집입니다. 아침 식사.", "온누리베이크"),
        ("단비서점 그림책을 아이와 읽어 주실 분을 찾아요.", "단비서점"),
        ("नमस्कार, हम 'ऊनघर' की टीम हैं। स्वेटर।", "ऊनघर"),
        ("ऊनघर नाम की हमारी दुकान स्वेटर बेचती है।", "ऊनघर"),
        ("छतबाग गमले और मिट्टी बेचता है। बालकनी।", "छतबाग"),
        ("हमारी कंपनी का नाम छतबाग है। बालकनी।", "छतबाग"),
        ("मसालाबंधु हमारा ब्रांड है और हम अचार बेचते हैं।", "मसालाबंधु"),
    ],
)
def test_brands(text: str, brand: str) -> None:
    assert words(text, PartKind.BRAND) == [brand]
    assert brand not in read(text).query


@pytest.mark.parametrize(
    ("text", "competitors"),
    [
        (
            "쿠키. 경쟁 브랜드인 달콤제과, 빵빵마루와 함께한 적 있는 분은 받지 않아요.",
            ["달콤제과", "빵빵마루"],
        ),
        ("노트. 루미네트와 협업 중이신 분은 죄송하지만 어려울 것 같아요.", ["루미네트"]),
        ("다도. 차마루를 홍보하신 분은 사절합니다.", ["차마루"]),
        ("가방. 노마드백, 길벗가방은 저희 경쟁사라서 협찬받은 분은 힘들어요.", ["노마드백", "길벗가방"]),
        ("장난감. 도토리랩이나 밤톨상회 앰배서더로 활동 중인 분은 곤란합니다.", ["도토리랩", "밤톨상회"]),
        ("बर्तन। जिन्होंने चमकधारा के साथ काम किया है, वे आवेदन न करें।", ["चमकधारा"]),
        ("बर्तन। चमकधारा का विज्ञापन कर चुके लोग नहीं चाहिए।", ["चमकधारा"]),
        ("फ़र्नीचर। काठशाला हमारा प्रतिद्वंद्वी है।", ["काठशाला"]),
    ],
)
def test_competitors(text: str, competitors: list[str]) -> None:
    assert words(text, PartKind.COMPETITOR) == competitors
    assert words(text, PartKind.EXCLUSION) == []


def test_a_common_thing_that_was_advertised_is_no_competitor() -> None:
    text = "다도를 하는 분. 도박 광고를 진행하신 분은 제외할게요."
    assert words(text, PartKind.COMPETITOR) == []
    assert words(text, PartKind.EXCLUSION) != []


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("의자를 보여 주실 50대 남성을 모십니다.", ["50대", "남성"]),
        ("러닝화. 20~30대 남성 러너를 모셔요.", ["20~30대", "남성"]),
        ("기독교 신자이신 엄마 유튜버를 찾습니다.", ["기독교 신자"]),
        ("20대 여성을 위한 화장품을 파는 곳.", []),
        ("साड़ी। 25 से 35 साल की महिलाएँ जो ऑफिस लुक दिखाएँ।", ["25 से 35 साल", "महिलाएँ"]),
        ("ऊन। लड़कियाँ जो कॉलेज में पढ़ती हों।", ["लड़कियाँ"]),
    ],
)
def test_personal_wishes(text: str, personal: list[str]) -> None:
    assert words(text, PartKind.PERSONAL) == personal


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("제주도에서 감귤 농사를 짓는 분.", ["제주도"]),
        ("수원에 사시는 분.", ["수원"]),
        ("जूते। पुणे में रहने वाले धावक।", ["पुणे"]),
        ("जूते। यूट्यूबर, जयपुर या इंदौर से।", ["जयपुर", "इंदौर"]),
        ("जूते। लोग जो बाइक चलाते हों, दिल्ली से मनाली तक।", []),
    ],
)
def test_cities(text: str, cities: list[str]) -> None:
    assert words(text, PartKind.CITY) == cities


def test_countries_languages_followers_and_deals() -> None:
    assert codes("यूके और कनाडा में रहने वाले लोग।", PartKind.COUNTRY) == ["GB", "CA"]
    assert codes("तमिल या तेलुगु बोलने वाले लोग।", PartKind.LANGUAGE) == ["ta", "te"]
    assert codes("일본어와 영어가 모두 가능하신 분.", PartKind.LANGUAGE) == ["ja", "en"]
    assert bounds("화분. 구독자 10만 명이 안 되는 채널.", PartKind.FOLLOWERS) == [(None, 100_000)]
    assert codes("화분. 고정비 30만 원.", PartKind.DEAL) == ["fee"]


@pytest.mark.parametrize(
    ("noun", "bare"),
    [
        ("현질 유도도", "현질 유도"),
        ("현질 유도", "현질 유도"),
        ("작가", "작가"),
        ("작가가", "작가"),
        ("술은", "술"),
    ],
)
def test_a_particle_leaves_a_noun_only_in_the_form_that_it_asks_for(noun: str, bare: str) -> None:
    assert noun[: without_particle(noun, 0, len(noun))] == bare


def test_names_keep_syllables_that_are_no_particle() -> None:
    assert named("달콤제과", tied=True) == "달콤제과"
    assert named("빵빵마루와", tied=True) == "빵빵마루"
    assert named("여로나", tied=False) == "여로나"
    assert named("여로나", tied=True) == "여로"
