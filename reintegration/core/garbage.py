"""How often a process looks for garbage."""

import gc

# New objects between two looks. The usual 700 suits a small program: a list of payments makes many rows that
# all stay until it is stored, and looking through them, and through everything loaded, took a third of it.
NEW_OBJECTS = 50_000


def settle() -> None:
    """What is loaded by now stays for good, and is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 50)
