"""The numbers that bound a problem, for whoever reads them without the arrays of `problem`."""

MAX_SCORE = 10_000
MAX_NUMBER = 999_999_999  # tiers, capacities and wishes: sums over a whole country stay far inside 64 bits
UNMATCHED = -1
