"""„Skąd ta kwota?”: the rows of a benefit in words, in the languages of those who are paid it.

Pure like the rules it explains. It repeats the calculator's amounts and never counts one itself.
"""
