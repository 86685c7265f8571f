"""From the scores of passages to the order of creators: one signal a module, summed by `scorer`."""
