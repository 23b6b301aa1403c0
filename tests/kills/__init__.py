"""The whole system under a storm of kills: web, worker, clock, PostgreSQL, and a Redis that forgets."""
