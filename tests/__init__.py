"""What the product does, rule by rule, against real servers."""
