"""Cover letters: examples with places to fill, and the page that fills them."""
