import pytest

from gateway.config.load import load_text

ACCOUNTS = (
    "callers: {accounts: [{name: a, project_ids: [p], token: {env: A}}, {name: b, project_ids: [p], token: {env: B}}]}"
)
UPSTREAMS = "upstreams: {local: {adapter: local}, other-one: {adapter: local}}"


def problems(routes, *, callers="callers: {anonymous: true}", upstreams=UPSTREAMS, environ=None):
    loaded = load_text(f"{callers}\n{upstreams}\nroutes: {routes}", name="f", environ=environ or {"A": "1", "B": "2"})
    return [f"{problem.path}: {problem.message}" for problem in loaded.source.problems]


def route(name, when=None, targets="[local]"):
    return f"{{name: {name}, targets: {targets}" + (f", when: {when}}}" if when else "}")


def test_what_fits_together_is_no_problem():
    routes = f"[{route('x', '{id_type: PP}', '[local, other-one]')}, {route('y')}]"
    assert problems(routes) == []
    assert problems(routes, callers=ACCOUNTS) == []


def test_targets_are_upstreams_and_stand_once():
    assert problems(f"[{route('x', targets='[lokal, local, local]')}]") == [
        "routes[0].targets[0]: no upstream is called lokal; did you mean local?",
        "routes[0].targets[2]: local stands here twice",
    ]


def test_an_upstream_that_is_wrong_itself_still_exists():
    upstreams = "upstreams: {local: {adaptor: local}, other-one: {adapter: local}}"
    assert not [text for text in problems(f"[{route('x')}]", upstreams=upstreams) if text.startswith("routes")]


def test_the_targets_of_a_route_that_is_wrong_itself_are_checked():
    assert "routes[0].targets[0]: no upstream is called z (known: local, other-one)" in problems("[{targets: [z]}]")


def test_names_are_unique_and_not_reserved():
    routes = f"[{route('x', '{id_type: PP}')}, {route('x', '{id_type: ID}')}, {route('none')}]"
    assert problems(routes) == [
        "routes[1].name: another route is called x, in line 3",
        "routes[2].name: the name none is reserved",
    ]
    assert problems("[]", upstreams="upstreams: {other: {adapter: local}}")[-1] == (
        "upstreams.other: the name other is reserved"
    )


def test_accounts_have_names_and_tokens_of_their_own():
    assert problems(
        f"[{route('x')}]", callers=ACCOUNTS.replace("name: b", "name: a"), environ={"A": "1", "B": "1"}
    ) == [
        "callers.accounts[1].name: another account is called a, in line 1",
        "callers.accounts[1].token: the same token as that of the account a",
    ]


@pytest.mark.parametrize("callers", ["", "callers: {}", "callers: {anonymous: false, accounts: []}"])
def test_somebody_must_be_let_in(callers):
    assert problems(f"[{route('x')}]", callers=callers) == [
        "callers: nobody could call: add accounts or set anonymous to true"
    ]


@pytest.mark.parametrize("callers", ["callers: {anonymous: 1}", "callers: {accounts: [{}]}", "callers: 3"])
def test_who_is_let_in_is_not_judged_while_it_is_wrong(callers):
    assert not [text for text in problems(f"[{route('x')}]", callers=callers) if "nobody" in text]


def test_there_must_be_an_upstream_and_a_route():
    assert problems("[]", upstreams="upstreams: {}") == [
        'upstreams: no upstream: name at least one, such as "local: {adapter: local}"',
        'routes: no route: add at least one, such as "- {name: default, targets: [local]}"',
    ]


@pytest.mark.parametrize("when", [None, "{}"])
def test_nothing_comes_after_a_route_that_takes_everything(when):
    assert problems(f"[{route('x', when)}, {route('y', '{id_type: PP}')}, {route('z')}]") == [
        "routes[1]: never reached: the route x before it takes everything",
        "routes[2]: never reached: the route x before it takes everything",
    ]


def test_a_condition_that_is_wrong_does_not_take_everything():
    routes = f"[{route('x', '{id_typ: PP}')}, {route('y')}]"
    assert [text.partition(":")[0] for text in problems(routes)] == ["routes[0].when.id_typ"]


def test_conditions_name_callers_that_exist():
    assert problems(f"[{route('x', '{caller: [a, c]}')}]", callers=ACCOUNTS) == [
        "routes[0].when.caller: no caller is called c (known: a, b)"
    ]
    assert problems(f"[{route('x', '{caller: anonymous}')}]") == []
    assert len(problems(f"[{route('x', '{caller: anonymous}')}]", callers=ACCOUNTS)) == 1
