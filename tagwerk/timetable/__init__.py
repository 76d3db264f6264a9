"""The planner as plain Python: topics to slots and rooms; no Django, no other room."""
