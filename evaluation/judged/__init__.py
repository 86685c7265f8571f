"""`nichescout evaluate`: how good the answers are, measured on briefs whose creators somebody has judged."""
