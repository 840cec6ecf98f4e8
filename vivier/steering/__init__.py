"""The room of charters, pledges and asks: who promised what is missing, and whether it happened."""
