"""The web pages: a search page, a creator page, and what they need to be shared as plain addresses."""
