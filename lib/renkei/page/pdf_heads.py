def with_heads(b,p): return b
