"""Saved pages ⇄ RawPage."""
