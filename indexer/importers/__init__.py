"""Files of creators to records of the domain: JSON Lines, CSV, and the public-data collection format."""
