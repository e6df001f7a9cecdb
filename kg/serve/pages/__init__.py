"""What the pages show, made from a build: plain values first, then HTML."""
