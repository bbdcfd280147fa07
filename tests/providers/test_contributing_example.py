"""The provider in CONTRIBUTING.md is one: it runs in test_contract.py too, under the name `example`."""

import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from providers.contract.errors import SettingError, Unavailable
from providers.contract.provider import Reference, Request
from tests.harness.setups import setup_of
from tests.harness.stages import STAGES
from tests.servers.example import block, models, module, staged
from tests.servers.stage import PHOTO


def test_it_is_held_to_what_every_provider_owes() -> None:
    assert "example" in STAGES


def test_its_code_reads_as_the_linter_wants() -> None:
    for check in (["format", "--check"], ["check"]):
        command = [sys.executable, "-m", "ruff", *check, "--stdin-filename", "providers/page.py", "-"]
        done = subprocess.run(command, input=block("python"), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


async def test_the_photos_arrive_as_they_are_and_in_order() -> None:
    async with staged() as stage:
        photos = tuple(Reference(PHOTO + bytes([number]), "image/jpeg", "face") for number in range(3))
        await stage.provider.submit(Request(stage.request.model, "at the sea", photos), "key")
        assert stage.api.photos == [photo.data for photo in photos]


async def test_a_server_that_cannot_be_reached_was_paid_nothing() -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        setup = setup_of("easel", {"EASEL_KEY": "key", "EASEL_URL": f"http://127.0.0.1:{taken.getsockname()[1]}"})
        provider = module().build(replace(setup, models=models()))
        with pytest.raises(Unavailable) as caught:
            await provider.submit(Request("watercolour", "at the sea"), "key")
    assert caught.value.cost == 0


def test_without_its_key_it_is_not_built() -> None:
    with pytest.raises(SettingError, match="EASEL_KEY"):
        module().build(setup_of("easel"))
