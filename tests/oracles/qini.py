"""Qini numbers of scikit-uplift on a table of ours: ``PYTHONPATH=<its checkout> python tests/oracles/qini.py``.

Made with maks-sh/scikit-uplift at commit 0038e65 (version 0.5.1, MIT licence), which is not a dependency of the course.
"""

from pathlib import Path

import pandas as pd
from sklearn.metrics import auc
from sklift.metrics import qini_auc_score, qini_curve

HERE = Path(__file__).parent
trial = pd.read_csv(HERE.parents[1] / "datasets" / "qingyu_bank" / "trial_offer.csv", keep_default_na=False)
two = trial[trial["offer"].isin(["none", "coupon"])]
given = (two["offer"] == "coupon").astype(int)
rows = []
for score in ("coupons_used_12m", "recency_days", "app_logins_30d"):
    size, more = qini_curve(two["response"], two[score], given)
    area = auc(size, more) - size[-1] * more[-1] / 2
    rows.append([score, "area", area])
    rows.append([score, "coefficient", qini_auc_score(two["response"], two[score], given)])
    rows += [[score, f"more_{n}", value] for n, value in zip(size, more, strict=True)]
pd.DataFrame(rows, columns=["score", "quantity", "value"]).to_csv(HERE / "qini.csv", index=False)
