"""The web desk: the store's record as pages of HTML, JSON and CSV, on the user's own machine."""
