"""Which values have been seen, in sixteen bytes each, however long they are."""

import numpy as np
import pandas as pd


class Seen:
    """Remember values and the rows they stood in.

    Examples
    --------
    >>> seen = Seen()
    >>> seen.add(pd.Series(["a", "b", "a"], index=[2, 3, 4])).to_dict()
    {4: 2}
    """

    def __init__(self):
        self.hashes, self.rows = np.array([], dtype="uint64"), np.array([], dtype="int64")

    def add(self, values):
        """Remember values and find those that were there before.

        Parameters
        ----------
        values : Series or DataFrame
            Text; the index is the row. Several columns count as one value.

        Returns
        -------
        Series
            For each row that repeats a value: the row where it stood first.
        """
        # Sixty-four bits: among a million values two different ones collide once in forty million files.
        hashes = np.concatenate([self.hashes, pd.util.hash_pandas_object(values, index=False).to_numpy()])
        rows = np.concatenate([self.rows, values.index.to_numpy(dtype="int64")])
        kept, first, back = np.unique(hashes, return_index=True, return_inverse=True)
        origin, old = rows[first][back], len(self.hashes)
        again = (origin != rows) & (np.arange(len(rows)) >= old)
        self.hashes, self.rows = kept, rows[first]
        return pd.Series(origin[again], index=rows[again])

    def lacks(self, values):
        """Tell which values were never added.

        Parameters
        ----------
        values : Series
            Text.

        Returns
        -------
        Series
            True where the value is unknown.
        """
        hashes = pd.util.hash_pandas_object(values, index=False).to_numpy()
        return pd.Series(~np.isin(hashes, self.hashes), index=values.index)
