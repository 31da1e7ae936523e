"""Where items are done: on this machine, or on a Dask cluster."""
