"""The mean of several runs that began with one another: `python average.py OUT RUN [RUN ...]`.

Weights of runs of one lineage can be averaged word for word ("model soup", Wortsman et al. 2022);
the mean errs less than each. OUT is a run folder for export.py, with the last run's vocabulary.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import torch


def main(out: Path, runs: Sequence[Path]) -> None:
    """Writes average.pt and the files beside it. Raises ValueError if the networks differ."""
    saved = [torch.load(run / "average.pt", weights_only=False, map_location="cpu") for run in runs]
    if any(one["sizes"] != saved[0]["sizes"] for one in saved):
        raise ValueError("the runs have networks of different sizes")
    weights = {
        name: sum(one["weights"][name].float() for one in saved) / len(saved)
        for name in saved[0]["weights"]
    }
    out.mkdir(parents=True, exist_ok=True)
    for file in ("kept.json", "pieces.model"):
        shutil.copy(runs[-1] / file, out / file)
    config = (runs[-1] / "config.toml").read_text(encoding="utf-8")
    (out / "config.toml").write_text(f"averaged = {len(runs)}\n{config}", encoding="utf-8")
    torch.save({**saved[-1], "weights": weights}, out / "average.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(run) for run in sys.argv[2:]])
