from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from gateway.image.address import is_public, is_within, parse


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "1.1.1.1", "159.138.80.1", "2606:4700::1111", "2400:cb00::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public(text):
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.1", "0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1", "2001::1",
        "2001:db8::1", "3fff::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1",
        "5f00::1",
    ],
)  # fmt: skip
def test_not_public(text):
    assert not is_public(ip_address(text))


def test_networks_hold_addresses_of_their_own_version_only():
    networks = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert is_within(ip_address("10.1.2.3"), networks)
    assert is_within(ip_address("fd12::1"), networks)
    assert not is_within(ip_address("11.0.0.1"), networks)
    assert not is_within(ip_address("10.1.2.3"), networks[1:])


@pytest.mark.parametrize("text", ["127.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "example.com", ""])
def test_only_canonical_notation_is_an_address(text):
    assert parse(text) is None
