"""Every attack of `make chaos` and `make fuzz`, with few tries."""

import pytest

from attacks import ATTACKS
from attacks.attack import Attack


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_does_no_harm(attack: Attack) -> None:
    outcome = attack.run(attack.few, 7)
    assert outcome.tries >= attack.few
    assert outcome.failures == ()
