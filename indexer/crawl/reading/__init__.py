"""Pages to readings: one parse, every format that a page may tell of people in. Pure."""
