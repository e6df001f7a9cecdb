"""How right what is found is, against annotated articles: scores, floors that never fall in silence, and training."""
