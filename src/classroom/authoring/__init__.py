"""What authors write becomes notebooks: sources proofread, editions made, answers stored."""
