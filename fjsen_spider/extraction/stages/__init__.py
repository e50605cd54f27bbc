"""The stages of extraction: each reads some fields of a draft."""
