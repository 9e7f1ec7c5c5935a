"""Methods: SERVQUAL, journeys, moments of truth, drivers, segments, value, control charts, trials, plans."""
