"""Teaches the cut encoder on labelled news: both tasks at once, each with its own head (Caruana 1997).

Written for one thread with fixed seeds, so that the same rows give the same weights on the same kind of processor.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from classifier.adapters.encoder import N_TASKS
from classifier.adapters.linear import LABELS
from classifier.adapters.subwords import PAD
from classifier.training.lessons import Lesson, Tuning

logger = logging.getLogger(__name__)
_EPSILON = 1e-12
_STEP = 4
"""Texts of a batch are filled up to a multiple of so many pieces."""
_LOG_STEPS = 200
_BUCKET_BATCHES = 24
_POOL = 1 << 23
_READ_PARTS = 3
_HEAD_SPREAD = 0.02


class _Dropout:
    """Masks from a pool drawn once: drawing them anew takes a third of the time on a processor."""

    def __init__(self, share: float, seed: int) -> None:
        source = torch.Generator().manual_seed(seed)
        self._pool = (torch.rand(_POOL, generator=source) >= share).to(torch.bfloat16) / (1.0 - share)
        self._places = np.random.default_rng(seed)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        first = int(self._places.integers(0, _POOL - x.numel()))
        return x * self._pool[first : first + x.numel()].view(x.shape)


class _Layer(nn.Module):
    def __init__(self, weights: dict[str, NDArray[np.float32]], n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        for name, value in weights.items():
            self.register_parameter(name, nn.Parameter(torch.tensor(np.ascontiguousarray(value.T))))

    def forward(self, x: torch.Tensor, hidden: torch.Tensor, drop: _Dropout) -> torch.Tensor:
        n, length, width = x.shape
        parts = functional.linear(x, self.qkv_w, self.qkv_b).view(n, length, 3, self.n_heads, width // self.n_heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden.to(query.dtype))
        seen = functional.linear(seen.transpose(1, 2).reshape(n, length, width), self.out_w, self.out_b)
        x = functional.layer_norm(x + drop(seen), (width,), self.n1_w, self.n1_b, _EPSILON)
        wide = functional.gelu(functional.linear(x, self.up_w, self.up_b), approximate="tanh")
        narrow = functional.linear(wide, self.down_w, self.down_b)
        return functional.layer_norm(x + drop(narrow), (width,), self.n2_w, self.n2_b, _EPSILON)


class _Net(nn.Module):
    def __init__(self, weights: dict[str, Any], n_heads: int, drop: _Dropout) -> None:
        super().__init__()
        width = weights["word"].shape[1]
        self.drop = drop
        for name in ("word", "place", "norm_w", "norm_b"):
            self.register_parameter(name, nn.Parameter(torch.tensor(np.ascontiguousarray(weights[name]))))
        self.layers = nn.ModuleList(_Layer(layer, n_heads) for layer in weights["layers"])
        self.mark = nn.Parameter(torch.zeros(N_TASKS, width))
        self.head_w = nn.Parameter(torch.randn(N_TASKS, len(LABELS), _READ_PARTS * width) * _HEAD_SPREAD)
        self.head_b = nn.Parameter(torch.zeros(N_TASKS, len(LABELS)))

    def forward(self, batch: "_Batch") -> torch.Tensor:
        hidden = torch.zeros(batch.real.shape).masked_fill(~batch.real, -1e9)[:, None, None, :]
        x = self.word[batch.ids] + self.place[: batch.ids.shape[1]]
        x = x + batch.marked[..., None] * self.mark[batch.tasks][:, None]
        x = self.drop(functional.layer_norm(x, x.shape[-1:], self.norm_w, self.norm_b, _EPSILON))
        for layer in self.layers:
            x = layer(x, hidden, self.drop)
        x = x.float()
        read = torch.cat([_mean(x, batch.real.float()), _mean(x, batch.marked), x[:, 0]], -1)
        return (self.head_w[batch.tasks] @ self.drop(read)[..., None]).squeeze(-1) + self.head_b[batch.tasks]

    def groups(self, tuning: Tuning) -> list[dict[str, Any]]:
        """Return the parameters with their rates: the lower, the slower."""
        n = len(self.layers)
        bottom = [self.word, self.place, self.norm_w, self.norm_b]
        groups: list[dict[str, Any]] = [{"params": bottom, "top_rate": tuning.rate * tuning.decay**n}]
        for i, layer in enumerate(self.layers):
            rate = tuning.rate * tuning.decay ** (n - 1 - i)
            groups.append({"params": list(layer.parameters()), "top_rate": rate})
        return [*groups, {"params": [self.mark, self.head_w, self.head_b], "top_rate": tuning.head_rate}]

    def weights(self) -> dict[str, Any]:
        """Return the weights by the names that the export uses."""
        out: dict[str, Any] = {
            name: getattr(self, name).detach().numpy()
            for name in ("word", "place", "norm_w", "norm_b", "mark", "head_w", "head_b")
        }
        out["layers"] = [
            {name: np.ascontiguousarray(value.detach().numpy().T) for name, value in layer.named_parameters()}
            for layer in self.layers
        ]
        return out


def _mean(x: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    return (x * share[..., None]).sum(1) / share.sum(1).clamp(min=1.0)[:, None]


@dataclass(frozen=True)
class _Batch:
    ids: torch.Tensor
    real: torch.Tensor
    marked: torch.Tensor
    tasks: torch.Tensor
    shares: torch.Tensor
    weights: torch.Tensor


def _batch(lessons: Sequence[Lesson]) -> _Batch:
    longest = max(len(lesson.pieces.ids) for lesson in lessons)
    shape = (len(lessons), -(-longest // _STEP) * _STEP)
    ids, real = np.full(shape, PAD, np.int64), np.zeros(shape, bool)
    marked = np.zeros(shape, np.float32)
    for i, lesson in enumerate(lessons):
        n = len(lesson.pieces.ids)
        ids[i, :n], real[i, :n], marked[i, :n] = lesson.pieces.ids, True, lesson.pieces.marked
    return _Batch(
        torch.tensor(ids),
        torch.tensor(real),
        torch.tensor(marked),
        torch.tensor([lesson.pieces.task for lesson in lessons]),
        torch.tensor([lesson.shares for lesson in lessons]),
        torch.tensor([lesson.weight for lesson in lessons]),
    )


def _plan(lessons: Sequence[Lesson], tuning: Tuning) -> list[NDArray[np.int64]]:
    """Return the rows of each step: texts of about one length together, in a new order for each epoch."""
    order = np.random.default_rng(tuning.seed)
    lengths = np.asarray([len(lesson.pieces.ids) for lesson in lessons])
    out: list[NDArray[np.int64]] = []
    for _ in range(tuning.n_epochs):
        rows = order.permutation(len(lessons))
        steps: list[NDArray[np.int64]] = []
        for at in range(0, len(rows), tuning.n_rows * _BUCKET_BATCHES):
            bucket = rows[at : at + tuning.n_rows * _BUCKET_BATCHES]
            bucket = bucket[np.argsort(lengths[bucket], kind="stable")]
            steps += [bucket[i : i + tuning.n_rows] for i in range(0, len(bucket), tuning.n_rows)]
        out += [steps[i] for i in order.permutation(len(steps))]
    return out


def tune(weights: dict[str, Any], n_heads: int, lessons: Sequence[Lesson], tuning: Tuning, name: str) -> dict[str, Any]:
    """Return the weights after teaching, with marks and heads. `name` goes to the log."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(tuning.seed)
    net = _Net(weights, n_heads, _Dropout(tuning.dropout, tuning.seed))
    optimizer = torch.optim.AdamW(net.groups(tuning), weight_decay=tuning.weight_decay, betas=(0.9, 0.98))
    plan = _plan(lessons, tuning)
    total = 0.0
    for step, rows in enumerate(plan, start=1):
        share = min(step / (len(plan) * tuning.warm_up), (len(plan) - step + 1) / (len(plan) * (1 - tuning.warm_up)), 1)
        for group in optimizer.param_groups:
            group["lr"] = group["top_rate"] * share
        total += _step(net, optimizer, _batch([lessons[i] for i in rows]), tuning)
        if step % _LOG_STEPS == 0:
            logger.info("encoder %s: step %d of %d, loss %.4f", name, step, len(plan), total / _LOG_STEPS)
            total = 0.0
    return net.weights()


def _step(net: _Net, optimizer: torch.optim.Optimizer, batch: _Batch, tuning: Tuning) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        values = net(batch)
    wanted = batch.shares * (1.0 - tuning.smoothing) + tuning.smoothing / len(LABELS)
    losses = -(functional.log_softmax(values.float(), -1) * wanted).sum(-1)
    loss = (losses * batch.weights).sum() / tuning.n_rows
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), tuning.largest_norm)
    optimizer.step()
    return float(loss.item())
