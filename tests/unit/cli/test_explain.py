from tests.unit.cli.program import ROOT


def test_explain_names_the_route_and_who_is_asked(call, config):
    arguments = ("explain", config(), "--country", "THA", "--type", "PP")
    code, output, _ = call(*arguments)
    assert (code, output.splitlines()) == (
        0,
        [
            "route thai: passed over: caller: the request has another",
            "route linked: passed over: input: the request has another",
            "route default: chosen",
            "  1. vendor: is asked",
        ],
    )
    code, output, _ = call(*arguments, "--caller", "billing", "--input", "url")
    assert (code, output.splitlines()) == (
        0,
        [
            "route thai: chosen",
            "  1. vendor: is asked",
            "route linked: passed over: an earlier route takes it",
            "route default: passed over: an earlier route takes it",
        ],
    )


def test_explain_of_the_shipped_configuration(call):
    arguments = ("explain", ROOT / "config" / "gateway.yaml", "--country", "THA", "--type", "PP")
    assert call(*arguments) == (0, "route default: chosen\n  1. local: is asked\n", "")


def test_explain_knows_the_accounts(call, config):
    code, output, errors = call("explain", config(), "--caller", "biling")
    assert (code, output) == (1, "")
    assert errors == "no account is called biling; did you mean billing?\n"


def test_explain_tells_where_a_caller_would_be_refused(call, config):
    assert call("explain", config(), "--country", "THA", "--type", "DL") == (
        1,
        "",
        "a caller would be refused: THA with DL: no such pair in Table 1\n",
    )


def test_explain_tells_where_nobody_would_answer(call, config):
    path = config()
    path.write_text(
        path.read_text().replace("server:", "").replace("\ncallers", "server: {countries: any}\ncallers", 1)
    )
    code, output, _ = call("explain", path, "--country", "DEU", "--type", "PP")
    assert code == 1
    assert "  -. vendor: does not take PP of DEU" in output
    assert output.endswith("nobody would answer\n")
