"""From somebody's export to a bank: read, map, judge, share."""
