"""The checks: one small pure function per item, one module per section."""
