"""The faces: JSON API, web pages, API keys and the command line. The only package that knows HTTP."""
