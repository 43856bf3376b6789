"""Rule tables (German in `de/*.toml`), their loader and matcher."""
