"""The domain: creators, briefs, filters, matches and how they are ranked.

Pure: standard library and NumPy only. No input or output, no clock, no framework.
"""
