"""Servers that mean harm, over real sockets, and what becomes of who asks them."""
