"""Every signal that is measured here has a name that can be said in another language."""

from coder.annotate.view.signal_names import SIGNAL_NAMES, feature_name, signal_name
from coder.features.concluding.signals import SIGNALS
from coder.model.track import Signal


def test_every_concluded_signal_has_a_name() -> None:
    assert {signal.id for signal in SIGNALS} <= set(SIGNAL_NAMES)
    assert len(set(SIGNAL_NAMES.values())) == len(SIGNAL_NAMES)


def test_an_imported_signal_keeps_its_own_label() -> None:
    assert signal_name(Signal("au12", "Smile (AU12)", "", 0, 5)) == "Smile (AU12)"
    assert feature_name("au12") == "au12"
