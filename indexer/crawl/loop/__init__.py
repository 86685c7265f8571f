"""The crawl under way: it takes turns between the frontier, the network, the readers and the record."""
