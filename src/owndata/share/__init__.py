"""Before data leave the house: what a person agrees to, pseudonyms and their key, risk, coarser values."""
