"""A portal on this machine that does what servers do when they do not what they should."""
