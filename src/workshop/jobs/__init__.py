"""A notebook's process: parameters, warm kernels, no network, stamps, nothing outlives its parent."""
