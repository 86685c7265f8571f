"""The engine of a cluster: OpenSearch, reached over HTTP.

The only room that knows its library, opensearch-py.
"""
