import pytest

from gateway.consensus.policy import ConsensusPolicy


def test_the_default_is_two_of_all():
    policy = ConsensusPolicy()
    assert (policy.minimum, policy.of, policy.agree, policy.stop_early, policy.timeout) == (2, None, (), False, 10.0)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"minimum": 3, "of": 2}, "of: 2 cannot give 3 answers"),
        ({"agree": ("number",)}, "agree: number is none of country_region, "),
        ({"agree": ("portrait_image",)}, "agree: portrait_image is none of"),
        ({"stop_early": True}, "stop_early: agree says nothing"),
    ],
)
def test_what_cannot_be_obeyed_is_refused(settings, problem):
    with pytest.raises(ValueError, match=problem):
        ConsensusPolicy(**settings)
