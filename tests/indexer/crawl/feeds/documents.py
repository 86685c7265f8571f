"""Feeds in the shapes of their formats. Every blog, podcast and channel in them is invented."""

CHANNEL = "UC" + "mira0" * 4 + "00"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Slow bread &amp; books</title>
    <link>https://www.bread.example/</link>
    <description>A blog about &lt;b&gt;rye&lt;/b&gt;</description>
    <language>en-GB</language>
    <managingEditor>editor@bread.example (Otto Invented)</managingEditor>
    <webMaster>master@host.example (Web Master)</webMaster>
    <category>Baking</category>
    <atom:link href="https://www.bread.example/feed.xml" rel="self" type="application/rss+xml"/>
    <item>
      <title>Rye in three days</title>
      <link>https://www.bread.example/rye</link>
      <guid isPermaLink="false">tag:bread.example,2026:1</guid>
      <pubDate>Tue, 10 Feb 2026 23:30:00 -0500</pubDate>
      <dc:creator>Otto Invented</dc:creator>
      <category>Rye</category>
      <category>Sour dough</category>
      <description>Short.</description>
      <content:encoded>
        <![CDATA[<p>Day one&nbsp;is <em>slow</em>.</p><p>#patience</p><script>x()</script>]]>
      </content:encoded>
    </item>
    <item>
      <title>Undated</title>
      <description>No day, no link</description>
    </item>
  </channel>
</rss>
"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
  <title type="text">Notizen &lt;3</title>
  <subtitle type="html">Garten &lt;i&gt;und&lt;/i&gt; Erde</subtitle>
  <id>tag:garten.example,2020:feed</id>
  <link rel="self" href="https://garten.example/atom.xml"/>
  <link rel="alternate" href="/"/>
  <author><name>Lena Erfunden</name><email>lena@garten.example</email></author>
  <updated>2026-02-20T10:00:00Z</updated>
  <category term="Garten"/>
  <entry>
    <id>https://garten.example/2</id>
    <title>Kompost</title>
    <link rel="alternate" href="https://garten.example/2"/>
    <updated>2026-02-20T10:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Warm<br/>und feucht</p></div></content>
  </entry>
</feed>
"""

PODCAST = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
     xmlns:podcast="https://podcastindex.org/namespace/1.0">
  <channel>
    <title>Soil talk</title>
    <link>https://soil.example/</link>
    <description>Everything about soil.</description>
    <language>en-us</language>
    <webMaster>tech@host.example (Tech)</webMaster>
    <itunes:author>Ada Madeup</itunes:author>
    <itunes:owner>
      <itunes:name>Ada M.</itunes:name><itunes:email>ada@soil.example</itunes:email>
    </itunes:owner>
    <itunes:category text="Science"><itunes:category text="Nature"/></itunes:category>
    <itunes:explicit>yes</itunes:explicit>
    <podcast:locked owner="ada@soil.example">yes</podcast:locked>
    <podcast:person role="host">Ada Madeup</podcast:person>
    <!-- what stands here -->
    <item>
      <title>Worms at work</title>
      <guid>soil-12</guid>
      <pubDate>Tue, 17 Feb 2026 09:00:00 GMT</pubDate>
      <enclosure url="https://cdn.example/12.mp3" length="1" type="audio/mpeg"/>
      <description>What worms do. #compost</description>
    </item>
    <item>
      <title>Not for lists</title>
      <guid>soil-11</guid>
      <itunes:block>Yes</itunes:block>
      <enclosure url="https://cdn.example/11.mp3" length="1" type="audio/mpeg"/>
    </item>
  </channel>
</rss>
"""

YOUTUBE = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
      xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"/>
 <id>yt:channel:{CHANNEL[2:]}</id>
 <yt:channelId>{CHANNEL[2:]}</yt:channelId>
 <title>Mira bakes (invented)</title>
 <link rel="alternate" href="https://www.youtube.com/channel/{CHANNEL}"/>
 <author><name>Mira bakes (invented)</name><uri>https://www.youtube.com/channel/{CHANNEL}</uri></author>
 <published>2015-05-05T10:00:00+00:00</published>
 <entry>
  <id>yt:video:video000001</id>
  <yt:videoId>video000001</yt:videoId>
  <yt:channelId>{CHANNEL}</yt:channelId>
  <title>Rye #bread &lt;3</title>
  <link rel="alternate" href="https://www.youtube.com/watch?v=video000001"/>
  <author><name>Mira bakes (invented)</name><uri>https://www.youtube.com/channel/{CHANNEL}</uri></author>
  <published>2026-02-13T16:00:00+00:00</published>
  <updated>2026-02-20T16:00:00+00:00</updated>
  <media:group>
   <media:title>Rye #bread &lt;3</media:title>
   <media:content url="https://www.youtube.com/v/video000001" type="application/x-shockwave-flash"/>
   <media:thumbnail url="https://i.example/hq.jpg" width="480" height="360"/>
   <media:description>All of it:
a &lt;b&gt; is no tag here. #rye</media:description>
   <media:community>
    <media:starRating count="380" average="5.00" min="1" max="5"/>
    <media:statistics views="4400"/>
   </media:community>
  </media:group>
 </entry>
</feed>
"""


def rss(inside: str) -> str:
    """Write an RSS feed with something in its channel."""
    return f"<rss version='2.0'><channel>{inside}</channel></rss>"
