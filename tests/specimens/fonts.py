"""The typefaces of the specimens: licence-clean Debian fonts, loaded by role."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path("/usr/share/fonts")

# role: (Debian package, file)
FACES = {
    "mrz": ("fonts-ocr-b", "opentype/ocr-b/OCRB.otf"),
    "sans": ("fonts-liberation", "truetype/liberation/LiberationSans-Regular.ttf"),
    "sans-bold": ("fonts-liberation", "truetype/liberation/LiberationSans-Bold.ttf"),
    "sans-italic": ("fonts-liberation", "truetype/liberation/LiberationSans-Italic.ttf"),
    "narrow": ("fonts-liberation", "truetype/liberation/LiberationSansNarrow-Regular.ttf"),
    "narrow-bold": ("fonts-liberation", "truetype/liberation/LiberationSansNarrow-Bold.ttf"),
    "narrow-italic": ("fonts-liberation", "truetype/liberation/LiberationSansNarrow-Italic.ttf"),
    "serif": ("fonts-liberation", "truetype/liberation/LiberationSerif-Regular.ttf"),
    "serif-bold": ("fonts-liberation", "truetype/liberation/LiberationSerif-Bold.ttf"),
    "serif-italic": ("fonts-liberation", "truetype/liberation/LiberationSerif-Italic.ttf"),
    "mono": ("fonts-liberation", "truetype/liberation/LiberationMono-Regular.ttf"),
    "mono-bold": ("fonts-liberation", "truetype/liberation/LiberationMono-Bold.ttf"),
    "wide": ("fonts-dejavu-core", "truetype/dejavu/DejaVuSans.ttf"),
    "wide-bold": ("fonts-dejavu-core", "truetype/dejavu/DejaVuSans-Bold.ttf"),
    "wide-serif": ("fonts-dejavu-core", "truetype/dejavu/DejaVuSerif.ttf"),
    "wide-serif-bold": ("fonts-dejavu-core", "truetype/dejavu/DejaVuSerif-Bold.ttf"),
    "thai": ("fonts-tlwg-loma-ttf", "truetype/tlwg/Loma.ttf"),
    "thai-bold": ("fonts-tlwg-loma-ttf", "truetype/tlwg/Loma-Bold.ttf"),
    "chinese": ("fonts-wqy-microhei", "truetype/wqy/wqy-microhei.ttc"),
    "hindi": ("fonts-lohit-deva", "truetype/lohit-devanagari/Lohit-Devanagari.ttf"),
}
PACKAGES = tuple(sorted({package for package, _ in FACES.values()}))

# Unicode blocks that the Latin faces lack, and who draws them.
SCRIPTS = (
    (0x0600, 0x06FF, "wide"),
    (0x0900, 0x097F, "hindi"),
    (0x0E00, 0x0E7F, "thai"),
    (0x3000, 0x9FFF, "chinese"),
    (0xFF00, 0xFFEF, "chinese"),
)


class FontMissingError(Exception):
    """A typeface is not installed; the message names the Debian package."""


@lru_cache(maxsize=256)
def font(role: str, size: int, folder: Path = FONTS) -> ImageFont.FreeTypeFont:
    """The face of a role at ``size`` pixels per em. Raises FontMissingError."""
    package, name = FACES[role]
    path = folder / name
    if not path.is_file():
        raise FontMissingError(f"the font {path.name} is missing: apt-get install {package}")
    return ImageFont.truetype(str(path), size)


def runs(text: str, role: str) -> list[tuple[str, str]]:
    """Text cut into (role, piece) so that each piece is drawn by a face that has its script."""
    pieces: list[tuple[str, str]] = []
    for character in text:
        own = next((face for low, high, face in SCRIPTS if low <= ord(character) <= high), role)
        # A space or a mark inside a foreign run stays in it, so that shaping sees whole words.
        if pieces and character == " " and pieces[-1][0] != role:
            own = pieces[-1][0]
        if own == "thai" and role.endswith("bold"):
            own = "thai-bold"
        if pieces and pieces[-1][0] == own:
            pieces[-1] = (own, pieces[-1][1] + character)
        else:
            pieces.append((own, character))
    return pieces
