"""Who answers, and how: opening hours, promised calls; the queue and the console come here."""
