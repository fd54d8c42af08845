import gc

import pytest

from index.collector import collected_rarely


def test_garbage_is_looked_for_as_before_when_the_block_has_ended_also_by_an_error() -> None:
    usual, frozen = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(ValueError, match="within"), collected_rarely():
        assert gc.get_threshold()[0] > usual[0]
        assert gc.get_freeze_count() > frozen
        raise ValueError("within")
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0
