"""Rules: pure, dated, sourced, checked against examples by hand and against a second, plainer statement."""
