"""Whole pages of every format, and exactly what is read in them."""

from datetime import date

from crawl_config.source import Selector, Selectors
from discovery.creator import Contact, Creator, Platform, Post, Provenance, creator_id
from indexer.crawl.document import Outcome, Reading, Task
from indexer.crawl.reading.reader import PAGES
from tests.indexer.crawl.reading.invented import DAY, ORIGIN, a_source, read_file


def stated(*names: str) -> dict[str, Provenance]:
    """Return the provenance of some fields, beside those that every creator has."""
    return dict.fromkeys(("platform", "name", "url", *names), ORIGIN)


def test_a_profile_in_json_ld_with_its_posts() -> None:
    reading = read_file(
        "profile.html", "https://makers.example/people/mira?utm_source=a", follow=("/posts/",)
    )
    rye = Post(
        id="makers.example/posts/rye-90",
        title="Rye at 90 %",
        text="Ninety per cent rye, no yeast. #Sourdough with @okas.oven",
        url="https://makers.example/posts/rye-90",
        published_at=date(2026, 2, 21),
        observed_at=DAY,
        hashtags=("Sourdough", "rye"),
        mentions=("okas.oven",),
        likes=1200,
        comments=45,
        source="makers",
    )
    oven = Post(
        id="makers.example/posts/oven",
        text="Oven is hot.",
        url="https://makers.example/posts/oven?utm_source=x",
        source="makers",
    )
    mira = Creator(
        id=creator_id("website:makers.example/people/mira"),
        platform=Platform.WEBSITE,
        name="Mira Fennwald",
        handle="mira.bakes",
        url="https://makers.example/people/mira",
        bio="Bread, rye above all. Courses in Graz & online.",
        language="en",
        country="AT",
        categories=("Baking", "Sourdough"),
        followers=12_534,
        following=310,
        posts_total=214,
        contacts=(Contact(type="email", value="mira@fennwald.example"),),
        links=("https://www.youtube.com/@mira-bakes", "https://fennwald.example/"),
        posts=(rye, oven),
        provenance=stated(
            *("handle", "bio", "language", "country", "categories", "followers", "following"),
            *("posts_total", "contacts", "links", "posts"),
        ),
    )
    follow = (Task(url="https://makers.example/posts/rye-90", step="page"),)
    assert reading == Reading(creators=(mira,), follow=follow)


def test_a_blog_post_tells_of_its_author() -> None:
    reading = read_file("blog-post.html", "https://talundpfad.example/wege-am-hang/")
    post = Post(
        id="talundpfad.example/wege-am-hang",
        title="Wege am Hang",
        text="Vom Tal zum Pfad.",
        url="https://talundpfad.example/wege-am-hang/",
        published_at=date(2026, 1, 12),
        observed_at=DAY,
        hashtags=("Wandern",),
        comments=8,
        source="makers",
    )
    jorin = Creator(
        id=creator_id("website:talundpfad.example/author/jorin"),
        platform=Platform.WEBSITE,
        name="Jorin Halm",
        url="https://talundpfad.example/author/jorin/",
        bio="Geht zu Fuss.",
        language="de",
        links=("https://bsky.app/profile/halm.example",),
        posts=(post,),
        provenance=stated("bio", "language", "links", "posts"),
    )
    assert reading == Reading(creators=(jorin,))


def test_a_first_page_in_microformats() -> None:
    reading = read_file("h-card.html", "https://oka.example/", follow=("/2026", "/feed"))
    wheel = Post(
        id="oka.example/2026/wheel",
        text="A wheel needs patience.\n\nAnd spokes. #bikes",
        url="https://oka.example/2026/wheel",
        published_at=date(2026, 2, 1),
        hashtags=("bikes",),
        source="makers",
    )
    chains = Post(
        id="oka.example/2026/chains",
        title="Chains",
        text="Oil them.",
        url="https://oka.example/2026/chains",
        published_at=date(2026, 1, 15),
        hashtags=("repair",),
        source="makers",
    )
    oka = Creator(
        id=creator_id("website:oka.example"),
        platform=Platform.WEBSITE,
        name="Oka Brandt",
        handle="oka",
        url="https://oka.example/",
        bio="Bikes, mended slowly.",
        country="DK",
        categories=("bikes",),
        contacts=(Contact(type="email", value="oka@oka.example"),),
        links=("https://social.example/@oka", "https://video.example/c/oka"),
        posts=(wheel, chains),
        provenance=stated("handle", "bio", "country", "categories", "contacts", "links", "posts"),
    )
    follow = (
        Task(url="https://oka.example/2026/wheel", step="page"),
        Task(url="https://oka.example/2026/chains", step="page"),
        Task(url="https://oka.example/feed.atom", step="feed"),
    )
    assert reading == Reading(creators=(oka,), follow=follow)


def test_class_names_of_before_microformats_2() -> None:
    reading = read_file("old-classes.html", "https://salz.example/")
    clay = Post(
        id="salz.example/2025/ton",
        title="Ton mischen",
        text="Drei Teile Ton, ein Teil Sand.",
        url="https://salz.example/2025/ton",
        published_at=date(2025, 11, 3),
        hashtags=("Keramik",),
        source="makers",
    )
    salt = Post(
        id="salz.example/2025/salz",
        title="Salzbrand",
        text="Bei 1250 Grad.",
        url="https://salz.example/2025/salz",
        source="makers",
    )
    pelle = Creator(
        id=creator_id("website:salz.example/author/pelle"),
        platform=Platform.WEBSITE,
        name="Pelle Aune",
        url="https://salz.example/author/pelle/",
        posts=(clay, salt),
        provenance=stated("posts"),
    )
    assert reading == Reading(creators=(pelle,))


