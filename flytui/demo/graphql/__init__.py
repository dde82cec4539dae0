"""The GraphQL front: Fly.io's `api.fly.io/graphql`, executed over the demo's world."""
