"""As much PromQL as the demo's metrics are asked in: parsed properly, evaluated over the world."""
