"""Segments: by hand, by another route, by law, and on data whose groups are known."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from collection import LANGUAGES, ROOT
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score

from helpers.bank import data, language
from helpers.figures import cards
from helpers.methods import behaviour, partition, segments, traits

CENTRES = np.array([[0, 0], [8, 0], [0, 8]])


def blobs(n=240, seed=1):
    rng = np.random.default_rng(seed)
    known = rng.integers(0, 3, n)
    points = CENTRES[known] + rng.normal(size=(n, 2))
    table = pd.DataFrame(points, columns=["x", "y"])
    table.insert(0, "customer", [f"C{place:05d}" for place in range(n)])
    return table, table[["customer"]].assign(segment=known)


def noise(n=300, seed=2):
    table = pd.DataFrame(np.random.default_rng(seed).uniform(size=(n, 2)), columns=["x", "y"])
    return table.assign(customer=np.arange(n))


@pytest.fixture(scope="module")
def bank():
    counts = behaviour.features(data.load("qingyu_bank", "transactions"), as_of="2026-01-01", days=731)
    customers = data.load("qingyu_bank", "customers")
    return traits.ledger(counts, customers=customers, as_of="2026-01-01", days=731)


def test_traits_by_hand():
    counts = pd.DataFrame({
        "customer": ["A", "B"], "transactions": [16, 4], "amount_fen": [700_000, 100], "kind_card_purchase": [6, 0],
        "fen_card_purchase": [100_000, 0], "kind_transfer": [5, 4], "kind_deposit": [2, 0], "kind_withdrawal": [3, 0],
        "kind_wealth_purchase": [0, 0],
    })  # fmt: skip
    people = pd.DataFrame({"customer": ["A", "B"], "joined": ["2020-01-01"] * 2, "birth_year": [1960, 1990]})
    table = traits.ledger(counts, customers=people, as_of="2026-01-01", days=731)
    row = table.iloc[0]
    assert list(table["customer"]) == ["A"]
    assert row["cards_year"] == pytest.approx(6 / 731 * 365.25)
    assert row["dealings_year"] == pytest.approx(10 / 731 * 365.25)
    assert (row["share_transfer"], row["share_withdrawal"], row["amount_cny"], row["age_years"]) == (
        0.5,
        0.3,
        600,
        66,
    )


def test_a_new_customer_is_counted_from_the_day_of_joining(bank):
    assert not bank.isna().any(axis=None)
    shares = bank.filter(like="share_").sum(axis=1)
    assert shares.max() <= 1 + 1e-9 and bank["dealings_year"].min() > 2


def test_scale_by_hand():
    table = pd.DataFrame({"customer": list("ABCDE"), "x": [0, 1, 2, 3, 10], "y": [0, 1, 3, 7, 15]})
    plain = traits.scale(table)
    assert plain["x"].mean() == pytest.approx(0) and plain["x"].std() == pytest.approx(1)
    robust = traits.scale(table, method="robust", log=["y"])
    assert list(robust["x"]) == [-1, -0.5, 0, 0.5, 4]
    assert list(robust["y"].round(9)) == [-1, -0.5, 0, 0.5, 1]


@pytest.mark.parametrize("factor", [0.01, 1, 100])
def test_units_do_not_matter_once_scaled(factor):
    table, _ = blobs()
    other = table.assign(x=table["x"] * factor)
    one, two = (segments.cluster(traits.scale(part), k=3, seed=1)["group"] for part in (table, other))
    assert (one == two).all()


def test_gap_statistic_finds_three_blobs_and_no_groups_in_noise():
    for reference in segments.REFERENCES:
        table = segments.gap_statistic(blobs()[0], most=5, draws=10, seed=1, reference=reference)
        assert list(table.loc[table["chosen"], "k"]) == [3]
        table = segments.gap_statistic(noise(), most=5, draws=10, seed=1, reference=reference)
        assert list(table.loc[table["chosen"], "k"]) == [1]


def test_gap_is_reference_minus_own():
    table = segments.gap_statistic(blobs()[0], most=2, draws=3, seed=1)
    points = blobs()[0][["x", "y"]].to_numpy()
    alone = ((points - points.mean(axis=0)) ** 2).sum()
    assert table["log_within"].iloc[0] == pytest.approx(np.log(alone))
    assert np.allclose(table["estimate"], table["reference"] - table["log_within"])


def test_stability_does_not_hang_on_the_numbers_of_groups():
    table, _ = blobs()
    found = segments.cluster(table, k=4, seed=1)
    turned = found.assign(group=5 - found["group"])
    one = segments.stability(table, groups=found, draws=5, seed=1)
    two = segments.stability(table, groups=turned, draws=5, seed=1)
    assert np.allclose(one["estimate"], two["estimate"][::-1])
    assert ((one[["estimate", "low", "high"]] >= 0) & (one[["estimate", "low", "high"]] <= 1)).all(axis=None)


def test_the_largest_number_that_comes_back_is_chosen():
    table = segments.returning(blobs()[0], most=5, draws=5, seed=1)
    assert list(table.loc[table["chosen"], "k"]) == [3]
    assert not segments.returning(noise(), most=4, draws=5, threshold=0.99, seed=1)["chosen"].any()


def test_a_number_whose_worst_group_comes_back_just_so_often_is_chosen(monkeypatch):
    """At the threshold itself it counts; of several the largest, whatever lies between."""
    worst = {2: 0.9, 3: 0.6, 4: 0.75, 5: 0.7499}
    monkeypatch.setattr(
        segments, "cluster", lambda features, *, k, seed, key: features[["customer"]].assign(group=k)
    )
    monkeypatch.setattr(
        segments,
        "stability",
        lambda features, *, groups, **_: pd.DataFrame({"estimate": [1.0, worst[groups["group"].iloc[0]]]}),
    )
    found = segments.returning(blobs(n=30)[0], most=5, seed=1)
    assert found["estimate"].tolist() == list(worst.values()) and (found["n"] == 30).all()
    assert found.loc[found["chosen"], "k"].tolist() == [4]
    found = segments.returning(blobs(n=30)[0], most=5, threshold=0.7499, seed=1)
    assert found.loc[found["chosen"], "k"].tolist() == [5]


def test_helpers_defaults_are_those_that_lessons_rely_on():
    """Twenty draws of at most 1,500 customers, five starts: whoever names none gets these."""
    table = blobs(n=40)[0]
    named = {"most": 2, "threshold": 0.75, "draws": 20, "sample": 1500, "starts": 5}
    pd.testing.assert_frame_equal(
        segments.returning(table, most=2, seed=3), segments.returning(table, seed=3, **named)
    )


def test_who_names_nothing_tries_two_to_eight_groups_with_the_defaults_of_stability(monkeypatch):
    asked = []
    monkeypatch.setattr(
        segments, "cluster", lambda features, *, k, seed, key: features[["customer"]].assign(group=k)
    )
    monkeypatch.setattr(
        segments,
        "stability",
        lambda features, *, groups, **given: (
            asked.append((groups["group"].iloc[0], given)) or pd.DataFrame({"estimate": [1.0]})
        ),
    )
    segments.returning(blobs(n=30)[0], seed=3)
    given = {"draws": 20, "seed": 3, "sample": 1500, "starts": 5, "key": "customer"}
    assert asked == [(k, given) for k in range(2, 9)]


def test_names_are_unique_and_quiet_groups_are_called_quiet():
    heights = pd.DataFrame(
        {"group": [1, 1, 2, 2, 3, 3], "variable": ["a", "b"] * 3, "height": [2, 1, 1.5, 0, -1, 0.1]}
    )
    assert list(traits.names(heights, naming=["a", "b"], least=1.8)["trait"]) == ["a", "quiet", "quiet_2"]
    assert "age_years" not in traits.NAMING


def test_a_group_that_stands_out_only_where_another_does_is_numbered_not_called_quiet():
    heights = pd.DataFrame(
        {"group": [1, 1, 2, 2, 3, 3], "variable": ["a", "b"] * 3, "height": [2, 0, 1.5, 0, 0.9, 0.1]}
    )
    assert list(traits.names(heights, naming=["a", "b"])["trait"]) == ["a", "a_2", "a_3"]
    assert list(traits.names(heights, naming=["a", "c"])["trait"]) == ["a", "a_2", "a_3"]


def test_a_trait_that_nobody_shows_is_left_out():
    counts = pd.DataFrame({
        "customer": ["A", "B"], "transactions": [16, 9], "amount_fen": [700_000, 100], "kind_card_purchase": [6, 0],
        "fen_card_purchase": [100_000, 0], "kind_transfer": [5, 4], "kind_deposit": [2, 0], "kind_withdrawal": [3, 5],
        "kind_wealth_purchase": [0, 0],
    })  # fmt: skip
    people = pd.DataFrame({"customer": ["A", "B"], "joined": ["2020-01-01"] * 2, "birth_year": [1960, 1990]})
    table = traits.ledger(counts, customers=people, as_of="2026-01-01", days=731)
    assert "share_wealth_purchase" not in table and table.shape == (2, 8)
    assert not traits.scale(table, log=table.columns.intersection(traits.LOG)).isna().any(axis=None)


def test_distances_and_numbers_by_another_route():
    table, _ = blobs(n=90)
    found = segments.cluster(table, k=3, seed=1)
    points = table[["x", "y"]].to_numpy()
    centres = np.array([points[found["group"] == group].mean(axis=0) for group in (1, 2, 3)])
    away = np.sqrt(((points[:, None] - centres) ** 2).sum(axis=2))
    assert (away.argmin(axis=1) + 1 == found["group"]).all()
    assert found["distance"].tolist() == pytest.approx(np.sort(away)[:, 0].tolist())
    assert found["next_distance"].tolist() == pytest.approx(np.sort(away)[:, 1].tolist())


def test_the_numbers_of_groups_follow_their_sizes():
    assert partition.by_size(["b", "a", "c", "a", "b", "a"]).tolist() == [2, 1, 3, 1, 2, 1]
    assert partition.by_size([5, 4, 4, 5]).tolist() == [1, 2, 2, 1]


@pytest.mark.parametrize("seed", range(3))
def test_jaccard_by_sets(seed):
    old, new = np.random.default_rng(seed).integers(0, 4, (2, 60))
    found = partition.jaccard(old, new)
    for group in range(4):
        own = set(np.flatnonzero(old == group))
        others = [set(np.flatnonzero(new == other)) for other in range(4)]
        assert found[group] == pytest.approx(max(len(own & o) / len(own | o) for o in others))


def test_the_box_lies_along_the_principal_components():
    rng = np.random.default_rng(1)
    points = rng.normal(size=(200, 1)) * [3, 1] + rng.normal(size=(200, 2)) * 0.1 + [10, -5]
    drawn = np.concatenate([partition.uniform_box(points)(rng) for _ in range(20)])
    axes = PCA().fit(points)
    own, reference = axes.transform(points), axes.transform(drawn)
    assert drawn.shape == (4000, 2)
    assert (reference.min(axis=0) >= own.min(axis=0) - 1e-9).all() and (
        reference.max(axis=0) <= own.max(axis=0) + 1e-9
    ).all()
    assert np.ptp(reference, axis=0) == pytest.approx(np.ptp(own, axis=0), rel=0.01)


@pytest.mark.parametrize("reference", segments.REFERENCES)
def test_the_gap_and_its_rule_by_another_route(reference):
    table, _ = blobs(n=60)
    found = segments.gap_statistic(table, most=4, draws=6, reference=reference, seed=3)
    points, rng = table[["x", "y"]].to_numpy(), np.random.default_rng(3)

    def within(values):
        fits = [KMeans(k, n_init=5, random_state=3).fit(values) for k in (1, 2, 3, 4)]
        return [np.log(sum(((values - fit.cluster_centers_[fit.labels_]) ** 2).ravel())) for fit in fits]

    box = partition.uniform_box(points)
    drawn = np.array(
        [within(box(rng) if reference == "box" else rng.permuted(points, axis=0)) for _ in range(6)]
    )
    gap, error = drawn.mean(axis=0) - within(points), drawn.std(axis=0) * np.sqrt(7 / 6)
    assert found["estimate"].tolist() == pytest.approx(gap.tolist())
    assert found["error"].tolist() == pytest.approx(error.tolist()) and (found["n"] == 60).all()
    first = next((k for k in (1, 2, 3) if gap[k - 1] >= gap[k] - error[k]), None)
    assert found.loc[found["chosen"], "k"].tolist() == [first]


def test_stability_by_another_route():
    table, _ = blobs(n=50)
    groups = segments.cluster(table, k=3, seed=1)
    found = segments.stability(table, groups=groups, draws=8, seed=5)
    points, old, rng = table[["x", "y"]].to_numpy(), groups["group"].to_numpy(), np.random.default_rng(5)
    scores = []
    for draw in range(8):
        rows, often = np.unique(rng.integers(0, 50, 50), return_counts=True)
        new = KMeans(3, n_init=5, random_state=5 + draw).fit(points[rows], sample_weight=often).labels_
        sets = [[set(np.flatnonzero(labels == value)) for value in values]
                for labels, values in ((old[rows], (1, 2, 3)), (new, (0, 1, 2)))]  # fmt: skip
        scores.append([max(len(a & b) / len(a | b) for b in sets[1]) for a in sets[0]])
    assert found["estimate"].tolist() == pytest.approx(np.mean(scores, axis=0).tolist())
    assert found["low"].tolist() == pytest.approx(np.quantile(scores, 0.05, axis=0).tolist())
    assert found["high"].tolist() == pytest.approx(np.quantile(scores, 0.95, axis=0).tolist())
    assert found["dissolved"].tolist() == pytest.approx(np.mean(np.array(scores) <= 0.5, axis=0).tolist())
    assert found["n"].tolist() == groups["group"].value_counts().sort_index().tolist()


def test_draws_with_fewer_customers_than_groups_are_counted_not_refused():
    table = pd.DataFrame({"customer": range(6), "x": [0.0, 1, 5, 6, 20, 30]})
    found = segments.stability(
        table, groups=table[["customer"]].assign(group=[1, 2, 3, 4, 5, 5]), draws=30, seed=1
    )
    assert found["estimate"].between(0, 1).all() and found["low"].min() == 0


def test_the_worst_group_decides_how_many_come_back():
    table = blobs(n=60)[0]
    found = segments.returning(table, most=4, draws=5, seed=2)
    assert found["k"].tolist() == [2, 3, 4] and (found["n"] == 60).all()
    for row in found.itertuples():
        groups = segments.cluster(table, k=row.k, seed=2)
        again = segments.stability(table, groups=groups, draws=5, seed=2)
        assert row.estimate == pytest.approx(again["estimate"].min())
    assert found.loc[found["chosen"], "k"].item() == found.loc[found["estimate"] >= 0.75, "k"].max()


def test_the_years_of_a_new_customer_run_from_joining():
    counts = pd.DataFrame({
        "customer": ["A"], "transactions": [15], "amount_fen": [9000], "kind_card_purchase": [5], "fen_card_purchase": [1000],
        "kind_transfer": [4], "kind_deposit": [3], "kind_withdrawal": [2], "kind_wealth_purchase": [1],
    })  # fmt: skip
    people = pd.DataFrame({"customer": ["A"], "joined": ["2025-12-02"], "birth_year": [2000]})
    row = traits.ledger(counts, customers=people, as_of="2026-01-01", days=731, fewest=10).iloc[0]
    assert row["cards_year"] == pytest.approx(5 / (30 / 365.25)) and row["dealings_year"] == pytest.approx(
        10 / (30 / 365.25)
    )
    assert row[["share_transfer", "share_deposit", "share_withdrawal", "share_wealth_purchase"]].tolist() == [
        0.4,
        0.3,
        0.2,
        0.1,
    ]
    assert (row["amount_cny"], row["age_years"]) == (8.0, 26)
    assert traits.ledger(counts, customers=people, as_of="2026-01-01", days=731, fewest=11).empty


def test_a_name_needs_a_height_and_goes_to_the_highest():
    heights = pd.DataFrame(
        {"group": [1, 1, 2, 2], "variable": ["a", "b"] * 2, "height": [0.4, 0.1, 0.39, 0.2]}
    )
    found = traits.names(heights, naming=["a", "b"])
    assert found["trait"].tolist() == ["a", "quiet"] and found["height"].tolist() == [0.4, 0.39]
    assert traits.names(heights, naming=["b"], least=0.2)["trait"].tolist() == ["quiet", "b"]


@pytest.mark.parametrize(
    ("call", "en", "zh"),
    [
        (lambda t: segments.cluster(t, k=1, seed=1), "`k` must be a whole number", "`k` 应该是"),
        (lambda t: segments.cluster(t.assign(x=np.nan), k=2, seed=1), "must be complete", "不能有缺失值"),
        (lambda t: traits.scale(t.assign(x=1)), "must vary", "都要有差异"),
        (lambda t: traits.scale(t, method="minmax"), "'standard' or 'robust'", "只能是 'standard'"),
        (lambda t: traits.scale(t, log=["x"]), "must lie between 0", "应该在 0"),
        (
            lambda t: segments.gap_statistic(t, reference="normal", seed=1),
            "'box' or 'shuffled'",
            "只能是 'box'",
        ),
        (
            lambda t: segments.stability(t, groups=t[:5].assign(group=1), seed=1),
            "the first is 'C00005'",
            "第一位是 'C00005'",
        ),
    ],
)
def test_error_texts(call, en, zh):
    table, _ = blobs(n=20)
    for spoken, words in (("en", en), ("zh", zh)):
        language.use(spoken)
        with pytest.raises(ValueError, match=re.escape(words)):
            call(table)
    language.use("en")


def described(n=2):
    rows = [(f"{trait}", name, 10 * place + 1, place - 0.5)
            for place, trait in enumerate(traits.NAMING[:n]) for name in traits.NAMING]  # fmt: skip
    table = pd.DataFrame(rows, columns=["trait", "variable", "estimate", "height"])
    return table.assign(n=1234, share=0.25, overall=0.42)


def test_a_card_has_bars_as_long_as_its_traits_are_high():
    table = described(1).assign(height=[-3, -1, 0, 0.5, 1, 2, 4.0])
    axes = cards.segment_card(table)
    widths = [bar.get_width() for bar in axes.patches[2:]]
    assert np.allclose(widths, [-1.4, -0.7, 0, 0.35, 0.7, 1.4, 1.4])
    texts = [text.get_text() for text in axes.texts]
    assert "25% · n = 1,234" in texts and texts.count("42%") == 4 and texts.count("0.4") == 3


def test_small_cards_show_what_stands_out_most():
    figure = cards.segment_cards(described(4).assign(height=[-3, -1, 0, 0.5, 1, 2, 4.0] * 4))
    assert len(figure.axes) == 6 and figure.get_figheight() * 770 / figure.get_figwidth() < 400
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert [text[0] for text in texts if text[0] in "▲▼"] == ["▲", "▼", "▲"]
    assert all(text.get_fontsize() * 770 / 9.5 / 72 >= 11 for text in figure.axes[0].texts)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("每年其他业务笔数", ["每年其他", "业务笔数"]),
        ("业务太少，先不分", ["业务太少，", "先不分"]),
        ("年龄（岁）", ["年龄（岁）"]),
    ],
)
def test_chinese_headings_leave_no_character_alone(text, lines):
    language.use("zh")
    assert cards._broken(text, 11).split("\n") == lines


def test_every_trait_that_may_name_a_group_has_its_words():
    words = json.loads((ROOT / "src/helpers/bank/glossary.json").read_text(encoding="utf-8"))
    for trait in [*traits.NAMING, "quiet"]:
        for part in ("name", "need", "do", "not"):
            assert all(words[f"{part}_{trait}"][spoken] for spoken in LANGUAGES), (part, trait)
        for number in (2, 3):
            assert all(words[f"name_{trait}_{number}"][spoken] for spoken in LANGUAGES), (trait, number)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("part", ["need", "do", "not"])
def test_the_words_of_a_card_fit_and_no_chinese_word_is_broken(part, spoken):
    language.use(spoken)
    for trait in [*traits.NAMING, "quiet"]:
        lines = cards._wrapped(f"{part}_{trait}", 29).split("\n")
        assert len(lines) <= 3, lines
        assert spoken == "en" or all(line[-1] in cards.STOPS for line in lines), lines
    language.use("en")


def agreement(found, known):
    """The adjusted Rand index of two groupings of the same customers."""
    both = found.merge(known, on="customer")
    return adjusted_rand_score(both["segment"], both["group"])


def test_unscaled_units_rule_the_groups():
    table, known = blobs()
    noise = 1000 * np.random.default_rng(1).normal(size=len(table))
    assert agreement(segments.cluster(table.assign(z=noise), k=3, seed=1), known) < 0.1


def test_known_groups_come_back():
    table, known = blobs()
    found = segments.cluster(table, k=3, seed=1)
    assert agreement(found, known) > 0.98
    assert found["group"].value_counts().sort_index().is_monotonic_decreasing
    again = segments.stability(table, groups=found, draws=10, seed=1)
    assert again["estimate"].min() > 0.97 and (again["dissolved"] == 0).all()
    assert (found["next_distance"] >= found["distance"]).all()


def test_a_large_bank_is_grouped_from_a_lot():
    table, known = blobs(n=3000)
    found = segments.cluster(table, k=3, seed=1, sample=200)
    assert len(found) == 3000 and agreement(found, known) > 0.97


def test_shuffled_columns_keep_their_values_and_lose_their_groups():
    table, known = blobs()
    mixed = traits.shuffled(table, seed=1)
    assert sorted(mixed["x"]) == sorted(table["x"]) and (mixed["customer"] == table["customer"]).all()
    assert abs(agreement(segments.cluster(mixed, k=3, seed=1), known)) < 0.1


def test_the_banks_segments_are_recovered_in_part(bank):
    scaled = traits.scale(bank, log=traits.LOG)
    known = data.load("qingyu_bank", "truth_segments")
    assert 0.5 < agreement(segments.cluster(scaled, k=5, seed=10), known) < 0.8
    assert agreement(segments.cluster(bank, k=5, seed=10), known) < 0.35


def test_the_first_number_of_groups_that_is_as_good_as_the_next_is_chosen(monkeypatch):
    monkeypatch.setattr(segments.partition, "log_within", lambda points, ks, **more: np.zeros(len(ks)))
    features = pd.DataFrame({"customer": range(30), "x": np.arange(30.0), "y": np.arange(30.0) ** 2})
    found = segments.gap_statistic(features, most=3, draws=2, seed=1)
    assert found["chosen"].tolist() == [True, False, False]


def test_a_group_of_which_half_comes_back_is_dissolved(monkeypatch):
    monkeypatch.setattr(segments.partition, "jaccard", lambda old, new: pd.Series({0: 0.5, 1: 0.51}))
    features = pd.DataFrame({"customer": range(30), "x": np.arange(30.0), "y": np.arange(30.0) ** 2})
    groups = pd.DataFrame({"customer": range(30), "group": np.arange(30) // 15})
    found = segments.stability(features, groups=groups, draws=2, seed=1)
    assert found["dissolved"].tolist() == [1, 0]


def test_as_many_groups_are_fitted_as_points_differ_and_no_more():
    points = np.array([[0.0, 0], [0, 0], [1, 0], [1, 1]])
    assert [partition.fitted(points, k, seed=1, starts=1).n_clusters for k in (2, 3, 4)] == [2, 3, 3]


def test_any_whole_seed_draws_groups():
    table = pd.DataFrame({"customer": range(30), "x": np.repeat([0.0, 5.0, 9.0], 10) + np.arange(30) / 100})
    large = segments.cluster(table, k=3, seed=2**32 + 7)
    assert large["group"].nunique() == 3
    assert segments.stability(table, groups=large, draws=3, seed=2**32 - 1)["estimate"].gt(0.5).all()
