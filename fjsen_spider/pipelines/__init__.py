"""Item pipelines, one verb a file: a stage of extraction each, then validate."""
