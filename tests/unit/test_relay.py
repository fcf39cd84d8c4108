from gateway.events import RetryDenied
from gateway.relay import Relay
from tests.fakes import Events


def test_everybody_is_told_the_observer_first():
    told = []
    relay = Relay(lambda event: told.append(("observer", event)))
    relay.listeners.append(lambda event: told.append(("listener", event)))
    event = RetryDenied("a")
    relay(event)
    assert told == [("observer", event), ("listener", event)]


def test_those_that_follow_each_other_have_the_same_listeners():
    one, other, events = Relay(lambda _: None), Relay(lambda _: None), Events()
    other.listeners = one.listeners
    other.listeners[:] = [events]
    one(RetryDenied("a"))
    assert events == [RetryDenied("a")]
