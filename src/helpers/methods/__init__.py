"""Statistics on pandas, polars, DuckDB or Spark frames: SERVQUAL, journeys, drivers, segments, value, plans."""
