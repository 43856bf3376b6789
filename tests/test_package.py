"""What `import beleg` gives, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "first",
    [
        "",
        "import beleg.analyse; ",
        "from beleg.analyse import analyse_each; ",
        "import beleg.cli; ",
    ],
)
def test_the_functions_are_there_whatever_was_imported_before(first: str) -> None:
    code = f"{first}import beleg; print(callable(beleg.analyse), callable(beleg.analyse_many), beleg.Analysis.__name__)"
    assert _run(code) == "True True Analysis"


def test_importing_the_package_loads_no_layer_and_no_numbers() -> None:
    loaded = _run("import sys, beleg.cli; print(*sys.modules)").split()
    assert not {"numpy", "onnxruntime", "beleg.analyse", "sqlalchemy"} & set(loaded)


def test_an_unknown_name_is_an_attribute_error() -> None:
    import beleg

    with pytest.raises(AttributeError, match="nothing"):
        beleg.nothing  # type: ignore[attr-defined]  # noqa: B018
    assert {"analyse", "analyse_many", "Analysis"} <= set(dir(beleg))
