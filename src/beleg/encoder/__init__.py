"""The small neural network: words of an article in, scores and spans out."""
