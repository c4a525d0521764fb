"""Pictures of single lines → characters, by the models that rapidocr ships in its wheel. Nothing is ever downloaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gia_analysis.errors import DocumentError

HEIGHT = 48  # pixels of a line that the model takes
FIGURE_CHARACTERS = "0123456789+-—－/.,，%万亿元件次人条项个份无增减"

_STEP = 8  # pixels of width that make one step of its output
_LEAST_WIDTH = 48
_MOST_PIXELS_AT_ONCE = 2_400  # of width, over all lines of a batch: what keeps the memory small
_MODEL = "models/PP-OCRv6_rec_small.onnx"
_BLANK = 0
Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is written in a line, with the confidence of its least certain character (0 to 1)."""

    text: str
    confidence: float

    def less_sure(self, left: float) -> "Recognised":
        """Return the same with that share of its confidence."""
        return Recognised(self.text, left * self.confidence)


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line read freely, and as if it could hold only the characters that figures are printed with."""

    free: Recognised
    figure: Recognised


def read_lines(lines: Sequence[Grey]) -> list[LineReading]:
    """Return what is written in pictures of lines, each ``HEIGHT`` pixels high, dark on white.

    Raises:
        DocumentError: the model is missing.
    """
    model = _model()
    found: dict[int, LineReading] = {}
    for batch in _batches(lines):
        width = max(_LEAST_WIDTH, *(lines[number].shape[1] for number in batch))
        pixels = np.full((len(batch), HEIGHT, -(-width // _STEP) * _STEP), 255, np.uint8)
        for row, number in enumerate(batch):
            pixels[row, :, : lines[number].shape[1]] = lines[number]
        for number, steps in zip(batch, model.run(pixels), strict=True):
            found[number] = LineReading(model.free(steps), model.figure(steps))
    return [found[number] for number in range(len(lines))]


def _batches(lines: Sequence[Grey]) -> Iterator[list[int]]:
    """Yield the numbers of lines that are read at once: of about the same width."""
    batch: list[int] = []
    for number in sorted(range(len(lines)), key=lambda each: lines[each].shape[1]):
        width = max(_LEAST_WIDTH, lines[number].shape[1])
        if batch and (
            width * (len(batch) + 1) > _MOST_PIXELS_AT_ONCE or width > 1.25 * lines[batch[0]].shape[1] + 4 * _STEP
        ):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


class _Model:
    def __init__(self, session: Any) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        characters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = ["", *(each.rstrip("\r") for each in characters), " "]
        allowed = [self._characters.index(each) for each in FIGURE_CHARACTERS if each in self._characters]
        self._allowed = np.array([_BLANK, *allowed])

    def run(self, pixels: NDArray[np.uint8]) -> Floats:
        grey = pixels.astype(np.float32) / 127.5 - 1
        three = np.repeat(grey[:, None], 3, axis=1)
        steps: Floats = self._session.run(None, {self._input: three})[0]
        return steps

    def free(self, steps: Floats) -> Recognised:
        return self._decode(steps.argmax(axis=1), steps.max(axis=1))

    def figure(self, steps: Floats) -> Recognised:
        allowed = steps[:, self._allowed]
        allowed = allowed / allowed.sum(axis=1, keepdims=True)
        return self._decode(self._allowed[allowed.argmax(axis=1)], allowed.max(axis=1))

    def _decode(self, best: NDArray[np.int64], chances: Floats) -> Recognised:
        """Return the characters of the steps: a run of equal ones is one, and counts by its surest step."""
        text: list[str] = []
        sure: list[float] = []
        before = _BLANK
        for character, chance in zip(best.tolist(), chances.tolist(), strict=True):
            if character == _BLANK:
                before = _BLANK
                continue
            if character == before:
                sure[-1] = max(sure[-1], chance)
            else:
                text.append(self._characters[character])
                sure.append(chance)
            before = character
        return Recognised("".join(text), min(sure, default=0.0))


@cache
def _model() -> _Model:
    package = find_spec("rapidocr")
    places = package.submodule_search_locations if package else None
    path = Path(places[0], _MODEL) if places else None
    if path is None or not path.is_file():
        raise DocumentError(
            f"the text is in an image, and rapidocr as installed lacks {_MODEL}: pip install -U 'gia-analysis[ocr]'"
        )
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a run reads in several processes already
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return _Model(onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))
