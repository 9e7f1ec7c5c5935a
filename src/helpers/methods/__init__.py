"""Statistics on data frames: SERVQUAL, journeys, event logs, drivers, segments, value, control, plans."""
