"""The subcommands, one subject a module."""
