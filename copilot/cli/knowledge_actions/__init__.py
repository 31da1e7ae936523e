"""The actions of ``knowledge``, a module each."""
