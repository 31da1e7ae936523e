"""The lab: prompts and guides tuned offline, on interviews that were held, without fooling oneself.

    suite ──▶ grid ──items──▶ executor ──produced──▶ checks ──results──▶ run folder
   (YAML)   prompts, models,     (here, or        (by code; a model's      │
             guides, cases,       on Dask)         opinion beside it)      ▼
                 repeats                                        report · comparison · trend

A run is never changed once it is done; two of them are compared case by case.
"""
