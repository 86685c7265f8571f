"""What is to be fetched, when, and what came of it, in one file that survives whatever ends the process."""
