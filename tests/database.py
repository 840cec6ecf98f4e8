"""A pytest plugin, loaded before Django reads its settings: a throw-away PostgreSQL unless DATABASE_URL names one."""

import gc
import os

gc.disable()  # until the tests are collected: loading makes no garbage

#: Says to the processes of a run that the server is theirs.
THROWAWAY = "VIVIER_TESTS_THROWAWAY"

if not os.environ.get("DATABASE_URL"):
    from vivier.config import embedded_postgres

    # It stops and deletes itself at exit; the next run sweeps what a killed one left.
    os.environ["DATABASE_URL"] = embedded_postgres.ensure(throwaway=True).url
    os.environ[THROWAWAY] = "1"


def pytest_collection_finish():
    # What is loaded stays: looking through it again and again, with the usual thresholds, takes 3 to 8 % of a run.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
