"""A pytest plugin, loaded before Django reads its settings: a throw-away PostgreSQL unless DATABASE_URL names one."""

import os

if not os.environ.get("DATABASE_URL"):
    from vivier.config import embedded_postgres

    # It stops and deletes itself at exit; the next run sweeps what a killed one left.
    os.environ["DATABASE_URL"] = embedded_postgres.ensure(throwaway=True).url
