"""Names: read a list of them, train a network on it letter by letter, and let it make new ones.

From the first to the last, each level knows those before it: ``reading`` (bytes and letters);
``listing``, ``report`` and ``corpus`` (a list of names); ``recipes``, ``trained``, ``history``,
``stepper`` and ``batches`` (a network and its settings); ``sampler`` and what draws with it;
``document`` and what else goes into files; ``train`` with both recipes; ``evaluate`` and what
compares.
"""
