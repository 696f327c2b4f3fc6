"""The writer of whole files, under the name that the modules here know it by."""

from flipflop.text.atomic import write_atomically

__all__ = ["write_atomically"]
