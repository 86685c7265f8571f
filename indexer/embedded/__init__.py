"""The engine of one machine: tantivy for words, FAISS for vectors, columns for filters.

The only room that knows those libraries. A generation is a folder; see `layout`.
"""
