"""The same reports on a Dask cluster: its queue, retries and dashboard, and files written here.

Each worker needs the same checkout, data and packages as the command that asks; it says so if not.
What it made comes back and is put in place as in any other batch, so no folder need be shared.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from renkei.batch.families import Report, families
from renkei.batch.fingerprints import fingerprint, surroundings
from renkei.batch.kernels.starting import can_fork, start_own_server
from renkei.batch.offers import Value
from renkei.batch.results import Made, Result, put_in_place
from renkei.checkout import Checkout
from renkei.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client

#: Seconds to wait for a scheduler.
_CONNECTING = 10
#: One report at a time in a worker: folders and fonts belong to the whole process.
_BUSY = threading.Lock()


def render_on_cluster(
    scheduler: str,
    reports: Sequence[Report],
    output: Path,
    formats: Sequence[str],
    around: str,
    told: Callable[[Result], None],
    noted: Callable[[str], None],
) -> list[Result]:
    """Have the cluster make the reports and put them in place below `output` as they come.

    `told` hears of each result, `noted` of each worker that was lost: Dask makes its reports again
    elsewhere, three times before it gives a report up. The results come in the order of the reports.
    """
    from distributed import as_completed

    with _client(scheduler) as client:
        workers = _workers(client)
        if not workers:
            raise RenderError(f"{scheduler}: workers were expected there, found none; start dask worker")
        prints = [fingerprint(report, around) for report in reports]
        futures = {
            client.submit(
                make_here,
                report.family,
                dict(report.parameters),
                tuple(formats),
                prints[position],
                pure=False,
            ): position
            for position, report in enumerate(reports)
        }
        results: dict[int, Result] = {}
        for future in as_completed(futures, loop=client.loop):
            position = futures[future]
            report = reports[position]
            try:
                made = future.result()
            except Exception as error:
                made = Made({}, 0.0, error=f"{report.title}: {type(error).__name__}: {error}")
            # The worker need not keep what has arrived.
            future.release()
            results[position] = put_in_place(report, made, output, prints[position])
            told(results[position])
            for lost in sorted(workers - _workers(client)):
                noted(f"the worker {lost} was lost; its reports were made again by others")
            workers = _workers(client)
        return [results[position] for position in range(len(reports))]


def make_here(family: str, parameters: Mapping[str, Value], formats: Sequence[str], made_from: str) -> Made:
    """Make one report in this process, a worker, from this machine's own checkout."""
    checkout = Checkout.current()
    report = families(checkout)[family].report(parameters)
    if fingerprint(report, surroundings(checkout)) != made_from:
        problem = (
            f"the worker on {socket.gethostname()} has other data, code, notebooks or packages than the "
            "command that asked; bring both to the same commit and 'make setup'"
        )
        return Made({}, 0.0, error=f"{report.title}: {problem}")
    from renkei.batch.one import make
    from renkei.batch.pool import kernel_modules

    with _BUSY:
        if can_fork():
            start_own_server(kernel_modules())
        return make(report, formats)


@contextmanager
def _client(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise RenderError(
            "--scheduler needs the package distributed; install this project with its extra “cluster”"
        ) from error
    # What became of a worker is told here, once; Dask's own lines about it are of its inner steps.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        # Dask itself waits without end for the first word of whatever listens there.
        asyncio.run(asyncio.wait_for(_greeted(scheduler), _CONNECTING))
        client = Client(scheduler, timeout=_CONNECTING, set_as_default=False)
    except Exception as error:
        # What speaks there may be anything, and so is what comes of reading it as Dask's.
        cause = error.__cause__ or error
        found = str(cause) if isinstance(cause, OSError | ValueError) and str(cause) else type(cause).__name__
        if isinstance(error, TimeoutError):
            found = f"no answer within {_CONNECTING} seconds"
        if scheduler.startswith("tls://"):
            found += (
                "; its certificate and ours must be of the authority that Dask's setting "
                "distributed.comm.tls.ca-file names, see docs/scale.md"
            )
        raise RenderError(f"{scheduler}: a Dask scheduler was expected there, found: {found}") from error
    with client:
        yield client


async def _greeted(scheduler: str) -> None:
    """Nothing, once what listens at the address has answered as Dask does."""
    from distributed.comm import connect
    from distributed.security import Security

    certificates = Security().get_connection_args("client")
    comm = await connect(scheduler, timeout=_CONNECTING, **certificates)
    await comm.close()


def _workers(client: Client) -> set[str]:
    with suppress(OSError):
        return set(client.scheduler_info(n_workers=-1)["workers"])
    return set()
