"""Shares of R² as arrays: by regressions in every order, by the square root of a matrix, by numpy's own moments."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.linalg import sqrtm

from helpers.methods import decomposition


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(5)
    shared = rng.normal(size=(80, 1))
    x = shared + rng.normal(size=(80, 4)) * [1, 0.8, 1.5, 1]
    y = x @ [1, 0.5, 0.2, 0] + rng.normal(size=80) * 2
    return np.column_stack([y, x])


@pytest.fixture(scope="module")
def matrices(rows):
    return np.cov(rows, rowvar=False)[None]


def r_squared(rows, chosen):
    if not chosen:
        return 0.0
    return sm.OLS(rows[:, 0], sm.add_constant(rows[:, [1 + j for j in chosen]])).fit().rsquared


def test_lmg_is_what_a_predictor_adds_averaged_over_all_orders(rows, matrices):
    added = np.zeros(4)
    for order in permutations(range(4)):
        for place, one in enumerate(order):
            added[one] += (r_squared(rows, order[: place + 1]) - r_squared(rows, order[:place])) / 24
    assert decomposition.lmg(matrices)[0].tolist() == pytest.approx(added.tolist())


def test_johnsons_weights_by_the_square_root_of_the_correlations(rows, matrices):
    r = pd.DataFrame(rows).corr().to_numpy()
    root = np.real(sqrtm(r[1:, 1:]))
    weights = root**2 @ np.linalg.solve(root, r[1:, 0]) ** 2
    found = decomposition._johnson(matrices)[0]
    assert found.tolist() == pytest.approx(weights.tolist())
    assert found.sum() == pytest.approx(r_squared(rows, range(4)))


def test_covariances_of_draws_are_those_of_the_rows_as_often_as_drawn(rows):
    counts = np.random.default_rng(1).multinomial(80, [1 / 80] * 80, size=3)
    for count, found in zip(counts, decomposition.covariances(rows, counts), strict=True):
        drawn = rows[np.repeat(np.arange(80), count)]
        assert found == pytest.approx(np.cov(drawn, rowvar=False, bias=True))


def test_covariances_are_as_exact_far_from_zero(rows):
    counts = np.ones((1, 80))
    far = decomposition.covariances(rows + 1e7, counts)
    assert far == pytest.approx(decomposition.covariances(rows, counts), rel=1e-6)


def test_predictors_that_are_the_same_can_be_solved_and_share_alike():
    """Three of them, R² = ¼."""
    matrix = np.ones((4, 4))
    matrix[0, 1:] = matrix[1:, 0] = 0.5
    assert np.linalg.eigvalsh(decomposition._correlations(matrix[None]))[0].min() > 0
    for method in (decomposition.lmg, decomposition._johnson):
        assert method(matrix[None])[0].tolist() == pytest.approx([1 / 12] * 3, abs=1e-4)


def test_correlations_are_pandas_own_whatever_the_unit(rows, matrices):
    expected = pd.DataFrame(rows).corr().to_numpy()
    units = np.outer([1e-6, 1, 1e6, 1, 1], [1e-6, 1, 1e6, 1, 1])
    for one in (matrices, matrices * units):
        assert decomposition._correlations(one)[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("unit", [1e-9, 1, 1e9])
def test_a_predictor_that_happens_not_to_vary_in_a_draw_gets_nothing_there(matrices, unit):
    """Nor does it lose anything in the other draws, whatever its unit."""
    flat = matrices[0].copy()
    flat[2, :] = flat[:, 2] = 0
    units = np.outer([1, 1, unit, 1, 1], [1, 1, unit, 1, 1])
    for method in (decomposition.lmg, decomposition._johnson):
        both = method(np.stack([matrices[0], flat]) * units)
        assert both[0].tolist() == pytest.approx(method(matrices)[0].tolist(), abs=1e-8)
        assert both[1, 1] == pytest.approx(0, abs=1e-4) and both[0, 1] > 0.01
        left = method(np.delete(np.delete(matrices, 2, 1), 2, 2))[0]
        assert np.delete(both[1], 1).tolist() == pytest.approx(left.tolist(), abs=1e-6)


def test_a_predictor_that_varies_in_no_draw_goes_with_nothing(matrices):
    matrices = matrices.copy()
    matrices[:, 2, :] = matrices[:, :, 2] = 0
    found = decomposition._correlations(matrices)[0]
    assert np.delete(found[2], 2).tolist() == [0] * 4
    assert np.isfinite(decomposition.lmg(matrices)).all()


def one_factor(loadings):
    """Correlations of items that one factor explains."""
    together = np.outer(loadings, loadings)
    np.fill_diagonal(together, 1)
    return together


def test_the_search_for_a_factor_begins_with_squared_multiple_correlations(monkeypatch):
    """Three items that correlate by ½: each of them ⅓, so that the first factor has 4/3, and a loading √(4/9)."""
    monkeypatch.setattr(decomposition, "ROUNDS", 1)
    found = decomposition.loadings(np.array([[[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]]]))
    assert np.abs(found).ravel().tolist() == pytest.approx([2 / 3] * 3)


def upright(loadings, known):
    """A factor may be turned round."""
    return (-loadings if loadings @ known < 0 else loadings).tolist()


@pytest.mark.parametrize(
    "known",
    [[0.8, 0.7, 0.6, 0.5], [0.9, 0.8, 0.7, -0.3], [0.99, 0.5, 0.6, 0.7], [0.8, 0.8, -0.8, -0.8], [0] * 4],
)
def test_loadings_of_one_factor_come_back_alone_and_among_draws_that_are_found_sooner(known):
    both = np.stack([np.eye(4), one_factor(known)])
    for matrices in (both[1:], both):
        assert upright(decomposition.loadings(matrices)[-1], known) == pytest.approx(known, abs=1e-4)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_questions_asked_the_other_way_round_change_no_share(method):
    """Two of four, so that all loadings add up to nothing."""
    matrix = np.eye(5)
    matrix[1:, 1:] = one_factor([0.7] * 4)
    matrix[0, 1:] = matrix[1:, 0] = [0.5, 0.4, 0.3, 0.2]
    turned = np.outer([1, 1, 1, -1, -1], [1, 1, 1, -1, -1])
    found, other = decomposition.halo_free(np.stack([matrix, matrix * turned]), method)
    assert other.tolist() == pytest.approx(found.tolist(), abs=1e-6)


def test_a_communality_cannot_exceed_what_there_is():
    together = np.array([[1, 0.9, 0.9], [0.9, 1, 0.6], [0.9, 0.6, 1]])  # Heywood: 0.9 · 0.9 / 0.6 > 1
    assert np.abs(decomposition.loadings(together[None])).max() == pytest.approx(0.995**0.5)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_without_the_halo_the_general_factor_has_its_share_first(rows, matrices, method):
    found = decomposition.halo_free(matrices, method)[0]
    r = pd.DataFrame(rows).corr().to_numpy()
    factor = decomposition.loadings(r[None, 1:, 1:])[0]
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    score = z[:, 1:] @ np.linalg.solve(r[1:, 1:], factor)
    assert found[-1] == pytest.approx(np.corrcoef(score, rows[:, 0])[0, 1] ** 2)
    # The rest of each variable, once the score is taken out by regression; y keeps its own variance.
    rest = np.column_stack([z[:, j] - sm.OLS(z[:, j], score).fit().fittedvalues for j in range(5)])
    products = rest.T @ rest / len(rest)
    products[0, 0] = 1
    expected = decomposition.METHODS[method](products[None])[0]
    assert found[:-1].tolist() == pytest.approx(expected.tolist(), abs=1e-6)
    assert found.shape == (5,)
