"""The record outside: lines of JSON, their schema and the codebook."""
