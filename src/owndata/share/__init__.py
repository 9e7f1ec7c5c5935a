"""What may leave the machine: pseudonyms, groups, a shared codebook."""
