"""Stories: what people do, in real browsers against the real program."""
