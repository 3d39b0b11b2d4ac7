"""Sign-in: accounts, sessions, tokens, second factors and the identity provider."""
