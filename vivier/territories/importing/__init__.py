"""The official files of places, whatever their names, into the tables of this room.

`files` turns bytes into rows, `formats` recognises what a file is from its headings, `records` reads a row or says what
is wrong with it, `drafts` holds the referentials in memory while the files are merged, `writing` writes the
differences, `run` does all of it in one transaction and `reports` says what happened.
"""
