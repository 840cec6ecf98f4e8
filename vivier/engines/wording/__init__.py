"""Wording: what a job advertisement says that the law forbids or that puts people off, why, and what to write instead.

Public: `check(title, text)` and `Checker` (checker); `Finding` and `Basis` (findings); `coded_words` (a score whose
French list nobody validated); `reports` (text, JSON and SARIF); `suppressions` (what a reader decided to leave).
"""
