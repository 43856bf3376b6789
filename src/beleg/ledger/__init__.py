"""The ledger: articles, people, forecasts and checks over time, with every change on record."""
