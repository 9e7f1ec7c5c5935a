"""What a notebook needs to run apart: parameters, stamp, kernel, no network."""
