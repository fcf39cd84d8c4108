"""``python -m tests.specimens.gallery`` draws the committed pictures anew."""

from tests.specimens.gallery import make

make()
