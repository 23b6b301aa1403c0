"""Webhooks, as the carrier and strangers send them."""
