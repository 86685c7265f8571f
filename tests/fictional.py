"""Invented creators for tests. None of them exists; every name, handle and figure is made up."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from discovery.creator import (
    Audience,
    Contact,
    Creator,
    Platform,
    Post,
    Price,
    Provenance,
    creator_id,
    newest_first,
)

TODAY = date(2026, 3, 1)
"""The day on which all invented data was current."""
INJECTION = '" ) OR * AND caption: {!} [a TO z] name:* \\ ~2 ^9'
"""Text that would change a query if an engine parsed it."""


def post(text: str | None = "A day in the garden", *, age: int = 10, **changes: Any) -> Post:
    """Build a post that is `age` days old; hashtags and mentions are not read from the text."""
    given: dict[str, Any] = {
        "id": f"p-{age}",
        "text": text,
        "published_at": TODAY - timedelta(days=age),
        "observed_at": TODAY,
    }
    return Post(**(given | changes))


def posts(*texts: str, **changes: Any) -> tuple[Post, ...]:
    """Build posts newest first, ten days apart, with ids of their own."""
    return tuple(
        post(text, age=10 + 10 * place, id=f"p{place}", **changes) for place, text in enumerate(texts)
    )


def repeated(given: tuple[Post, ...], times: int) -> tuple[Post, ...]:
    """Post the same again: each post is followed by its copies, which have ids of their own."""
    return tuple(replace(one, id=f"{one.id}-{copy}") for one in given for copy in range(times))


def creator(name: str = "Ada Testperson", *, id: str | None = None, **changes: Any) -> Creator:  # noqa: A002
    """Build a creator of whom nothing is known but what is given; the id is made from the name."""
    platform = changes.pop("platform", Platform.INSTAGRAM)
    native = name.casefold().replace(" ", ".")
    given = {
        "id": creator_id(id if id is not None else f"{platform.value}:{native}"),
        "platform": platform,
        "name": name,
        "fictional": True,
    }
    return Creator(**(given | changes))


def stated(*fields: str, source: str = "invented", observed_at: date | None = TODAY) -> dict[str, Provenance]:
    """Build the provenance of fields that one source stated on one day."""
    return {field: Provenance(source=source, observed_at=observed_at) for field in fields}


def with_rate(one: Creator, rate: float, count: int = 12) -> Creator:
    """Give a creator `count` settled posts of one engagement rate (Instagram; needs followers)."""
    assert one.followers
    likes = round(rate * one.followers)
    made = (
        post("Numbers day", age=20 + place, id=f"r{place}", likes=likes, comments=0) for place in range(count)
    )
    return replace(one, posts=newest_first((*one.posts, *made)))


def corpus() -> list[Creator]:
    """Return some forty tiny creators that together cover what an index may meet."""
    return [*_food(), *_sport_and_home(), *_languages(), *_sparse(), *_strange(), *_ties(), *_figures()]


def _food() -> list[Creator]:
    return [
        creator(
            "Mira Invented",
            handle="mira.cooks",
            bio="Vegan recipes on a budget. Plant based kitchen for students.",
            language="en",
            country="GB",
            categories=("Food", "Vegan"),
            followers=12_000,
            verified=False,
            contacts=(Contact(type="email", value="mira@example.org"),),
            audience=Audience(
                countries={"GB": 0.55, "US": 0.2},
                ages={"18-24": 0.5, "25-34": 0.3},
                genders={"female": 0.7, "male": 0.28, "other": 0.02},
                languages={"en": 0.9},
                sample_size=400,
                basis="invented panel",
            ),
            posts=posts(
                "Vegan lasagne with lentils #vegan",
                "Five tofu recipes for exam week",
                "Market haul: lentils, chickpeas, oat milk",
                hashtags=("vegan", "budgetfood"),
                mentions=("oatco.invented",),
                views=4_000,
                likes=300,
                comments=20,
                sponsored=False,
            ),
            provenance=stated("followers", "posts", "audience", "country", "categories", "contacts"),
        ),
        creator(
            "Joris Madeup",
            platform=Platform.YOUTUBE,
            bio="Slow barbecue and cast iron. Meat, smoke, patience.",
            language="en",
            country="US",
            categories=("Food",),
            followers=250_000,
            verified=True,
            posts=posts(
                "Brisket for beginners", "Smoked ribs without a smoker", title="Smoke school", views=90_000
            ),
        ),
        creator(
            "Lena Erfunden",
            handle="lena_backt",
            bio="Sauerteig, Brötchen und Kuchen aus dem Holzofen",
            language="de",
            country="DE",
            categories=("food",),
            followers=48_000,
            contacts=(),
            posts=posts(
                "Roggenbrot mit Sauerteig", "Käsekuchen ohne Boden", "Brötchen über Nacht", sponsored=True
            ),
        ),
        creator(
            "Paul Inventé",
            bio="Pâtisserie végane à Lyon. Crêpes, brioches, café crème.",
            language="fr",
            country="FR",
            followers=7_300,
            posts=posts("Crêpes véganes au sarrasin", "La brioche sans beurre"),
        ),
        creator(
            "Oat And Only",
            platform=Platform.TIKTOK,
            bio="vegan VEGAN Vegans: one pot dinners",
            followers=990_000,
            language="en",
            posts=posts(
                "one pot vegan ramen", "vegan vegan vegan", "gym snack", shares=40, likes=9_000, comments=80
            ),
        ),
    ]


def _sport_and_home() -> list[Creator]:
    return [
        creator(
            "Tove Påhitt",
            bio="Trail running in the far north. Runner, mother, map nerd.",
            language="sv",
            country="SE",
            followers=31_000,
            categories=("Sport", "Outdoor"),
            posts=posts("Ultra running at midnight", "Trail shoes after 800 km", "Runners need rest too"),
        ),
        creator(
            "Ken Fabricated",
            platform=Platform.YOUTUBE,
            bio="Home gym builds and honest gear tests",
            country="US",
            language="en",
            followers=1_200_000,
            categories=("Sport",),
            posts=posts(
                "Power rack under 300", "Rowing machine test", views=150_000, likes=7_000, comments=600
            ),
        ),
        creator(
            "Nadia Fiction",
            platform=Platform.PODCAST,
            bio="A podcast about small flats, plants and calm",
            language="en",
            country="CA",
            categories=("Home",),
            posts=posts("Balcony gardening in winter", "A calm bedroom", "Plants that forgive"),
        ),
        creator(
            "Gardener Nobody",
            bio="Vegetable garden, compost, seeds. No dig.",
            followers=3_000,
            categories=(),
            posts=posts(*(f"Garden diary week {week}: beans, compost and rain" for week in range(35))),
        ),
        creator(
            "Dog Walker Invented", bio="Three dogs, one leash", followers=1_100, posts=posts("dogs dogs dogs")
        ),
    ]


def _languages() -> list[Creator]:
    return [
        creator(
            "ليلى مختلقة",
            bio="وصفات نباتية سهلة للعائلة",
            language="ar",
            country="EG",
            followers=64_000,
            posts=posts("شوربة العدس النباتية", "سلطة الحمص", "حلويات رمضان"),
        ),
        creator(
            "נועה מומצאת",
            bio="מתכונים טבעוניים ובריאים",
            language="he",
            country="IL",
            followers=21_000,
            posts=posts("מרק עדשים טבעוני", "עוגת שוקולד טבעונית"),
        ),
        creator(
            "架空 さくら",
            bio="東京のヴィーガンカフェ巡り",
            language="ja",
            country="JP",
            followers=87_000,
            posts=posts("抹茶ラテとヴィーガンケーキ", "渋谷のカフェ", "週末のお弁当"),
        ),
        creator(
            "가상 민지",
            bio="서울 비건 레시피와 운동 일기",
            language="ko",
            country="KR",
            followers=54_000,
            posts=posts("비건 김치찌개", "홈트레이닝 3주차"),
        ),
        creator(
            "虚构 小明",
            bio="素食食谱和健身",
            language="zh",
            country="CN",
            posts=posts("素食火锅", "跑步机评测"),
        ),
        creator(
            "Вымышленная Аня", bio="Веганские рецепты и бег", language="ru", posts=posts("Веганский борщ")
        ),
        creator(
            "काल्पनिक रवि", bio="शाकाहारी रसोई", language="hi", country="IN", posts=posts("दाल मखनी की विधि")
        ),
    ]


def _sparse() -> list[Creator]:
    return [
        creator("Nothing Known"),
        creator("Only Bio", bio="Vegan baker between two jobs"),
        creator("Only Posts", posts=posts("Cycling to work", "Vegan sandwich on the road")),
        creator("Blank Bio", bio="  \n ", posts=posts("A quiet day")),
        creator("Wordless Posts", followers=100, posts=posts("", "", views=10)),
        creator("Tags Alone", posts=(post(None, id="t1", hashtags=("VeganFood", "ZeroWaste")),)),
        creator(
            "Undated Posts", posts=(post("Knitting in bed", id="u1", published_at=None, observed_at=None),)
        ),
        creator("Zero Followers", followers=0, bio="Brand new and vegan"),
    ]


def _strange() -> list[Creator]:
    return [
        creator("Emoji Only", bio="🌱🏋️‍♀️🐶", posts=posts("🌱🌱🌱", "🏃‍♂️💨 🇯🇵")),
        creator("Inject Person", handle='a" OR "b', bio=INJECTION, posts=posts(INJECTION, "vegan")),
        creator(
            "Markup Person",
            bio="<script>alert('x')</script> <b>yoga</b>",
            posts=posts("<img src=x onerror=y>"),
        ),
        creator("Slash Id", id="instagram:a/b/../c?d=e#f%2F", bio="Pottery and glaze tests"),
        creator("Space Id", id="tiktok: two  spaces ", platform=Platform.TIKTOK, bio="Pottery for two"),
        creator(
            "Emoji Id", id="instagram:🌱🏳️‍🌈", bio="Seed swaps and seedlings", posts=posts("Tomato seedlings")
        ),
        creator("Long Words", bio="a" * 500 + " " + "Donaudampfschifffahrt" * 20, posts=posts("x " * 900)),
        creator(
            "Control Signs", bio="tab\there\x00null \u200bzero \u202eturned", posts=posts("line\u2028break")
        ),
    ]


def _ties() -> list[Creator]:
    """Creators that no text can tell apart: only their ids order them."""
    return [
        creator(
            "Twin Account",
            id=f"instagram:twin-{letter}",
            bio="Twin bio about chess",
            posts=posts("Chess opening"),
        )
        for letter in "bac"
    ]


def _figures() -> list[Creator]:
    steady = creator(
        "Steady Rate",
        followers=10_000,
        bio="Budget travel by train",
        country="DE",
        provenance=stated("followers", "posts"),
    )
    return [
        with_rate(steady, 0.03),
        with_rate(replace(steady, id=creator_id("instagram:too.few.posts"), name="Too Few"), 0.03, count=11),
        creator(
            "Audience Elsewhere",
            followers=75_000,
            bio="Travel by night train",
            country="DE",
            audience=Audience(countries={"US": 0.4, "DE": 0.15}, ages={}, genders={"female": 0.48}),
            posts=posts("Night train to nowhere", sponsored=True, sponsors=("rail.invented",)),
        ),
        creator(
            "Price Card",
            followers=5_000_000,
            verified=True,
            language="pt",
            country="BR",
            prices=(Price(deliverable="story", amount=900.0, currency="BRL"),),
            contacts=(Contact(type="website", value="https://example.org/price-card"),),
            posts=posts("Futebol na praia", "Receita de brigadeiro", sponsored=False, hashtags=("Praia",)),
        ),
    ]
