"""The exchange does what Twilio's pages say."""
