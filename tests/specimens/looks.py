"""Draws lots for how a holder looks: the parameters of a painted portrait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.specimens.dice import pick

Colour = tuple[float, float, float]

# Skin in RGB, from pale to dark; a layout names the range that its holders come from.
SKIN: tuple[Colour, ...] = (
    (236, 201, 180), (229, 188, 162), (219, 173, 143), (206, 156, 123), (190, 137, 102), (164, 113, 80), (136, 91, 63), (108, 72, 51),
)  # fmt: skip
HAIR: tuple[Colour, ...] = ((26, 22, 22), (38, 29, 26), (58, 41, 32), (88, 62, 43), (128, 96, 62), (176, 146, 100))
IRIS: tuple[Colour, ...] = ((66, 42, 28), (84, 56, 36), (104, 86, 52), (84, 104, 120), (92, 116, 96))
CLOTHES: tuple[Colour, ...] = (
    (38, 44, 62), (52, 52, 56), (92, 34, 44), (44, 74, 92), (70, 82, 70), (196, 196, 200), (120, 98, 84), (30, 30, 33), (134, 116, 150),
)  # fmt: skip
TIES: tuple[Colour, ...] = ((110, 28, 38), (36, 52, 98), (52, 52, 58), (40, 84, 70))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Colours are RGB; the rest are factors around 1 or pixels of the 300 x 386 portrait."""

    backdrop: Colour
    skin: Colour
    hair: Colour
    iris: Colour
    lip: Colour
    clothes: Colour
    shirt: Colour
    tie: Colour | None
    style: str
    collar: str
    beard: float
    glasses: bool
    width: float
    jaw: float
    nose: float
    mouth: float
    lips: float
    smile: float
    brow: float
    lashes: float
    openness: float
    hairline: float
    parting: float
    age: float
    offset: float


def looks(rng: np.random.Generator, sex: str, age: int, *, skin: tuple[int, int], hair: int, backdrop: Colour) -> Looks:
    """The looks of one holder; ``skin`` bounds the index into SKIN, ``hair`` the last index into HAIR."""
    woman = sex == "F"
    tone = SKIN[int(rng.integers(skin[0], skin[1] + 1))]
    colour = HAIR[int(rng.integers(0, hair + 1))]
    if age > 55:
        colour = tuple(0.45 * part + 0.55 * 176 for part in colour)
    worn = ["tied", "shoulder", "tied"] if age > 50 else ["long", "shoulder", "tied", "long"]
    style = pick(rng, worn) if woman else pick(rng, ["short"] * 5 + ["shaved"])
    collar = pick(rng, ["v", "round", "round"]) if woman else pick(rng, ["shirt", "shirt", "round"])
    red = np.asarray((168, 84, 80) if woman else (150, 88, 80), float)
    lip = tuple(float(part) for part in 0.50 * red + 0.50 * np.asarray(tone) * (0.92, 0.72, 0.70))
    fair = hair > 3
    return Looks(
        backdrop=backdrop,
        skin=tone,
        hair=colour,
        iris=pick(rng, IRIS) if fair else IRIS[int(rng.integers(2))],
        lip=lip,
        clothes=pick(rng, CLOTHES),
        shirt=pick(rng, [(228, 230, 234), (206, 218, 232), (232, 226, 216)]),
        tie=pick(rng, TIES) if rng.random() < 0.6 else None,
        style=style,
        collar=collar,
        beard=0.0 if woman or rng.random() < 0.5 else float(rng.choice([0.22, 0.35, 0.8])),
        glasses=bool(rng.random() < 0.12),
        width=float(rng.uniform(0.93, 1.0) if woman else rng.uniform(0.97, 1.05)),
        jaw=float(rng.uniform(-0.2, 0.3) if woman else rng.uniform(0.2, 0.9)),
        nose=float(rng.uniform(0.85, 1.0) if woman else rng.uniform(0.95, 1.15)),
        mouth=float(rng.uniform(0.92, 1.06)),
        lips=float(rng.uniform(0.9, 1.15) if woman else rng.uniform(0.7, 0.95)),
        smile=float(rng.uniform(0.8, 1.8)),
        brow=float(rng.uniform(2.2, 3.0) if woman else rng.uniform(3.2, 4.6)),
        lashes=1.0 if woman else 0.0,
        openness=float(rng.uniform(0.92, 1.1)),
        hairline=float(rng.uniform(0.66, 0.76) if woman else rng.uniform(0.72, 0.84)),
        parting=float(rng.uniform(-17, 17)),
        age=max(0.0, (age - 30) / 25),
        offset=float(rng.uniform(-4, 4)),
    )
