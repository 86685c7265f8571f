"""`python -m evaluation.benchmark`: time, size and recall on a collection, with the real parts."""
