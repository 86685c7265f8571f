"""Kills processes at random moments and looks at what they leave; damages files and looks who notices."""
