"""Snowflake, by its dialect."""

from on_warehouse import Warehouse


class Engine(Warehouse):
    dialect = "snowflake"
    # The microseconds since 1970 of a point in time depend on no zone.
    known = {"EXTRACT from TIMESTAMPTZ / TIMESTAMPLTZ may produce different results due to timezone handling differences"}
