import pytest

from kg.errors import UsageError
from kg.limits import DEFAULT, configured

CASES = [
    pytest.param("", {}, id="nothing set"),
    pytest.param("seconds=600", {"seconds": 600.0}, id="one"),
    pytest.param("seconds=0.5, pages=50", {"seconds": 0.5, "pages": 50}, id="two"),
]


@pytest.mark.parametrize(("setting", "changed"), CASES)
def test_the_environment_changes_limits(monkeypatch, setting, changed):
    monkeypatch.setenv("KG_LIMITS", setting)
    limits = configured()
    assert {name: getattr(limits, name) for name in changed} == changed
    assert limits.file_bytes == DEFAULT.file_bytes


@pytest.mark.parametrize(
    "setting", ["speed=3", "pages=many", "pages", "pages=-1", "seconds=nan", "pages=1.5"]
)
def test_what_is_no_limit_is_refused(monkeypatch, setting):
    monkeypatch.setenv("KG_LIMITS", setting)
    with pytest.raises(UsageError, match="KG_LIMITS"):
        configured()
