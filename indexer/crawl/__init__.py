"""Public pages and open APIs to creators: fetched politely and safely, read purely, stored as they come."""
