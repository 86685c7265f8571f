"""The write path, the record of truth, and the engines that serve what was built."""
