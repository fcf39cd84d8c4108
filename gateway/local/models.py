"""The detection and recognition models that the ``rapidocr`` wheel carries, opened without its code and without a network."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import onnxruntime

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"
INSTALL = "pip install id-document-gateway[local]"


class ModelsMissing(RuntimeError):
    """The wheel with the models is not installed, or is a release that carries others."""


@dataclass(frozen=True, slots=True)
class Models:
    """Two open sessions and the alphabet of the second: class ``i`` of its output is ``alphabet[i]``.

    Class 0 is the CTC blank (here an empty string), the last class is the space.
    """

    detection: onnxruntime.InferenceSession
    recognition: onnxruntime.InferenceSession
    alphabet: tuple[str, ...]


def models_folder(package: str = "rapidocr") -> Path:
    """Where the model files lie. Raises :class:`ModelsMissing` where they do not."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelsMissing(f"the embedded reader's models are not installed: {INSTALL}")
    folder = Path(next(iter(spec.submodule_search_locations))) / "models"
    for name in (DETECTION, RECOGNITION):
        if not (folder / name).is_file():
            raise ModelsMissing(f"{name} is not among the models of the installed rapidocr: {INSTALL}")
    return folder


def load_models() -> Models:
    """Open both models for one thread. Takes about 0.2 s and 120 MB."""
    folder = models_folder()
    recognition = _session(folder / RECOGNITION)
    classes = recognition.get_outputs()[0].shape[-1]
    characters = recognition.get_modelmeta().custom_metadata_map.get("character", "").removesuffix("\n").split("\n")
    alphabet = ("", *characters, " ")
    if len(alphabet) != classes or not {"<", "A", "0"} <= set(characters):
        raise ModelsMissing(f"{RECOGNITION} does not carry the alphabet it writes in: {INSTALL}")
    return Models(_session(folder / DETECTION), recognition, alphabet)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Pictures differ in shape: a plan of memory for each would keep them all for good.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
