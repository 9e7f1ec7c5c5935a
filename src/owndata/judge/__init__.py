"""Whether a folder is as its codebook says, and what to do where it is not."""
