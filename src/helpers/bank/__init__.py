"""Open a bank: where its data are, what they are called, and whether they are as described."""
