"""Keeps a store in order: mending what is damaged, reading again what a new version reads otherwise."""
