"""How sources tell it: the words they choose, whom they let speak, the phrases readouts keep. Counts, no verdict."""
