"""RSS, Atom and their dialects: blogs, podcasts, channels. Of bytes that were fetched, never of addresses."""
