"""Open and keyed interfaces of platforms: which addresses are asked, and what their answers say. Pure.

Every shape follows the platform's own documentation, named in each module. None of it has been tried live.
"""
