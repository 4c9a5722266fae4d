"""A synthetic country for measuring: `manage.py generate` (docs/scale.md).

`country` and `people` plan it without a database, `loading` writes rows, `steps` is where rooms say what they
add (`generate_data.py`), and `course` runs all of it, part by part.
"""
