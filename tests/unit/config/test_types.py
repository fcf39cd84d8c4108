import pytest

from gateway.config.types import Listen, Parsed, Size


@pytest.mark.parametrize(
    ("written", "size"),
    [
        (1, 1),
        ("1", 1),
        ("512MiB", 512 * 1024 * 1024),
        ("10MB", 10_000_000),
        ("3 KiB", 3072),
        ("7kB".upper(), 7000),
        ("2GiB", 2**31),
        ("9B", 9),
    ],
)
def test_sizes(written, size):
    assert Size.parse(written) == size


@pytest.mark.parametrize(
    "written", [0, "0MiB", -1, 1.5, True, None, "", "MiB", "512mib", "512Mb", "1e6", "1.5GB", "٣", "1\n", "9" * 16, [1]]
)
def test_no_sizes(written):
    with pytest.raises(ValueError, match="a size above 0"):
        Size.parse(written)


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        ("0.0.0.0:8080", "0.0.0.0", 8080),  # noqa: S104
        ("[::1]:8080", "::1", 8080),
        ("localhost:0", "localhost", 0),
        ("[fe80::1.2.3.4]:65535", "fe80::1.2.3.4", 65535),
    ],
)
def test_addresses_to_listen_on(written, host, port):
    listen = Listen.parse(written)
    assert (listen.host, listen.port, str(listen)) == (host, port, written)


@pytest.mark.parametrize(
    "written",
    ["8080", 8080, ":8080", "a:", "a:65536", "a:-1", "a:1:2", "::1:8080", "http://a:1", "a b:1", "a:1\n", None],
)
def test_no_addresses_to_listen_on(written):
    with pytest.raises(ValueError, match="host:port"):
        Listen.parse(written)


def test_both_keep_the_contract_of_parsed_settings():
    assert isinstance(Size, Parsed)
    assert isinstance(Listen, Parsed)
    assert not isinstance(int, Parsed)
