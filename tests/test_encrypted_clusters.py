"""A Dask cluster beyond this machine is spoken to by TLS, or not at all unless one asks for it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import distributed  # noqa: F401 - its settings have defaults once it is imported
import pytest
import trustme
from conftest import PATIENCE, Command
from renkei.batch.cluster import _client, _workers
from renkei.batch.encryption import TLS_SETTINGS, demand_safe, is_loopback, variable_of
from renkei.errors import RenderError


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Have every name stand for these addresses; no network is asked."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_what_is_this_machine(host: str) -> None:
    """Loopback, in both kinds of address and by its name."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.7", "10.0.0.1", "0.0.0.0", "2001:db8::1", "", "a" * 300])  # noqa: S104
def test_what_is_not(host: str) -> None:
    """Another machine, all interfaces, and what is no host at all."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("addresses", "is_this"),
    [
        (["127.0.0.1"], True),
        (["127.0.0.1", "::1"], True),
        (["192.0.2.7"], False),
        (["127.0.0.1", "192.0.2.7"], False),
        (["fe80::1%eth0"], False),
    ],
)
def test_a_name_counts_by_all_that_it_stands_for(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], is_this: bool
) -> None:
    """A name that also leads elsewhere is not this machine, nor is one that only sounds like it."""
    resolving(monkeypatch, *addresses)

    assert is_this == is_loopback("localhost.example.jp")


@pytest.mark.parametrize("scheduler", ["tcp://192.0.2.7:8786", "tcp://[2001:db8::1]:8786"])
def test_plain_traffic_beyond_this_machine_is_refused(
    called: Command, tmp_path: Path, scheduler: str
) -> None:
    """Before anything starts, with what to do."""
    result = called("render", "outcomes", "--scheduler", scheduler, "--output", str(tmp_path / "out"))

    assert 1 == result.returncode
    assert (
        f"--scheduler {scheduler}: an address on this machine, or tls:// with certificates" in result.stderr
    )
    assert "--insecure takes it as it is" in result.stderr
    assert not (tmp_path / "out").exists()


def test_plain_traffic_may_be_asked_for(called: Command) -> None:
    """By --insecure, which means nothing without a scheduler; on this machine nobody need ask."""
    demand_safe("tcp://192.0.2.7:8786", is_insecure_allowed=True)
    demand_safe("tcp://127.0.0.1:8786", is_insecure_allowed=False)

    assert "--insecure goes with --scheduler" in called("render", "outcomes", "--insecure").stderr


class Authority:
    """What makes certificates, and Dask's settings for those who trust it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "authority.pem"))
        own = authority.issue_cert("127.0.0.1")
        own.private_key_and_cert_chain_pem.write_to_path(str(folder / "own.pem"))
        roles = {f"distributed.comm.tls.{role}.cert": str(folder / "own.pem")
                 for role in ("client", "scheduler", "worker")}  # fmt: skip
        self.settings = {"distributed.comm.tls.ca-file": str(folder / "authority.pem"), **roles}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The one of the cluster."""
    return Authority(tmp_path_factory.mktemp("tls") / "cluster")


@pytest.fixture(scope="module")
def scheduler(authority: Authority) -> Iterator[str]:
    """The address of a scheduler with one worker, both in this process, whose every word is encrypted."""
    from distributed import LocalCluster
    from distributed.security import Security

    # It tells of each handshake that fails, as the tests below want them to.
    logging.getLogger("distributed.comm.tcp").setLevel(logging.ERROR)
    with dask.config.set(authority.settings):
        security = Security()
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tls://", security=security,
        host="127.0.0.1", dashboard_address="127.0.0.1:0",
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


def test_a_cluster_with_certificates_is_spoken_to(
    scheduler: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its workers are known, and do what they are asked to."""
    monkeypatch.setattr("renkei.batch.cluster._CONNECTING", PATIENCE)
    with dask.config.set(authority.settings):
        demand_safe(scheduler, is_insecure_allowed=False)
        with _client(scheduler) as client:
            assert scheduler.startswith("tls://")
            assert 1 == len(_workers(client))
            assert 3 == client.submit(int, "3").result()


def test_a_cluster_of_another_authority_is_refused(
    scheduler: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is the scheduler that is not known here, or we there; the message names the setting."""
    monkeypatch.setattr("renkei.batch.cluster._CONNECTING", 0.5)
    other = Authority(tmp_path / "other").settings
    ca_file, own = TLS_SETTINGS
    for settings in (
        {**authority.settings, ca_file: other[ca_file]},
        {**authority.settings, own: other[own]},
    ):
        with dask.config.set(settings), pytest.raises(RenderError) as refused, _client(scheduler):
            pass
        assert str(refused.value).startswith(f"{scheduler}: a Dask scheduler was expected there, found: ")
        assert "of the authority that Dask's setting distributed.comm.tls.ca-file names" in str(refused.value)


@pytest.mark.parametrize("setting", TLS_SETTINGS)
@pytest.mark.parametrize("missing", [None, "/no/such/file.pem"])
def test_a_certificate_that_is_missing_is_told(
    authority: Authority, setting: str, missing: str | None
) -> None:
    """With the setting that should name it, and the environment variable for that; nobody is asked yet."""
    with dask.config.set({**authority.settings, setting: missing}), pytest.raises(RenderError) as refused:
        demand_safe("tls://192.0.2.7:8786", is_insecure_allowed=False)

    found = f"no file {missing}" if missing else "nothing"
    assert f"in Dask's setting {setting}, found {found}; set {variable_of(setting)}" in str(refused.value)


def test_a_file_that_holds_no_certificate_is_told(authority: Authority, tmp_path: Path) -> None:
    """With the files that were looked into."""
    (tmp_path / "own.pem").write_text("no certificate")
    settings: dict[str, Any] = {**authority.settings, TLS_SETTINGS[1]: str(tmp_path / "own.pem")}
    with dask.config.set(settings), pytest.raises(RenderError, match=r"as PEM, were expected in .*own\.pem"):
        demand_safe("tls://192.0.2.7:8786", is_insecure_allowed=False)


def test_the_variables_are_those_that_dask_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the messages and the docs say to set is what Dask takes."""
    for setting in TLS_SETTINGS:
        monkeypatch.setenv(variable_of(setting), "/some/file.pem")
        read = dask.config.collect_env()
        assert "/some/file.pem" == dask.config.get(setting, config=read)
