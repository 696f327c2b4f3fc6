"""The engine of files: one SQLite file, which writers lock in turn."""
