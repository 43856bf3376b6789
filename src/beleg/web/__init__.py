"""The web application on the ledger."""
