"""`kg serve` and `kg site`: the graph as pages to read, on this machine or as files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import PATH, common_options, is_set

_PORT = 8000


@click.command(epilog="Example: kg serve --port 8080")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes any free port.")
@click.option("--seconds", type=click.FloatRange(0.1), default=30, show_default=True, help="What a query may take.")
@click.option("--memory", type=click.IntRange(256), default=2048, show_default=True, help="Megabytes for a query.")
@click.option("--allow-origin", "origins", multiple=True, metavar="ORIGIN", help="A site whose pages may ask, too.")
@common_options
def serve(port: int, seconds: float, memory: int, origins: tuple[str, ...], output: Path) -> None:
    """Read and ask the graph in a browser.

    Serves this machine alone: pages of the articles, topics, roles, principles and sources, and at /sparql a SPARQL 1.1
    endpoint. A new build is served as soon as it is complete. Ctrl-C ends it.
    """
    from kg.pipeline import complete, rereader  # noqa: PLC0415
    from kg.serve.limits import Limits  # noqa: PLC0415
    from kg.serve.live import Means  # noqa: PLC0415
    from kg.serve.server import serve as run  # noqa: PLC0415

    def ready(address: str) -> None:
        click.echo(address)
        if not is_told_less:
            click.echo("Ctrl-C ends it.", err=True)

    is_told_less = is_set("quiet")
    limits = Limits(seconds=seconds, memory_bytes=memory << 20)
    run(output, port, Means(rereader, complete), ready, limits=limits, origins=origins)


@click.command(epilog="Example: kg site public")
@click.argument("folder", type=PATH)
@common_options
def site(folder: Path, output: Path) -> None:
    """Write the pages as files.

    FOLDER then opens from disk, or can be put on any web server; the same build gives the same bytes.
    """
    from kg.pipeline import complete, rereader  # noqa: PLC0415
    from kg.serve.live import Means  # noqa: PLC0415
    from kg.serve.site import write_site  # noqa: PLC0415

    count = write_site(output, folder, Means(rereader, complete))
    click.echo(str(folder / "index.html"))
    if not is_set("quiet"):
        click.echo(f"{count} pages", err=True)
