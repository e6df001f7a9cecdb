"""Speed and memory, each beside a named peer in the same run. Figures are reported, never tested."""
