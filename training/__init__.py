"""Training of the reader of spans: data, training, measure."""
