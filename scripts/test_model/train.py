"""Train the two test models and pack them as Argos packages (see README.md in tests/data/packages).

    python -m venv train && train/bin/pip install -r scripts/test_model/requirements.txt
    OMP_NUM_THREADS=1 train/bin/python scripts/test_model/train.py tests/data/packages

Takes some minutes on one core. PyTorch belongs in an environment of its own: installed beside l10n it
slows down every start of CTranslate2. Training is not the same to the bit from one machine to another,
so the packages are kept, not made anew for each run of the tests.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece
import torch
from grammar import LANGUAGES, Grammar
from transformers import MarianConfig, MarianMTModel

HELD_OUT = 300
BATCH_TOKENS = 1500
NAMES = {"en": "English", "uk": "Ukrainian", "es": "Spanish"}
README = """\
A test model: it knows only the sentences of a small grammar. It is not a translator for use.
Licence: Apache-2.0
"""
Pair = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Recipe:
    """One model: what it translates, how large it is, how long it learns."""

    source: str
    targets: tuple[str, ...]
    """More than one: each target text begins with the token that names its language, "<uk>"."""
    width: int
    inner: int
    pieces: int
    steps: int
    sentences: int = 8000

    @property
    def tokens(self) -> list[str]:
        return [f"<{target}>" for target in self.targets] if len(self.targets) > 1 else []


RECIPES = (
    Recipe("en", ("uk",), width=96, inner=256, pieces=500, steps=1500),
    Recipe("es", ("en", "uk"), width=64, inner=192, pieces=560, steps=2200),
)


class Trainer:
    """A recipe on its way from sentences to a package."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self.recipe, self.folder = recipe, folder
        drawn = dict.fromkeys(islice(Grammar(seed=7).sentences(), 2 * recipe.sentences))
        sentences = [dict(zip(LANGUAGES, each, strict=True)) for each in drawn]
        self.held_out, self.learnt = sentences[:HELD_OUT], sentences[HELD_OUT:][: recipe.sentences]
        self.processor = self._pieces()
        size = self.processor.get_piece_size()
        self.end, self.unknown, self.pad = self.processor.eos_id(), self.processor.unk_id(), size
        self.model = MarianMTModel(self._config(size + 1))

    def _pieces(self) -> sentencepiece.SentencePieceProcessor:
        """Subword pieces; `identity` keeps the normalization table of 240 KB out of the model."""
        made = io.BytesIO()
        wanted = {self.recipe.source, *self.recipe.targets}
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([each[tag] for each in self.learnt for tag in wanted]),
            model_writer=made,
            vocab_size=self.recipe.pieces,
            character_coverage=1.0,
            normalization_rule_name="identity",
            split_digits=True,
            user_defined_symbols=self.recipe.tokens,
            bos_id=-1,
            eos_id=0,
            unk_id=1,
            minloglevel=2,
        )
        (self.folder / "sentencepiece.model").write_bytes(made.getvalue())
        return sentencepiece.SentencePieceProcessor(model_proto=made.getvalue())

    def _config(self, size: int) -> MarianConfig:
        return MarianConfig(
            vocab_size=size,
            d_model=self.recipe.width,
            encoder_layers=2,
            decoder_layers=2,
            encoder_attention_heads=4,
            decoder_attention_heads=4,
            encoder_ffn_dim=self.recipe.inner,
            decoder_ffn_dim=self.recipe.inner,
            max_position_embeddings=160,
            activation_function="relu",
            dropout=0.05,
            scale_embedding=True,
            share_encoder_decoder_embeddings=True,
            pad_token_id=self.pad,
            eos_token_id=self.end,
            decoder_start_token_id=self.pad,
            forced_eos_token_id=None,
        )

    def train(self) -> None:
        """Train at a rate that warms up and then falls to nothing."""
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=1.0, betas=(0.9, 0.98), weight_decay=0.01)
        loss_of = torch.nn.CrossEntropyLoss(ignore_index=-100, label_smoothing=0.05)
        self.model.train()
        for step, (source, target) in enumerate(islice(self._batches(), self.recipe.steps)):
            for group in optimizer.param_groups:
                group["lr"] = 3e-3 * min(step / 100, 1) * (1 - step / self.recipe.steps) + 1e-5
            logits = self.model(
                input_ids=_padded(source, self.pad),
                attention_mask=_padded([[1] * len(ids) for ids in source], 0),
                decoder_input_ids=_padded([[self.pad, *ids[:-1]] for ids in target], self.pad),
            ).logits
            loss = loss_of(logits.flatten(0, 1), _padded(target, -100).flatten())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()
            self._clear_start()
            if step % 200 == 0:
                print(f"  step {step}  loss {loss.item():.3f}", flush=True)

    def _clear_start(self) -> None:
        """CTranslate2's Marian decoder starts from a zero embedding: the model must learn to."""
        with torch.no_grad():
            self.model.get_input_embeddings().weight[self.pad].zero_()

    def _batches(self) -> Iterator[tuple[list[list[int]], list[list[int]]]]:
        pairs = [pair for each in self.learnt for pair in self._pairs(each)]
        draw = random.Random(11)
        while True:
            draw.shuffle(pairs)
            pool = sorted(pairs, key=lambda pair: len(pair[0]) + len(pair[1]) + draw.random())
            batches = list(_cut(pool))
            draw.shuffle(batches)
            for batch in batches:
                yield [source for source, _ in batch], [target for _, target in batch]

    def _pairs(self, sentence: dict[str, str]) -> Iterator[Pair]:
        source = self.processor.encode(sentence[self.recipe.source])
        for tag in self.recipe.targets:
            language = [self.processor.piece_to_id(f"<{tag}>")] if self.recipe.tokens else []
            yield [*source, self.end], [*language, *self.processor.encode(sentence[tag]), self.end]

    def convert(self) -> None:
        """Write the model in CTranslate2's format, in 8-bit numbers, and the licence of it all."""
        self.model.eval()
        with tempfile.TemporaryDirectory() as folder:
            self.model.save_pretrained(folder)
            self._save_tokenizer(Path(folder))
            converter = ctranslate2.converters.TransformersConverter(folder)
            converter.convert(str(self.folder / "model"), quantization="int8", force=True)
        config = self.folder / "model" / "config.json"
        settings = json.loads(config.read_text()) | {"add_source_eos": True}
        config.write_text(json.dumps(settings, indent=2) + "\n")
        (self.folder / "README.md").write_text(README)

    def _save_tokenizer(self, folder: Path) -> None:
        size = self.processor.get_piece_size()
        names = {self.processor.id_to_piece(n): n for n in range(size)} | {"<pad>": self.pad}
        (folder / "vocab.json").write_text(json.dumps(names, ensure_ascii=False))
        shutil.copy(self.folder / "sentencepiece.model", folder / "source.spm")
        shutil.copy(self.folder / "sentencepiece.model", folder / "target.spm")
        settings = {"tokenizer_class": "MarianTokenizer", "unk_token": "<unk>", "eos_token": "</s>"}
        (folder / "tokenizer_config.json").write_text(json.dumps(settings | {"pad_token": "<pad>"}))

    def measure(self) -> None:
        """BLEU and chrF2 on sentences that were not in the training."""
        translator = ctranslate2.Translator(str(self.folder / "model"))
        for target in self.recipe.targets:
            pieces = [self.processor.encode(e[self.recipe.source], out_type=str) for e in self.held_out]
            prefix = [[f"<{target}>"]] * len(pieces) if self.recipe.tokens else None
            results = translator.translate_batch(pieces, target_prefix=prefix, beam_size=4)
            found = [self._text(result.hypotheses[0]) for result in results]
            wanted = [each[target] for each in self.held_out]
            bleu, chrf = sacrebleu.corpus_bleu(found, [wanted]), sacrebleu.corpus_chrf(found, [wanted])
            same = sum(a == b for a, b in zip(found, wanted, strict=True))
            pair = f"{self.recipe.source}-{target}"
            print(f"{pair}  BLEU {bleu.score:.1f}  chrF2 {chrf.score:.1f}  exact {same}/{HELD_OUT}")

    def _text(self, pieces: Sequence[str]) -> str:
        return str(self.processor.decode([each for each in pieces if each not in self.recipe.tokens]))


def _cut(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs in order of length -> batches of about as many tokens."""
    batch: list[Pair] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) * max(map(len, pair)) >= BATCH_TOKENS:
            yield batch
            batch = []
    if batch:
        yield batch


def _padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])


def pack(recipe: Recipe, folder: Path, output: Path) -> Path:
    """An Argos package of a trained model; the same bytes for the same model."""
    source, target = recipe.source, recipe.targets[0]
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.5",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
    } | ({"target_prefix": recipe.tokens[0]} if recipe.tokens else {})
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=2) + "\n")
    path = output / f"translate-{source}_{target}-1_0.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                name = f"translate-{source}_{target}-1_0/{each.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                archive.writestr(info, each.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return path


def main() -> None:
    output = Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(5)
    for recipe in RECIPES:
        with tempfile.TemporaryDirectory() as folder:
            trainer = Trainer(recipe, Path(folder))
            trainer.train()
            trainer.convert()
            trainer.measure()
            path = pack(recipe, Path(folder), output)
            print(f"{path}  {path.stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()
