"""People's judgements: made, found again on a page that is read anew, applied to what views show."""
