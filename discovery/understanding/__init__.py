"""Reading a brief: free text to topics, conditions and exclusions, each with the words it came from."""
