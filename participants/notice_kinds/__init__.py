"""The kinds of notices and tasks of this room, one file for each part; `kinds.py` lists the files."""
