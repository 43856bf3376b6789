"""The ledger: articles and forecasts kept over time, resolved, scored and due."""
