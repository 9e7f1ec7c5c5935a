"""The small package of the notebooks: ``bank`` (open one), ``methods`` (what no library has), ``figures``.

``from helpers.methods import servqual``. Three rooms; the first line of each module says what it answers.

- ``bank``: what all need, to open a bank, its language, codebook and labels, the judge of its tables
- ``methods``: what no well-kept library computes; a frame in, a new frame out
- ``figures``: the style of all figures, and what seaborn does not draw
"""
