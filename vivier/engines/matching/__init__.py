"""Matching: as many mentees as possible tier by tier, then the best total, proven and explained.

Public: `Problem`, `Options`, `Solution`, `solve`, `certify`, `explain` here; `candidates` turns people into a problem,
`policy` holds the rules as data, `reasons` the French sentences, `files` the CSV and JSON texts of the command line.
"""
