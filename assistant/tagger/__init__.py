"""The trained reader of spans: what each word of a question is likely to be (framing, item, operator …)."""

from assistant.tagger.tagger import SpanTagger, span_tagger

__all__ = ["SpanTagger", "span_tagger"]
