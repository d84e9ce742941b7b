"""The web app: routes, credentials, webhooks."""
