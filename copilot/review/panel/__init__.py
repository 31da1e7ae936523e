"""A panel: several raters of the same candidates, who see each other's ratings once all are in.

Sealing is by commitment. Handing in puts a seal into the panel's folder, which is the hash of what
was judged together with a random number; what was judged stays in the rater's own session. Once
every rater has handed in, each of them opens theirs, and it has to fit its seal. So nobody can read
what others judged before, whatever program they use, because it is not there to read, and nobody
can change theirs unnoticed afterwards. It needs no key, no server and no package for encryption.
``docs/panel.md`` tells what it does not protect from.
"""
