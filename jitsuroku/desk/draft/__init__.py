"""A draft compared with the record before it is published; nothing of it is stored."""
