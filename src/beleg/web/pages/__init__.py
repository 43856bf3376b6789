"""The pages, one module per area: a router each, and its place in the navigation."""
