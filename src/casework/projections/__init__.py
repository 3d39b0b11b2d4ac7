"""The shelf: question files lie here in a wheel, in a checkout beside src/."""

from pathlib import Path

_checkout = Path(__file__).parents[3]
if (_checkout / "pyproject.toml").is_file():  # an editable install
    __path__.append(str(_checkout / "projections"))
