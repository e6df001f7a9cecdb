"""Work in several processes: the one seam at which a build can be spread out.

Each process has a thread here that hands it items over a pipe of its own. So nothing is shared that one could leave
locked as it dies, and it is known on which item it died or hangs. `ProcessPoolExecutor` gives up all work when one
process dies; Pebble's pool knows the item, but its processes share one pipe and outlive a parent that is killed.
"""

from kg.pipeline.workers.apart import Apart
from kg.pipeline.workers.process import LIMIT
from kg.pipeline.workers.sharing import run

__all__ = ["LIMIT", "Apart", "run"]
