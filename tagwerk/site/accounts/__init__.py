"""Sign-in for the crew: password and second factor, or a passkey; nobody signs up by themselves."""
