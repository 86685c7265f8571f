"""Measure what was built: benchmarks and, with judged briefs, match quality."""
