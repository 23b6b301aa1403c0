"""The conversation engine, without a database: `tests.engine.playing` plays a flow."""