def test_a_page_of_links() -> None:
    reading = read_file("links.html", "https://links.example/mira")
    mira = Creator(
        id=creator_id("website:links.example/mira"),
        platform=Platform.WEBSITE,
        name="Mira Fennwald",
        url="https://links.example/mira",
        bio="All my corners.",
        links=(
            "https://www.youtube.com/@mira-bakes",
            "https://www.tiktok.com/@mira.bakes?lang=en",
            "https://instagram.com/mira.bakes/",
            "https://fennwald.example/courses",
        ),
        provenance=stated("bio", "links"),
    )
    assert reading == Reading(creators=(mira,))


def test_a_video_in_the_terms_of_former_years() -> None:
    reading = read_file("video.html", "https://video.example/watch/77?t=3")
    video = Post(
        id="video.example/watch/77",
        title="Truing a wheel",
        text="With two spokes.",
        url="https://video.example/watch/77",
        published_at=date(2026, 2, 3),
        observed_at=DAY,
        views=4821,
        likes=1204,
        source="makers",
    )
    oka = Creator(
        id=creator_id("website:video.example/c/oka"),
        platform=Platform.WEBSITE,
        name="Oka Brandt",
        url="http://video.example/c/oka",
        posts=(video,),
        provenance=stated("posts"),
    )
    assert reading == Reading(creators=(oka,))


def test_json_ld_that_is_nearly_json() -> None:
    reading = read_file("broken-json.html", "https://broken.example/tilda")
    tilda = Creator(
        id=creator_id("website:broken.example/tilda"),
        platform=Platform.WEBSITE,
        name="Tilda // Ruun",
        url="https://broken.example/tilda",
        bio="Two\nlines, a tab and half an emoji �.",
        provenance=stated("bio"),
    )
    assert reading.creators == (tilda,)
    (problem,) = reading.problems
    assert problem.startswith("JSON-LD that is not JSON: ")


def test_posts_of_several_authors_go_to_those_whose_profile_is_on_the_site() -> None:
    reading = read_file("authors.html", "https://fieldnotes.example/all")
    posts = {creator.id: [post.title for post in creator.posts] for creator in reading.creators}
    assert posts == {
        "website:fieldnotes.example/by/ilse": ["Lichen", "Moss"],
        "website:fieldnotes.example/by/bo": ["House", "Lichen"],
    }
    assert reading.problems == ("2 posts tell no author whose profile is on this site",)


def test_selectors_go_before_general_formats() -> None:
    reading = read_file(
        "selectors.html",
        "https://werkbank.example/people/liv",
        selectors=Selectors(
            creator={
                "name": Selector(css="main h1"),
                "handle": Selector(css="main .handle"),
                "bio": Selector(css="main .about"),
                "followers": Selector(css="main [data-followers]", attribute="data-followers"),
                "following": Selector(css=".following"),
                "links": Selector(css="main .elsewhere a", attribute="href"),
            },
            post_each="main article",
            post={
                "title": Selector(css="h2"),
                "text": Selector(css=".text"),
                "url": Selector(css="h2 a", attribute="href"),
                "published_at": Selector(css="time", attribute="datetime"),
                "hashtags": Selector(css=".tag"),
            },
        ),
    )
    plane = Post(
        id="werkbank.example/posts/1",
        title="Hobel",
        text="Schärfen zuerst. #hobel",
        url="https://werkbank.example/posts/1",
        published_at=date(2026, 2, 11),
        hashtags=("Holz", "Werkzeug"),
        source="makers",
    )
    glue = Post(
        id="werkbank.example/posts/2", title="Leim", url="https://werkbank.example/posts/2", source="makers"
    )
    liv = Creator(
        id=creator_id("website:werkbank.example/people/liv"),
        platform=Platform.WEBSITE,
        name="Liv Sandmo",
        handle="liv",
        url="https://werkbank.example/people/liv",
        bio="Holz, von Hand.",
        followers=12_468,
        links=("https://sandmo.example/",),
        posts=(plane, glue),
        provenance=stated("handle", "bio", "followers", "links", "posts"),
    )
    assert reading.creators == (liv,)
    assert reading.problems == (
        "creator.following: the selector found 'viele', which cannot be read as that",
        "post[1].published_at: the selector found 'gestern', which cannot be read as that",
    )


def test_a_crawl_begins_with_the_seeds() -> None:
    source = a_source(seeds=("https://site.example/a", "https://site.example/b"))
    assert PAGES.start(source) == (
        Task(url="https://site.example/a", step="page"),
        Task(url="https://site.example/b", step="page"),
    )


def test_a_page_that_speaks_of_nobody_is_read_all_the_same() -> None:
    reading = read_file("authors.html", "https://elsewhere.example/")
    assert reading.creators == ()
    assert reading.outcome is Outcome.FETCHED
