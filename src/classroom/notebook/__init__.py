"""What a lesson calls while it runs: start, say, show, needs."""
