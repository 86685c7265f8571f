"""What may be crawled, how politely, and how to read it. No network."""
