"""What no well-kept library computes, each with its formula and its source."""
