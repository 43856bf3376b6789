"""Runs in the environment of quotes_vs_quotect.py's peer: seconds per article, as JSON lines.

    python quotect_rounds.py THREADS < lengths.json

lengths.json: a list of [tokens in, tokens out]. The network is mT5-base, as quotect's published
weights are (google/mt5-base), with random weights: what it says is noise, how long it takes is not.
"""

from __future__ import annotations

import json
import sys
import time

import torch
from transformers import MT5Config, MT5ForConditionalGeneration

# https://huggingface.co/google/mt5-base/blob/main/config.json
_BASE = {
    "d_model": 768, "d_kv": 64, "d_ff": 2048, "num_layers": 12, "num_decoder_layers": 12,
    "num_heads": 12, "vocab_size": 250112, "feed_forward_proj": "gated-gelu",
    "decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1, "tie_word_embeddings": False,
}  # fmt: skip


def main() -> None:
    """One line per article and precision: [precision, tokens in, tokens out, seconds]."""
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(1)
    lengths = json.load(sys.stdin)
    network = MT5ForConditionalGeneration(MT5Config(**_BASE)).eval()
    for precision in (torch.float32, torch.bfloat16):
        network = network.to(precision)
        for number, (read, written) in enumerate([lengths[0], *lengths]):
            pieces = torch.randint(3, 250000, (1, read))
            start = time.perf_counter()
            with torch.inference_mode():
                network.generate(
                    pieces, min_new_tokens=written, max_new_tokens=written, num_beams=1
                )
            seconds = time.perf_counter() - start
            if number:  # the first warms up
                print(json.dumps([str(precision), read, written, seconds]), flush=True)


if __name__ == "__main__":
    main()
