"""Kernels that are ready at once: each is a new process, forked from one that has imported everything."""
