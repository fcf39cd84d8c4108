from __future__ import annotations

import pytest

from gateway.config.load import load_text

REST = "upstreams: {local: {adapter: local}}\nroutes: [{name: default, targets: [local]}]"
ENVIRON = {
    "A": "aaa",
    "A2": "aaa",
    "B": "bbb",
    "C": "ccc",
    "KEY": "0123456789abcdef",
    "SHORT": "0123456789abcde",
    "COMMA": "a,b",
}


def problems(*accounts: str, more: str = "") -> list[str]:
    listed = ", ".join(f"{{name: n{number}, {account}}}" for number, account in enumerate(accounts))
    callers = f"callers: {{accounts: [{listed}]{more and ', ' + more}}}"
    loaded = load_text(f"{callers}\n{REST}", name="f", environ=ENVIRON)
    return [f"{problem.path}: {problem.message}" for problem in loaded.source.problems]


KEYS = "access_key: {env: A}, secret_key: {env: B}"
IAM = "iam: {url: https://iam.example.com}"


@pytest.mark.parametrize(
    ("ways", "more"),
    [
        ("token: {env: A}", ""),
        (KEYS, ""),
        (f"{KEYS}, security_token: {{env: C}}", ""),
        ("password: {env: A}", "token_key: {env: KEY}"),
        ("token: {env: A}", "token_key: {env: KEY}, replay_grace: 0"),
        ("projects: {ap-southeast-1: p}", IAM),
    ],
)
def test_ways_in(ways, more):
    assert problems(f"project_ids: [p], {ways}", more=more) == []


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ("projects: {x: p}", ": no way in: add access_key and secret_key, token, or password"),
        ("access_key: {env: A}", ".access_key: an access key is of no use without its secret_key"),
        ("secret_key: {env: A}", ".secret_key: is of no use without an access_key"),
        ("token: {env: A}, security_token: {env: A}", ".security_token: is of no use without an access_key"),
        ("password: {env: A}", ".password: tokens for a password need callers.token_key"),
        (
            "access_key: {env: COMMA}, secret_key: {env: B}",
            ".access_key: an access key has up to 128 printable ASCII characters, no blank and no comma",
        ),
        ("token: {env: A}, projects: {x: q}", ".projects.x: q is not one of the project_ids"),
    ],
)
def test_ways_that_lead_nowhere(ways, expected):
    assert problems(f"project_ids: [p], {ways}") == [f"callers.accounts[0]{expected}"]


def test_a_secret_that_cannot_be_read_is_reported_once():
    assert problems("project_ids: [p], token: {env: GONE}") == [
        "callers.accounts[0].token: the environment variable GONE is not set"
    ]
    assert len(problems("project_ids: [p], access_key: {env: A}, secret_key: {env: GONE}")) == 1
    assert len(problems("project_ids: [p], password: {env: A}", more="token_key: {env: GONE}")) == 1


@pytest.mark.parametrize("key", ["token", "access_key"])
def test_what_names_a_caller_is_one_s_own(key):
    more = ", secret_key: {env: B}" if key == "access_key" else ""
    assert problems(f"project_ids: [p], {key}: {{env: A}}{more}", f"project_ids: [q], {key}: {{env: A2}}{more}") == [
        f"callers.accounts[1].{key}: the same {key} as that of the account n0"
    ]


def test_secret_keys_and_passwords_may_be_the_same():
    keys = "project_ids: [p], secret_key: {env: A}, password: {env: A}"
    more = "token_key: {env: KEY}"
    assert problems(f"{keys}, access_key: {{env: B}}", f"{keys}, access_key: {{env: C}}", more=more) == []


def test_a_token_key_has_some_length():
    assert problems("project_ids: [p], password: {env: A}", more="token_key: {env: SHORT}") == [
        "callers.token_key: shorter than 16 characters"
    ]


def test_with_an_iam_a_project_is_one_account_s_alone():
    accounts = ("project_ids: [p, q], token: {env: A}", "project_ids: [r, q], token: {env: B}")
    assert problems(*accounts) == []
    assert problems(*accounts, more=IAM) == [
        "callers.accounts[1].project_ids[1]: also a project of the account n0; with callers.iam it tells who is calling"
    ]


@pytest.mark.parametrize(
    "url", ["iam.example.com", "ftp://iam.example.com", "https://u@iam.example.com", "https://x/?a"]
)
def test_where_an_iam_may_be(url):
    assert len(problems("project_ids: [p], token: {env: A}", more=f'iam: {{url: "{url}"}}')) == 1
